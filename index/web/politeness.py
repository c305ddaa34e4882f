"""One request at a time to a host, with a pause after each, and what its robots.txt allows."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
from protego import Protego

from index.web.addresses import port_of

NAME = "hoi-tai-lieu"
"""What robots.txt files call us."""

_MOST_HOSTS = 1_000
"""Hosts that are remembered."""
_FRESH_SECONDS = 24 * 3600.0
"""How long a robots.txt is believed (RFC 9309, 2.4)."""
_LONGEST_PAUSE = 30.0
"""Seconds of a pause that a site may ask for."""


@dataclass(slots=True)
class _Host:
    """What is remembered of a host."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    pause: float = 0.0
    rules: Protego | None = None
    rules_until: float = 0.0
    waiting: int = 0


class Politeness:
    """Turns at hosts.

    Args:
        pause: Seconds between two requests to a host.
        clock: Seconds, ever growing.
        sleep: Waits for so many seconds.
    """

    def __init__(
        self,
        pause: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[tuple[str, int], _Host] = {}

    @asynccontextmanager
    async def turn(self, url: httpx.URL, robots: Callable[[httpx.URL], Awaitable[str]]) -> AsyncIterator[bool]:
        """A turn at an address's host, which gives whether its robots.txt allows the address.

        Args:
            url: The address.
            robots: Fetches the text of a robots.txt; empty where there is none.
        """
        host = self._host(url)
        host.waiting += 1
        try:
            async with host.turn:
                if (wait := host.free_at - self._clock()) > 0:
                    await self._sleep(wait)
                rules = await self._rules(host, url, robots)
                allowed = rules.can_fetch(str(url), NAME)
                try:
                    yield allowed
                finally:
                    if allowed:
                        host.free_at = self._clock() + host.pause
        finally:
            host.waiting -= 1

    async def _rules(self, host: _Host, url: httpx.URL, robots: Callable[[httpx.URL], Awaitable[str]]) -> Protego:
        if host.rules is None or host.rules_until <= self._clock():
            rules = Protego.parse(await robots(url.copy_with(raw_path=b"/robots.txt")))
            host.rules, host.rules_until = rules, self._clock() + _FRESH_SECONDS
            host.pause = max(self._pause, min(float(rules.crawl_delay(NAME) or 0), _LONGEST_PAUSE))
        return host.rules

    def _host(self, url: httpx.URL) -> _Host:
        name = (url.host, port_of(url))
        if name not in self._hosts and len(self._hosts) >= _MOST_HOSTS:
            now = self._clock()
            self._hosts = {name: host for name, host in self._hosts.items() if host.waiting or host.free_at > now}
        return self._hosts.setdefault(name, _Host())
