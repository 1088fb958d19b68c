"""Shows on Demand: a streaming service of one's own."""
