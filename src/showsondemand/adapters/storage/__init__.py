"""Where films and what is made of them are kept."""
