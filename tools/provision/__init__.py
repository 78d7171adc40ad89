"""Gives a box its identity, its sticker and its first settings. See `python -m tools.provision -h`."""
