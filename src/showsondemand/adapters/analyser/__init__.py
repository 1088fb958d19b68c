"""Who looks at a film before, or instead of, a person."""
