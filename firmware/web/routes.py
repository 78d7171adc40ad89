"""Finds a question in the one table of what can be asked, and says who may ask it.

The table is routes.txt, read from flash line by line: kept as text in here it would cost a
box 4 kB with each request. On the LAN the setting web.lan rules as well: "off" nothing,
"read" only GET, "full" all.
"""

RANKS = ("nobody", "user", "owner", "installer")


def find(lines, method, path):
    """(rank, handler, detail) of a route; 404: no such path, 405: not with this method. lines: bytes each."""
    if method == "HEAD":
        method = "GET"
    found = 404
    wanted = b" " + path.encode() + b" "
    for line in lines:
        if wanted not in line or line[0] == 35:  # "#"
            continue
        known, place, who, handler, detail = line.decode().split()
        if place == path:
            if known == method:
                return RANKS.index(who), handler, detail
            found = 405
    return found
