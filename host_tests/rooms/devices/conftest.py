"""What the tests of the device room share."""

import pytest

from firmware.devices import index

from .desk import Desk, opened


@pytest.fixture(params=[choice[4] for choice in index.CHOICES])
def model(request):
    """Each model of the catalogue in turn, opened: (file name, Model)."""
    return request.param, opened(request.param)


@pytest.fixture(params=[0, 0x3FFFFFFF - 20000], ids=["from 0", "across the wrap of ticks"])
def desk(request):
    """An ME3000SP on paper with its driver; every story also runs while the ticks wrap."""
    return Desk(start_ms=request.param)
