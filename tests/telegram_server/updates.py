"""The queue of what the bot has not acknowledged yet, handed out by long polling or taken for a webhook."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram.constants import PollingLimit, UpdateType

from tests.telegram_server.errors import conflict

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.telegram_server.records import Json

_ON_DEMAND = {UpdateType.CHAT_MEMBER, UpdateType.MESSAGE_REACTION, UpdateType.MESSAGE_REACTION_COUNT}
DEFAULT_TYPES = frozenset(str(kind) for kind in UpdateType if kind not in _ON_DEMAND)
_LONGEST_POLL = 50


@dataclass(frozen=True)
class Webhook:
    """Where updates are to be sent."""

    url: str
    secret_token: str = ""
    max_connections: int = 40


class UpdateQueue:
    """Updates in order. Each stays until one with a higher id is asked for, or until the webhook took it."""

    def __init__(self, notify: Callable[[], None]) -> None:
        self.pending: deque[tuple[int, Json]] = deque()
        self.allowed = DEFAULT_TYPES
        self.webhook: Webhook | None = None
        self.last_error: tuple[int, str] | None = None
        self._notify = notify
        self._last_id = 418_000_000
        self._poll: asyncio.Future[None] | None = None

    def push(self, kind: str, payload: Json) -> int | None:
        """Queue an update; None where the bot has not asked for its kind."""
        if kind not in self.allowed:
            return None
        self._last_id += 1
        self.pending.append((self._last_id, {"update_id": self._last_id, kind: payload}))
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
        return self._last_id

    def allow(self, kinds: list[str] | None) -> None:
        """Choose the kinds from now on: None leaves the choice as it was, none at all means the usual ones."""
        if kinds is not None:
            self.allowed = frozenset(kinds) & {str(kind) for kind in UpdateType} or DEFAULT_TYPES

    def forget(self, before: int) -> None:
        """Drop what is older than an update, which acknowledges it."""
        if self.pending and self.pending[0][0] < before:
            while self.pending and self.pending[0][0] < before:
                self.pending.popleft()
            self._notify()

    def clear(self) -> None:
        """Drop everything."""
        self.forget(self._last_id + 1)

    def stop_poll(self, by: str) -> None:
        """End the poll under way, refusing it."""
        if self._poll and not self._poll.done():
            self._poll.set_exception(conflict(f"terminated by {by}"))

    async def poll(self, offset: int, limit: int, timeout: float, gone: asyncio.Future[None]) -> list[Json]:  # noqa: ASYNC109
        """Updates from an offset on, waited for when there are none.

        Args:
            offset: the first update wanted; lower ones are acknowledged. Negative: so many from the end.
            limit: how many at most.
            timeout: seconds to wait.
            gone: done when the one who asks has hung up.

        Raises:
            ApiError: a webhook is set, or another poll began meanwhile.
        """
        if self.webhook:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        self.forget(offset if offset >= 0 else self._last_id + 1 + offset)
        if not self.pending and timeout > 0:
            self.stop_poll("other getUpdates request; make sure that only one bot instance is running")
            self._poll = poll = asyncio.get_running_loop().create_future()
            await asyncio.wait({poll, gone}, timeout=min(timeout, _LONGEST_POLL), return_when=asyncio.FIRST_COMPLETED)
            if poll.done():
                poll.result()
            poll.cancel()
        limit = min(max(limit, PollingLimit.MIN_LIMIT), PollingLimit.MAX_LIMIT)
        return [] if gone.done() else [update for _, update in tuple(self.pending)[:limit]]
