"""How we ask addresses that somebody else gave us."""
