"""Opens the bot in Telegram, lets it live until it is told to stop, and closes it in order."""

import asyncio
import contextlib
import gc
import logging
import os
import secrets
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import aiosqlite
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Updater

from bot.backups.restoring import finish
from bot.chats import Chats, ChatsError
from bot.data_folder import CHATS, InUse, held, make_private
from bot.faults import said_of_fault
from bot.following import follow, follow_addresses
from bot.heartbeat import beating, ended_badly
from bot.indexing import opened, said_of
from bot.settings import Settings, TelegramSettings
from bot.telegram.application import ALLOWED_UPDATES, build_application, digests_of
from bot.telegram.context import App
from bot.telegram.errors import CannotStart, said_of_telegram
from bot.telegram.handlers import introduce
from bot.telegram.inbox import Inbox
from bot.telegram.logs import open_log, without_token
from bot.telegram.processor import Processor
from bot.telegram.schedule import DailyDigests
from bot.telegram.webhook import receiving
from bot.texts import TEXTS, Texts
from index.adding import Web
from index.collection import Collection, CollectionError

_LOGGER = logging.getLogger(__name__)

_POLL = timedelta(seconds=30)
_GRACE = 5.0
"""Seconds that updates under way have when the bot stops; what is not done then is done after the next start."""
_POLLING = "Updater:start_polling:polling_task"
"""What the library calls the task that asks for updates."""
_HOUR = 3600.0
_COLLECTED_EVERY = (10_000, 20, 20)
"""How many new objects, and how many of the collections before, the garbage collector lets come to be before it looks for
cycles: an answer makes some thousands, nearly all of which go without it."""


def run(settings: Settings) -> int:
    """Index the documents, then answer in Telegram until the bot is told to stop.

    Returns:
        The exit status: 0; after one line on the standard error output 1, or 2 where a setting is wrong.
    """
    texts, token = TEXTS[settings.language], settings.telegram.token
    if not token:
        sys.stderr.write(f"{texts.no_bot}\n")
        return 2
    open_log(token)
    try:
        asyncio.run(_serve(settings))
    except (CannotStart, InUse, ChatsError, CollectionError, TelegramError, OSError, aiosqlite.Error) as error:
        sys.stderr.write(f"{without_token(_said_of(error, texts), token)}\n")
        return error.status if isinstance(error, CannotStart) else 2 if isinstance(error, InvalidToken) else 1
    return 0


def _said_of(error: Exception, texts: Texts) -> str:
    """What the owner is told about what keeps the bot from running, on one line."""
    match error:
        case ChatsError() | aiosqlite.Error():
            return said_of_fault(error, texts.chats_damaged(str(error)), texts) or str(error)
        case InUse():
            return texts.already_running(error.folder)
        case CollectionError():
            return said_of(error, texts)
        case TelegramError():
            return said_of_telegram(error, texts)
        case OSError():
            return texts.system_error(error.strerror or str(error), str(error.filename or ""))
        case _:
            return str(error)


async def _serve(settings: Settings) -> None:
    data, texts = settings.folders.data, TEXTS[settings.language]
    await asyncio.to_thread(make_private, data)
    with held(data):
        await asyncio.to_thread(finish, data)
        async with (
            Chats.open(data / CHATS, message_days=settings.telegram.message_days) as chats,
            opened(settings, may_be_empty=bool(settings.telegram.admins), look_first=ended_badly(data)) as (
                collection,
                changes,
            ),
            Web() as web,
        ):
            processor = Processor(Inbox(chats.updates, waits=not settings.telegram.webhook_url))
            application = _built(settings, collection, chats, processor, web)
            documents = (await collection.statistics()).documents
            daily = DailyDigests(
                application.bot, settings, chats, digests_of(settings, collection, chats, application.bot)
            )
            async with (
                beating(data, lambda: processor.inbox.is_well),
                _alive(application, processor, settings, chats),
                _in_background(_hourly(chats.clear_out)),
                _in_background(daily.run()),
                _in_background(follow(collection, settings, changes.skipped, _LOGGER.log)),
                _in_background(follow_addresses(collection, settings, web.read, _LOGGER.log)),
            ):
                _LOGGER.info(texts.started(application.bot.username, documents))
                with _collecting_less():
                    await _told_to_stop()


