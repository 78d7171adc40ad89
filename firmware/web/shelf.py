"""Where the pages lie on flash: opens a page in a language, a static file by its hashed name. The room's only file."""

_LANGUAGES = ("nl", "fr", "en", "de")


def page(name, language):
    """The open file of a page, read line by line; OSError when `make build` made none."""
    return open(_folder() + "pages/" + (language if language in _LANGUAGES else "en") + "/" + name + ".html", "rb")


def chunks(name):
    """Yield a static file (compressed by `make build`) piece by piece. OSError: there is none."""
    with open(_folder() + "static/" + name + ".gz", "rb") as file:
        piece = file.read(512)
        while piece:
            yield piece
            piece = file.read(512)


def is_static(path):
    """The file name in "/s/app.1a2b3c4d.js", "" for any other path."""
    name = path[3:]
    return name if path.startswith("/s/") and name and not name.strip("abcdefghijklmnopqrstuvwxyz0123456789.") \
        and ".." not in name else ""


def _folder():
    cut = __file__.rfind("/")
    return __file__[: cut + 1]
