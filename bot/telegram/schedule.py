"""Posts the daily digests: each once a day, at its time or at most an hour late, and not at all where nothing is new."""

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, nullcontext

import aiosqlite
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.chats import Chats
from bot.chats.schedules import Schedule, Schedules
from bot.chats.turns import chat_of, topic_of
from bot.digests import Digests
from bot.settings import Settings
from bot.telegram.gatekeeper import is_allowed
from bot.telegram.handling import in_hand
from bot.telegram.keyboards import keyboard
from bot.telegram.rendering import rendered
from bot.telegram.sending import Addressee, send

_LOGGER = logging.getLogger(__name__)

_MINUTE = 60.0
_LATEST = 3600.0
"""Seconds after its time at which a digest is still posted; later, the day is left out."""
_CATCHING_UP = 5.0
"""Seconds that the bot has after its start to hear what was said meanwhile."""
_GRACE = 5.0
"""Seconds that what is being sent has when the bot stops."""
_AT_ONCE = 2
"""Digests made at once. Those that wait for Telegram do not count."""
_TOPIC_GONE = "message thread not found"


class _WithdrawnError(Exception):
    """The schedule was changed or ended while its digest was waiting to be sent."""


class _Posting:
    """A day's digest of a place, from when it is due until it is done with.

    Its day is claimed just before a request goes out and given back when that has failed, so that over a crash it is
    sent once or not at all, and one that was still waiting is sent after the next start. It is
    :class:`bot.telegram.handling.InHand`.
    """

    def __init__(self, schedule: Schedule, day: dt.date, schedules: Schedules) -> None:
        self.schedule = schedule
        self.has_sent = False
        self.undelivered = False
        self.resting = False
        self._day = day
        self._schedules = schedules
        self._claimed = False

    async def begin_sending(self) -> None:
        """Claim the day.

        Raises:
            _WithdrawnError: It is not to be had any more.
        """
        if not self._claimed:
            self._claimed = await self._schedules.claim(self.schedule, self._day)
            if not self._claimed:
                raise _WithdrawnError

    async def take_back(self) -> None:
        """Give the day back, if nothing was sent."""
        if self._claimed and not self.has_sent:
            await self._schedules.release(self.schedule, self._day)
            self._claimed = False

    def arrive(self) -> None:
        """Note that it was sent."""
        self.has_sent = True

    async def leave_out(self) -> None:
        """Be done with the day without sending anything."""
        await self._schedules.claim(self.schedule, self._day)

    def aside(self) -> AbstractContextManager[None]:
        """Do nothing: no other digest waits for this one."""
        return nullcontext()

    async def rest(self, pause: Awaitable[None]) -> None:
        """Wait out a pause."""
        self.resting = True
        try:
            await pause
        finally:
            self.resting = False


class DailyDigests:
    """Posts the digests that are due, those of each place on their own: none waits for Telegram's patience with another."""

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
            settings: Who may use the bot, the language where none was chosen, and the time zone.
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
        self._under_way: dict[asyncio.Task[None], _Posting] = {}

    async def run(self) -> None:
        """Post what is due, every minute, until cancelled."""
        try:
            await self._sleep(_CATCHING_UP)
            while True:
                try:
                    await self.begin()
                except aiosqlite.Error as error:
                    _LOGGER.error("the schedules could not be read this minute: %s", error)  # noqa: TRY400
                await self._sleep(_MINUTE - self._clock() % _MINUTE)
        finally:
            await self._finish()

    async def begin(self) -> list[asyncio.Task[None]]:
        """Begin to post what is due now and not under way yet.

        Returns:
            What is under way, for each place on its own.
        """
        now = self._clock()
        busy = {posting.schedule.place for posting in self._under_way.values()}
        for schedule in await self._chats.schedules.all():
            for day in self._due(schedule, now):
                if schedule.place not in busy:
                    posting = _Posting(schedule, day, self._chats.schedules)
                    task = asyncio.create_task(self._post(posting))
                    self._under_way[task] = posting
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
        del self._under_way[task]
        if not task.cancelled() and (error := task.exception()):
            _LOGGER.error("a daily digest failed", exc_info=error)

    async def _finish(self) -> None:
        """Let what is being sent be sent. What waits for Telegram's patience is given up: its day is not claimed."""
        for task, posting in self._under_way.items():
            if posting.resting:
                task.cancel()
        tasks = list(self._under_way)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=_GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    # --- One digest --------------------------------------------------------------------------------------------------

    async def _post(self, posting: _Posting) -> None:
        in_hand.set(posting)
        place = posting.schedule.place
        try:
            await self._send(posting)
        except _WithdrawnError:
            _LOGGER.info("the daily digest of %s is not wanted any more", place)
        except (BadRequest, Forbidden, ChatMigrated) as refusal:
            await self._give_up(posting, refusal)
        except TelegramError as error:
            _LOGGER.warning("the daily digest of %s could not be sent: %s", place, error)
        except Exception:  # It would fail again every minute.
            await posting.leave_out()
            raise

    async def _give_up(self, posting: _Posting, refusal: TelegramError) -> None:
        """Leave out a day of a place that the bot may not write to; a topic that was deleted has no more days."""
        place = posting.schedule.place
        if _TOPIC_GONE in refusal.message.lower():
            await self._chats.schedules.remove(place)
            _LOGGER.warning("the topic %s is gone, and its daily digest with it", place)
        else:
            await posting.leave_out()
            _LOGGER.warning("the daily digest of %s is left out today: %s", place, refusal)

    async def _send(self, posting: _Posting) -> None:
        place = posting.schedule.place
        chat = chat_of(place)
        if not await self._is_allowed(posting.schedule):
            await posting.leave_out()
            _LOGGER.warning("the daily digest of %s is left out: the settings do not let that chat use the bot", place)
            return
        language = (await self._chats.places.get(chat)).language or self._settings.language
        async with self._making:
            reply = await self._digests.new_talk(place, language)
        if reply is None:
            await posting.leave_out()
            return
        to = Addressee(chat, topic_of(place), person=str(chat), unasked=True)
        markup = keyboard(reply, language)
        await send(reply, rendered(reply, language), to, bot=self._bot, chats=self._chats, markup=markup)

    async def _is_allowed(self, schedule: Schedule) -> bool:
        """Whether the owner still lets the chat use the bot, or who set its schedule."""
        person = int(schedule.person) if schedule.person else None
        return await is_allowed(self._settings.telegram, self._chats.places, chat_of(schedule.place), person)
