"""Reads: all rows covered, nothing forbidden, and never more requests than needed."""

from hypothesis import given
from hypothesis import strategies as st

from firmware.devices import plan


def rows_of(places):
    return [(address, "r%d" % address, "u32" if wide else "u16", 1, 1) for address, wide in places.items()]


def allowed(rows, longest, hole, walls):
    """True when one read may fetch exactly these rows (sorted)."""
    first, end = rows[0][0], max(row[0] + plan.width(row) for row in rows)
    if end - first > longest or any(first < wall < end for wall in walls):
        return False
    reach = rows[0][0] + plan.width(rows[0])
    for row in rows[1:]:
        if row[0] - reach > hole:
            return False
        reach = max(reach, row[0] + plan.width(row))
    return True


def fewest(rows, longest, hole, walls):
    """The optimum by trying every way to cut the sorted rows."""
    best = [0]
    for end in range(1, len(rows) + 1):
        best.append(min(best[start] + 1 for start in range(end)
                        if start == end - 1 or allowed(rows[start:end], longest, hole, walls)))
    return best[-1]


EVEN = st.integers(0, 60).map(lambda place: 2 * place)


@given(st.dictionaries(EVEN, st.booleans(), min_size=1, max_size=12),
       st.integers(2, 40), st.integers(0, 12), st.lists(EVEN, max_size=3))
def test_fewest_and_lawful(places, longest, hole, walls):
    rows = sorted(rows_of(places))
    found = plan.reads(rows, longest, hole, walls)
    for row in rows:
        assert any(start <= row[0] and row[0] + plan.width(row) <= start + count for start, count in found)
    for start, count in found:
        inside = [row for row in rows if start <= row[0] < start + count]
        assert allowed(inside, longest, hole, walls)
        assert count == max(row[0] + plan.width(row) for row in inside) - start
    assert len(found) == fewest(rows, longest, hole, walls)


def test_hole_wall_and_length():
    rows = rows_of({0: False, 5: False, 6: False, 9: False})
    assert plan.reads(rows, 20, 4) == [(0, 10)]
    assert plan.reads(rows, 20, 3) == [(0, 1), (5, 5)]
    assert plan.reads(rows, 20, 4, walls=(6,)) == [(0, 6), (6, 4)]
    assert plan.reads(rows, 6, 4) == [(0, 6), (6, 4)]


def test_a_row_wider_than_a_read_is_refused():
    try:
        plan.reads([(0, "serial", "text", 1, 8)], 7, 0)
    except ValueError as error:
        assert "serial" in str(error)
    else:
        raise AssertionError("accepted")
