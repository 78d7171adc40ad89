"""Fluvius, low voltage, digital meter, 1 January to 31 December 2026.

Facts compiled from suppliers' cards and the regulator's workbook (tariff sheets "elektriciteit
laagspanning 2026"). Columns: area; ct/kWh incl. VAT; exclusive night ct/kWh incl.; capacity EUR/kW/year
incl., or excl. with an x behind it. The sheet of 2027 appears in December 2026: until it stands in a
file like this one, 2027 is refused.
"""

FIRST = "2026-01-01"
LAST = "2026-12-31"
DATA_EUR_YEAR = "17.85x"
CEILING_EUR_KWH = "0.3276168x"  # capacity plus kWh part never exceed this times the offtake
INJECTION_EUR_KWH = "0.0017510x"  # on the sheet; suppliers' cards for homes do not show it: off by default
AREAS = """\
Fluvius Antwerpen;5.35329;4.81301;49.4036563x
Fluvius Halle-Vilvoorde;5.63676;5.11873;56.0428955x
Fluvius Imewo;5.54236;5.01405;54.2009816x
Fluvius Kempen;6.33708;5.66060;56.2069857x
Fluvius Limburg;5.75257;5.18714;49.0469384x
Fluvius Midden-Vlaanderen;5.27945;4.77831;50.1239818x
Fluvius West;6.69853;5.99282;57.0995726x
Fluvius Zenne-Dijle;5.87156;5.31543;56.1228635x
"""
