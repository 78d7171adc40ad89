"""The ESP32's own corner on a desk: NVS in a file.

NVS keeps int32 (here nothing else) under names of at most 15 characters, is durable only
after commit(), and raises OSError for a missing key, as on the chip.
"""

import json
import os

_NOT_FOUND = -4354


class NVS:
    """One name."""

    def __init__(self, name):
        self._space = _checked(name)
        self._path = (os.getenv("SIM_FLASH_ROOT") or ".") + "/../nvs.json"
        try:
            with open(self._path) as file:
                self._all = json.load(file)
        except (OSError, ValueError):
            self._all = {}

    def set_i32(self, key, value):
        """A 32-bit number."""
        self._all.setdefault(self._space, {})[_checked(key)] = value

    def get_i32(self, key):
        """OSError when missing."""
        value = self._all.get(self._space, {}).get(_checked(key))
        if value is None:
            raise OSError(_NOT_FOUND, "ESP_ERR_NVS_NOT_FOUND")
        return value

    def commit(self):
        """Only now is it on flash."""
        with open(self._path + ".new", "w") as file:
            json.dump(self._all, file)
        os.rename(self._path + ".new", self._path)


def _checked(text):
    if not 0 < len(text) < 16:
        raise ValueError("NVS names have 1 to 15 characters")
    return text
