"""The sentences a box speaks, in four languages: see words.py."""
