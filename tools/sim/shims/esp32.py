"""The ESP32's own corner on a desk: NVS in a file.

NVS keeps int32 and blobs under names of at most 15 characters, is durable only
after commit(), and raises OSError for a missing key, as on the chip.
"""

import json
import os
from binascii import hexlify, unhexlify

_NOT_FOUND = -4354


class NVS:
    """One namespace."""

    def __init__(self, namespace):
        self._space = _name(namespace)
        self._path = (os.getenv("SIM_FLASH") or ".") + "/../nvs.json"
        try:
            with open(self._path) as file:
                self._all = json.load(file)
        except (OSError, ValueError):
            self._all = {}

    def set_i32(self, key, value):
        """A 32-bit number."""
        self._put(key, ["i", value])

    def get_i32(self, key):
        """OSError when missing."""
        return self._get(key, "i")

    def set_blob(self, key, value):
        """Bytes."""
        self._put(key, ["b", hexlify(value).decode()])

    def get_blob(self, key, buffer):
        """Fill `buffer`, return the length."""
        data = unhexlify(self._get(key, "b"))
        buffer[: len(data)] = data
        return len(data)

    def commit(self):
        """Only now is it on flash."""
        with open(self._path + ".new", "w") as file:
            json.dump(self._all, file)
        os.rename(self._path + ".new", self._path)

    def _put(self, key, value):
        self._all.setdefault(self._space, {})[_name(key)] = value

    def _get(self, key, kind):
        value = self._all.get(self._space, {}).get(_name(key))
        if value is None or value[0] != kind:
            raise OSError(_NOT_FOUND, "ESP_ERR_NVS_NOT_FOUND")
        return value[1]


def _name(text):
    if not 0 < len(text) < 16:
        raise ValueError("NVS names have 1 to 15 characters")
    return text
