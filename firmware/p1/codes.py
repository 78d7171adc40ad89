"""The code of a telegram's line, A-B:C.D.E, as one int: seven bits a part, below 2**30, no object on 32 bits.

Refuses to know which codes matter: obis.py lists them.
"""


def key(buffer, at):
    """The code that starts at buffer[at] and ends before "(", as one int below 2**30; -1: not a code.

    The caller sees to it that some byte that is no digit follows.
    """
    code = 0
    part = 0
    want = 0
    while True:
        byte = buffer[at]
        at += 1
        if 48 <= byte <= 57:
            part = part * 10 + byte - 48
            if part > 127:
                return -1
        else:
            code = code << 7 | part
            if byte != b"-:..("[want]:
                return -1
            want += 1
            if want == 5:
                return code if code < 0x40000000 else -1
            if want == 1 and part > 3:
                return -1
            part = 0
