"""Brings a fresh clone to where everything runs: `python3 -m tools.setup`. Knows no rule of the house."""
