"""The commands of ``showsondemand``."""
