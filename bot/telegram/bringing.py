"""What the owner brings in their private chat to be added: files, links, and posts that are forwarded."""

import asyncio
import contextlib
import mimetypes
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from hashlib import blake2b
from pathlib import PurePosixPath

from telegram import (
    Chat,
    Document,
    Message,
    MessageEntity,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginUser,
)
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest, TelegramError

from bot.adding import Given, NotFetched, SentFile, SentPost, is_address
from bot.commands import ADD, Face, find_call
from bot.replies import Choice
from bot.settings import TelegramSettings
from bot.telegram.asking import Question, reply_to, send_anew, show_in, without_name
from bot.telegram.context import Context
from bot.telegram.handling import in_hand
from bot.texts import TEXTS
from bot.turns import Changed, Turn
from index.documents import Progress
from index.readers import LARGEST, Reason, Unreadable
from index.vietnamese import clean

_ENOUGH = 200
"""Characters from which a message of a person's that is forwarded is taken for a document; a shorter one for a question."""
_PATIENCE = 3.0
"""Seconds after which who waits is told how far it is, and again after as many."""
_MESSAGE = "telegram/tin-"
"""What the key of a message begins with that has no link."""
_MEGABYTE = 1_000_000


def command_to_add(message: Message, context: Context) -> str:
    """The command that a message of the owner's stands for, which brings something to be added; empty where it is none.

    A caption that is a command is that command; any other one is not asked.
    """
    text = without_name(message.text or message.caption or "", context)
    call = find_call(clean(text), Face.TELEGRAM) if text.startswith("/") else None
    if call:
        return text if call.command is ADD else ""
    if _file_in(message):
        return f"/{ADD.name}"
    if address := _address_in(message):
        return f"/{ADD.name} {address}"
    origin = message.forward_origin
    if origin and text and (isinstance(origin, MessageOriginChannel) or len(text) >= _ENOUGH) and not _by_bot(origin):
        return f"/{ADD.name}"
    return ""


def may_be_added(message: Message) -> bool:
    """Whether a message of the owner's that is taken for a question may be meant as a document all the same."""
    return message.forward_origin is not None and bool(message.text) and not _by_bot(message.forward_origin)


def given_in(message: Message | None, context: Context) -> Given | None:
    """What a message brings that can be added; none where there is none, or it is the bot's own."""
    if message is None or (message.forward_origin is None and message.from_user == context.me()):
        return None
    origin = message.forward_origin
    link = link_to_post(origin.chat, origin.message_id) if isinstance(origin, MessageOriginChannel) else None
    day = (origin.date if origin else message.date).astimezone(context.settings.time_zone).date()
    if file := _file_in(message):
        return SentFile(_name_of(file), lambda: _fetched(file, context.settings.telegram), link, day if link else None)
    text = clean(message.text or message.caption or "").strip()
    if not text or text.startswith("/"):
        return None
    key = link or _MESSAGE + blake2b(text.encode(), digest_size=6).hexdigest()
    publisher = (origin.chat.title or "") if isinstance(origin, MessageOriginChannel) else ""
    return SentPost(text, key, link, day, publisher)


def link_to_post(chat: Chat, number: int) -> str:
    """The address of a channel's post: for everybody where the channel has a name, else for its members."""
    return f"https://t.me/{chat.username}/{number}" if chat.username else f"https://t.me/c/{str(chat.id)[4:]}/{number}"


def _by_bot(origin: MessageOrigin) -> bool:
    return isinstance(origin, MessageOriginUser) and origin.sender_user.is_bot


def _file_in(message: Message) -> Document | None:
    """The file in a message; moving pictures are files to Telegram, and not to people."""
    return None if message.animation else message.document


def _address_in(message: Message) -> str:
    """The address that is all that a message says; empty where it says anything else."""
    text = (message.text or "").strip()
    kinds = message.parse_entities([MessageEntity.URL])
    return text if is_address(text) and list(kinds.values()) == [text] else ""


