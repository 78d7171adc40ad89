"""What the tests of the device room share."""

import pytest

from firmware.devices import entry, index


@pytest.fixture(params=[choice[4] for choice in index.CHOICES])
def model(request):
    """Each model of the catalogue in turn, opened: (file name, Entry)."""
    return request.param, entry.load(request.param)
