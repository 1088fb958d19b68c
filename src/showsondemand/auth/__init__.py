"""Signing in: passwords, sessions, tokens."""
