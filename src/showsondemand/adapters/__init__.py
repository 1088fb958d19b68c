"""The outside world: port.py says what we need, each other file is one way to get it."""
