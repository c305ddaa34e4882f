"""A Bot API server for tests and benchmarks, on loopback: the world behind it, people in it, and trouble on demand.

    async with TelegramServer() as server:
        an = server.user("An")
        question = an.write("trữ lượng đất hiếm của Nga")
        answer = await server.bot_message(an.chat, after=question)
        assert not server.refusals

The bot under test runs in the same loop, or in a process of its own given `server.environment`.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Any, Self, TypeVar

from telegram.constants import ChatMemberStatus, ChatType
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from tests.telegram_server.errors import ApiError, bad_request
from tests.telegram_server.faults import BadGateway, Drop, Faults, Refuse
from tests.telegram_server.http import make_application
from tests.telegram_server.methods.receiving import get_updates
from tests.telegram_server.methods.registry import GET_UPDATES, canonical, find_method
from tests.telegram_server.people import Person
from tests.telegram_server.records import ADMIN_RIGHTS, Chat, Member, Message, User
from tests.telegram_server.requests import Request
from tests.telegram_server.webhook import WebhookSender
from tests.telegram_server.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from tests.telegram_server.parameters import Parameters

T = TypeVar("T")
BOT_ID = 7_120_000_001
TOKEN = f"{BOT_ID}:AAF-for_tests_only-loopback-12345678"
_HOST = "127.0.0.1"
_LARGEST_BODY = 64 << 20


class TelegramServer:
    """One bot's Telegram.

    Attributes:
        world: everybody's accounts and chats.
        faults: trouble on demand.
        requests: every request made, in order.
        webhook: the sender of updates to a webhook, with its routes.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        token: str = TOKEN,
        username: str = "hoi_tai_lieu_bot",
        name: str = "Hỏi tài liệu",
        clock: Callable[[], float] = time.time,
        query_lifetime: float = 60,
    ) -> None:
        self.token = token
        self.port = port
        bot = User(int(token.partition(":")[0]), name, username=username, is_bot=True, seen=True)
        self.world = World(bot, clock, query_lifetime)
        self.faults = Faults(self.world.watch.notify)
        self.requests: list[Request] = []
        self.webhook = WebhookSender(self.world)
        self._http: HTTPServer | None = None
        self._sending: asyncio.Task[None] | None = None
        self._in_flight = 0
        self._at_rest = asyncio.Event()
        self._at_rest.set()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; after a stop again at the same port, with the same world."""
        sockets = bind_sockets(self.port, address=_HOST)
        self.port = sockets[0].getsockname()[1]
        self._http = HTTPServer(make_application(self), max_buffer_size=_LARGEST_BODY, max_body_size=_LARGEST_BODY)
        self._http.add_sockets(sockets)
        self._sending = asyncio.create_task(self.webhook.run())

    async def stop(self) -> None:
        """Be out of reach: connections are closed, requests under way stay unanswered, all faults are called off."""
        if self._http is None or self._sending is None:
            return
        self._sending.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._sending
        self._http.stop()
        self.faults.clear()
        await self._http.close_all_connections()
        await self._at_rest.wait()
        self._http = self._sending = None

    # Where the bot finds it

    @property
    def base_url(self) -> str:
        return f"http://{_HOST}:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://{_HOST}:{self.port}/file/bot"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of a bot that is to talk to this server."""
        return {
            "TELEGRAM_BOT_TOKEN": self.token,
            "TELEGRAM_BASE_URL": self.base_url,
            "TELEGRAM_BASE_FILE_URL": self.base_file_url,
        }

    # People and chats

    @property
    def bot(self) -> User:
        return self.world.bot

    def user(self, first_name: str, *, last_name: str = "", username: str = "", language_code: str = "vi") -> Person:
        """Someone new, who has not written to the bot yet."""
        user = self.world.new_user(first_name, last_name=last_name, username=username, language_code=language_code)
        return Person(self.world, user)

    def group(self, title: str, *, owner: Person, members: Iterable[Person] = (), bot: str | None = "member") -> Chat:
        """A basic group. `bot` is the status the bot has had since long ago; None: it is not in it."""
        return self._settle(self.world.new_chat(ChatType.GROUP, title), owner, members, bot)

    def supergroup(
        self,
        title: str,
        *,
        owner: Person,
        members: Iterable[Person] = (),
        bot: str | None = "member",
        topics: Sequence[str] = (),
        username: str = "",
    ) -> Chat:
        """A supergroup; with topics, a forum. `chat.topic(name)` is a topic's thread id."""
        chat = self.world.new_chat(ChatType.SUPERGROUP, title, username=username, is_forum=bool(topics))
        chat.members[owner.id] = Member(owner.user, ChatMemberStatus.OWNER)
        for name in topics:
            owner.create_topic(chat, name)
        return self._settle(chat, owner, members, bot)

    def channel(
        self,
        title: str,
        *,
        owner: Person,
        bot: str | None = "administrator",
        discussion: Chat | None = None,
        username: str = "",
    ) -> Chat:
        """A channel, whose posts are forwarded into its discussion group if it has one."""
        chat = self.world.new_chat(ChatType.CHANNEL, title, username=username)
        chat.discussion = discussion
        if discussion:
            discussion.discussed = chat
        return self._settle(chat, owner, (), bot)

    def _settle(self, chat: Chat, owner: Person, members: Iterable[Person], bot: str | None) -> Chat:
        chat.members[owner.id] = Member(owner.user, ChatMemberStatus.OWNER)
        for person in members:
            chat.members[person.id] = Member(person.user)
        if bot:
            rights = frozenset(ADMIN_RIGHTS if bot == ChatMemberStatus.ADMINISTRATOR else ())
            chat.members[self.bot.id] = Member(self.bot, bot, rights)
        return chat

    # What the bot did

    @property
    def refusals(self) -> list[Request]:
        """The requests refused because the bot erred; a test of the bot asserts that there are none."""
        return [request for request in self.requests if request.refused_for_a_mistake]

    def calls(self, *methods: str, chat: Chat | None = None) -> list[Request]:
        """The requests of some methods, in some chat."""
        return [
            request
            for request in self.requests
            if (not methods or request.method in methods) and (chat is None or request.chat_id == chat.id)
        ]

    async def wait_for(
        self, predicate: Callable[[], T | None], *, chat: Chat | None = None, within: float = 10, what: str = "it"
    ) -> T:
        """The first true value of a predicate, looked at after every change: of a chat, or of anything.

        Raises:
            TimeoutError: it did not become true within so many seconds; says what the bot did last.
        """
        return await self.world.watch.wait(
            predicate, chat_id=chat.id if chat else None, within=within, describe=lambda: self._describe(what)
        )

    async def bot_messages(self, chat: Chat, count: int, *, within: float = 10) -> list[Message]:
        """The bot's messages in a chat once there are so many."""
        return await self.wait_for(
            lambda: chat.bot_messages if len(chat.bot_messages) >= count else None,
            chat=chat,
            within=within,
            what=f"{count} messages of the bot's",
        )

    async def bot_message(self, chat: Chat, *, after: Message | None = None, within: float = 10) -> Message:
        """The bot's first message in a chat after another one."""
        least = after.id if after else 0
        return await self.wait_for(
            lambda: next((message for message in chat.bot_messages if message.id > least), None),
            chat=chat,
            within=within,
            what="a message of the bot's",
        )

    async def edited(self, message: Message, times: int = 1, *, within: float = 10) -> Message:
        """A message once it has been edited so many times in all."""
        return await self.wait_for(
            lambda: message if len(message.earlier) >= times else None,
            chat=message.chat,
            within=within,
            what="an edit",
        )

    async def called(self, method: str, count: int = 1, *, within: float = 10) -> Request:
        """The latest request of a method once there were so many that were answered."""
        return await self.wait_for(
            lambda: answered[-1] if len(answered := self._answered(method)) >= count else None,
            within=within,
            what=f"{count} x {method}",
        )

    async def acknowledged(self, *, within: float = 10) -> None:
        """Wait until the bot has taken every update."""
        await self.wait_for(lambda: not self.world.updates.pending, within=within, what="the updates being taken")

    def _answered(self, method: str) -> list[Request]:
        return [request for request in self.calls(method) if request.carried_out or request.error]

    def _describe(self, what: str) -> str:
        shown = [str(request) for request in self.requests if request.method != GET_UPDATES][-12:]
        return "\n".join([f"{what} did not come; the last requests were:", *shown])

    # Answering

    @contextlib.contextmanager
    def in_flight(self) -> Generator[None]:
        """Around every request, so that a stop can wait for the last."""
        self._in_flight += 1
        self._at_rest.clear()
        try:
            yield
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._at_rest.set()

    async def answer(
        self, token: str, method: str, parameters: Parameters, gone: asyncio.Future[None]
    ) -> tuple[int, dict[str, Any] | None] | None:
        """Status and body for a request; no body: a proxy's page; nothing at all: the connection is to be cut."""
        request = Request(len(self.requests) + 1, canonical(method), parameters)
        self.requests.append(request)
        self.world.watch.notify()
        effect = await self.faults.strike(request)
        request.provoked = effect is not None
        if isinstance(effect, Refuse):
            request.error = effect.error
        elif effect is None or effect.carried_out:
            await self._carry_out(token, request, gone)
        self.world.watch.notify(request.chat_id)
        if isinstance(effect, Drop):
            return None
        if isinstance(effect, BadGateway):
            return 502, None
        if request.error:
            return request.error.code, request.error.json()
        return 200, {"ok": True, "result": request.result}

    async def _carry_out(self, token: str, request: Request, gone: asyncio.Future[None]) -> None:
        try:
            self._check_token(token)
            if request.parameters.flaw:
                raise bad_request(request.parameters.flaw)
            if request.method == GET_UPDATES:
                request.result = await get_updates(self.world, request.parameters, gone)
            else:
                request.result = find_method(request.method)(self.world, request.parameters)
        except ApiError as error:
            request.error = error
        else:
            request.carried_out = True

    def _check_token(self, token: str) -> None:
        identifier, _, secret = token.partition(":")
        if not identifier.isdigit() or len(secret) < 30:
            raise ApiError(404, "Not Found")
        if token != self.token:
            raise ApiError(401, "Unauthorized")
        if self.world.logged_out:
            raise ApiError(400, "Logged out")

    def file_content(self, token: str, path: str) -> bytes | None:
        """What is kept under a path that getFile told."""
        if token != self.token:
            return None
        return next((stored.content for stored in self.world.files.values() if stored.path == path), None)
