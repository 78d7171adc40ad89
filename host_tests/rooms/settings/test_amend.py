"""What the box found out is added to the file on flash; nothing else in it changes."""

import pytest

from firmware.settings.amend import amend
from firmware.settings.store import Store, defaults
from firmware.settings.values import Settings


def kept(folder, **changes):
    settings = Settings(defaults())
    settings.change({name.replace("__", "."): value for name, value in changes.items()})
    Store(str(folder)).save(settings)


def test_it_is_there_after_a_start_and_so_is_the_rest(tmp_path):
    kept(tmp_path, control__min_soc_pct=35)
    assert amend(str(tmp_path), {"control.dead_ms": 900, "control.ramp_w_s": 500})
    again = Store(str(tmp_path)).load()
    assert [again.get("control." + name) for name in ("min_soc_pct", "dead_ms", "ramp_w_s")] == [35, 900, 500]
    (tmp_path / "settings.json").unlink()
    assert Store(str(tmp_path)).load().get("control.min_soc_pct") == 35  # the copy before


@pytest.mark.parametrize("content", [None, b"", b"rubbish"])
def test_a_file_that_is_not_whole_is_left_to_the_store(tmp_path, content):
    if content is not None:
        (tmp_path / "settings.json").write_bytes(content)
    assert not amend(str(tmp_path), {"control.dead_ms": 900})
    assert [path.read_bytes() for path in tmp_path.iterdir()] == ([] if content is None else [content])


def test_a_value_that_cannot_be_is_left_out_at_the_next_start(tmp_path):
    kept(tmp_path, control__min_soc_pct=35)
    amend(str(tmp_path), {"control.dead_ms": -5})
    store = Store(str(tmp_path))
    assert store.load().get("control.dead_ms") is None
    assert store.notes[0][:2] == ("settings_left_out", "control.dead_ms")
