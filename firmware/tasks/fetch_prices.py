"""Fetches tomorrow's prices and the sky over the roof, and keeps the last good answer on flash.

Two services of each kind, asked by turns when one fails, never more often than they allow. A refused answer
changes nothing: what is in force stays, with its age and the reason. Without a clock nothing is asked, as no
certificate can be judged. Refuses to know plans; the rooms that ask and read are in memory for that long.
"""

import asyncio
import gc

from ..core.modules import forget_parts
from ..settings import kept_bytes
from ..settings.sealed import Damaged
from ..tariff.asking import Asking
from ..tariff.brussels import date, local, midnight
from ..tariff.faults import TariffFault
from ..tariff.last_good import LastGood
from ..tariff.weather_asking import WeatherAsking

_TURN_MS = 1000
_ROOM = 24576  # bytes free for a question: its code, its reader and the handshake's buffers
_NEEDED = "ask_service"
_READERS = ("questions http_answer energy_charts entsoe open_meteo forecast_solar json_stream xml_stream "
            "roots")


class Fetching:
    """thought: plan_quarter.Thought; clock: epoch(), ticks(); opener(host, group) -> (reader, writer).

    `age_s(now_s)` of the prices in force and `trouble` of the last try are for the pages.
    """

    def __init__(self, thought, folder, journal, clock, key="", place=None, groups=()):
        self._thought, self._folder, self._journal, self._clock = thought, folder, journal, clock
        self._key, self._place, self._groups = key, place, groups
        self.asking = Asking(2 if key else 1)
        self.weather = WeatherAsking()
        self.sky = LastGood()
        self._group = bytearray(4)  # whose certificates each service was found good by, so far
        self.opener = None  # the desk's; None: TLS on the internet
        self.uplink_address = None  # says whether there is a network at all; None: there is

    def restore(self):
        """What was kept on flash comes into force; a file that is not whole is told and left."""
        for name, part in (("prices", self._thought.prices), ("sky", self.sky)):
            try:
                data = kept_bytes.load(name, self._folder)
                if data:
                    part.unpack(data)
            except (Damaged, TariffFault) as fault:
                self._say("kept_damaged", name, str(fault))
        if self._thought.prices.prices:
            self._thought.habit.learn(self._thought.prices.prices)
        self._thought.panels.service = self.sky.prices

    async def turn(self, now_s):
        """Ask what is due at UTC second now_s -> True when something was asked."""
        # Also in a house with fixed prices: what other contracts would have cost needs the market's.
        service = self.asking.due(now_s, self.known_until())
        if service is not None:
            await self._prices(service, now_s)
            return True
        service = self.weather.due(now_s) if self._groups and self._place else None
        if service is not None:
            await self._sky(service, now_s)
            return True
        return False

    def known_until(self):
        """UTC second up to which prices are in force, 0 without any."""
        return self._thought.prices.prices.until if self._thought.prices.prices else 0

    async def _prices(self, service, now_s):
        from ..tariff import questions
        first, until = self.asking.wanted(now_s)
        thought = self._thought
        try:
            found = await self._asked(service, lambda: questions.prices(service, first, until, self._key))
        except TariffFault as fault:
            self.asking.failed(service, now_s, fault.retry_s)
            thought.prices.refuse(fault)
            self._refused("prices_refused", questions.PRICES[service], fault)
            return
        finally:
            self._let_go()
        thought.prices.offer(found, now_s)
        thought.habit.learn(found)
        self.asking.answered(service, now_s, found.until)
        self._keep("prices", thought.prices)
        self._keep_days(found)
        self._journal.add(self._clock.ticks(), "prices_taken", questions.PRICES[service], len(found.values))

    async def _sky(self, service, now_s):
        from ..tariff import questions
        day = local(now_s)[0]
        try:
            found = await self._asked(2 + service, lambda: questions.weather(
                service, midnight(day), midnight(day + 2), self._place[0], self._place[1], self._groups))
        except TariffFault as fault:
            self.weather.failed(now_s, fault.retry_s)
            self.sky.refuse(fault)
            self._refused("sky_refused", questions.WEATHER[service], fault)
            return
        finally:
            self._let_go()
        self.sky.offer(found, now_s)
        self._thought.panels.service = self.sky.prices
        self.weather.answered(now_s)
        self._keep("sky", self.sky)

    async def _asked(self, number, question):
        """What came of one question; every way to fail is a TariffFault of this module's own kind."""
        gc.collect()
        if gc.mem_free() < _ROOM:
            raise TariffFault("service_no_room")
        from .ask_service import ask, verified
        group = self._group[number]
        try:
            opener = self.opener
            if opener is None:
                from ..tariff.roots import roots
                opener = verified(roots(group))
            return await ask(question(), opener)
        except asyncio.TimeoutError:
            raise TariffFault("service_slow")
        except ValueError as error:  # that is how mbedtls says that a certificate is not good
            from ..tariff.roots import GROUPS
            self._group[number] = (group + 1) % GROUPS
            raise TariffFault("service_not_trusted", str(error))
        except OSError as error:
            raise TariffFault("service_unreachable", str(error))
        except MemoryError:
            raise TariffFault("service_no_room")
        except Exception as error:
            # A room that was let go of and loaded again has a TariffFault of its own: the word is the same.
            if getattr(error, "word", None) is None:
                raise error
            fault = TariffFault(error.word, *error.details)
            fault.retry_s = error.retry_s
            raise fault

    def _keep(self, name, part):
        try:
            kept_bytes.save(name, part.pack(), self._folder)
        except OSError as error:
            self._say("kept_not_written", name, str(error))

    def _keep_days(self, prices):
        """Each whole day's prices join the months on flash: bills of the past ask for them."""
        from ..control.months import month_of
        from ..settings.price_days import PriceDays
        days, utc = PriceDays(self._folder), prices.first
        try:
            while utc < prices.until:
                day = local(utc)[0]
                until = midnight(day + 1)
                month, number = month_of(utc), date(day)[2]
                if not days.has(month, number):
                    first = (utc - prices.first) // 900
                    days.append(month, number, prices.values[first:first + (until - utc) // 900])
                utc = until
        except OSError as error:
            self._say("kept_not_written", "prices", str(error))
        forget_parts("settings", "price_days")

    def _let_go(self):
        forget_parts("tasks", _NEEDED)
        forget_parts("tariff", _READERS)
        gc.collect()

    def _refused(self, code, host, fault):
        """Whose answer it was, then what is wrong with it."""
        self._say(code, host)
        self._say(fault.word, *fault.details)

    def _say(self, code, *args):
        self._journal.add(self._clock.ticks(), code, *args)


async def fetch_prices(fetching, clock, beat):
    """For ever: a look each second, a question when one is due and there is a network.

    Without one nothing is asked: to look up a name would hold the whole box for seconds.
    """
    fetching.restore()
    while True:
        beat()
        now_s = clock.epoch()
        if now_s is not None and (fetching.uplink_address is None or fetching.uplink_address()):
            await fetching.turn(now_s)
        await asyncio.sleep_ms(_TURN_MS)
