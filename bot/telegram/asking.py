"""A message becomes a question to the conversation, and its reply becomes messages that answer it."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from telegram import ForceReply, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatAction, ChatMemberStatus, ChatType, ParseMode
from telegram.error import BadRequest, TelegramError

from bot import commands, conversation
from bot.adding import Given
from bot.chats.turns import place_of
from bot.commands import Call, Chat, Face, find_call
from bot.replies import Choice, QuestionChart, Reply
from bot.telegram.chart import draw
from bot.telegram.context import Context
from bot.telegram.delivery import button_to, deliver
from bot.telegram.gatekeeper import person_of
from bot.telegram.keyboards import keyboard, prompt
from bot.telegram.rendering import rendered
from bot.telegram.sending import NO_PREVIEW, Addressee, note, note_digest, send, send_picture
from bot.telegram.splitting import Piece
from bot.texts import Language
from bot.turns import Asker, Turn
from index.documents import Progress
from index.vietnamese import clean

_A_MOMENT = 1.0
"""Seconds after which someone who waits sees that the bot is typing."""
_TYPING_LASTS = 4.5
"""Seconds that Telegram shows it for, a little less."""
_FOR_ADMINS = {commands.LANGUAGE, commands.FORGET, commands.KEEPING, commands.SCHEDULE, commands.SOURCE}
"""Commands with which the admins of a chat can do more than others."""
_ABOUT_TALK = {commands.SUMMARY, commands.KEEPING, commands.SCHEDULE}
"""Commands that depend on whether the bot is shown all that is said."""
_CHATS = {ChatType.PRIVATE: Chat.PRIVATE, ChatType.CHANNEL: Chat.CHANNEL}
"""Kinds of chats; any other is a group."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something said to the bot.

    Attributes:
        message: The message that says it; for a button, the bot's message that it is on.
        text: What was said, without the bot's name.
        asker: Who said it, and where.
        language: The language to answer in.
        by_button: Whether a button said it.
        given: What it brings that can be added to the documents.
        progress: Is told how far something is that takes long.
        earlier: The turn that it goes on from, where that is not the turn of what it replies to.
        offer: What the answer offers besides; then it is sent as a reply, so that its button knows to what.
    """

    message: Message
    text: str
    asker: Asker
    language: Language
    by_button: bool = False
    given: Given | None = None
    progress: Progress | None = None
    earlier: Turn | None = None
    offer: Choice | None = None

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


def text_replied_to(message: Message) -> str:
    """The text that a message replies to: the part of it that is quoted, where somebody chose one."""
    if message.quote and message.quote.is_manual:
        return message.quote.text
    replied = message.reply_to_message
    return (replied.text or replied.caption or "") if replied else ""


async def answer(question: Question, context: Context) -> None:
    """Answer a question with new messages."""
    reply = await handed_over(question, await reply_to(question, context), context)
    await send_anew(question, reply, context)


async def answer_again(question: Question, context: Context) -> None:
    """Answer a question that was edited, in the messages that answer it; where there are none, in new ones."""
    shown = await context.chats.answers.to_question(question.message.chat.id, question.message.id)
    reply = await handed_over(question, await reply_to(question, context, shown), context)
    if shown:
        await show_in(shown, question, reply, context)
    else:
        await send_anew(question, reply, context)


async def reply_to(question: Question, context: Context, shown: Sequence[int] = ()) -> Reply:
    """The conversation's reply; who waits longer than a moment for it sees the bot typing.

    Args:
        question: What is said.
        context: What every handler needs.
        shown: The messages that the reply is to be shown in, where they are there already.
    """
    message = question.message
    async with _typing(message):
        earlier = await _earlier(question, shown, context)
        reply = await context.conversation.reply(
            conversation.Message(
                question.text,
                question.asker,
                question.language,
                Face.TELEGRAM,
                earlier=earlier,
                manages=await manages(question),
                chat=_CHATS.get(ChatType(message.chat.type), Chat.GROUP),
                replied=await _replied(question, earlier, context),
                hears_all=await _hears_all(question, context),
                in_place=bool(shown) or question.by_button,
                given=question.given,
                progress=question.progress,
            )
        )
    offers = ((question.offer,),) if question.offer else ()
    return replace(reply, choices=(*reply.choices, *offers))


async def handed_over(question: Question, reply: Reply, context: Context) -> Reply:
    """A reply; where that stands for a digest to be sent privately, what is said of it once it was sent or refused."""
    if not reply.privately:
        return reply
    person, bot = int(question.asker.person), question.message.get_bot()
    return await deliver(reply.privately, person, question.language, bot, context) or reply


async def _earlier(question: Question, shown: Sequence[int], context: Context) -> Turn | None:
    """The turn of the bot's answer that a message replies to, or that a button is on.

    A command for a digest of talk that was edited is about the same talk: since that digest there is hardly any more.
    """
    if question.earlier:
        return question.earlier
    message = question.message if question.by_button else question.message.reply_to_message
    turn = await context.chats.answers.turn(message.chat.id, message.message_id) if message else None
    if turn is None and shown:
        before = await context.chats.answers.turn(question.message.chat.id, shown[-1])
        return before if before and before.summarised and before.summarised.of_talk else None
    return turn


async def _replied(question: Question, earlier: Turn | None, context: Context) -> str:
    """What somebody else said that a message replies to; for a button, what the message that it is on summarises."""
    said, text = question.message.reply_to_message, text_replied_to(question.message)
    if question.by_button:
        summarised = earlier.summarised if earlier else None
        if summarised and summarised.pasted:
            call = find_call(clean(without_name(text, context)).strip(), Face.TELEGRAM)
            return call.text if call else ""
        return text if summarised and summarised.text else ""
    if said is None:
        return text
    mine = said.from_user is not None and said.from_user.id == context.me().id
    if mine or await context.chats.answers.asker(said.chat.id, said.message_id):  # A channel's posts tell no author.
        return ""
    return text


async def _hears_all(question: Question, context: Context) -> bool:
    """Whether Telegram shows the bot all that is said in a group. It is asked only where it matters."""
    chat, me = question.message.chat, context.me()
    about_talk = question.call is not None and question.call.command in _ABOUT_TALK
    if chat.type in {ChatType.PRIVATE, ChatType.CHANNEL} or not about_talk or me.can_read_all_group_messages:
        return True
    try:
        member = await chat.get_member(me.id)
    except BadRequest:  # It was removed meanwhile.
        return False
    return member.status == ChatMemberStatus.ADMINISTRATOR


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
    markup = _inline_markup(question, reply, context)
    to = await _addressee(question, reply, context)
    before = await context.chats.answers.turn(chat, shown[0])
    told_before = before is not None and before.summarised is not None and before.summarised.of_talk
    for number, (piece, there) in enumerate(zip(pieces, shown, strict=False), 1):
        try:
            edited = await bot.edit_message_text(
                piece.html,
                chat,
                there,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=markup if number == len(pieces) else None,
            )
        except BadRequest:  # It was deleted.
            await context.chats.answers.remove(chat, there)
            await _send_pieces(question, reply, pieces[number - 1 :], to, context)
            return
        if number == 1 and isinstance(edited, Message) and not told_before:
            await note_digest(reply, to, edited, context.chats)
        await note(reply, to, chat, there, context.chats)
    for there in shown[len(pieces) :]:
        await context.chats.answers.remove(chat, there)
        with contextlib.suppress(BadRequest):  # It was deleted already.
            await bot.delete_message(chat, there)
    await _send_pieces(question, reply, pieces[len(shown) :], to, context)


async def send_anew(question: Question, reply: Reply, context: Context) -> None:
    """Send messages that answer a question: the first as a reply to it, unless the chat is private."""
    to, pieces = await _addressee(question, reply, context), rendered(reply, question.language)
    if chart := next((part for part in reply.parts if isinstance(part, QuestionChart)), None):
        image = await draw(chart, question.language)
        await send_picture(image, pieces[0], to, bot=question.message.get_bot())
        return
    await _send_pieces(question, reply, pieces, to, context)


async def _send_pieces(
    question: Question, reply: Reply, pieces: Sequence[Piece], to: Addressee, context: Context
) -> None:
    markup = _markup(question, reply, context)
    await send(reply, pieces, to, bot=question.message.get_bot(), chats=context.chats, markup=markup)


def _to_reply_to(question: Question, reply: Reply) -> Message | None:
    """The message that is answered. The summary of a message replies to that, where its buttons find the text again."""
    message = question.message
    summarised = reply.turn.summarised if reply.turn else None
    if summarised and summarised.text:
        return message if summarised.pasted and not question.by_button else message.reply_to_message
    return None if message.chat.type == ChatType.PRIVATE and not question.offer else message


def _markup(question: Question, reply: Reply, context: Context) -> InlineKeyboardMarkup | ForceReply | None:
    if reply.asks and question.message.chat.type != ChatType.CHANNEL:
        return prompt(question.language)
    return _inline_markup(question, reply, context)


def _inline_markup(question: Question, reply: Reply, context: Context) -> InlineKeyboardMarkup | None:
    if reply.privately:
        return button_to(reply.privately, question.language, context)
    return keyboard(reply, question.language)


async def _addressee(question: Question, reply: Reply, context: Context) -> Addressee:
    """Where the reply to a question goes.

    What opens an input line cannot be edited later. What says that data was deleted leaves no data.
    """
    message, answers = question.message, context.chats.answers
    asked = await answers.question(message.chat.id, message.id) if question.by_button else message.id
    replied = _to_reply_to(question, reply)
    quotes = replied is not None and replied is message.reply_to_message
    deleted = question.call is not None and question.call.command is commands.FORGET and not reply.choices
    return Addressee(
        message.chat.id,
        message.message_thread_id if message.is_topic_message else None,
        question.asker.person,
        question=None if reply.asks else asked,
        replies_to=replied.id if replied else None,
        quote=message.quote if quotes else None,
        noted=not deleted,
    )
