"""Fluvius, low voltage, digital meter, 1 January to 31 December 2025.

Facts compiled from suppliers' cards and the regulator's workbook (tariff sheets "elektriciteit
laagspanning 2025"). Columns: area; ct/kWh incl. VAT; exclusive night ct/kWh incl.; capacity EUR/kW/year
incl., or excl. with an x behind it. The ceiling of the maximum tariff of 2025 is not known here.
"""

FIRST = "2025-01-01"
LAST = "2025-12-31"
DATA_EUR_YEAR = "18.56"  # incl. VAT
CEILING_EUR_KWH = None
INJECTION_EUR_KWH = None
AREAS = """\
Fluvius Antwerpen;5.99;4.98;53.26
Fluvius Halle-Vilvoorde;6.20;5.23;59.56
Fluvius Imewo;6.24;5.21;56.44
Fluvius Kempen;6.44;5.34;56.30
Fluvius Limburg;6.80;5.63;51.81
Fluvius Midden-Vlaanderen;5.61;4.73;49.042629x
Fluvius West;7.47;6.14;60.35
Fluvius Zenne-Dijle;6.42;5.41;59.15
"""
