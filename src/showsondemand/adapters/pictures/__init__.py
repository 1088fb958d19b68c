"""Where posters come from: a picture that somebody sent, or a frame of the film."""
