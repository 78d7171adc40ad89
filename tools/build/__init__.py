"""Device code into build/: what lies there goes on a board's flash. See `python -m tools.build -h`."""
