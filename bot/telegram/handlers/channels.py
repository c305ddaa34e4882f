"""Channels: a post that is a command is answered, and so is one that replies to what the bot asked."""

from telegram import Message, Update

from bot.commands import Face, find_call
from bot.telegram.asking import answer as answer_question
from bot.telegram.asking import answer_again as answer_question_again
from bot.telegram.asking import question_of, without_name
from bot.telegram.context import Context


async def answer(update: Update, context: Context) -> None:
    """Answer a post that is for the bot."""
    post = update.channel_post
    if post and (text := await _text_for_bot(post, context)):
        await answer_question(await question_of(update, post, text, context), context)


async def answer_again(update: Update, context: Context) -> None:
    """Answer a post for the bot that was edited."""
    post = update.edited_channel_post
    if post and (text := await _text_for_bot(post, context)):
        await answer_question_again(await question_of(update, post, text, context), context)


async def _text_for_bot(post: Message, context: Context) -> str:
    text = without_name(post.text or post.caption or "", context)
    if text.startswith("/"):
        return text if find_call(text, Face.TELEGRAM) else ""
    replied = post.reply_to_message
    asked = replied and await context.chats.answers.asker(post.chat.id, replied.message_id)
    return text if asked else ""
