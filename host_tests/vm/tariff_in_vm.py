"""Runs in CPython and in MicroPython: reads answers from a folder, bills a month, prints one JSON object.

argv: the folder, the size of a piece. Tells the heap that lives at most while an answer is read.
"""

import gc
import json
import sys

from firmware.core.modules import forget

alloc = getattr(gc, "mem_alloc", lambda: 0)


def live():
    gc.collect()
    return alloc()


def read(reader, path, piece):
    """-> what came of an answer and the most heap that lived, looked at after each piece."""
    from firmware.tariff.faults import TariffFault

    most = live()
    buffer = bytearray(piece)
    with open(path, "rb") as file:
        try:
            while True:
                size = file.readinto(buffer)
                if not size:
                    break
                reader.feed(memoryview(buffer)[:size])
                most = max(most, live())
            result = list(reader.end().values)
        except TariffFault as fault:
            result = [fault.word] + [str(one) for one in fault.details]
    return result, max(most, live())


def answers(folder, piece):
    from firmware.tariff import brussels

    days = [brussels.midnight(brussels.read_date("2026-05-03") + away) for away in range(3)]
    found = {}
    before = live()
    from firmware.tariff.energy_charts import EnergyCharts

    found["json_code"] = live() - before
    before = live()
    reader = EnergyCharts(days[0], days[2])
    found["charts"], most = read(reader, folder + "/charts.json", piece)
    found["json_heap"] = most - before
    found["charts_cut"] = read(EnergyCharts(days[0], days[2]), folder + "/cut.json", piece)[0]
    reader = None
    forget("firmware.tariff.energy_charts", "firmware.tariff.json_stream")
    before = live()
    from firmware.tariff.entsoe import Entsoe

    found["xml_code"] = live() - before
    before = live()
    reader = Entsoe(days[0], days[2])
    found["entsoe"], most = read(reader, folder + "/entsoe.xml", piece)
    found["xml_heap"] = most - before
    found["mixed"] = read(Entsoe(days[0], days[2]), folder + "/mixed.xml", piece)[0]
    found["entsoe_cut"] = read(Entsoe(days[0], days[2]), folder + "/cut.xml", piece)[0]
    forget("firmware.tariff.entsoe", "firmware.tariff.xml_stream")
    return found


def bill():
    """August 2026 with a dynamic contract, every figure a whole number on both sides."""
    before = live()
    from firmware.tariff import brussels, receipt
    from firmware.tariff.bill import Bill
    from firmware.tariff.contract import Contract

    contract = Contract({"area": "Fluvius West", "contract": "luminus", "domiciled": False})
    running = Bill(contract)
    code = live() - before
    first = brussels.midnight(brussels.read_date("2026-08-01"))
    most = before = live()
    for at in range(31 * 96):
        running.feed(first + at * 900, at * 7919 % 900, at * 104729 % 400, at * 7 % 301 * 1000 - 90000)
        if at % 500 == 0:
            most = max(most, live())
    tally = running.close()
    lines = [[line.code, line.why, str(line.pico), line.cents] for line in receipt.lines(tally, contract)]
    return {"lines": lines, "bill_code": code, "bill_heap": most - before,
            "notes": [word for word, _ in receipt.notes(tally, contract)]}


def forecasts(folder, piece):
    """Weather answers, the sun, and what a house learns, as whole numbers."""
    from firmware.tariff import brussels, sun
    from firmware.tariff.asking import Asking
    from firmware.tariff.forecast_solar import ForecastSolar
    from firmware.tariff.household_load import HouseholdLoad
    from firmware.tariff.last_good import LastGood
    from firmware.tariff.open_meteo import OpenMeteo
    from firmware.tariff.prices import Prices
    from firmware.tariff.yields import Yields

    day = brussels.read_date("2026-05-03")
    days = [brussels.midnight(brussels.read_date("2024-04-26") + away) for away in range(2)]
    made = {"solar": read(ForecastSolar(days[0], days[1]), folder + "/solar.json", piece)[0]}
    first, until = brussels.midnight(day), brussels.midnight(day + 1)
    made["meteo"] = read(OpenMeteo(first, until, 50850, 4350), folder + "/meteo.json", piece)[0]
    group = ((9, 415, 215, 40), (5, 380, 90, 12))
    made["sun"] = [sun.slot_wh(utc, 900, 50.85, 4.35, group)
                   for utc in (first + 2700 * at for at in range(32))]
    load, yields = HouseholdLoad(3500), Yields()
    for away in range(10):
        for quarter in range(96):
            load.learn(day + away, quarter, away * 7919 % 300 + quarter)
            yields.learn(quarter // 4, 10 * quarter, 7 * quarter)
        yields.close_day()
    made["load"] = [load.expect(day + away, 40) for away in range(9)]
    made["yields"] = [yields.expect(hour, 900) for hour in range(24)]
    kept = LastGood()
    kept.offer(Prices(first, 900, made["meteo"], "x"), first)
    again = LastGood().unpack(kept.pack())
    made["kept"] = [again.prices.until, again.at(first + 43200), Asking().due(first, 0)]
    return made


found = answers(sys.argv[1], int(sys.argv[2]))
if len(sys.argv) > 3:
    found.update(forecasts(sys.argv[1], int(sys.argv[2])))
found.update(bill())
json.dump(found, sys.stdout)
