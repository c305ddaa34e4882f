"""Puts the bot together: Telegram's library, the inbox in front of it, the gateway behind it, and all handlers."""

import datetime as dt
import time
from collections.abc import Callable
from functools import partial

from telegram import Bot, Update
from telegram.constants import ChatMemberStatus, UpdateType
from telegram.error import BadRequest, Forbidden
from telegram.ext import Application, TypeHandler
from telegram.request import BaseRequest

from bot.adding import Adding
from bot.chats import Chats
from bot.conversation import Conversation
from bot.digests import Digests
from bot.faults import passed_over
from bot.housekeeping import Housekeeping
from bot.publishing import Publishing
from bot.settings import Settings
from bot.telegram.context import App, Context
from bot.telegram.delivery import visit
from bot.telegram.errors import on_error
from bot.telegram.gatekeeper import Gatekeeper
from bot.telegram.gateway import Gateway
from bot.telegram.handlers import add_handlers
from bot.telegram.inbox import Inbox
from bot.telegram.keeping import keep
from bot.telegram.processor import Processor
from bot.telegram.reach import follow
from bot.telegram.receiving import Receiving
from bot.telegram.turns import TurnsInHand
from index.adding import Reading, Web
from index.collection import Collection

ALLOWED_UPDATES = (
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CHANNEL_POST,
    UpdateType.EDITED_CHANNEL_POST,
    UpdateType.INLINE_QUERY,
    UpdateType.CALLBACK_QUERY,
    UpdateType.MY_CHAT_MEMBER,
)
"""The kinds of updates that are handled, and that Telegram is asked for."""

_PATIENCE = 15.0
"""Seconds in which a connection is made, a request sent or its response read, before it is tried again."""
_FOLLOWING, _ADMITTING, _KEEPING = -3, -2, -1
"""Handlers' groups, in order; those of the conversation come after them."""


def digests_of(
    settings: Settings, collection: Collection, chats: Chats, bot: Bot, *, clock: Callable[[], float] = time.time
) -> Digests:
    """What makes digests of the talk of chats, and asks Telegram who is in them."""
    return Digests(collection, chats, settings.time_zone, partial(visit, bot), clock=clock)


async def _is_trusted(settings: Settings, bot: Bot, channel: int) -> bool:
    """Whether a channel may fill the collection: an owner of the bot manages it, or the owner has named it."""
    if channel in settings.telegram.chats:
        return True
    for owner in settings.telegram.admins:
        try:
            member = await bot.get_chat_member(channel, owner)
        except (BadRequest, Forbidden):  # Telegram does not know them there.
            continue
        if member.status in {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}:
            return True
    return False


def build_application(  # noqa: PLR0913  # Each is a part of its own.
    settings: Settings,
    collection: Collection,
    chats: Chats,
    *,
    processor: Processor | None = None,
    clock: Callable[[], float] = time.time,
    request: BaseRequest | None = None,
    reading: Reading | None = None,
) -> App:
    """The bot, ready to be initialized.

    Every update passes these in order: what it tells of its chat is noted, the gatekeeper lets it through or not, talk of
    groups and channels is kept, and the handlers that :func:`bot.telegram.handlers.add_handlers` adds answer it. They
    take what they need from the :class:`~bot.telegram.context.Context`: ``await context.gatekeeper.language(update)``
    for the language to answer in, :func:`bot.telegram.gatekeeper.is_addressed` and
    :func:`~bot.telegram.gatekeeper.person_of` for whom and by whom.

    Args:
        settings: What the owner chose, the token among it.
        collection: The documents.
        chats: What is kept of chats and people.
        processor: What handles updates, with the inbox that they come from; made where it is not given.
        clock: The time, in seconds since 1970.
        request: What makes the requests, instead of the library's own.
        reading: Reads addresses that are added; those of the web where it is not given.
    """
    processor = processor or Processor(Inbox(chats.updates))
    builder = (
        Application.builder()
        .token(settings.telegram.token)
        .base_url(settings.telegram.base_url)
        .base_file_url(settings.telegram.base_file_url)
        .rate_limiter(Gateway(chats.places))
        .update_queue(processor.inbox)
        .concurrent_updates(processor)
        .job_queue(None)
    )
    if request:
        builder = builder.request(request).get_updates_request(request)
    else:
        proxy = settings.telegram.proxy or None
        builder = builder.connect_timeout(_PATIENCE).read_timeout(_PATIENCE).write_timeout(_PATIENCE)
        if proxy:
            builder = builder.proxy(proxy)
        builder = builder.get_updates_request(Receiving(connection_pool_size=1, proxy=proxy))
    application: App = builder.build()
    gatekeeper = Gatekeeper(settings, chats, clock)

    def today() -> dt.date:
        return dt.datetime.fromtimestamp(clock(), settings.time_zone).date()

    housekeeping = Housekeeping(chats, settings.telegram.admins, today)
    adding = Adding(collection, reading or Web().read, housekeeping.owns, clock=clock)
    publishing = Publishing(collection, chats.places, partial(_is_trusted, settings, application.bot))
    context = Context(
        settings=settings,
        conversation=Conversation(
            collection,
            TurnsInHand(chats.turns),
            housekeeping,
            digests_of(settings, collection, chats, application.bot, clock=clock),
            others={**adding.commands, **publishing.commands},
        ),
        publishing=publishing,
        chats=chats,
        gatekeeper=gatekeeper,
        me=lambda: application.bot.bot,
    )

    async def note(update: Update, _: object) -> None:
        with passed_over("what an update tells of its chat is"):
            await follow(update, chats.places)

    async def admit(update: Update, _: object) -> None:
        await gatekeeper.admit(update, application.bot.bot)

    async def keep_talk(update: Update, _: object) -> None:
        await keep(update, context)

    application.add_handler(TypeHandler(Update, note), _FOLLOWING)
    application.add_handler(TypeHandler(Update, admit), _ADMITTING)
    application.add_handler(TypeHandler(Update, keep_talk), _KEEPING)
    add_handlers(application, context)
    application.add_error_handler(on_error(context))
    return application
