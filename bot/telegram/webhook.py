"""Updates that Telegram sends to an address of the bot's, each in a request of its own.

One is acknowledged when it is on the disk, and one that cannot be read too: Telegram would send it again and again, and
nothing else meanwhile. The library's own server refuses such a one, and logs all that it holds.
"""

import hmac
import json
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from types import TracebackType

from telegram import Bot, Update
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler

from bot.telegram.receiving import read_update

Keep = Callable[[Update], Awaitable[object]]
"""Keeps an update; fails where it cannot be kept."""

_LOGGER = logging.getLogger(__name__)

_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # The name of a header.
_LARGEST = 1 << 20
"""Bytes that a request may have; an update has a few thousand."""


class _Receiver(RequestHandler):
    """Takes updates from who knows the secret."""

    def initialize(self, bot: Bot, keep: Keep, secret: str) -> None:
        """Take what every request needs."""
        self._bot = bot
        self._keep = keep
        self._secret = secret

    async def post(self) -> None:
        """Keep an update."""
        if not hmac.compare_digest(self.request.headers.get(_SECRET, "").encode(), self._secret.encode()):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        try:
            content = json.loads(self.request.body)
        except ValueError as error:
            raise HTTPError(HTTPStatus.BAD_REQUEST) from error
        if not isinstance(content, dict):
            raise HTTPError(HTTPStatus.BAD_REQUEST)
        if update := read_update(content, self._bot):
            await self._keep(update)

    def log_exception(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """Log what keeps an update from being kept; a stranger's request is nobody's matter."""
        if not isinstance(error, HTTPError):
            _LOGGER.error("an update could not be kept, and will be sent again: %s: %s", kind and kind.__name__, error)


@asynccontextmanager
async def receiving(  # noqa: PLR0913  # Each is a choice of its own.
    bot: Bot, keep: Keep, *, address: str, port: int, path: str, secret: str
) -> AsyncIterator[None]:
    """While updates can be sent.

    Args:
        bot: The bot that they are for.
        keep: Keeps each of them.
        address: Where requests come in.
        port: The port there.
        path: The path of the requests.
        secret: What they bring so that they are known to be Telegram's.

    Raises:
        OSError: Nothing can be received at the address.
    """
    handlers = [(path or "/", _Receiver, {"bot": bot, "keep": keep, "secret": secret})]
    server = HTTPServer(Application(handlers, log_function=lambda _: None), max_body_size=_LARGEST)
    listening = socket.create_server((address, port), family=socket.AF_INET6 if ":" in address else socket.AF_INET)
    listening.setblocking(False)  # noqa: FBT003  # As the library calls it.
    server.add_socket(listening)
    try:
        yield
    finally:
        server.stop()
        await server.close_all_connections()
