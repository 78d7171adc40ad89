"""Where the pages lie on flash: opens a page in a language, a static file by name, the table of routes."""

_LANGUAGES = ("nl", "fr", "en", "de")


def page(name, language):
    """The open file of a page, read line by line; OSError when `make build` made none."""
    known = language if language in _LANGUAGES else "en"
    return open(_folder() + "pages/" + known + "/" + name + ".html", "rb")


def routes():
    """Yield the lines of the table of routes, bytes each."""
    with open(_folder() + "routes.txt", "rb") as file:
        line = file.readline()
        while line:
            yield line
            line = file.readline()


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
    odd = name.strip("abcdefghijklmnopqrstuvwxyz0123456789.")
    return name if path.startswith("/s/") and not odd and ".." not in name else ""


def _folder():
    cut = __file__.rfind("/")
    return __file__[: cut + 1]
