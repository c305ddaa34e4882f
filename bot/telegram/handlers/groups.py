"""Groups: a command, a mention or a reply to the bot is a question; other talk is not answered."""

from telegram import ChatMember, Message, Update
from telegram.constants import ChatType

from bot.chats.places import TOLD_OF_KEEPING
from bot.commands import ASK, Face, find_call
from bot.telegram.asking import answer as answer_question
from bot.telegram.asking import answer_again as answer_question_again
from bot.telegram.asking import question_of, text_replied_to, without_name
from bot.telegram.context import Context
from bot.telegram.gatekeeper import is_addressed
from bot.texts import TEXTS
from index.vietnamese import clean

_AROUND_A_NAME = " \n,.:;–—-"
"""What may be left around a question without the bot's name."""
_OUTSIDE = {ChatMember.LEFT, ChatMember.BANNED}
_INSIDE = {ChatMember.MEMBER, ChatMember.ADMINISTRATOR}


async def answer(update: Update, context: Context) -> None:
    """Answer a message that is for the bot."""
    message = update.message
    if message and (text := _text_for_bot(message, context)):
        await answer_question(await question_of(update, message, text, context), context)


async def answer_again(update: Update, context: Context) -> None:
    """Answer a message for the bot that was edited; where it was not for the bot before, for the first time."""
    message = update.edited_message
    if message and (text := _text_for_bot(message, context)):
        await answer_question_again(await question_of(update, message, text, context), context)


async def greet(update: Update, context: Context) -> None:
    """Say how to ask, where the bot is new; and where it begins to hear what is said, that this is kept."""
    change = update.my_chat_member
    if change is None or change.chat.type == ChatType.PRIVATE or change.new_chat_member.status not in _INSIDE:
        return
    texts, chats, chat, me = TEXTS[await context.gatekeeper.language(update)], context.chats, change.chat, context.me()
    place, days = await chats.places.get(chat.id), chats.messages.days
    came = change.old_chat_member.status in _OUTSIDE
    hears_all = bool(me.can_read_all_group_messages) or change.new_chat_member.status == ChatMember.ADMINISTRATOR
    keeps = days > 0 and place.keeps_talk
    tells = keeps and hears_all and (came or not place.told_of_keeping)
    said = []
    if came:
        said.append(texts.joined_channel if chat.type == ChatType.CHANNEL else texts.joined_group(me.name, hears_all))
    if tells:
        said.append(texts.kept_for_digests(days))
    elif came and keeps:
        said.append(texts.make_me_admin)
    if said:
        sent = await chat.send_message("\n\n".join(said))
        await chats.answers.show(chat.id, sent.id, question=None, person=str(chat.id), turn=None)
    if tells:
        await chats.places.choose(chat.id, TOLD_OF_KEEPING, value=True)


def _text_for_bot(message: Message, context: Context) -> str:
    """What a message says to the bot; empty where it is not for the bot, or says nothing.

    A post that Telegram copies from a channel into its discussion group was answered in the channel.
    """
    me = context.me()
    text = message.text or message.caption or ""
    by_way_of_bot = message.via_bot is not None and message.via_bot.id == me.id
    if not text or by_way_of_bot or message.is_automatic_forward or not is_addressed(message, me):
        return ""
    if message.forward_origin and text.startswith("/"):  # Somebody else's command is not this person's wish.
        return ""
    asked = without_name(text, context).strip(_AROUND_A_NAME)
    if text.startswith("/") and f"@{me.username}".lower() not in text.lower() and not find_call(asked, Face.TELEGRAM):
        return ""  # Another bot's command.
    call = find_call(asked, Face.TELEGRAM)
    if asked and not (call and call.command is ASK and not call.argument):
        return asked
    return _text_replied_to(message, context) or f"/{ASK.name}"


def _text_replied_to(message: Message, context: Context) -> str:
    """What somebody else said, where a message that asks nothing itself replies to it; a command is not carried out."""
    replied = message.reply_to_message
    if (
        replied is None
        or replied.is_automatic_forward
        or (replied.from_user and replied.from_user.id == context.me().id)
    ):
        return ""
    text = text_replied_to(message)
    return "" if clean(text).lstrip().startswith("/") else text
