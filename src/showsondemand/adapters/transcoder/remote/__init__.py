"""Encoders that run somewhere else: an order goes out, and word of it comes back by events."""
