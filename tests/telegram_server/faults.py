"""Trouble on demand: for a method, a chat, so many requests, or until it is called off."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from telegram.constants import ChatType

from tests.telegram_server.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.telegram_server.records import Chat
    from tests.telegram_server.requests import Request

BAD_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


@dataclass(frozen=True)
class Refuse:
    """An answer of Telegram's, though nothing is wrong."""

    error: ApiError


@dataclass(frozen=True)
class BadGateway:
    """What a proxy in front of Telegram answers when Telegram is away."""

    carried_out: bool


@dataclass(frozen=True)
class Drop:
    """The connection is cut instead of an answer, before or after the request was carried out."""

    carried_out: bool


@dataclass(frozen=True)
class Delay:
    """The request is carried out so many seconds late."""

    seconds: float


@dataclass(frozen=True)
class Hold:
    """The request is carried out when it is released."""

    released: asyncio.Event = field(default_factory=asyncio.Event)


Ending = Refuse | BadGateway | Drop


@dataclass(eq=False)
class Chance:
    """Trouble for a share of all requests, until it is cancelled.

    Attributes:
        share: the share, from 0 to 1.
        random: what decides.
        struck: how many requests it struck.
        sent: how many of them sent a message though the bot was not told so.
    """

    share: float
    random: Random
    struck: int = 0
    sent: int = 0

    def strike(self, request: Request) -> Ending | None:
        """What is to happen to a request, if it is struck."""
        if self.random.random() >= self.share:
            return None
        effect = self.random.choice(_TROUBLE)
        self.struck += 1
        sends = request.method.startswith("send") and request.method != "sendChatAction"
        if sends and not isinstance(effect, Refuse) and effect.carried_out:
            self.sent += 1
        return effect

    def cancel(self) -> None:
        """Strike no more."""
        self.share = 0.0


_PATIENCE = ApiError(429, "Too Many Requests: retry after 1", parameters={"retry_after": 1})
_TROUBLE: tuple[Ending, ...] = (
    Refuse(_PATIENCE),
    BadGateway(carried_out=False),
    BadGateway(carried_out=True),
    Drop(carried_out=False),
    Drop(carried_out=True),
)


@dataclass(eq=False)
class Fault:
    """Trouble in store. `times` counts down, None goes on until cancelled; `hits` are the requests it struck."""

    effect: Ending | Delay | Hold
    method: str | None
    chat_id: int | None
    times: int | None
    hits: list[Request] = field(default_factory=list)

    def strikes(self, request: Request) -> bool:
        method = self.method is None or self.method.lower() == request.method.lower()
        return self.times != 0 and method and self.chat_id in {None, request.chat_id}

    def strike(self, request: Request) -> None:
        """Count a request struck."""
        self.hits.append(request)
        if self.times is not None:
            self.times -= 1

    def cancel(self) -> None:
        """Strike no more, and let go of what is held."""
        self.times = 0
        if isinstance(self.effect, Hold):
            self.effect.released.set()


class Faults:
    """All trouble in store. A request is struck by the first that fits, after all delays and holds that fit.

    Every maker takes the method (None: any), the chat (None: any) and how many requests to strike (None: all).
    """

    def __init__(self, notify: Callable[[], None]) -> None:
        self._faults: list[Fault] = []
        self._chance: Chance | None = None
        self._notify = notify

    def flood(
        self, method: str | None = None, *, retry_after: int = 1, chat: Chat | None = None, times: int | None = 1
    ) -> Fault:
        """429: too many requests, to be tried again after so many seconds."""
        error = ApiError(429, f"Too Many Requests: retry after {retry_after}", parameters={"retry_after": retry_after})
        return self._add(Refuse(error), method, chat, times)

    def refuse(
        self,
        code: int,
        description: str,
        method: str | None = None,
        *,
        chat: Chat | None = None,
        times: int | None = 1,
        parameters: dict[str, int] | None = None,
    ) -> Fault:
        """Any answer of Telegram's."""
        return self._add(Refuse(ApiError(code, description, parameters=parameters)), method, chat, times)

    def forbid(self, method: str | None = None, *, chat: Chat | None = None, times: int | None = 1) -> Fault:
        """403: blocked by the person, or kicked out of the chat."""
        shut = "bot was blocked by the user"
        if chat and not chat.is_private:
            shut = f"bot was kicked from the {ChatType(chat.type)} chat"
        return self.refuse(403, f"Forbidden: {shut}", method, chat=chat, times=times)

    def migrate(self, chat: Chat, to: Chat, method: str | None = None, *, times: int | None = 1) -> Fault:
        """400: the group is a supergroup with another id now."""
        description = "Bad Request: group chat was upgraded to a supergroup chat"
        return self.refuse(400, description, method, chat=chat, times=times, parameters={"migrate_to_chat_id": to.id})

    def bad_gateway(
        self,
        method: str | None = None,
        *,
        carried_out: bool = False,
        chat: Chat | None = None,
        times: int | None = 1,
    ) -> Fault:
        """502 with a proxy's page of HTML."""
        return self._add(BadGateway(carried_out), method, chat, times)

    def drop(
        self,
        method: str | None = None,
        *,
        carried_out: bool = False,
        chat: Chat | None = None,
        times: int | None = 1,
    ) -> Fault:
        """The connection cut."""
        return self._add(Drop(carried_out), method, chat, times)

    def delay(
        self, seconds: float, method: str | None = None, *, chat: Chat | None = None, times: int | None = 1
    ) -> Fault:
        """A slow answer; where a test can, it holds and releases instead."""
        return self._add(Delay(seconds), method, chat, times)

    def hold(self, method: str | None = None, *, chat: Chat | None = None, times: int | None = 1) -> Fault:
        """No answer until the fault is cancelled."""
        return self._add(Hold(), method, chat, times)

    def at_random(self, share: float, random: Random) -> Chance:
        """Trouble of every kind for a share of all requests."""
        self._chance = Chance(share, random)
        return self._chance

    def clear(self) -> None:
        """Call everything off."""
        for fault in self._faults:
            fault.cancel()
        self._faults.clear()
        self._chance = None

    async def strike(self, request: Request) -> Ending | None:
        """What is to happen to a request instead of what it asks, delays and holds being over."""
        for fault in [fault for fault in self._faults if fault.strikes(request)]:
            if not fault.strikes(request):
                continue
            fault.strike(request)
            self._notify()
            if isinstance(fault.effect, Delay):
                await asyncio.sleep(fault.effect.seconds)
            elif isinstance(fault.effect, Hold):
                await fault.effect.released.wait()
            else:
                return fault.effect
        return self._chance.strike(request) if self._chance else None

    def _add(self, effect: Ending | Delay | Hold, method: str | None, chat: Chat | None, times: int | None) -> Fault:
        fault = Fault(effect, method, chat.id if chat else None, times)
        self._faults.append(fault)
        return fault
