"""What holds in any house: random loads, sun, charge, battery; and MicroPython keeps the same journal."""

from hypothesis import given, settings
from hypothesis import strategies as some

from host_tests.rooms.control.lived import BEGIN_S
from tools.replay import __main__ as replay
from tools.replay.drive import Ours, run
from tools.replay.flexible import Boiler, Charger
from tools.replay.plant import Battery, Meter

_MINUTES = some.lists(some.tuples(some.integers(0, 7000), some.integers(0, 5000)), min_size=5, max_size=30)


class Watched:
    """Ours, with every beat looked at: `look(law, battery, meter, power_w)`."""

    def __init__(self, law, look):
        self._law, self._look = law, look

    def ask(self, battery, meter, now_ms):
        power_w = self._law.ask(battery, meter, now_ms)
        self.rule = self._law.rule
        self._look(self._law, battery, meter, power_w)
        return power_w


def live(minutes, look, soc_pct, capacity_wh=4000, latency_ms=0, **told):
    law = Ours(dict({"control.dead_ms": 500}, **{"control." + name: told[name] for name in told}))
    battery, meter = Battery(capacity_wh, 3000, soc_pct, latency_ms, 6000), Meter(BEGIN_S)
    rows = [(1, load_w, pv_w) for load_w, pv_w in minutes for _ in range(60)]
    run(rows, Watched(law, look), battery, meter)


@settings(max_examples=40)
@given(_MINUTES, some.integers(0, 100), some.integers(10, 40), some.integers(0, 40), some.integers(0, 4))
def test_control_never_takes_the_charge_out_of_its_bounds(minutes, soc_pct, low_pct, buffer_pct, delay_s):
    def look(law, battery, meter, power_w):
        if battery.soc_pct() <= low_pct:
            assert not power_w or power_w < 0
        if battery.soc_pct() >= 100:
            assert not power_w or power_w > 0
    live(minutes, look, soc_pct, 4000, delay_s * 1000, min_soc_pct=low_pct, buffer_pct=buffer_pct)


@settings(max_examples=40)
@given(some.lists(some.integers(0, 4000), min_size=3, max_size=20), some.integers(0, 19),
       some.integers(800, 4000))
def test_forced_charging_imports_no_more_than_the_desired_peak(loads, soc_pct, desired_peak_w):
    seen = []

    def look(law, battery, meter, power_w):
        # The trickle and the load's own excess apart: what charging adds must fit under the desired peak.
        if law.rule == "force" and power_w and power_w < -150 and len(seen) % 60 > 5:
            assert meter.grid_w + battery.power_w - power_w <= desired_peak_w + 1
        seen.append(power_w)
    live([(load_w, 0) for load_w in loads], look, soc_pct, desired_peak_w=desired_peak_w)


@settings(max_examples=40)
@given(_MINUTES, some.integers(10, 99), some.sampled_from((0, 0, 2, 4)))
def test_nothing_is_exported_while_the_battery_can_take_it(minutes, soc_pct, delay_s):
    seen = []

    def look(law, battery, meter, power_w):
        seen.append(0)
        settled = len(seen) > 30 and len(seen) % 60 > 8 + 8 * delay_s
        if settled and battery.soc_pct() < 100 and battery.power_w > -battery.most_w + 50:
            assert meter.grid_w >= -60, (law.rule, meter.grid_w, battery.power_w, power_w)
    live(minutes, look, soc_pct, latency_ms=delay_s * 1000, dead_ms=max(500, delay_s * 1000))


def test_the_same_seed_gives_the_same_journal_in_micropython():
    options = replay.parser().parse_args(["--profile", "", "--battery-kwh", "2", "--soc", "24",
                                          "--latency-s", "2", "--start", "2026-01-01T16:50", "--car",
                                          "turbo:3700:3", "--boiler", "eco"])
    told = replay.model(options, replay.settings_of(None))
    hours = [(300 + hour * 97 % 3100, max(0, 3500 - abs(13 - hour) * 700)) for hour in range(24)]
    day = [(60,) + hour for hour in hours for _ in range(8)]
    rows = replay.noisy(day, 900, 7)
    here = replay.drive.play(rows, told)
    assert len(here["journal"]) > 5 and here["summary"]["flexible_wh"]["charger"] > 500
    for bits in (64, 32):
        assert replay.in_vm(rows, told, bits) == here
    assert replay.noisy(day, 900, 8) != rows


@settings(max_examples=40)
@given(some.lists(some.integers(0, 5000), min_size=15, max_size=30), some.sampled_from(("turbo", "eco")),
       some.sampled_from(("turbo", "eco")), some.integers(0, 2))
def test_a_car_and_a_boiler_raise_no_peak(loads, car_mode, boiler_mode, delay_s):
    devices = [(car_mode, Charger(7400, 20000, 0)), (boiler_mode, Boiler(2000, 1500))]
    law = Ours({"control.dead_ms": delay_s * 1000}, devices)
    battery, meter = Battery(24000, 3000, 38, delay_s * 1000, 1500), Meter(BEGIN_S)
    run([(1, load_w, 0) for load_w in [300] + loads for _ in range(60)], law, battery, meter)
    assert max([peak[1] for peak in meter.peaks] or [0]) <= 2500
