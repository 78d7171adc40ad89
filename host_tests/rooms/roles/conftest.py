"""What a board has and CPython has not."""

import gc

import pytest


@pytest.fixture(autouse=True)
def heap_figures(monkeypatch):
    """MicroPython's figures of its heap."""
    monkeypatch.setattr(gc, "mem_alloc", lambda: 40000, raising=False)
    monkeypatch.setattr(gc, "mem_free", lambda: 20000, raising=False)
