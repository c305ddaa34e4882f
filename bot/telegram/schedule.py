"""Posts the daily digests: each once a day, at its time or at most an hour late, and not at all where nothing is new."""

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Awaitable, Callable, Iterator

import aiosqlite
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.chats import Chats
from bot.chats.schedules import Schedule
from bot.chats.turns import chat_of, topic_of
from bot.digests import Digests
from bot.settings import Settings
from bot.telegram.keyboards import keyboard
from bot.telegram.rendering import rendered
from bot.telegram.sending import Addressee, send

_LOGGER = logging.getLogger(__name__)

_MINUTE = 60.0
_LATEST = 3600.0
"""Seconds after its time at which a digest is still posted; later, the day is left out."""
_AT_ONCE = 2
"""Digests made at once. Those that wait for Telegram do not count."""
_TOPIC_GONE = "message thread not found"


class DailyDigests:
    """Posts the digests that are due, those of each place on their own: none waits for Telegram's patience with another.

    A day is noted as done with before anything is sent, so that over a crash a digest is sent once or not at all. Where
    sending has surely failed, that is taken back, and it is tried again as long as it is not too late.
    """

    def __init__(  # noqa: PLR0913  # Each is a part of its own.
        self,
        bot: Bot,
        settings: Settings,
        chats: Chats,
        digests: Digests,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Make it.

        Args:
            bot: What sends.
            settings: The language where none was chosen, and the time zone.
            chats: What is kept: schedules, languages, and what messages show.
            digests: Makes digests.
            clock: The time, in seconds since 1970.
            sleep: Waits so many seconds.
        """
        self._bot = bot
        self._settings = settings
        self._chats = chats
        self._digests = digests
        self._clock = clock
        self._sleep = sleep
        self._making = asyncio.Semaphore(_AT_ONCE)
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Post what is due, every minute, until cancelled."""
        try:
            while True:
                try:
                    await self.begin()
                except aiosqlite.Error:
                    _LOGGER.exception("the schedules could not be read this minute")
                await self._sleep(_MINUTE - self._clock() % _MINUTE)
        finally:
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def begin(self) -> list[asyncio.Task[None]]:
        """Begin to post what is due now.

        Returns:
            What is under way, for each place on its own.
        """
        now = self._clock()
        for schedule in await self._chats.schedules.all():
            for day in self._due(schedule, now):
                if await self._chats.schedules.claim(schedule, day):
                    task = asyncio.create_task(self._post(schedule, day))
                    self._under_way.add(task)
                    task.add_done_callback(self._end)
        return list(self._under_way)

    def _due(self, schedule: Schedule, now: float) -> Iterator[dt.date]:
        """The days that are due: yesterday may be one just after midnight."""
        today = dt.datetime.fromtimestamp(now, self._settings.time_zone).date()
        for day in (today - dt.timedelta(days=1), today):
            at = dt.datetime.combine(day, schedule.time, self._settings.time_zone)
            if schedule.handled < day and 0.0 <= now - at.timestamp() <= _LATEST:
                yield day

    def _end(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _LOGGER.error("a daily digest failed", exc_info=error)

    async def _post(self, schedule: Schedule, day: dt.date) -> None:
        """Post a digest whose day is claimed; the claim is taken back only if nothing of it was sent."""
        before = await self._chats.digests.of(schedule.place)
        try:
            await self._send(schedule.place)
        except (BadRequest, Forbidden, ChatMigrated) as refusal:
            await self._give_up(schedule, refusal)
        except TelegramError as error:
            _LOGGER.warning("the daily digest of %s could not be sent: %s", schedule.place, error)
            if await self._chats.digests.of(schedule.place) == before:
                await self._chats.schedules.release(schedule, day)

    async def _give_up(self, schedule: Schedule, refusal: TelegramError) -> None:
        """Leave out a day of a place that the bot may not write to; a topic that was deleted has no more days."""
        if _TOPIC_GONE in refusal.message.lower():
            await self._chats.schedules.remove(schedule.place)
            _LOGGER.warning("the topic %s is gone, and its daily digest with it", schedule.place)
        else:
            _LOGGER.warning("the daily digest of %s is left out today: %s", schedule.place, refusal)

    async def _send(self, place: str) -> None:
        chat = chat_of(place)
        language = (await self._chats.places.get(chat)).language or self._settings.language
        async with self._making:
            reply = await self._digests.new_talk(place, language)
        if reply is None:
            return
        to = Addressee(chat, topic_of(place), person=str(chat), unasked=True)
        markup = keyboard(reply, language)
        await send(reply, rendered(reply, language), to, bot=self._bot, chats=self._chats, markup=markup)
