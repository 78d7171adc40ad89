"""Is this box paired with any other? Asked at start, before the link's rooms are loaded. Knows one file."""


def paired(folder=""):
    """True when peers.json lists a box."""
    path = (folder + "/" if folder and folder[-1] != "/" else folder) + "peers.json"
    try:
        with open(path, "rb") as file:
            return b'"peers": [[' in file.read()
    except OSError:
        return False