@contextlib.contextmanager
def _collecting_less() -> Iterator[None]:
    """Keep the garbage collector from what there is by now, which lasts until the end, and have it look less often.

    Going through all of it again and again took a sixth of the processor time of an answer.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_EVERY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _built(settings: Settings, collection: Collection, chats: Chats, processor: Processor, web: Web) -> App:
    """The application.

    Raises:
        CannotStart: The proxy is a SOCKS proxy, and nothing that is installed speaks with it.
    """
    try:
        return build_application(settings, collection, chats, processor=processor, reading=web.read)
    except RuntimeError as error:
        raise CannotStart(TEXTS[settings.language].no_socks, status=2) from error


@asynccontextmanager
async def _alive(application: App, processor: Processor, settings: Settings, chats: Chats) -> AsyncIterator[None]:
    """Between the beginning and the end of receiving and answering.

    What was left open is answered first. At the end, what is under way is finished, or stays open.
    """
    texts, updater = TEXTS[settings.language], application.updater
    if updater is None:
        raise RuntimeError("an application without an updater receives nothing")
    async with AsyncExitStack() as closing:
        closing.push_async_callback(application.bot.shutdown)
        closing.push_async_callback(application.shutdown)
        await application.initialize()
        if count := await processor.inbox.reopen(application.bot):
            _LOGGER.info(texts.reopened(count))
        await application.start()
        closing.push_async_callback(application.stop)
        closing.push_async_callback(processor.finish, _GRACE)
        if settings.telegram.webhook_url:
            await closing.enter_async_context(_sent_to(application, settings.telegram, texts))
        else:
            await _ask(updater, texts)
            closing.push_async_callback(updater.stop)
        async with _in_background(introduce(application.bot, settings, chats.places)):
            yield


async def _ask(updater: Updater, texts: Texts) -> None:
    """Ask Telegram for updates.

    Raises:
        TelegramError: Telegram refuses, or is out of reach.
    """
    await updater.start_polling(timeout=_POLL, allowed_updates=ALLOWED_UPDATES, error_callback=_log_trouble(texts))


@asynccontextmanager
async def _sent_to(application: App, settings: TelegramSettings, texts: Texts) -> AsyncIterator[None]:
    """While Telegram sends updates.

    Raises:
        CannotStart: They cannot be received at the address.
        TelegramError: Telegram refuses, or is out of reach.
    """
    bot, secret = application.bot, secrets.token_urlsafe(32)
    address, port, path = settings.webhook_listen, settings.webhook_port, urlsplit(settings.webhook_url).path
    async with AsyncExitStack() as closing:
        try:
            await closing.enter_async_context(
                receiving(bot, application.update_queue.put, address=address, port=port, path=path, secret=secret)
            )
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise CannotStart(texts.cannot_listen(address, port, reason)) from error
        await bot.set_webhook(settings.webhook_url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
        yield


def _log_trouble(texts: Texts) -> Callable[[TelegramError], None]:
    def log(error: TelegramError) -> None:
        _LOGGER.warning(texts.elsewhere if isinstance(error, Conflict) else said_of_telegram(error, texts))

    return log


async def _told_to_stop() -> None:
    """Wait for SIGINT or SIGTERM; where the system has no such signals, for Ctrl-C.

    Raises:
        InvalidToken: The token was revoked meanwhile, which ends the library's polling.
    """
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, told.set)
    polling = {task for task in asyncio.all_tasks() if task.get_name() == _POLLING}
    waiting = asyncio.create_task(told.wait())
    ended, _ = await asyncio.wait({waiting, *polling}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    for task in ended & polling:
        task.result()


async def _hourly(action: Callable[[], Coroutine[None, None, None]]) -> None:
    """Do something once an hour; a failure of the database is logged, and the next hour is another."""
    while True:
        await asyncio.sleep(_HOUR)
        try:
            await action()
        except aiosqlite.Error as error:
            _LOGGER.error("what is kept of chats was not cleared out this hour: %s", error)  # noqa: TRY400


@asynccontextmanager
async def _in_background(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Something that goes on meanwhile, and is given up at the end; a failure of it is logged, and no more."""
    task = asyncio.create_task(work)
    task.add_done_callback(_log_failure)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


def _log_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        _LOGGER.error("something in the background failed", exc_info=error)
