"""A year of a house, built here, on which controllers and plans are compared. No private data in it."""
