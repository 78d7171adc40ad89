"""Boards as data, one literal file each; only the chosen one is imported, by name."""
