"""The one fault of this room. It knows the word for what is wrong, not the sentence (firmware/words has it)."""


class TariffFault(Exception):
    """Something was refused: `word` is a code of firmware/words, `details` what its sentence fills in."""

    def __init__(self, word, *details):
        super().__init__(word)
        self.word = word
        self.details = details

    def __str__(self):
        return " ".join([self.word] + [str(one) for one in self.details])
