"""Is this value good for that setting? One answer for the form, the store and the command line.

Knows the kinds of rows.py and how a refusal is worded: a SettingError carries
the setting, a word of firmware/words and the numbers it speaks of, always with
the value that was refused and what would be taken. Knows no file and no page.

A running box has neither this file nor the rows in memory: values.py brings them
in when somebody changes something, and lets them go again.
"""

from .rows import ROWS
from .values import SettingError

_WORD_LETTERS = b"abcdefghijklmnopqrstuvwxyz0123456789_-"
_TRUE = ("true", "on", "yes", "1")
_FALSE = ("false", "off", "no", "0")


def row(name):
    """The row of `name`. An unknown name is refused with the nearest known one."""
    for one in ROWS:
        if one[0] == name:
            return one
    from .rows_house import ROWS as house
    for one in house:
        if one[0] == name:
            return one
    raise SettingError(str(name), "setting_unknown", nearest(str(name)))


def nearest(name):
    """The known name that shares most letters with `name`, in order from both ends."""
    best, best_score = "", -1
    for one in ROWS:
        known = one[0]
        score = _shared(known, name, 1) + _shared(known, name, -1) - abs(len(known) - len(name))
        if score > best_score:
            best, best_score = known, score
    return best


def _shared(left, right, step):
    """Letters that are the same from the start on (step 1) or from the end back (-1)."""
    at = 0 if step == 1 else -1  # MicroPython cannot turn a text round: [::-1] raises
    count = 0
    while count < min(len(left), len(right)) and left[at] == right[at]:
        count += 1
        at += step
    return count


def check(name, value):
    """`value` as it will be stored, or SettingError. Types are strict: see `read` for text."""
    _, kind, default, low, high, choices, unit, _ = row(name)
    if value is None:
        if default is None:
            return None
        raise SettingError(name, "setting_empty")
    if kind == "bool":
        if value is True or value is False:
            return value
        raise SettingError(name, "setting_not_bool", value)
    if kind == "int":
        return _whole(name, value, low, high, unit)
    if kind == "choice":
        return _choice(name, value, choices)
    if not isinstance(value, str):
        raise SettingError(name, "setting_not_text", value)
    if kind == "ipv4":
        return _ipv4(name, value)
    if kind == "panels":
        from .panels import tidy
        value = tidy(value)
    return _text(name, kind, value, low, high)


def read(name, text):
    """What somebody typed for `name`, checked: " 12 " is 12, "off" is False, "" may be None."""
    _, kind, default, _, _, choices, _, _ = row(name)
    text = text.strip()
    if text == "" and default is None:
        return None
    if kind == "bool":
        small = text.lower()
        if small in _TRUE or small in _FALSE:
            return small in _TRUE
    elif kind == "int" or (kind == "choice" and not isinstance(choices[0], str)):
        try:
            return check(name, int(text))
        except SettingError:
            raise
        except ValueError:
            pass
    return check(name, text)


def check_together(values):
    """Refuse values that are good alone and wrong together. `values`: every setting by name."""
    total = values["control.min_soc_pct"] + values["control.buffer_pct"]
    if total > 100:
        raise SettingError("control.buffer_pct", "setting_bands", total)
    if values["network.mode"] == "static":
        for name in ("network.address", "network.gateway", "network.dns"):
            if values[name] is None:
                raise SettingError(name, "setting_static")


def _whole(name, value, low, high, unit):
    # CPython counts True as an int, MicroPython does not.
    if not isinstance(value, int) or value is True or value is False:
        raise SettingError(name, "setting_not_whole", value, low, high, unit)
    if not low <= value <= high:
        raise SettingError(name, "setting_bounds", value, low, high, unit)
    return value


def _choice(name, value, choices):
    for choice in choices:  # by type too: 1 is not True, "9600" is not 9600
        if value == choice and isinstance(value, str) == isinstance(choice, str) and value is not True:
            return choice
    raise SettingError(name, "setting_choice", value, ", ".join(str(choice) for choice in choices))


def _text(name, kind, value, low, high):
    if not low <= len(value) <= high:
        raise SettingError(name, "setting_length", value, low, high)
    # By bytes: MicroPython keeps each letter that was taken out of a text, for ever.
    for byte in value.encode():
        if kind == "word" and byte not in _WORD_LETTERS:
            wrong = [letter for letter in value if letter.encode() not in _WORD_LETTERS]
            raise SettingError(name, "setting_letters", value, wrong[0])
        if byte < 32 or byte == 127:
            raise SettingError(name, "setting_control", len(value))
    return value


def _ipv4(name, value):
    parts = value.split(".")
    if len(parts) == 4:
        for part in parts:
            if not (part.isdigit() and len(part) <= 3 and int(part) <= 255 and part == str(int(part))):
                break
        else:
            return value
    raise SettingError(name, "setting_ipv4", value)
