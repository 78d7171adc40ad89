"""Who keeps the grid nearest zero: the published laws and ours, over dead time, ramp and trace.

Writes build/scoreboard.txt, one line a house and law, and draws build/scoreboard.png where
matplotlib is installed. Each place of the grid is judged: at most 5 % more avoidable exchange than
the best other law, and from 2 s of dead time on a tenth of the plain integral law's changes of direction.
"""

from concurrent.futures import ProcessPoolExecutor

from tools.bench.__main__ import OUTPUT
from tools.replay.contest import DEAD_S, RAMPS, compete, judged, laws, settling_s, traces

TABLE = OUTPUT.with_name("scoreboard.txt")
PICTURE = OUTPUT.with_name("scoreboard.png")
_HEAD = "{:<10}{:>5}{:>7}  {:<18}{:>9}{:>8}{:>10}{:>11}\n"


def one(place):
    """Summary of the law at (trace, dead s, ramp, name of law)."""
    trace, dead_s, ramp_w_s, name = place
    make = dict(laws())[name]
    found = compete(traces()[trace], make, dead_s, ramp_w_s)
    found["settling_s"] = settling_s(make, dead_s, ramp_w_s)
    return found


def contest():
    """place -> summary, for every place of the grid."""
    names = [name for name, _ in laws()]
    places = [(trace, dead_s, ramp, name) for trace in traces() for dead_s in DEAD_S for ramp in RAMPS
              for name in names]
    with ProcessPoolExecutor() as pool:
        return dict(zip(places, pool.map(one, places, chunksize=6)))


def rows():
    """Two rows a place, each with its limit: its exchange beside the best other law's, its turns."""
    found = contest()
    TABLE.parent.mkdir(exist_ok=True)
    with open(TABLE, "w") as table:
        table.write(_HEAD.format("trace", "dead", "ramp", "law", "avoid Wh", "turns", "settle s",
                                 "quarter W"))
        for place, summary in found.items():
            settled = "never" if summary["settling_s"] is None else summary["settling_s"]
            table.write(_HEAD.format(*place, summary["avoidable_wh"], summary["direction_changes"], settled,
                                     summary["worst_quarter_w"]))
    draw(found)
    made = []
    for trace, dead_s, ramp, wh, best, best_wh, turns, integral_turns in judged(found):
        place = "{}, {} s, {} W/s".format(trace, dead_s, ramp)
        made.append({"name": place, "value": wh, "unit": "Wh", "peer": best, "peer_value": best_wh,
                     "limit": best_wh * 105 // 100})
        if dead_s >= 2:
            made.append({"name": place, "value": turns, "unit": "turns", "peer": "integral, K 1.0",
                         "peer_value": integral_turns, "limit": integral_turns // 10})
    return made


def draw(found):
    """The picture; without matplotlib there is the table only."""
    try:
        import matplotlib
    except ImportError:
        print("scoreboard: no matplotlib here, so no picture; the table is in", TABLE.name)
        return
    matplotlib.use("Agg")
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(2, len(traces()), figsize=(11, 8), sharex=True)
    for column, trace in enumerate(traces()):
        for line, key in enumerate(("avoidable_wh", "direction_changes")):
            for name, _ in laws():
                values = [max(1, found[trace, dead_s, 1500, name][key]) for dead_s in DEAD_S]
                axes[line][column].plot(DEAD_S, values, marker="o", label=name, lw=3 if name == "ours" else 1)
            words = key.replace("_", " ")
            axes[line][column].set(yscale="log", title=trace, ylabel=words, xlabel="dead time s")
    axes[0][0].legend()
    figure.tight_layout()
    figure.savefig(PICTURE)
