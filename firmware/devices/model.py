"""A chosen model, as it lives in memory: the part of the catalogue that is needed all day.

entry.py makes it and is then let go of. It refuses to know where rows come from.
"""


class Model:
    """Each name of entry.FORM is an attribute.

    file: name of the catalogue file. reads: list of (rhythm, function, optional, first
    register, count, rows); rows are tuples (address, key, kind, multiply, divide) and only
    those that the driver acts on: details.py fetches the others when somebody looks.
    """

    def __init__(self, file):
        self.file = file
        self.reads = []

    def write(self, name):
        """The steps of write `name`, or None where the device knows no such write."""
        for known, steps in self.WRITES:
            if known == name:
                return steps
        return None

    def family_of(self, serial):
        """The family that a serial number speaks of, None when it says nothing known."""
        for position, letters, family in self.SERIALS:
            if serial and serial[position:position + len(letters)] == letters:
                return family
        return None
