"""The measurements as one table for a person: ours, the peer's, their ratio, the limit, the verdict."""

from rich.console import Console
from rich.table import Table

COLUMNS = ("what", "ours", "unit", "peer", "peer's", "ours/peer", "limit", "")


def number(value):
    """Three significant digits, whole from 100 on, spaces between thousands; "-" for nothing."""
    if value is None:
        return "-"
    if isinstance(value, int) or abs(value) >= 100:
        return "{:,.0f}".format(value).replace(",", " ")
    return "{:.3g}".format(value)


def verdict(row):
    """"kept" or "OVER" for a row with a limit (the most its value may be), else nothing."""
    if "error" in row:
        return "FAILED"
    if row.get("limit") is None:
        return ""
    return "kept" if row["value"] <= row["limit"] else "OVER"


def cells(row):
    """One row as texts, in the order of COLUMNS."""
    theirs = row.get("peer_value")
    ratio = number(row["value"] / theirs) if theirs and row["value"] is not None else ""
    limit = number(row["limit"]) if row.get("limit") is not None else ""
    name = row["name"] + (": " + row["error"] if "error" in row else "")
    peer = number(theirs) if theirs is not None else ""
    return (name, number(row["value"]), row["unit"], row.get("peer") or "", peer, ratio, limit, verdict(row))


def show(rows, console=None):
    """Prints all rows, a line between the measurements."""
    table = Table(*COLUMNS, title="Ours and its peers, measured together", title_justify="left", expand=True)
    for place in (1, 4, 5, 6):
        table.columns[place].justify = "right"
        table.columns[place].no_wrap = True
    table.columns[0].ratio = 1
    before = None
    for row in rows:
        if before not in (None, row["bench"]):
            table.add_section()
        before = row["bench"]
        style = "red" if verdict(row) in ("OVER", "FAILED") else None
        table.add_row(*cells(row), style=style)
    console = console or Console()
    if not console.is_terminal:
        # A log has no width; 120 columns keep every row on one line.
        console.width = 120
    console.print(table)
