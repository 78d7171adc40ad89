"""How often this box has come alive, in the memory that outlives its files.

NVS is the second memory of the number that makes recorded frames useless
(settings/peers.py keeps the first): a flash that was wiped must not count from one
again. Knows one number; refuses to know what it is for.
"""

_SPACE = "jullix"
_KEY = "boot"


def last():
    """The number kept last, 0 where there is none."""
    try:
        import esp32
        return esp32.NVS(_SPACE).get_i32(_KEY)
    except (ImportError, OSError):
        return 0


def keep(number):
    """Keep `number`; a box without NVS has its file alone."""
    try:
        import esp32
        space = esp32.NVS(_SPACE)
        space.set_i32(_KEY, number)
        space.commit()
    except (ImportError, OSError):
        pass
