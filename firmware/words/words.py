"""A code and its numbers become a sentence, in the reader's language.

The sentences are in en.txt, nl.txt, fr.txt and de.txt beside this file, one
`code=text with {0}` a line; lines that begin with # are for people. No table is
kept in memory: a sentence is looked up on flash, the last few are remembered.

`make build` sorts the files and puts `#sorted` on their first line, so that a
board finds a line in about six reads; an unsorted file is read through. Refuses
to know what any sentence means.
"""

LANGUAGES = ("nl", "fr", "en", "de")
_SORTED = b"#sorted"
_KEPT = 2  # a status page asks for the same one each second
_recent = []  # [(language, code, text), …], newest last


def say(language, code, args=()):
    """The sentence for `code` with `args` put in; the code itself when nobody wrote one."""
    text = _recall(language, code)
    if text is None:
        text = _look_up(language, code)
        _recent.append((language, code, text))
        if len(_recent) > _KEPT:
            _recent.pop(0)
    try:
        return text.format(*args) if args else text
    except (IndexError, KeyError, ValueError):
        # A sentence that wants more than it is given must not stop a box.
        return text + " " + str(args)


def _recall(language, code):
    for kept in _recent:
        if kept[0] == language and kept[1] == code:
            return kept[2]
    return None


def _look_up(language, code):
    """Text of `code` in `language`, else in English, else the code."""
    key = code.encode() + b"="
    for name in (language, "en"):
        if name not in LANGUAGES:
            continue
        with open(_folder() + name + ".txt", "rb") as file:
            line = _bisect(file, key) if file.readline().strip() == _SORTED else _scan(file, key)
        if line is not None:
            return line[len(key):].decode().strip()
    return code


def _folder():
    """This file's folder with its slash: the texts lie beside it, .py or .mpy."""
    cut = __file__.rfind("/")
    return __file__[: cut + 1]


def _scan(file, key):
    file.seek(0)
    for line in file:
        if line.startswith(key):
            return line
    return None


def _bisect(file, key):
    """Halve a sorted file down to the line that begins with `key`; None when it has none."""
    low, high = 0, file.seek(0, 2)  # it begins after low, at the latest just after high
    while high - low > 256:
        middle = (low + high) // 2
        file.seek(middle)
        file.readline()  # the rest of a line that began earlier
        if file.readline() < key:
            low = middle
        else:
            high = middle
    file.seek(low)
    if low:
        file.readline()
    for line in file:
        if line >= key:
            return line if line.startswith(key) else None
    return None
