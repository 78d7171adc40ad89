"""Measurements beside their peers, in one run: `make bench`. Each file but the table's has `rows()`.

A row is a dict: name, value, unit; where they exist peer, peer_value (in the same unit) and limit: the most
the value may be. Nothing here is a test: a busy machine makes a number worse, never a build red.
"""
