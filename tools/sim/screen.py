"""The house on a terminal: where the watts go, what the gateway thinks, how its lines are.

Draws what the Story and its Witness hold; decides nothing. On something that is
no terminal it prints a plain line every few seconds instead.
"""

from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

_PLAIN_EVERY_S = 5


class Plain:
    """A line now and then, for logs and pipes."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def show(self, story):
        """One line every few seconds of the story."""
        witness = story.witness
        if witness.seconds % _PLAIN_EVERY_S:
            return
        status = witness.status
        soc = story.inverter.battery.soc_pct if story.inverter else status.get("soc_pct")
        print(
            f"{witness.seconds:5d} s  grid {_watts(witness.grid_w):>7}  "
            f"battery {_watts(witness.battery_w):>7}  "
            f"soc {'-' if soc is None else round(soc)} %  {status.get('rule') or 'starting'}: "
            f"{status.get('why') or '-'}",
            flush=True,
        )


class Screen:
    """A live dashboard; `export` keeps its last picture."""

    def __init__(self, record=False):
        self.console = Console(record=record)
        self._live = Live(console=self.console, auto_refresh=False, screen=False, transient=False)

    def __enter__(self):
        self._live.__enter__()
        return self

    def __exit__(self, *problem):
        return self._live.__exit__(*problem)

    def show(self, story):
        """Draw this second."""
        self._live.update(picture(story), refresh=True)


def export(story, path):
    """Write the last picture as SVG."""
    console = Console(record=True, width=100, file=open("/dev/null", "w", encoding="utf-8"))  # noqa: SIM115
    console.print(picture(story))
    console.save_svg(path, title="make sim")


def picture(story):
    """The whole dashboard of this instant."""
    top = Table.grid(expand=True)
    top.add_column(ratio=5)
    top.add_column(ratio=4)
    top.add_row(_house(story), Group(_battery(story), _lines(story)))
    boards = [_boards(story)] if story.crew.ears else []
    return Group(top, *boards, _decision(story), _journal(story))


def _house(story):
    witness, status = story.witness, story.witness.status
    own = story.meter is not None
    load = story.house.load_w if own else status.get("load_w")
    solar = story.house.pv_w if own else status.get("solar_w")
    grid, battery = witness.grid_w, witness.battery_w
    text = Text()
    text.append(f"{'sun':^45}\n{_watts(solar):^45}\n", "yellow")
    text.append(f"{'│' if solar else ' ':^45}\n{'▼' if solar else ' ':^45}\n", "yellow")
    text.append("   grid    ", "cyan")
    text.append(_flow(grid), "bold cyan")
    text.append(" ┃ house ┃ ", "bold white")
    text.append(_flow(None if battery is None else -battery), "bold green")
    text.append("  battery\n", "green")
    text.append(f"{_watts(grid):^12}", "bold cyan")
    text.append(f"{_watts(load):^24}", "bold white")
    text.append(f"{_watts(battery):^12}\n\n", "bold green")
    text.append(_minute(witness.last(50)) + "\n", "cyan")
    text.append(_verdict(witness), "dim")
    return Panel(text, title=f"house, {story.local_time():%d %b %H:%M:%S}", border_style="white")


def _minute(values):
    """The size of the grid power, a little bar a second: 250 W a step, 2 kW and more is full height."""
    steps = "▁▂▃▄▅▆▇█"
    return "".join("·" if value is None else steps[min(7, abs(round(value)) // 250)] for value in values)


def _verdict(witness):
    settled = "not yet at zero" if witness.settled_s is None else f"at zero since second {witness.settled_s}"
    energy = witness.energy()
    return (
        f"{settled}; mean |grid| {energy['mean_abs_grid_w']} W\n"
        f"imported {energy['grid_import_wh']} Wh, exported {energy['grid_export_wh']} Wh"
    )


def _battery(story):
    status = story.witness.status
    soc = story.inverter.battery.soc_pct if story.inverter else status.get("soc_pct")
    full = 0 if soc is None else round(soc * 30 / 100)
    bar = Text("█" * full, "green") + Text("░" * (30 - full), "dim")
    words = Text(f"{'?' if soc is None else round(soc, 1)} %  ")
    words.append((status.get("inverter") or "").replace("_", " "), "dim")
    return Panel(Group(bar, words), title="battery", border_style="green")


def _lines(story):
    witness, status = story.witness, story.witness.status
    table = Table.grid(padding=(0, 1))
    heard = [f"{witness.count('telegrams', name)} {name}" for name in ("good", "bad", "lost")]
    table.add_row("meter", ", ".join(heard))
    asked = [f"{witness.count('bus', name)} {name}" for name in ("requests", "timeouts", "crc")]
    table.add_row("bus", ", ".join(asked))
    used = (status.get("heap") or {}).get("used")
    limit_kb = witness.heap_limit // 1024
    table.add_row("heap", "-" if used is None else f"{used / 1024:.0f} of {limit_kb} kB in use")
    table.add_row("boots", str(len(witness.boots)))
    return Panel(table, title="lines", border_style="cyan")


def _boards(story):
    """Each other box: is it there, how well is it heard, how is it."""
    link = story.witness.status.get("link") or {}
    table = Table.grid(padding=(0, 2))
    for name, ears in story.crew.ears.items():
        seen = (link.get("boxes") or {}).get(name) or {}
        online = Text("online", "green") if seen.get("online") else Text("offline", "red")
        used = (ears.status.get("heap") or {}).get("used")
        table.add_row(
            f"{ears.role} {name}",
            online,
            f"{_known(seen.get('rssi_dbm'))} dBm",
            f"{_known(seen.get('loss_pct'))} % lost",
            f"heap {_known(used and used // 1024)} of {ears.heap_limit // 1024} kB",
            f"{len(ears.boots)} starts",
            Text((ears.status.get("inverter") or ears.status.get("p1") or "").replace("_", " "), "dim"),
        )
    age = story.witness.status.get("meter_age_ms")
    words = f"channel {_known(link.get('channel'))}; reading {_known(age)} ms old at the decision"
    frames = sorted((link.get("frames") or {}).items())
    refused = ", ".join(f"{count} {word}" for word, count in frames if count and word != "good")
    foot = Text(f"{words}; frames not believed: {refused or 'none'}", "dim")
    return Panel(Group(table, foot), title="link", border_style="yellow")


def _known(value):
    return "-" if value is None else value


def _decision(story):
    status = story.witness.status
    text = Text(f"{status.get('rule') or 'starting'}", "bold magenta")
    if status.get("set_w") is not None:
        text.append(f"  set {_watts(status['set_w'])}")
    text.append(f"\n{status.get('why') or 'waiting for the first telegram and the first answer'}")
    return Panel(text, title="decision", border_style="magenta")


def _journal(story):
    lines = [
        Text(f"{entry['at_s']:7.1f}  {entry['text'] or entry['code']}", "dim")
        for entry in story.witness.journal[-6:]
    ]
    for entry in story.witness.complaints[-2:]:
        lines.append(Text(f"{entry['at_s']:7.1f}  {entry['text']}", "red"))
    return Panel(Group(*lines) if lines else Text("nothing yet", "dim"), title="journal", border_style="dim")


def _watts(value):
    return "- W" if value is None else f"{round(value):d} W"


def _flow(value):
    """An arrow to the right where power flows that way, to the left where it is negative."""
    if value is None or abs(value) <= 20:
        return "──────"
    return "─────▶" if value > 0 else "◀─────"
