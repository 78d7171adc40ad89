"""Answers that must be refused, under the word they are refused with."""

from answers import asked, charts, entsoe, series, wave

FIRST, UNTIL = asked()
WHOLE = wave(96)
CHARTS = charts(FIRST, 96)
ENTSOE = entsoe(series(FIRST, WHOLE))
SPOILT = {
    "answer_cut": [CHARTS[:-1], CHARTS[:700], b"", b"{"],
    "answer_not_json": [b"No data found", b"[1,2}", b"{}{}", CHARTS.replace(b"-60.0", b"NaN"), b'{"a":tru}',
                        CHARTS.replace(b"-60.0", b"Infinity"), b"[" * 9, b'{"a" 1}', b'{"a":1,}', b"17",
                        b'"x"'],
    "answer_huge": [CHARTS[:-1] + b" " * 50000 + b"}"],
    "number_wrong": [CHARTS.replace(b"-60.0", b"-"), CHARTS.replace(b"-60.0", b'"50"'),
                     CHARTS.replace(b"-60.0", b"1e999"), CHARTS.replace(b"-60.0", b"1-2")],
    "prices_unit": [CHARTS.replace(b"EUR / MWh", b"GBP / MWh"), CHARTS.replace(b'"unit"', b'"unity"')],
    "prices_day": [charts(FIRST - 86400, 96), charts(FIRST, 97), charts(FIRST + 900, 96)],
    "prices_twice": [charts(FIRST, 96, unix_seconds=[FIRST, FIRST] + [FIRST + 900 * at for at in range(1,
                                                                                                       95)])],
    "prices_order": [charts(FIRST, 96, unix_seconds=[FIRST, FIRST + 900, FIRST + 450])],
    "prices_hole": [charts(FIRST, 96, prices=[None] + WHOLE[1:]), charts(FIRST, 95), charts(FIRST, 48),
                    charts(FIRST, 3, unix_seconds=[FIRST, FIRST + 900, FIRST + 86400])],
    "prices_wild": [CHARTS.replace(b"-60.0", b"99999"), CHARTS.replace(b"-60.0", b"-5e3")],
    "prices_count": [charts(FIRST, 95, prices=WHOLE), charts(FIRST, 96, prices=WHOLE[:50])],
}
SPOILT_XML = {
    "answer_cut": [ENTSOE[:-30], b"", b"<?xml", ENTSOE[:ENTSOE.rfind(b"</Publication")]],
    "answer_not_xml": [b"Service unavailable", b"<Publication_MarketDocument><b></a>",
                       b"<!DOCTYPE a [<!ENTITY b \"c\">]><a/>", b"< a/>",
                       b"<Publication_MarketDocument><![CDATA[x]]>", ENTSOE + b"<x/>",
                       b"<" + b"a" * 90 + b">", b"<>", b"</a>"],
    "answer_huge": [ENTSOE.replace(b"<mRID>x", b"<mRID>" + b"x" * 400000)],
    "answer_other": [entsoe(kind="A65"), entsoe(root="html"), ENTSOE.replace(b"A03", b"A09"),
                     ENTSOE.replace(b"<price.amount>-60.0</price.amount>", b"")],
    "number_wrong": [ENTSOE.replace(b">-60.0<", b">NaN<"), ENTSOE.replace(b">-60.0<", b"><")],
    "date_wrong": [ENTSOE.replace(b"<timeInterval><start>2026-05", b"<timeInterval><start>2026-99")],
    "prices_zone": [entsoe(series(FIRST, WHOLE, zone="10YNL----------L")),
                    ENTSOE.replace(b"in_Domain", b"xx_Domain").replace(b"out_Domain", b"yy_Domain")],
    "prices_unit": [ENTSOE.replace(b">EUR<", b">GBP<"), ENTSOE.replace(b">MWH<", b">KWH<")],
    "prices_day": [entsoe(series(FIRST - 86400, WHOLE)), entsoe(series(FIRST, WHOLE, span=90 * 86400)),
                   entsoe(series(FIRST, WHOLE, span=43200))],
    "prices_twice": [entsoe(series(FIRST, WHOLE), series(FIRST, WHOLE)),
                     ENTSOE.replace(b"<position>2<", b"<position>1<")],
    "prices_order": [ENTSOE.replace(b"<position>9<", b"<position>2<")],
    "prices_hole": [ENTSOE.replace(b"<position>1<", b"<position>2<", 1).replace(b"<position>2<",
                                                                                b"<position>3<"),
                    entsoe(series(FIRST, WHOLE[:40]))],
    "prices_mixed": [ENTSOE.replace(b"PT15M", b"P1D")],
    "prices_wild": [ENTSOE.replace(b">-60.0<", b">1e7<")],
}
