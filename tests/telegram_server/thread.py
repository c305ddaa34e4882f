"""The server on a thread of its own, for tests and benchmarks that are not asynchronous."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from tests.telegram_server.server import TelegramServer

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator

P = ParamSpec("P")
T = TypeVar("T")


class ServerThread:
    """A running server. What touches its world is run on its loop, by `call` and `wait`."""

    def __init__(self, server: TelegramServer, loop: asyncio.AbstractEventLoop) -> None:
        self.server = server
        self._loop = loop

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function on the server's loop: `thread.call(an.write, "xin chào")`."""

        async def run() -> T:
            return function(*args, **kwargs)

        return self.wait(run())

    def wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Await something on the server's loop: `thread.wait(server.bot_message(an.chat))`."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()


@contextlib.contextmanager
def server_in_thread(**settings: Any) -> Generator[ServerThread]:
    """A server as `TelegramServer(**settings)` makes it, until the block ends."""
    ready = threading.Event()
    made: list[ServerThread] = []
    over = asyncio.Event()

    async def serve() -> None:
        async with TelegramServer(**settings) as server:
            made.append(ServerThread(server, asyncio.get_running_loop()))
            ready.set()
            await over.wait()

    def run() -> None:
        try:
            asyncio.run(serve())
        finally:
            ready.set()

    thread = threading.Thread(target=run, name="telegram-server")
    thread.start()
    ready.wait()
    if not made:
        thread.join()
        raise RuntimeError("the server did not start")
    try:
        yield made[0]
    finally:
        made[0].call(over.set)
        thread.join()
