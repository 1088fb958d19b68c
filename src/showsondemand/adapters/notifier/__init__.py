"""Telling people things: by mail, or in the log where there is no mail server."""
