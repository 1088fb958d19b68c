"""Real browsers over a running service; a package, so that what it starts ends with its last test."""
