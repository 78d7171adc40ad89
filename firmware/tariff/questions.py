"""What is asked of which service, and who reads its answer. Loaded for a question, then let go.

A question is (host, path, reader). Knows the services' addresses and nothing of sockets; times are UTC
seconds, places degrees.
"""

from .brussels import date, local, show_date
from .faults import TariffFault

PRICES = ("api.energy-charts.info", "web-api.tp.entsoe.eu")
WEATHER = ("api.open-meteo.com", "api.forecast.solar")
_ZONE = "10YBE----------2"


def prices(service, first, until, key=""):
    """Day-ahead prices of whole local days; service 0 is energy-charts, 1 ENTSO-E, which needs a key."""
    if service == 0:
        from .energy_charts import EnergyCharts
        path = "/price?bzn=BE&start={}&end={}".format(
            show_date(local(first)[0]), show_date(local(until - 1)[0]))
        return PRICES[0], path, EnergyCharts(first, until)
    if not key:
        raise TariffFault("prices_key")
    from .entsoe import Entsoe
    path = "/api?documentType=A44&in_Domain={0}&out_Domain={0}&periodStart={1}&periodEnd={2}"
    path = path.format(_ZONE, _stamp(first), _stamp(until)) + "&securityToken=" + _plain(key)
    return PRICES[1], path, Entsoe(first, until)


def weather(service, first, until, latitude, longitude, groups):
    """What the sky gives these panels; service 0 is open-meteo, 1 forecast.solar. groups as tariff/sun.py.

    Both are asked for the first group's plane; where there are several, it stands for all.
    """
    watts = sum([panels * each_w for panels, each_w, _, _ in groups])
    _, _, azimuth, tilt = groups[0]
    north, east = _degrees(latitude), _degrees(longitude)
    if service == 0:
        from .open_meteo import OpenMeteo
        path = ("/v1/forecast?latitude={}&longitude={}&minutely_15=global_tilted_irradiance"
                "&tilt={}&azimuth={}&timeformat=unixtime&past_days=1&forecast_days=3")
        path = path.format(north, east, tilt, azimuth - 180)
        reader = OpenMeteo(first, until, round(latitude * 1000), round(longitude * 1000))
        return WEATHER[0], path, reader
    from .forecast_solar import ForecastSolar
    path = "/estimate/{}/{}/{}/{}/{}.{:03d}".format(
        north, east, tilt, azimuth - 180, watts // 1000, watts % 1000)
    return WEATHER[1], path, ForecastSolar(first, until)


def request(host, path):
    """The bytes of a GET; the answer ends by itself."""
    return "GET {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: p1-gateway\r\nAccept-Encoding: identity\r\n" \
        "Connection: close\r\n\r\n".format(path, host).encode()


def _stamp(utc):
    """202602012300, as ENTSO-E writes it."""
    return "{}{:02d}{:02d}{:02d}{:02d}".format(*date(utc // 86400), utc % 86400 // 3600, utc % 3600 // 60)


def _plain(key):
    """A key is letters, digits and dashes: anything else would write its own path."""
    if len(key) > 64 or not all(one in "0123456789abcdefghijklmnopqrstuvwxyz-" for one in key.lower()):
        raise TariffFault("prices_key")
    return key


def _degrees(value):
    """Three digits behind the point: a hundred metres, finer than any forecast's grid."""
    whole = round(value * 1000)
    return "{}{}.{:03d}".format("-" if whole < 0 else "", abs(whole) // 1000, abs(whole) % 1000)
