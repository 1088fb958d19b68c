"""The show itself: its states, the catalogue, playback."""
