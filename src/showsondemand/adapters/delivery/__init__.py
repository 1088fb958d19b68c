"""Handing media to viewers from somewhere else than this service."""
