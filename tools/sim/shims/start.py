"""Power on: boot.py, then main.py, as the chip does, from the folder that is the flash."""

import sys

for _name in ("boot.py", "main.py"):
    try:
        with open(_name) as _file:
            _text = _file.read()
    except OSError:
        continue
    try:
        exec(compile(_text, _name, "exec"), {"__name__": "__main__"})
    except Exception as _error:  # a chip would print this and fall to its prompt
        sys.print_exception(_error)
        sys.exit(70)
