"""The bench's table and its collecting: numbers a person can read, limits judged, failures told."""

import io
import json

from rich.console import Console

from tools.bench import __main__ as bench
from tools.bench import sizes, table


def test_numbers_have_three_digits_and_thousands_stand_apart():
    assert [table.number(value) for value in (None, 0.01234, 3.14159, 1234.5, 98304)] == [
        "-", "0.0123", "3.14", "1 234", "98 304"]  # fmt: skip


def test_a_limit_is_the_most_a_value_may_be():
    row = {"name": "x", "unit": "ms", "value": 50, "limit": 50}
    assert table.verdict(row) == "kept"
    assert table.verdict(dict(row, value=51)) == "OVER"
    assert table.verdict({"name": "x", "unit": "ms", "value": 51}) == ""


def test_a_peer_stands_beside_ours_with_the_ratio():
    row = {"name": "x", "unit": "us", "value": 50, "peer": "other", "peer_value": 200, "limit": 200}
    assert table.cells(row) == ("x", "50", "us", "other", "200", "0.25", "200", "kept")


def test_a_run_writes_all_rows_and_tells_a_failure(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(bench, "OUTPUT", tmp_path / "build" / "bench.json")
    monkeypatch.setattr(bench, "names", lambda: ["good", "broken"])

    class Good:
        @staticmethod
        def rows():
            return [{"name": "speed", "value": 1, "unit": "ms"}]

    modules = {"tools.bench.good": Good, "tools.bench.broken": None}
    monkeypatch.setattr(bench.importlib, "import_module", modules.get)
    assert bench.main([]) == 1
    written = json.loads((tmp_path / "build" / "bench.json").read_text())
    assert [row["bench"] + row["name"] for row in written["rows"]] == ["goodspeed", "brokenfailed"]
    assert bench.main(["good"]) == 0
    assert bench.main(["absent"]) == 2
    assert "there are good, broken" in capsys.readouterr().err


def test_the_table_prints_every_row():
    rows = [
        {"bench": "a", "name": "first", "value": 1, "unit": "ms", "limit": 0},
        {"bench": "b", "name": "second", "value": None, "unit": "", "error": "gone"},
    ]
    page = Console(file=io.StringIO(), width=120)
    table.show(rows, page)
    text = page.file.getvalue()
    assert "first" in text and "OVER" in text and "second: gone" in text and "FAILED" in text


def test_sizes_are_weighed_room_by_room(tmp_path):
    for place, size in (("main.py", 5), ("firmware/p1/a.mpy", 7), ("firmware/p1/b.mpy", 3)):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(b"x" * size)
    assert sizes.weigh(tmp_path) == {"start": 5, "firmware/p1": 10}
