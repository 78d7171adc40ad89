"""Scenarios A to F in the real MicroPython: as good as a cable, and safer when it breaks."""

import json

import pytest

from host_tests.stories.conftest import steady, tell

# What the boards need today; docs and issue promise 96 and 64 kB.
ROOM = ("--heap", "160k", "--member-heap", "160k")
LEASE_S = 10
PACE = 4  # two or three VMs a story: at 8, three stories at once starve two cores


def story(make):
    """Give a test its story: `make(folder, **parameters)` -> Told."""

    def decorate(test):
        test.story = make
        return test

    return decorate


def linked(folder, scenario, *more, load_w=1200, faults=(), speed=PACE):
    """Tell one of the scenarios in a steady house. faults: (at_s, for_s, name, value) each."""
    arguments = ["--scenario", scenario, *ROOM, "--profile", steady(folder, load_w)]
    if faults:
        names = ("at_s", "for_s", "fault", "value")
        timeline = folder / "faults.json"
        timeline.write_text(json.dumps([dict(zip(names, row)) for row in faults]))
        arguments += ["--faults", str(timeline)]
    return tell(folder, *arguments, *more, speed=speed)


def well(told):
    """The summary of a story in which no box broke and nobody said a secret."""
    summary = told.summary
    assert summary["link"]["leaks"] == []
    for name, board in summary["boards"].items():
        assert not board["complaints"], (name, board["complaints"])
    return summary


def orders(summary):
    """(second, W or None: rest) of each change that the inverter was told."""
    return summary["inverter"]["told"]


def order_at(summary, t_s):
    """What the inverter was told last at that second."""
    return [power_w for at_s, power_w in orders(summary) if at_s <= t_s][-1]


def first(summary, after_s, rests):
    """When the inverter was next told to rest, or to work."""
    return next(at_s for at_s, power_w in orders(summary) if at_s >= after_s and (power_w is None) == rests)


def moments(summary, fault, began=True):
    """Seconds at which that fault began, or ended."""
    return [one["at_s"] for one in summary["faults"] if (one["fault"], one["began"]) == (fault, began)]


# All of them come to zero


@pytest.mark.parametrize("scenario", ["A", "B", "C", "D", "E", "F", "F-lan"])
@story(lambda folder, scenario: linked(folder, scenario, "--seconds", "60"))
def test_each_scenario_comes_to_zero_and_stays_there(told, scenario):
    summary = told.summary if scenario == "A" else well(told)
    assert summary["settled_s"] is not None and summary["settled_s"] < 45
    assert all(abs(row[1]) <= 50 for row in told.rows(46))
    assert summary["battery_direction_changes"] == 0


def a_day_by_cable_and_by_a_poor_link(folder):
    """The same drawn hour of the day, once as scenario A, once as D."""
    poor = ("--loss", "10", "--delay", "5", "--jitter", "30")
    day = ("--seconds", "300", "--seed", "3", *ROOM)
    cable = tell(folder / "cable", "--scenario", "A", *day, speed=PACE)
    told = tell(folder / "air", "--scenario", "D", *day, *poor, speed=PACE)
    told.cable = cable
    return told


@story(a_day_by_cable_and_by_a_poor_link)
def test_a_poor_link_is_nearly_as_good_as_a_cable(told):
    assert told.cable.status == 0, told.cable.text
    summary, cable = well(told), told.cable.summary
    assert summary["grid_w"] is not None and cable["mean_abs_grid_w"] > 0
    assert summary["mean_abs_grid_w"] <= 1.2 * cable["mean_abs_grid_w"]
    assert 5 <= summary["status"]["link"]["boxes"]["garage"]["loss_pct"] <= 20


# It breaks

CUTS = tuple((at_s, 17 + at_s % 3, "link_dead", None) for at_s in (40, 106, 173))


@pytest.mark.parametrize("scenario", ["B", "D", "F-lan"])
@story(lambda folder, scenario: linked(folder, scenario, "--seconds", "225", faults=CUTS))
def test_a_cut_link_rests_the_battery_within_its_lease(told, scenario):
    summary = well(told)
    began, ended = moments(summary, "link_dead"), moments(summary, "link_dead", False)
    assert len(began) == len(ended) == len(CUTS)
    for cut_s, mended_s in zip(began, ended):
        assert order_at(summary, cut_s) > 1000, "not at work when the link was cut"
        assert first(summary, cut_s, True) - cut_s <= LEASE_S + 2
        assert order_at(summary, mended_s) is None
        assert first(summary, mended_s, False) - mended_s <= 5
    assert all(abs(row[1]) <= 50 for row in told.rows(215))
    box = next(iter(summary["boards"].values()))
    assert [line["code"] for line in box["journal"]].count("inverter_lease_over") == len(CUTS)
    texts = [line["text"] for line in summary["journal"] if line["code"] == "box_says"]
    assert sum("No new command came in time" in text for text in texts) == len(CUTS)


RESTARTS = ((45, 1, "gateway_reboot", None), (75, 25, "brown_out", None), (125, 1, "extender_reboot", None),
            (150, 40, "move_channel", 11))


