"""A bot whose Telegram is in the same process: nothing leaves it, and every update is handled before a test goes on."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import unquote

from telegram import Update
from telegram.error import NetworkError
from telegram.ext import CallbackContext
from telegram.request import BaseRequest, RequestData

from bot.chats import Chats
from bot.settings import Settings, TelegramSettings
from bot.telegram.application import build_application
from bot.telegram.context import App
from index.adding import Page, Reading
from index.collection import Collection
from index.readers import Reason, Unreadable
from tests.telegram_server.faults import BAD_GATEWAY
from tests.telegram_server.parameters import Parameters, Upload
from tests.telegram_server.people import Person
from tests.telegram_server.records import Chat, Message
from tests.telegram_server.server import TOKEN, TelegramServer

_KNOWN_LATER = ("message is not modified", "file is too big", "invalid file_id")
"""What only a refusal tells."""
_NOWHERE = "nowhere://bot"
_FILES = "nowhere://file/bot"


class OfflineRequest(BaseRequest):
    """Answers requests out of a server that does not listen; any other request fails."""

    def __init__(self, server: TelegramServer) -> None:
        self._server = server

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object
    ) -> tuple[int, bytes]:
        if url.startswith(_FILES):
            token, _, path = unquote(url.removeprefix(_FILES)).partition("/")
            content = self._server.file_content(token, path)
            return (200, content) if content is not None else (404, b"{}")
        assert url.startswith(_NOWHERE), f"a request to the network: {url}"
        token, _, name = url.removeprefix(_NOWHERE).partition("/")
        fields = request_data.json_parameters if request_data else {}
        gone = asyncio.get_running_loop().create_future()
        sent = request_data.multipart_data if request_data else {}
        files = {field: Upload(name, content, kind) for field, (name, content, kind) in (sent or {}).items()}
        answer = await self._server.answer(token, name, Parameters(fields, files), gone)
        if answer is None:
            raise NetworkError("the connection was cut")
        status, body = answer
        return status, json.dumps(body).encode() if body else BAD_GATEWAY.encode()


class Offline:
    """The bot, its Telegram, and what it keeps."""

    def __init__(self, server: TelegramServer, application: App, chats: Chats) -> None:
        self.server = server
        self.application = application
        self.chats = chats
        self.an = self.person("An")
        self._errors: list[Exception] = []
        application.add_error_handler(self._keep)

    def person(self, name: str, **settings: str) -> Person:
        """Someone who has written to the bot before."""
        person = self.server.user(name, **settings)
        person.chat.started = person.user.seen = True
        return person

    async def handle(self) -> None:
        """Handle everything that has happened."""
        pending = self.server.world.updates.pending
        while pending:
            _, update = pending.popleft()
            await self.application.process_update(Update.de_json(update, self.application.bot))
        for error in self._errors:
            raise error

    async def _keep(self, _: object, library: CallbackContext) -> None:
        self._errors.append(library.error)

    async def says(self, text: str, **kwargs: Message | None) -> Message | None:
        """What the bot says last after An wrote something in private."""
        self.an.write(text, **kwargs)
        return await self.said_in(self.an.chat)

    async def said_in(self, chat: Chat) -> Message | None:
        """The bot's last message in a chat, once everything is handled."""
        before = len(chat.bot_messages)
        await self.handle()
        return chat.bot_messages[-1] if len(chat.bot_messages) > before else None

    async def press(self, message: Message, button: str, by: Person | None = None) -> str:
        """What is noted when a button is pressed, after everything is handled."""
        query = (by or self.an).press(message, button)
        await self.handle()
        return (await query.answer(within=0)).text


async def nothing_there(address: str, _: str) -> Page:
    """A web without anything in it."""
    raise Unreadable(Reason.UNREADABLE, address)


@asynccontextmanager
async def offline_bot(
    collection: Collection,
    folder: Path,
    *,
    clock: Callable[[], float] = time.time,
    server: TelegramServer | None = None,
    reading: Reading = nothing_there,
    **telegram: object,
) -> AsyncIterator[Offline]:
    """A bot over a collection. Refused requests fail, but for what is known only then, as that an edit changes nothing."""
    server = server or TelegramServer(clock=clock)
    choices = {"base_url": _NOWHERE, "base_file_url": _FILES, "questions_per_minute": 0} | telegram
    settings = Settings(telegram=TelegramSettings(token=TOKEN, **choices))
    async with Chats.open(folder / "chats.sqlite3", message_days=settings.telegram.message_days, clock=clock) as chats:
        application = build_application(
            settings, collection, chats, clock=clock, request=OfflineRequest(server), reading=reading
        )
        async with application:
            yield Offline(server, application, chats)
    assert not [each for each in server.refusals if not any(known in str(each.error) for known in _KNOWN_LATER)]
