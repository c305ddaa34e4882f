"""Channels: a post that is a command is answered, and so is one that replies to what the bot asked.

Other posts become documents, where the channel publishes to the collection.
"""

import logging
import sqlite3

from telegram import Message, Update

from bot.adding import SentPost
from bot.commands import Face, find_call
from bot.faults import passes
from bot.telegram.asking import answer as answer_question
from bot.telegram.asking import answer_again as answer_question_again
from bot.telegram.asking import question_of, without_name
from bot.telegram.bringing import link_to_post
from bot.telegram.context import Context
from bot.telegram.handling import in_hand
from index.collection import Busy, CollectionError
from index.vietnamese import clean

_LOGGER = logging.getLogger(__name__)

_TRIED_AGAIN = 30.0
"""Seconds until a post that could not be taken is tried again."""


async def answer(update: Update, context: Context) -> None:
    """Answer a post that is for the bot."""
    post = update.channel_post
    if post and (text := await _text_for_bot(post, context)):
        await answer_question(await question_of(update, post, text, context), context)
    elif post:
        await _take(post, context, edited=False)


async def answer_again(update: Update, context: Context) -> None:
    """Answer a post for the bot that was edited."""
    post = update.edited_channel_post
    if post and (text := await _text_for_bot(post, context)):
        await answer_question_again(await question_of(update, post, text, context), context)
    elif post:
        await _take(post, context, edited=True)


async def _take(post: Message, context: Context, *, edited: bool) -> None:
    """Let a post become a document, where its channel publishes; where that cannot be done now, it is tried again."""
    text = clean(post.text or post.caption or "").strip()
    if text.startswith("/") or post.via_bot:
        return
    link = link_to_post(post.chat, post.id)
    day = post.date.astimezone(context.settings.time_zone).date()
    brought = SentPost(text, link, link, day, post.chat.title or "")
    try:
        await context.publishing.take(post.chat.id, post.id, brought, edited=edited)
    except (CollectionError, sqlite3.Error) as error:
        if not isinstance(error, Busy) and not passes(error):
            raise
        _LOGGER.warning("a post of channel %d waits, for the collection cannot be written: %s", post.chat.id, error)
        if handling := in_hand.get():
            handling.undelivered = True
            await handling.rest(context.sleep(_TRIED_AGAIN))


async def _text_for_bot(post: Message, context: Context) -> str:
    text = without_name(post.text or post.caption or "", context)
    if text.startswith("/") and post.forward_origin:  # Somebody else's command is not the channel's wish.
        return ""
    if text.startswith("/"):
        return text if find_call(text, Face.TELEGRAM) else ""
    replied = post.reply_to_message
    asked = replied and await context.chats.answers.asker(post.chat.id, replied.message_id)
    return text if asked else ""
