"""Waiting for something to become true in the world, woken by changes and never by the clock."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Watch:
    """Predicates under way, by the chat they are about (None: about anything)."""

    def __init__(self) -> None:
        self._waiting: defaultdict[int | None, list[tuple[Callable[[], Any], asyncio.Future[Any]]]] = defaultdict(list)

    def notify(self, chat_id: int | None = None) -> None:
        """Something changed, in a chat or elsewhere."""
        for key in {chat_id, None}:
            for predicate, found in tuple(self._waiting.get(key, ())):
                if not found.done() and (value := predicate()):
                    found.set_result(value)

    async def wait(
        self,
        predicate: Callable[[], T | None],
        *,
        chat_id: int | None = None,
        within: float | None,
        describe: Callable[[], str],
    ) -> T:
        """The first true value of a predicate.

        Args:
            predicate: looked at now and after every change.
            chat_id: the only chat whose changes matter.
            within: seconds, None for ever.
            describe: what to say when it never became true.

        Raises:
            TimeoutError: with that description.
        """
        if value := predicate():
            return value
        found: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        entry = (predicate, found)
        self._waiting[chat_id].append(entry)
        try:
            async with asyncio.timeout(within):
                return await found
        except TimeoutError:
            raise TimeoutError(describe()) from None
        finally:
            self._waiting[chat_id].remove(entry)
