"""The phone's pages as they lie on a box: one file a page and language, the script and the style compressed.

A source page (firmware/web/pages/NAME.html) has gaps that are filled here, once:

    [[code]]                a sentence: firmware/web/words first, then firmware/words
    [[fields p1. modbus.]]  a form field for each row of the settings whose name begins so
    [[form apply]]          a form for that act of the script, with all it may have to say
    [[end w_apply]]         its button with that sentence, its place to speak, its end
    [[static app.js]]       where the script is, with its hash: it may be kept for ever
    {{name}}                is left: the box fills it for each visitor (web/template.py)

Knows the rows only by their table. A code without a sentence stops the build.
"""

import gzip
import hashlib
import re
from html import escape

from firmware.settings.rows import ROWS

LANGUAGES = ("nl", "fr", "en", "de")
_GAP = re.compile(r"\[\[([^\]]+)\]\]")
FRAME = "frame"
# What the script says in a form: its name there, the sentence.
_SAID = (("working", "working"), ("saved", "saved"), ("restarts", "restarts"), ("back", "back_again"),
         ("error", "error"), ("away", "no_answer"), ("short", "too_short"), ("differ", "not_same"),
         ("wait", "wait"), ("wrong", "wrong"))


class PageError(Exception):
    """A gap that nothing fills; the text says where."""


def places(root):
    """(source, place on the box, how) of every page and static file."""
    folder = root / "firmware" / "web"
    for path in sorted((folder / "pages").glob("*.html")):
        if path.stem != FRAME:
            for language in LANGUAGES:
                yield path, f"firmware/web/pages/{language}/{path.name}", "page"
    for path in sorted((folder / "static").glob("*.*")):
        yield path, f"firmware/web/static/{hashed(path)}.gz", "pack"


def hashed(path):
    """app.js -> app.1a2b3c4d.js, by what is in it."""
    digest = hashlib.sha256(small(path)).hexdigest()[:8]
    return f"{path.stem}.{digest}{path.suffix}"


def small(path):
    """A static file without comments and indents."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    lines = [line.strip() for line in text.splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith("//")).encode()


def packed(path):
    """A static file as it is sent: gzip, with no date in it so that the same source is the same file."""
    return gzip.compress(small(path), 9, mtime=0)


def made(path, language, root):
    """The text of one page in one language."""
    words = sentences(root, language)
    body = path.read_text(encoding="utf-8")
    title, _, body = body.partition("-->")
    frame = path.with_name(FRAME + ".html").read_text(encoding="utf-8").partition("-->")[2]
    text = frame.replace("[[body]]", body).replace("[[title]]", "[[" + title.split()[1] + "]]")
    text = text.replace("[[language]]", language)
    for _ in range(3):  # a field's label is a gap too, a form's sentences likewise
        text = _GAP.sub(lambda gap: _filled(gap[1], words, root, path), text)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


def sentences(root, language):
    """code -> sentence of both tables."""
    found = {}
    for folder in ("words", "web/words"):
        for line in (root / "firmware" / folder / f"{language}.txt").read_text(encoding="utf-8").splitlines():
            code, equals, text = line.partition("=")
            if equals and not line.startswith("#"):
                found[code] = text
    return found


def _filled(gap, words, root, path):
    kind, _, rest = gap.partition(" ")
    if kind == "fields":
        return "\n".join(field(row, words) for row in ROWS if row[0].startswith(tuple(rest.split())))
    if kind == "form":
        said = " ".join(f'data-{name}="[[w_{word}]]"' for name, word in _SAID)
        return f'<form data-act="{rest}" {said} novalidate>'
    if kind == "end":
        return f'<p><button type="submit">[[{rest}]]</button></p><p class="told" role="status"></p></form>'
    if kind == "static":
        return "/s/" + hashed(root / "firmware" / "web" / "static" / rest)
    if gap not in words:
        raise PageError(f"{path}: {gap!r} has no sentence in firmware/web/words")
    return escape(words[gap], quote=True)


def field(row, words):
    """The label, the input and the help of one setting."""
    name, kind, default, low, high, choices, unit, _ = row
    word = name.replace(".", "_")
    told = f' aria-describedby="h-{name}"' if f"help_{word}" in words else ""
    start = f'<p class="field"><label for="{name}">[[set_{word}]]</label>'
    common = f'id="{name}" name="{name}"{told}'
    if kind == "bool":
        options = "".join(f'<option value="{value}"{{{{{name}={value}}}}}>[[{text}]]</option>'
                          for value, text in (("true", "w_on"), ("false", "w_off")))
        made = f"<select {common}>{options}</select>"
    elif kind == "choice":
        options = "".join(f'<option value="{one}"{{{{{name}={one}}}}}>{one}</option>' for one in choices)
        made = f"<select {common}>{options}</select>"
    elif kind == "int":
        made = (f'<input {common} type="number" inputmode="numeric" min="{low}" max="{high}" '
                f'value="{{{{{name}}}}}"{"" if default is None else " required"}>')
    else:
        most = 15 if kind == "ipv4" else high
        made = f'<input {common} type="text" maxlength="{most}" value="{{{{{name}}}}}" autocapitalize="off">'
    after = f' <span class="unit">{escape(unit)}</span>' if unit else ""
    helped = f'<small id="h-{name}">[[help_{word}]]</small>' if told else ""
    return f"{start}{made}{after}{helped}</p>"
