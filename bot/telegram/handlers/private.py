"""Private chats: whatever is written is a question."""

from collections import deque
from dataclasses import replace

from telegram import Message, Update

from bot.commands import START, Face, find_call
from bot.telegram import links
from bot.telegram.asking import answer as answer_question
from bot.telegram.asking import answer_again as answer_question_again
from bot.telegram.asking import question_of, without_name
from bot.telegram.bringing import add, command_to_add, given_in, may_be_added, offering_to_add
from bot.telegram.context import Context
from bot.telegram.menu import introduce_to_owner
from bot.texts import TEXTS
from index.vietnamese import clean


class Albums:
    """Albums of which something came already. Telegram sends an album as one message a picture."""

    def __init__(self) -> None:
        self._seen: deque[str] = deque(maxlen=1000)

    def begins(self, message: Message) -> bool:
        """Whether a message is the first of its album, or in none."""
        album = message.media_group_id
        if album in self._seen:
            return False
        if album:
            self._seen.append(album)
        return True


async def answer(albums: Albums, update: Update, context: Context) -> None:
    """Answer a message; what holds no text gets a kind word."""
    message = update.message
    if message is None or _is_by_way_of(message, context):
        return
    text = _text_of(message, context)
    first = albums.begins(message)
    owner = context.gatekeeper.is_owner(update)
    if owner and (command := command_to_add(message, context)):
        question = await question_of(update, message, command, context)
        brings = given_in(message, context) or given_in(message.reply_to_message, context)
        await add(replace(question, given=brings), context)
        return
    if not text:
        if first:
            await message.reply_text(TEXTS[await context.gatekeeper.language(update)].reads_text_only)
        return
    call = find_call(text, Face.TELEGRAM)
    starts = call is not None and call.command is START
    if call and starts:
        text = links.text_of(call.argument) or text
    question = await question_of(update, message, text, context)
    await answer_question(offering_to_add(question) if owner and may_be_added(message) else question, context)
    if starts and owner:
        await introduce_to_owner(message.get_bot(), context.settings, message.chat.id)


async def answer_again(update: Update, context: Context) -> None:
    """Answer a message that was edited; where that was no question before, for the first time."""
    message = update.edited_message
    if message is None or _is_by_way_of(message, context):
        return
    if context.gatekeeper.is_owner(update) and (command := command_to_add(message, context)):
        if not message.document:  # A file is the same as it was.
            await add(await question_of(update, message, command, context), context, again=True)
        return
    if text := _text_of(message, context):
        await answer_question_again(await question_of(update, message, text, context), context)


def _is_by_way_of(message: Message, context: Context) -> bool:
    """Whether a message holds an answer of the bot's, sent inline."""
    return message.via_bot is not None and message.via_bot.id == context.me().id


def _text_of(message: Message, context: Context) -> str:
    """What a message says; what was forwarded is a question, for somebody else's command is not this person's wish."""
    text = without_name(message.text or message.caption or "", context)
    return clean(text).lstrip(" /") if message.forward_origin else text
