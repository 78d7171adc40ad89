"""What a phone downloads at its first visit: the status page, its style and its script, per language.

Peers, gzipped (facts gathered from their repositories): ESPHome web_server v2 11.9 kB, v3 76.2 kB, WLED about
71 kB, OpenDTU 216 kB. The page itself is filled by the box and not compressed; the other two are.
"""

import gzip

from tools.build import pages
from tools.build.tree import ROOT

_BUDGET = 35 * 1024


def first_load(language):
    """(bytes over the wire without heads, requests) of the status page in `language`."""
    web = ROOT / "firmware" / "web"
    page = len(_status(language))
    static = [len(pages.packed(web / "static" / name)) for name in ("app.js", "style.css")]
    return page + sum(static), 1 + len(static) + 1  # the live line is a request too


def rows():
    """Bytes and requests of the first load, bytes of the whole of Config's pages on flash."""
    worst = max(pages.LANGUAGES, key=lambda language: first_load(language)[0])
    size, requests = first_load(worst)
    flash = sum(len(_packed(one)) for one in pages.places(ROOT) if one[2] != "sort")
    return [
        {"name": f"first load, {worst}", "value": size, "unit": "B", "limit": _BUDGET,
         "peer": "ESPHome web_server v2", "peer_value": 11900},
        {"name": "requests of the first load", "value": requests, "unit": "", "limit": 4},
        {"name": "pages and static files on flash, four languages", "value": flash, "unit": "B"},
        {"name": "status page, if it were compressed", "unit": "B",
         "value": len(gzip.compress(_status(worst), 9))},
    ]


def _status(language):
    place = f"{language}/status.html"
    return pages.made(ROOT / "firmware" / "web" / "pages" / "status.html", place, ROOT).encode()


def _packed(place):
    source, where, how = place
    return pages.packed(source) if how == "pack" else pages.made(source, where, ROOT).encode()
