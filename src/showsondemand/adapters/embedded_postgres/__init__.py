"""A PostgreSQL of our own in the data folder, for whoever has none running."""