def _name_of(file: Document) -> str:
    """What a file is called, on one line and without a folder; one that has no name has that of its content."""
    name = PurePosixPath(" ".join(clean(file.file_name or "").split())).name
    return name or f"{file.file_unique_id}{mimetypes.guess_extension(file.mime_type or '') or ''}"


async def _fetched(file: Document, settings: TelegramSettings) -> bytes:
    """The bytes of a file.

    Raises:
        Unreadable: It is larger than Telegram gives, or than is read.
        NotFetched: Telegram did not give it.
    """
    hosted = settings.base_url == TelegramSettings().base_url
    limit = min(LARGEST, int(FileSizeLimit.FILESIZE_DOWNLOAD)) if hosted else LARGEST
    if (file.file_size or 0) > limit:
        raise _too_large(limit)
    try:
        return bytes(await (await file.get_file()).download_as_bytearray())
    except BadRequest as error:
        if "too big" in error.message.lower():
            raise _too_large(int(FileSizeLimit.FILESIZE_DOWNLOAD)) from error
        raise NotFetched from error
    except TelegramError as error:
        raise NotFetched from error


def _too_large(limit: int) -> Unreadable:
    return Unreadable(Reason.TOO_LARGE, f"> {limit // _MEGABYTE} MB")


# --- Adding ----------------------------------------------------------------------------------------------------------


async def add(question: Question, context: Context, *, again: bool = False) -> None:
    """Carry out a command to add something, and tell of it in the message that told who waited how far it was.

    That it is begun, and what was added, is noted with the message that brought it, at once: so that it is known after a crash,
    and a reply to that message means it.

    Args:
        question: The command.
        context: What every handler needs.
        again: Whether the message was edited, and says something else now.
    """
    chat, message, answers = question.message.chat.id, question.message.id, context.chats.answers
    shown = await answers.to_question(chat, message)
    before = None if again else await answers.turn(chat, message)

    async def note(turn: Turn) -> None:
        await answers.show(chat, message, question=None, person=question.asker.person, turn=turn, at_once=True)

    if before is None:
        await note(Turn(changed=Changed(time.time(), ())))
    async with _told_of_progress(question, shown, context) as progress:
        reply = await reply_to(replace(question, progress=progress, earlier=before), context, shown)
    if reply.turn and reply.turn.changed and reply.turn != before:
        await note(reply.turn)
    if shown:
        await show_in(shown, question, reply, context)
    else:
        await send_anew(question, reply, context)


def offering_to_add(question: Question) -> Question:
    """A question whose answer offers to add the message that asked it."""
    return replace(question, offer=Choice(TEXTS[question.language].offer_adding, f"/{ADD.name}"))


@asynccontextmanager
async def _told_of_progress(question: Question, shown: list[int], context: Context) -> AsyncIterator[Progress]:
    """Gives what is told how far it is; who waits longer than a moment sees it in a message.

    Args:
        question: What takes long.
        shown: The messages that answer it, to which that message is added.
        context: What every handler needs.
    """
    over = asyncio.Event()
    far = [(0, 0)]

    def progress(done: int, count: int) -> None:
        far[0] = done, count

    async def tell() -> None:
        in_hand.set(None)  # What is said meanwhile is no answer.
        said = ""
        while not await _within(_PATIENCE, over):
            text = TEXTS[question.language].reading_document(*far[0])
            if text == said:
                continue
            said = text
            with contextlib.suppress(TelegramError):  # Nothing depends on it.
                await _say(question, text, shown, context)

    task = asyncio.create_task(tell())
    try:
        yield progress
    finally:
        over.set()
        await asyncio.wait([task])


async def _say(question: Question, text: str, shown: list[int], context: Context) -> None:
    """Say something in the message that answers a question or, where there is none, in a new one."""
    chat, bot = question.message.chat.id, question.message.get_bot()
    if shown:
        await bot.edit_message_text(text, chat, shown[-1])
        return
    sent = await bot.send_message(chat, text)
    shown.append(sent.id)
    person = question.asker.person
    await context.chats.answers.show(
        chat, sent.id, question=question.message.id, person=person, turn=None, at_once=True
    )


async def _within(seconds: float, event: asyncio.Event) -> bool:
    """Whether something happens within so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