@story(lambda folder: linked(folder, "E", "--seconds", "230", faults=RESTARTS))
def test_whoever_restarts_is_back_without_an_installer(told):
    summary = well(told)
    back = moments(summary, "gateway_reboot") + moments(summary, "brown_out", False)
    for at_s in back:
        rules = [row for row in told.rows(at_s + 1.5, at_s + 10) if row[4] == "balance"]
        assert rules, "no control within 10 s of second {}".format(at_s)
    off_s = moments(summary, "brown_out")[0]
    assert first(summary, off_s, True) - off_s <= LEASE_S + 2
    assert first(summary, back[1], False) - back[1] <= 10
    assert [len(board["boots"]) for board in summary["boards"].values()] == [2, 2]
    for quiet_s, until_s in ((142, 149), (180, 189), (222, 230)):
        assert all(abs(row[1]) <= 50 for row in told.rows(quiet_s, until_s)), told.rows(quiet_s, until_s)
    moved = [line["text"] for line in summary["journal"] if "radio channel 11" in (line["text"] or "")]
    assert len(moved) == 2  # both boxes have found it


# Somebody listens, and plays it again

LIVES = ((25, 1, "gateway_reboot", None), (45, 1, "extender_reboot", None),
         (75, 60, "stranger_replays", 100))


@pytest.mark.parametrize("scenario", ["B", "F-lan"])
@story(lambda folder, scenario: linked(folder, scenario, "--seconds", "140", faults=LIVES, speed=4))
def test_a_stranger_who_plays_it_all_again_changes_nothing(told, scenario):
    summary = well(told)
    assert summary["link"]["replayed"] > 5900
    assert all(abs(row[1]) <= 50 and row[4] == "balance" for row in told.rows(70))
    assert order_at(summary, 140) == order_at(summary, 74)
    assert not [line for line in summary["journal"] if line["at_s"] > 74]
    box = next(iter(summary["boards"].values()))
    assert not [line for line in box["journal"] if line["at_s"] > 74]
    for status in (summary["status"], box["status"]):
        frames = status["link"]["frames"]
        refused = sum(count for word, count in frames.items() if word != "good")
        assert refused > 1000 and frames["forged"] > 0 and frames["old"] > 0 and frames["repeated"] > 0


# Boxes meet

VISIT = (
    {"at_s": 4, "do": "claim", "box": "shed", "pop": "AAAAAA-BBBBBB-CCCCCC"},
    {"at_s": 12, "do": "claim", "box": "shed", "name": "barn"},
    {"at_s": 45, "do": "set", "box": "barn", "changes": {"inverter.name": "North"}},
    {"at_s": 60, "do": "unpair", "box": "barn"},
)


def paired_live(folder):
    """From the sources: that is where the installer's hand reaches in."""
    folder.mkdir(parents=True, exist_ok=True)
    work = folder / "work.json"
    work.write_text(json.dumps(VISIT))
    room = ("--source", "--bits", "64", "--heap", "600k", "--member-heap", "600k")
    return linked(folder, "B", "--unpaired", "--installer", str(work), "--seconds", "75", *room, speed=4)


@story(paired_live)
def test_a_box_is_claimed_by_its_sticker_set_and_freed(told):
    summary = well(told)
    said = [(line["at_s"], line["code"]) for line in summary["journal"]]
    when = {code: at_s for at_s, code in reversed(said)}
    assert 4 < when["pair_wrong_code"] < 12 < when["link_paired"] < 20
    assert all(row[2] == 0 for row in told.rows(0, 12))
    assert all(abs(row[1]) <= 50 for row in told.rows(40, 58))
    assert 45 < when["box_set"] < 50
    assert first(summary, 60, True) < 64
    assert when["link_unpaired"] < 64


# A full house


def ten(folder):
    """Ten boxes at 1 Hz; every frame kept."""
    frames = folder / "frames.jsonl"
    told = tell(folder, "--scenario", "ten", "--seconds", "40", "--repeats", "0", "--heap", "200k",
                "--member-heap", "160k", "--capture", str(frames), speed=1)
    told.frames = [json.loads(line) for line in frames.read_text().splitlines()]
    return told


def arrived(frames):
    """box -> (numbers of readings it sent, those that the gateway acknowledged); bytes: docs/link.md."""
    sent, acked, macs = {}, {}, {}
    for row in frames:
        frame = bytes.fromhex(row["frame"])
        kind, number, seq = frame[1] & 31, frame[3] | frame[4] << 8, int.from_bytes(frame[15:19], "little")
        if kind == 4:
            macs[row["source"]] = row["sender"]
            sent.setdefault(row["sender"], {})[seq] = (number, row["t_s"])
        elif kind == 2 and row["sender"] == "gateway":
            highest, seen = (int.from_bytes(frame[at : at + 4], "little") for at in (23, 27))
            marks = acked.setdefault(row["target"], set())
            marks.add(highest)
            marks.update(highest - 1 - bit for bit in range(32) if seen >> bit & 1)
    found = {}
    for mac, name in macs.items():
        got = {sent[name][seq][0] for seq in acked.get(mac, ()) if seq in sent[name]}
        found[name] = ({number for number, t_s in sent[name].values() if 8 < t_s < 38}, got)
    return found


@story(ten)
def test_ten_extenders_lose_no_reading(told):
    well(told)
    found = arrived(told.frames)
    assert len(found) == 10
    for name, (sent, got) in found.items():
        assert len(sent) >= 29 and sent <= got, (name, sorted(sent - got))
