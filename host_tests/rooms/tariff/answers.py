"""Answers of the price services, made to order: what the tests send, whole or spoilt."""

import json

from household import day

BELGIUM = "10YBE----------2"


def wave(count, quarter=True):
    """Prices in EUR/MWh with cents, negative at times."""
    return [round((at * 37 % 251) - 60 + at / 100, 2) for at in range(count)]


def charts(first, count, step=900, prices=None, **more):
    """An answer of energy-charts."""
    document = {"license_info": "CC BY 4.0 \"quoted\" \\ and long enough to be cut " + "x" * 100,
                "unix_seconds": [first + at * step for at in range(count)],
                "price": wave(count) if prices is None else prices, "unit": "EUR / MWh", "deprecated": False}
    document.update(more)
    return json.dumps(document).encode()


def series(first, prices, resolution="PT15M", sequence=1, zone=BELGIUM, curve="A03", span=None,
           leave_out=True):
    """One TimeSeries; a price that repeats the one before is left out, as curve A03 has it."""
    step = 3600 if resolution == "PT60M" else 900
    points, last = [], None
    for at, price in enumerate(prices):
        if price != last or not leave_out:
            points.append("<Point><position>{}</position>\n<price.amount>{}</price.amount></Point>".format(
                at + 1, price))
        last = price
    return """<TimeSeries><mRID>1</mRID><in_Domain.mRID codingScheme="A01">{zone}</in_Domain.mRID>
 <out_Domain.mRID codingScheme="A01">{zone}</out_Domain.mRID>
 <currency_Unit.name>EUR</currency_Unit.name><price_Measure_Unit.name>MWH</price_Measure_Unit.name>
 <classificationSequence_AttributeInstanceComponent.position>{sequence}</classificationSequence_AttributeInstanceComponent.position>
 <curveType>{curve}</curveType><Period><timeInterval><start>{start}</start><end>{end}</end></timeInterval>
 <resolution>{resolution}</resolution>{points}</Period></TimeSeries>""".format(
        zone=zone, sequence=sequence, curve=curve, start=stamp(first), resolution=resolution,
        end=stamp(first + (span or len(prices) * step)), points="\n".join(points))


def entsoe(*parts, kind="A44", root="Publication_MarketDocument"):
    """A document around series."""
    return ('\ufeff<?xml version="1.0" encoding="utf-8"?>\n<!-- made <for> a test -->\n<{0} xmlns="urn:a:b">'
            "<mRID>x</mRID><type>{1}</type><period.timeInterval><start>2026-05-02T22:00Z</start>"
            "<end>2026-05-03T22:00Z</end></period.timeInterval>{2}</{0}>\n").format(
                root, kind, "".join(parts)).encode()


NO_DATA = (b'<?xml version="1.0"?><Acknowledgement_MarketDocument><mRID>1</mRID><Reason><code>999</code>'
           b"<text>No matching data found for Data item Day-ahead Prices</text></Reason>"
           b"</Acknowledgement_MarketDocument>")


def stamp(utc):
    """UTC second as the platform prints it."""
    import datetime

    return datetime.datetime.fromtimestamp(utc, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%MZ")


def asked(text="2026-05-03", days=1):
    """(first, until) of local days."""
    from firmware.tariff import brussels

    number = brussels.read_date(text)
    return day(text), brussels.midnight(number + days)


def milli(prices):
    """As the readers give them: micro-euro per kWh."""
    return [round(price * 1000) for price in prices]
