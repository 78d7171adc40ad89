"""Is somebody looking for the internet, or for another house? Then our page is the answer.

Systems ask a known address for a known text; anything else makes them open their
sign-in sheet (facts: device 1.4). Our redirect has a body, because a 200 of length
zero counts as the internet on Android, and iOS wants content. Knows names, no socket.
"""

OWN = "192.168.4.1"
# Android, Samsung, iOS and macOS, Windows, Firefox, Ubuntu.
_PROBES = ("/generate_204", "/gen_204", "/hotspot-detect.html", "/library/test/success.html",
           "/connecttest.txt", "/ncsi.txt", "/redirect", "/success.txt", "/canonical.html")


def is_probe(path):
    """True for a path by which a phone or a browser looks for the internet."""
    return path in _PROBES


def is_near(peer):
    """Did this client come by our own access point? `peer`: what accept() gave, on a desk bytes."""
    host = peer[0] if isinstance(peer, tuple) else ""
    return not host or not isinstance(host, str) or host.startswith(("192.168.4.", "127."))


def is_ours(host, names):
    """Is `host`, as in a Host header, one of our `names`? A port of ours may follow."""
    return host.lower().partition(":")[0].rstrip(".") in names


def login_page(host):
    """The small body of the redirect: for clients that do not follow it."""
    return '<!doctype html><title>Jullix</title><a href="http://%s/">Jullix</a>' % host
