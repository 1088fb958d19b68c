"""Managing shows: create, edit, review."""
