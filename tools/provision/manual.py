"""docs/settings.md out of the rows and the sentences: the third reader of the one table."""

from firmware.settings.rows import ROWS
from firmware.settings.rows_house import ROWS as HOUSE
from firmware.words.words import say

HEAD = """# Settings

Made from `firmware/settings/rows.py`, `rows_house.py` beside it and `firmware/words/en.txt` by
`python -m tools.provision --manual`; a test fails when this page is older than they are.
Put a setting on a box with `--set name=value` of `tools.provision`, `tools.flash` or the Config page.

| setting | what it is | default | takes | who |
|---|---|---|---|---|
"""


def page(language="en"):
    """The page as Markdown."""
    return HEAD + "".join(line(row, language) for row in ROWS + HOUSE)


def line(row, language):
    """One row of the page."""
    name, _, default, _, _, _, unit, who = row
    code = name.replace(".", "_")
    told = "**{}**: {}".format(say(language, "set_" + code), say(language, "help_" + code))
    shown = show(default) + (" " + unit if unit and default is not None else "")
    return "| `{}` | {} | {} | {} | {} |\n".format(name, told, shown, takes(row), who)


def show(default):
    """A default as one would type it."""
    if default is None:
        return "not known"
    if default == "":
        return "empty"
    return "`{}`".format(str(default).lower() if isinstance(default, bool) else default)


def takes(row):
    """What a row takes, in words."""
    _, kind, default, low, high, choices, unit, _ = row
    text = {
        "bool": "`true` or `false`",
        "int": "{} to {} {}".format(low, high, unit).strip(),
        "choice": ", ".join("`{}`".format(choice) for choice in choices or ()),
        "text": "{} to {} characters".format(low, high),
        "word": "{} to {} of a-z 0-9 _ -".format(low, high),
        "ipv4": "an IPv4 address",
        "panels": "up to six groups NUMBERxWATTPEAK@AZIMUTH/TILT",
    }[kind]
    return text + (", or empty" if default is None else "")
