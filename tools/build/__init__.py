"""Device code into build/: what lies there is what goes on a board's flash. See `python -m tools.build -h`."""
