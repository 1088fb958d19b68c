"""From an upload, or an event that says a video is done, to a playable show."""
