"""The pages of a story's boards on loopback: which port each has, and where a person finds them.

--web says the first port; each further board has the next. Without it the desk's boards have no
pages, so that their heap is what the firmware alone needs.
"""


def settings(first, number):
    """Setting texts for board `number` (0: the gateway); `first`: the port of --web, or None."""
    if first is None:
        return ["web.enabled=false"]
    return ["web.enabled=true", f"web.port={first + number}"]


def address(first, number, plan, password):
    """A line for the person at the desk: the board's page, and the PWD that is on its sticker."""
    return f"{plan['name']}: http://127.0.0.1:{first + number}  (PWD on its sticker: {password})"
