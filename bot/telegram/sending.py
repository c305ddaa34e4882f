"""Sends a reply as messages, and notes what they show: for their buttons, and so that the next digest goes on there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import Bot, ForceReply, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters, TextQuote
from telegram.constants import ParseMode

from bot.chats import Chats
from bot.chats.places import TOLD_OF_KEEPING
from bot.chats.turns import place_of
from bot.faults import passed_over
from bot.replies import Reply
from bot.telegram.splitting import Piece

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Where a reply goes, and for whom.

    Attributes:
        chat: The chat.
        topic: The topic of a forum, or ``None``.
        person: Who asked, as in :attr:`bot.turns.Asker.person`.
        question: The message that is answered, where editing that one is to edit the answer.
        replies_to: The message that the first one is sent as a reply to, if any.
        quote: The part of that which is quoted, if any.
        noted: Whether it is remembered what the messages show.
        unasked: Whether no message asked for it: those that are sent still belong together, and are edited together.
    """

    chat: int
    topic: int | None
    person: str
    question: int | None = None
    replies_to: int | None = None
    quote: TextQuote | None = None
    noted: bool = True
    unasked: bool = False


async def send(  # noqa: PLR0913  # Each is a part of its own.
    reply: Reply,
    pieces: Sequence[Piece],
    to: Addressee,
    *,
    bot: Bot,
    chats: Chats,
    markup: InlineKeyboardMarkup | ForceReply | None,
) -> None:
    """Send the messages of a reply, the last of them with its markup.

    Raises:
        TelegramError: Telegram refuses, or is out of reach; some of the messages may have been sent.
    """
    for number, piece in enumerate(pieces, 1):
        sent = await bot.send_message(
            to.chat,
            piece.html,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            message_thread_id=to.topic,
            reply_parameters=_reply_parameters(to) if number == 1 else None,
            reply_markup=markup if number == len(pieces) else None,
        )
        if number == 1:
            await note_digest(reply, to, sent, chats)
            to = replace(to, question=sent.id) if to.unasked else to
        await note(reply, to, sent.chat.id, sent.id, chats)


async def send_picture(image: bytes, caption: Piece, to: Addressee, *, bot: Bot) -> None:
    """Send a picture with a caption of up to 1,024 UTF-16 units.

    Nothing is remembered of it: it has no buttons, and an edited question is answered with a new one.

    Raises:
        TelegramError: Telegram refuses, or is out of reach.
    """
    await bot.send_photo(
        to.chat,
        image,
        caption=caption.html,
        parse_mode=ParseMode.HTML,
        message_thread_id=to.topic,
        reply_parameters=_reply_parameters(to),
    )


def _reply_parameters(to: Addressee) -> ReplyParameters | None:
    if to.replies_to is None:
        return None
    quote = to.quote if to.quote and to.quote.is_manual else None
    return ReplyParameters(
        to.replies_to,
        allow_sending_without_reply=True,
        quote=quote.text if quote else None,
        quote_entities=quote.entities if quote else None,
        quote_position=quote.position if quote else None,
    )


async def note(reply: Reply, to: Addressee, chat: int, message: int, chats: Chats) -> None:
    """Remember what a message shows, so that its buttons work, and that it is edited when its question is."""
    if to.noted:
        with passed_over("what a message shows is"):
            await chats.answers.show(chat, message, question=to.question, person=to.person, turn=reply.turn)


async def note_digest(reply: Reply, to: Addressee, first: Message, chats: Chats) -> None:
    """Note a digest of talk that was posted where that was said, under the number that the chat has now."""
    told = reply.turn.summarised if reply.turn else None
    if told is None or not told.of_talk or told.request:
        return
    link = (first.link or "").partition("?")[0] or None  # The rest would open a view of a thread alone.
    place = place_of(first.chat.id, to.topic)
    with passed_over("that a digest was posted is"):
        await chats.digests.note(place, since=told.since, until=told.until, link=link)
        if told.tells_of_keeping:
            await chats.places.choose(first.chat.id, TOLD_OF_KEEPING, value=True)
