"""What tells a header, an encrypted frame and a telegram's end from noise.

Where "/" stands in the middle of a line, it opens a telegram only when three letters and a digit or
"-" follow, as in every header ever seen: noise without a line end in front of a header, or a
telegram that was cut, must not cost the next one. The "/" inside Hungarian headers (`/HLY5/D545-…`)
is no such thing. Functions of a buffer and a place in it; they allocate nothing.
"""

HEADER_NEEDS = 4   # bytes after "/"
CIPHER_NEEDS = 14  # bytes from DB on


def is_header(buffer, at, begins_line):
    """True for a "/" at buffer[at] that opens a telegram; `begins_line`: a line end stands before it."""
    plain = letters = True
    for i in range(at + 1, at + HEADER_NEEDS):
        byte = buffer[i]
        plain = plain and 32 < byte < 127
        letters = letters and 97 <= byte | 32 <= 122
    if plain and begins_line:
        return True
    fifth = buffer[at + HEADER_NEEDS]
    return letters and (48 <= fifth <= 57 or fifth == 45)


def is_cipher(buffer, at):
    """DB 08, a title of eight bytes that begins with three letters, 82, two bytes of length, 2x or 3x."""
    for i in range(at + 2, at + 5):
        if not 97 <= buffer[i] | 32 <= 122:
            return False
    return buffer[at + 10] == 0x82 and 0x20 <= buffer[at + 13] <= 0x3F


def is_gibberish(buffer, start, end):
    """A header followed by mostly unprintable bytes: an encrypted port too (amsreader issue 1198)."""
    at = buffer.find(b"\n", start, end) + 1
    end = min(end, at + 128)
    if not at or end - at < 32:
        return False
    odd = 0
    for i in range(at, end):
        byte = buffer[i]
        if byte > 126 or (byte < 32 and byte != 10 and byte != 13):
            odd += 1
    return odd * 4 > end - at


def is_hex(byte):
    """True for 0-9, A-F and a-f."""
    return 48 <= byte <= 57 or 65 <= byte <= 70 or 97 <= byte <= 102
