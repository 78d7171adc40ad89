"""Whose word about a service's certificate is taken: a few root certificates at a time, for the memory.

A service is held against one group; when its certificate is of none of them, the next try takes the next
group, and the one that fitted is remembered by whoever asks. Knows certificates, and no service.
"""

from binascii import a2b_base64

from ..core.modules import forget

GROUPS = 4


def roots(group):
    """[DER bytes] of group 0 to 3; what held their text is let go of."""
    if group == 0:
        from . import roots_isrg as found
    elif group == 1:
        from . import roots_sectigo as found
    elif group == 2:
        from . import roots_globalsign as found
    else:
        from . import roots_google as found
    made = [a2b_base64(text) for text in found.ROOTS]
    forget(found.__name__)
    return made
