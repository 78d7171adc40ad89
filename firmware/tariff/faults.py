"""The one fault of this room: the word for what is wrong; the sentence is in firmware/words."""


class TariffFault(Exception):
    """Something was refused: `word` is a code of firmware/words, `details` what its sentence fills in.

    retry_s: how long the service asked to be left alone, None where it did not.
    """

    retry_s = None

    def __init__(self, word, *details):
        super().__init__(word)
        self.word = word
        self.details = details

    def __str__(self):
        return " ".join([self.word] + [str(one) for one in self.details])


def printable(raw):
    """The first bytes of what was refused, fit to be shown to people."""
    return "".join([chr(byte) if 32 <= byte < 127 else "?" for byte in raw[:20]])
