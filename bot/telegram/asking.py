"""A message becomes a question to the conversation, and its reply becomes messages that answer it."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram import Bot, ForceReply, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters, Update
from telegram.constants import ChatAction, ChatMemberStatus, ChatType, ParseMode
from telegram.error import BadRequest, TelegramError

from bot import commands, conversation
from bot.chats.turns import place_of
from bot.commands import Call, Face, find_call
from bot.replies import Reply
from bot.telegram.context import Context
from bot.telegram.gatekeeper import person_of
from bot.telegram.keyboards import keyboard, prompt
from bot.telegram.rendering import rendered
from bot.telegram.splitting import Piece
from bot.texts import Language
from bot.turns import Asker, Turn
from index.vietnamese import clean

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_A_MOMENT = 1.0
"""Seconds after which someone who waits sees that the bot is typing."""
_TYPING_LASTS = 4.5
"""Seconds that Telegram shows it for, a little less."""
_FOR_ADMINS = {commands.LANGUAGE, commands.FORGET}
"""Commands with which the admins of a chat can do more than others."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something said to the bot.

    Attributes:
        message: The message that says it; for a button, the bot's message that it is on.
        text: What was said, without the bot's name.
        asker: Who said it, and where.
        language: The language to answer in.
        by_button: Whether a button said it.
    """

    message: Message
    text: str
    asker: Asker
    language: Language
    by_button: bool = False

    @property
    def call(self) -> Call | None:
        """The command that it calls, if it calls one."""
        return find_call(clean(self.text).strip(), Face.TELEGRAM)


async def question_of(update: Update, message: Message, text: str, context: Context) -> Question:
    """What an update says to the bot."""
    topic = message.message_thread_id if message.is_topic_message else None
    person = person_of(update) or message.chat.id
    asker = Asker(place_of(message.chat.id, topic), str(person))
    language = await context.gatekeeper.language(update)
    return Question(message, text, asker, language, by_button=update.callback_query is not None)


def without_name(text: str, context: Context) -> str:
    """A text without the bot's name, wherever it stands: in a mention, or after a command."""
    return re.sub(rf"@{context.me().username}\b", " ", text, flags=re.IGNORECASE).strip()


async def answer(question: Question, context: Context) -> None:
    """Answer a question with new messages."""
    await _send(question, await reply_to(question, context), context)


async def answer_again(question: Question, context: Context) -> None:
    """Answer a question that was edited, in the messages that answer it; where there are none, in new ones."""
    shown = await context.chats.answers.to_question(question.message.chat.id, question.message.id)
    reply = await reply_to(question, context)
    if shown:
        await show_in(shown, question, reply, context)
    else:
        await _send(question, reply, context)


async def reply_to(question: Question, context: Context) -> Reply:
    """The conversation's reply; who waits longer than a moment for it sees the bot typing."""
    message = question.message
    async with _typing(message):
        return await context.conversation.reply(
            conversation.Message(
                question.text,
                question.asker,
                question.language,
                Face.TELEGRAM,
                earlier=await _earlier(message, context),
                manages=await manages(question),
            )
        )


async def _earlier(message: Message, context: Context) -> Turn | None:
    """The turn of the bot's answer that a message replies to."""
    answered = message.reply_to_message
    return await context.chats.answers.turn(message.chat.id, answered.message_id) if answered else None


async def manages(question: Question) -> bool:
    """Whether someone may choose for all in the chat. Telegram is asked only where it matters.

    Only admins post in a channel, but every reader may press a button there.
    """
    chat, person = question.message.chat, int(question.asker.person)
    posted = chat.type == ChatType.CHANNEL and not question.by_button
    if chat.type == ChatType.PRIVATE or posted or person == chat.id:
        return True
    if question.call is None or question.call.command not in _FOR_ADMINS or person < 0:
        return False
    try:
        member = await chat.get_member(person)
    except BadRequest:  # Telegram does not tell everybody who is in a chat.
        return False
    return member.status in {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}


@asynccontextmanager
async def _typing(message: Message) -> AsyncIterator[None]:
    task = asyncio.create_task(_keep_typing(message))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _keep_typing(message: Message) -> None:
    if message.chat.type == ChatType.CHANNEL:  # Channels do not show it.
        return
    await asyncio.sleep(_A_MOMENT)
    topic = message.message_thread_id if message.is_topic_message else None
    with contextlib.suppress(TelegramError):  # Nothing depends on it.
        while True:
            await message.get_bot().send_chat_action(message.chat.id, ChatAction.TYPING, message_thread_id=topic)
            await asyncio.sleep(_TYPING_LASTS)


# --- Sending ---------------------------------------------------------------------------------------------------------


async def show_in(shown: Sequence[int], question: Question, reply: Reply, context: Context) -> None:
    """Show a reply in messages that are there already; more are sent, or some deleted, as it needs."""
    chat, bot = question.message.chat.id, question.message.get_bot()
    pieces = rendered(reply, question.language)
    markup = keyboard(reply, question.language)
    for number, (piece, there) in enumerate(zip(pieces, shown, strict=False), 1):
        try:
            await bot.edit_message_text(
                piece.html,
                chat,
                there,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=markup if number == len(pieces) else None,
            )
        except BadRequest:  # It was deleted.
            await context.chats.answers.remove(chat, there)
            await _send_pieces(question, reply, pieces[number - 1 :], context)
            return
        await _note(question, reply, chat, there, context)
    for there in shown[len(pieces) :]:
        await context.chats.answers.remove(chat, there)
        with contextlib.suppress(BadRequest):  # It was deleted already.
            await bot.delete_message(chat, there)
    await _send_pieces(question, reply, pieces[len(shown) :], context)


async def _send(question: Question, reply: Reply, context: Context) -> None:
    await _send_pieces(question, reply, rendered(reply, question.language), context)


async def _send_pieces(question: Question, reply: Reply, pieces: Sequence[Piece], context: Context) -> None:
    """Send messages that answer a question: the first as a reply to it, unless the chat is private."""
    message = question.message
    private = message.chat.type == ChatType.PRIVATE
    bot: Bot = message.get_bot()
    for number, piece in enumerate(pieces, 1):
        sent = await bot.send_message(
            message.chat.id,
            piece.html,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            message_thread_id=message.message_thread_id if message.is_topic_message else None,
            reply_parameters=(
                ReplyParameters(message.id, allow_sending_without_reply=True) if number == 1 and not private else None
            ),
            reply_markup=_markup(question, reply) if number == len(pieces) else None,
        )
        await _note(question, reply, sent.chat.id, sent.id, context)


def _markup(question: Question, reply: Reply) -> InlineKeyboardMarkup | ForceReply | None:
    if reply.asks and question.message.chat.type != ChatType.CHANNEL:
        return prompt(question.language)
    return keyboard(reply, question.language)


async def _note(question: Question, reply: Reply, chat: int, message: int, context: Context) -> None:
    """Remember what a message shows, so that its buttons work, and that it is edited when its question is.

    One that opened an input line cannot be edited. What says that data was deleted leaves no data.
    """
    if question.call and question.call.command is commands.FORGET and not reply.choices:
        return
    await context.chats.answers.show(
        chat,
        message,
        question=None if reply.asks or question.by_button else question.message.id,
        person=question.asker.person,
        turn=reply.turn,
    )
