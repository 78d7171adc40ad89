"""What came in and was not believed, counted by reason; one of these a box."""


class Counters:
    """good: believed. repeated, old (too late, or of an earlier life), forged (a wrong tag), stranger
    (a MAC that is not paired), version, short (or too long), late (overtaken by a newer of its kind)."""

    FIELDS = ("good", "repeated", "old", "forged", "stranger", "version", "short", "late")

    def __init__(self):
        for name in Counters.FIELDS:
            setattr(self, name, 0)

    def count(self, name):
        """One more of `name`."""
        setattr(self, name, getattr(self, name) + 1)
