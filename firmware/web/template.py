"""A page's text with its gaps filled, piece by piece: no page is ever whole in memory.

`{{name}}` becomes value(name), made harmless for HTML; `{{name=word}}` becomes " selected"
where value(name) is that word, `{{name~word}}` " checked". What a name means is the
caller's business; the sentences were put in by tools/build, language by language.
"""

PIECE = 512


def pieces(lines, value):
    """Yield bytes of about PIECE length. lines: bytes, line by line; value: function (name) -> anything."""
    held = b""
    for line in lines:
        held += _filled(line, value) if b"{{" in line else line
        if len(held) >= PIECE:
            yield held
            held = b""
    if held:
        yield held


def _filled(line, value):
    parts = line.split(b"{{")
    made = [parts[0]]
    for part in parts[1:]:
        name, _, rest = part.partition(b"}}")
        made += (_said(name.decode(), value).encode(), rest)
    return b"".join(made)


def _said(name, value):
    for mark, word in (("=", " selected"), ("~", " checked")):
        if mark in name:
            name, _, wanted = name.partition(mark)
            return word if text_of(value(name)) == wanted else ""
    return escaped(text_of(value(name)))


def text_of(value):
    """None is nothing, True is true: as a form would send it."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def escaped(text):
    """Text that stands in HTML, quotes included, for itself."""
    for bad, good in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        if bad in text:
            text = text.replace(bad, good)
    return text
