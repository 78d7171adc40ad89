"""Polling in quick time: a virtual second of patience is 1/SIM_SPEED_UP of a real one."""

import os

import uselect
from uselect import POLLERR, POLLHUP, POLLIN, POLLOUT  # noqa: F401

_SPEED = int(os.getenv("SIM_SPEED_UP") or 1)


def _real(timeout):
    # Rounded up: waking a moment late is what a chip's 10 ms tick does; spinning is not.
    return timeout if timeout <= 0 else (timeout + _SPEED - 1) // _SPEED


class poll:
    """The built-in poller with shorter patience."""

    def __init__(self):
        self._poller = uselect.poll()
        self.register = self._poller.register
        self.modify = self._poller.modify
        self.unregister = self._poller.unregister

    def poll(self, timeout=-1):
        """A list of what is ready."""
        return self._poller.poll(_real(timeout))

    def ipoll(self, timeout=-1, flags=0):
        """The same as an iterator."""
        return self._poller.ipoll(_real(timeout), flags)
