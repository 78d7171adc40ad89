"""The phone's pages as they lie on a box: one file a page and language, the script and the style compressed.

A source page (firmware/web/pages/NAME.html, or a line of forms.txt) has gaps that are filled here, once:

    [[code]]                a sentence: firmware/web/words first, then firmware/words
    [[fields p1. web.lan]]  a form field for each of those rows of the settings (fields.py)
    [[form apply]]          a form for that act of the script, with all it may have to say
    [[end w_apply]]         its button with that sentence, its place to speak, its end
    [[words w_a w_b]]       sentences for the script, as data-… of an element
    [[static app.js]]       where the script is, with its hash: it may be kept for ever
    {{name}}                is left: the box fills it for each visitor (web/template.py)

A code without a sentence stops the build.
"""

import gzip
import hashlib
import re
from html import escape

from . import openapi
from .fields import fields

LANGUAGES = ("nl", "fr", "en", "de")
_GAP = re.compile(r"\[\[([^\]]+)\]\]")
FRAME = "frame"
FORMS = "forms.txt"
# What the script says in a form: its name there, the sentence.
_SAID = (("working", "working"), ("saved", "saved"), ("restarts", "restarts"), ("back", "back_again"),
         ("error", "error"), ("away", "no_answer"), ("short", "too_short"), ("differ", "not_same"),
         ("wait", "wait"), ("wrong", "wrong"))


class PageError(Exception):
    """A gap that nothing fills; the text says where."""


def places(root):
    """(source, place on the box, how) of every page and static file."""
    folder = root / "firmware" / "web"
    if not folder.exists():  # a box without pages
        return
    named = [(path, path.stem) for path in sorted((folder / "pages").glob("*.html")) if path.stem != FRAME]
    named += [(folder / "pages" / FORMS, name) for name in _forms(folder / "pages" / FORMS)]
    for path, name in named:
        for language in LANGUAGES:
            yield path, f"firmware/web/pages/{language}/{name}.html", "page"
    yield folder / "routes.txt", "firmware/web/routes.txt", "sort"
    for path in sorted((folder / "static").glob("*.*")):
        # The document of the API is asked for by its path, which has no hash.
        name = "openapi.json" if path.stem == "openapi" else hashed(path)
        yield path, f"firmware/web/static/{name}.gz", "pack"


def hashed(path):
    """app.js -> app.1a2b3c4d.js, by what is in it."""
    digest = hashlib.sha256(small(path)).hexdigest()[:8]
    return f"{path.stem}.{digest}{path.suffix}"


def small(path):
    """A static file without comments and indents; the API's document out of its table."""
    if path.stem == "openapi":
        return openapi.document(path)
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    lines = [line.strip() for line in text.splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith("//")).encode()


def packed(path):
    """A static file as it is sent: gzip, with no date in it so that the same source is the same file."""
    return gzip.compress(small(path), 9, mtime=0)


def made(path, place, root):
    """The text of one page in one language, by its place on the box: …/pages/nl/config.html."""
    language, name = place.split("/")[-2], place.split("/")[-1].split(".")[0]
    words = sentences(root, language)
    source = _forms(path)[name] if path.name == FORMS else path.read_text(encoding="utf-8")
    title, _, body = source.partition("-->")
    frame = path.with_name(FRAME + ".html").read_text(encoding="utf-8").partition("-->")[2]
    text = frame.replace("[[body]]", body).replace("[[title]]", "[[" + title.split()[1] + "]]")
    text = text.replace("[[language]]", language).replace("[[page]]", name)
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


def _forms(path):
    """name -> source of each page that is only a form."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, title, above, rows, more = line.split()
            rest = f"<details><summary>[[w_more]]</summary>[[fields {more}]]</details>" if more != "-" else ""
            found[name] = (f"<!-- {title} -->\n<p>[[{above}]]</p>\n[[form apply]]\n[[fields {rows}]]\n"
                           f"{rest}\n[[end w_apply]]")
    return found


def _filled(gap, words, root, path):
    kind, _, rest = gap.partition(" ")
    if kind == "fields":
        try:
            return fields(rest, words)
        except KeyError as missing:
            raise PageError(f"{path}: no setting {missing}") from None
    if kind == "form":
        said = " ".join(f'data-{name}="[[w_{word}]]"' for name, word in _SAID)
        return f'<form data-act="{rest}" {said} novalidate>'
    if kind == "end":
        return f'<p><button type="submit">[[{rest}]]</button></p><p class="told" role="status"></p></form>'
    if kind == "words":
        return " ".join(f'data-{code[2:].replace("_", "-")}="[[{code}]]"' for code in rest.split())
    if kind == "static":
        return "/s/" + hashed(root / "firmware" / "web" / "static" / rest)
    if gap not in words:
        raise PageError(f"{path}: {gap!r} has no sentence in firmware/web/words")
    return escape(words[gap], quote=True)
