"""A word and what it speaks of, between boxes: a line of a journal, the result of a change. Knows no word."""

import json

from .packet import BODY_MOST


def put_line(code, args, before=0):
    """A word of firmware/words and its args (numbers, texts, None) as a body; the last args go if too long.

    `before`: bytes of the body that are taken already. For JOURNAL; stamp_ms = when it happened.
    """
    args = list(args)
    body = json.dumps([code] + args).encode()
    while len(body) > BODY_MOST - before and args:
        args.pop()
        body = json.dumps([code] + args).encode()
    return body


def take_line(body):
    """(code, args), or None when it is not such a line."""
    try:
        found = json.loads(body)
    except ValueError:
        return None
    if not isinstance(found, list) or not found or not isinstance(found[0], str):
        return None
    return found[0], tuple(found[1:])
