"""A settings row as a field of a page: label, input, unit, help. The form's side of the one table.

A setting is a whole number in a small unit; a person types kWh, EUR and degrees. SCALES says by which power
of ten the page's script divides what it shows and multiplies what it sends. Knows rows and words, no page.
"""

from html import escape

from firmware.settings.rows import ROWS
from firmware.settings.rows_house import ROWS as HOUSE

ALL = ROWS + HOUSE
SCALES = {"Wh": ("kWh", 3), "uEUR/kWh": ("€/kWh", 6), "udeg": ("°", 6)}


def fields(asked, words):
    """The fields of `asked` ("p1. control.target_w": a dot at the end takes all of them), in its order."""
    found = []
    for one in asked.replace(",", " ").split():
        rows = [row for row in ALL if row[0] == one or (one.endswith(".") and row[0].startswith(one))]
        if not rows:
            raise KeyError(one)
        found.extend(rows)
    return "\n".join(field(row, words) for row in found)


def field(row, words):
    """One setting as HTML with gaps for its value and sentences."""
    name, kind, default, low, high, choices, unit, who = row
    word = name.replace(".", "_")
    told = f' aria-describedby="h-{name}"' if f"help_{word}" in words else ""
    common = f'id="{name}" name="{name}" data-who="{who}"{told}'
    if kind == "bool":
        made = _select(common, name, (("true", "[[w_on]]"), ("false", "[[w_off]]")))
    elif kind == "choice":
        made = _select(common, name, [(one, _choice(word, one, words)) for one in choices])
    elif kind == "int":
        made, unit = _number(common, name, default, low, high, unit)
    else:
        most = 15 if kind == "ipv4" else high
        made = f'<input {common} type="text" maxlength="{most}" value="{{{{{name}}}}}" autocapitalize="off">'
    after = f' <span class="unit">{escape(unit)}</span>' if unit else ""
    helped = f'<small id="h-{name}">[[help_{word}]]</small>' if told else ""
    label = f'<label for="{name}">[[set_{word}]]</label>'
    return f'<p class="field">{label}{made}{after}{helped}</p>'


def _select(common, name, options):
    made = [f'<option value="{value}"{{{{{name}={value}}}}}>{text}</option>' for value, text in options]
    return f"<select {common}>{''.join(made)}</select>"


def _choice(word, one, words):
    """What a choice is called: its own sentence, one of all settings, or itself."""
    for code in (f"opt_{word}_{one}", f"opt_{one}"):
        if code.lower() in words:
            return f"[[{code.lower()}]]"
    return escape(str(one)) or "–"


def _number(common, name, default, low, high, unit):
    unit, places = SCALES.get(unit, (unit, 0))
    low, high = (format(bound / 10**places, "g") for bound in (low, high)) if places else (low, high)
    how = f'inputmode="decimal" step="any" data-scale="{places}"' if places else 'inputmode="numeric"'
    return (f'<input {common} type="number" {how} min="{low}" max="{high}" value="{{{{{name}}}}}"'
            f'{"" if default is None else " required"}>'), unit
