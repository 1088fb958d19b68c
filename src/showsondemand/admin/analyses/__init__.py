"""Films looked at by programs before people look at them."""
