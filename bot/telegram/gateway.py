"""Every request to Telegram passes here, and what can be mended is mended: floods, failures, moved and closed chats.

Handlers see what is left: a request refused for good, or one that could not be made for minutes.
"""

import asyncio
import html
import logging
import re
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

from telegram import ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.chats.places import Places, Reach
from bot.telegram.handling import in_hand

_LOGGER = logging.getLogger(__name__)

_Data = dict[str, Any]
_Result = bool | _Data | list[_Data]
_Call = Callable[[_Data], Awaitable[_Result]]

_FAILURES = 10
"""Times that a request may fail on its way before it is given up."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
"""Seconds until a request that failed on its way is made again; each pause is twice the one before."""
_FLOODS = 5
"""Times that Telegram may ask for patience with one request before it is given up."""
_CHATS_IN_FLOOD = 3
"""Where so many chats are to wait, Telegram may mean all of them."""
_LONGEST_PAUSE_OF_ALL = 5.0
"""Seconds that chats wait which Telegram has not named: if it does mean them, it says so when they are up."""

_ADDRESSES = {"chat_id", "callback_query_id", "inline_query_id", "inline_message_id"}
_OF_THE_OLD_CHAT = {"reply_parameters", "message_thread_id"}
_TEXTS = {"text", "caption"}

_HARMLESS = ("message is not modified", "query is too old", "query id is invalid")
_CLOSED = ("chat not found", "peer_id_invalid", "group chat was deactivated")
_UNREADABLE = "can't parse entities"
_NOT_QUOTED = "quote"
"""What Telegram names where a quote does not stand in the message that is replied to."""
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


class Gateway(BaseRateLimiter[None]):
    """What stands between the handlers and Telegram.

    - Too many requests: those to the chat wait as long as Telegram says, those to other chats go on; where several chats
      are to wait, all do, for a few seconds.
    - A failure on the way, a proxy's 502 included: again after a pause, ten times. Where only the response was lost, a
      message comes twice: better than not at all.
    - A group that became a supergroup: what is kept of it is moved, and a new message is sent there. An old message
      cannot be edited any more; that is raised.
    - A chat that shut the bot out: noted, and raised.
    - HTML that Telegram cannot read: sent again as plain text.
    - A quote that does not stand any more in the message replied to: sent again without it.
    - An edit that changes nothing, a query that is too old to be answered: nothing; the request gives ``True``.
    - A chat action that cannot be sent at once: nothing; the request gives ``False``.
    """

    def __init__(
        self,
        places: Places,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Stand in front of a Telegram that has not complained yet.

        Args:
            places: Where chats that moved or shut the bot out are noted.
            clock: The time, in seconds from whenever.
            sleep: Waits so many seconds.
        """
        self._places = places
        self._clock = clock
        self._sleep = sleep
        self._floods: dict[object, float] = {}
        self._flood_of_all = 0.0

    async def initialize(self) -> None:
        """Do nothing: there is nothing to prepare."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to put away."""

    async def process_request(  # noqa: PLR0913, PLR0917  # The library's signature.
        self,
        callback: Callable[..., Coroutine[Any, Any, _Result]],
        args: Any,  # noqa: ANN401, ARG002  # The endpoint and the data once more.
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002
    ) -> _Result:
        """Make a request until it is carried out or refused for good.

        Raises:
            TelegramError: It is refused for good, or could not be made.
        """

        async def call(parameters: _Data) -> _Result:
            handling = in_hand.get()
            with handling.aside() if handling else nullcontext():
                return await callback(endpoint, parameters, **kwargs)

        if endpoint == "sendChatAction":
            return await self._try_once(call, data)
        return await self._deliver(call, endpoint, data)

    async def _try_once(self, call: _Call, data: _Data) -> _Result:
        """Make a request that is worth nothing later."""
        if self._pause(data["chat_id"]) > 0:
            return False
        try:
            return await call(data)
        except TelegramError as error:
            _LOGGER.debug("a chat action was not sent: %s", error)
            return False

    async def _deliver(self, call: _Call, endpoint: str, data: _Data) -> _Result:
        failures = floods = 0
        while True:
            addressee = data.get("chat_id", endpoint)
            await self._rest(self._pause(addressee))
            try:
                return await _marked(call, endpoint, data)
            except RetryAfter as flood:
                floods += 1
                if floods > _FLOODS:
                    _give_up()
                    raise
                self._note_flood(addressee, flood)
            except (ChatMigrated, Forbidden, BadRequest) as refusal:
                if _says(refusal, _HARMLESS):
                    return True
                data = await self._mended(data, refusal)
            except NetworkError as failure:
                failures += 1
                if failures > (_FAILURES if _ADDRESSES & data.keys() else 0):
                    _give_up()
                    raise
                _LOGGER.info("%s failed on its way (%s), and is tried again", endpoint, failure)
                await self._rest(min(_FIRST_PAUSE * 2 ** (failures - 1), _LONGEST_PAUSE))

    async def _mended(self, data: _Data, refusal: TelegramError) -> _Data:
        """The request as it may be granted.

        Raises:
            TelegramError: The refusal, where nothing helps.
        """
        chat = data.get("chat_id")
        if isinstance(refusal, ChatMigrated):
            if isinstance(chat, int):
                await self._places.move(chat, refusal.new_chat_id)
            if "message_id" not in data:
                kept = {name: value for name, value in data.items() if name not in _OF_THE_OLD_CHAT}
                return kept | {"chat_id": refusal.new_chat_id}
        elif _says(refusal, (_UNREADABLE,)) and data.get("parse_mode"):
            _LOGGER.warning("Telegram cannot read this HTML, so it goes as plain text: %s", refusal)
            plain = {name: _without_tags(value) for name, value in data.items() if name in _TEXTS and value}
            return {name: value for name, value in data.items() if name != "parse_mode"} | plain
        elif _says(refusal, (_NOT_QUOTED,)) and (replied := _quoting(data)):
            return data | {"reply_parameters": ReplyParameters(replied.message_id, allow_sending_without_reply=True)}
        elif isinstance(chat, int) and (isinstance(refusal, Forbidden) or _says(refusal, _CLOSED)):
            await self._places.note(chat, None, Reach.BLOCKED if chat > 0 else Reach.REMOVED)
        raise refusal

    # --- Patience ----------------------------------------------------------------------------------------------------

    def _note_flood(self, addressee: object, flood: RetryAfter) -> None:
        now = self._clock()
        self._floods = {one: until for one, until in self._floods.items() if until > now}
        self._floods[addressee] = now + _seconds(flood)
        if len(self._floods) >= _CHATS_IN_FLOOD:
            self._flood_of_all = min(*self._floods.values(), now + _LONGEST_PAUSE_OF_ALL)
        _LOGGER.info("Telegram asks for %.0f seconds of patience with %s", _seconds(flood), addressee)

    def _pause(self, addressee: object) -> float:
        return max(self._floods.get(addressee, 0.0), self._flood_of_all) - self._clock()

    async def _rest(self, seconds: float) -> None:
        if seconds <= 0:
            return
        if handling := in_hand.get():
            await handling.rest(self._sleep(seconds))
        else:
            await self._sleep(seconds)


async def _marked(call: _Call, endpoint: str, data: _Data) -> _Result:
    """Make a request; where it sends something, the update in hand is marked for as long as nobody knows the outcome."""
    handling = in_hand.get()
    if handling is None or not endpoint.startswith("send"):
        return await call(data)
    await handling.begin_sending()
    try:
        result = await call(data)
    except TelegramError:
        await handling.take_back()
        raise
    handling.arrive()
    return result


def _give_up() -> None:
    """Note that the update in hand waits for better times, unless a part of its answer was sent."""
    if handling := in_hand.get():
        handling.undelivered = not handling.has_sent


def _says(refusal: TelegramError, phrases: tuple[str, ...]) -> bool:
    return any(phrase in refusal.message.lower() for phrase in phrases)


def _quoting(data: _Data) -> ReplyParameters | None:
    """What a request replies to, if it quotes that."""
    replied = data.get("reply_parameters")
    return replied if isinstance(replied, ReplyParameters) and replied.quote else None


def _without_tags(text: str) -> str:
    return html.unescape(_TAG.sub("", text))


def _seconds(flood: RetryAfter) -> float:
    patience = flood.retry_after
    return patience.total_seconds() if isinstance(patience, timedelta) else float(patience)
