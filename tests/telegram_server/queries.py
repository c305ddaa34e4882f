"""Callback and inline queries: asked by a person, answered at most once, in time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from tests.telegram_server.errors import bad_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.telegram_server.records import Json, User

AnswerT = TypeVar("AnswerT")


@dataclass(frozen=True)
class CallbackAnswer:
    """What a person sees after pressing a button."""

    text: str = ""
    show_alert: bool = False
    url: str = ""
    cache_time: int = 0


@dataclass(frozen=True)
class InlineAnswer:
    """What a person is offered while typing."""

    results: list[Json]
    next_offset: str = ""
    cache_time: int = 300
    is_personal: bool = False
    button: Json | None = None

    @property
    def titles(self) -> list[str]:
        return [result.get("title", "") for result in self.results]


@dataclass(eq=False)
class Query(Generic[AnswerT]):
    """A question the bot owes an answer to."""

    id: str
    user: User
    asked: float
    text: str = ""
    expired: bool = False
    _answered: asyncio.Future[AnswerT] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    @property
    def answered(self) -> bool:
        return self._answered.done()

    async def answer(self, within: float = 10) -> AnswerT:
        """The bot's answer, waited for.

        Raises:
            TimeoutError: there is none within so many seconds.
        """
        try:
            async with asyncio.timeout(within):
                return await asyncio.shield(self._answered)
        except TimeoutError:
            raise TimeoutError(f"the bot has not answered query {self.id} of {self.user.first_name}") from None

    def expire(self) -> None:
        """From now on it is too old to be answered."""
        self.expired = True

    def settle(self, answer: AnswerT) -> None:
        """Keep the bot's answer."""
        self._answered.set_result(answer)


class Queries(Generic[AnswerT]):
    """The queries of one kind."""

    def __init__(self, clock: Callable[[], float], lifetime: float) -> None:
        self.lifetime = lifetime
        self._clock = clock
        self._known: dict[str, Query[AnswerT]] = {}

    def ask(self, user: User, text: str = "") -> Query[AnswerT]:
        """A new query of someone's."""
        identifier = str((user.id << 32) + len(self._known) + 1)
        query = Query[AnswerT](identifier, user, self._clock(), text)
        self._known[identifier] = query
        return query

    def settle(self, identifier: str, answer: AnswerT) -> None:
        """Answer a query.

        Raises:
            ApiError: it is unknown, answered already, or too old.
        """
        query = self._known.get(identifier)
        late = query is not None and (query.expired or self._clock() - query.asked > self.lifetime)
        if query is None or query.answered or late:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid",
                excused=late and query is not None and not query.answered,
            )
        query.settle(answer)
