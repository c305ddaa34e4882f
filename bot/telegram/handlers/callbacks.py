"""Buttons: they change the message that they are on, or thank for a vote."""

from dataclasses import replace

from telegram import CallbackQuery, Message, Update
from telegram.constants import CallbackQueryLimit, ChatType

from bot.chats.feedback import Vote
from bot.commands import FORGET, LANGUAGE
from bot.replies import Action, Answered, Reply
from bot.telegram.asking import Question, manages, question_of, reply_to, show_in
from bot.telegram.context import Context
from bot.telegram.keyboards import Said, Show, Shown, Voted, read
from bot.telegram.rendering import rendered
from bot.texts import TEXTS
from bot.turns import Turn

_LONGEST_NOTE = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
_OWN = {LANGUAGE, FORGET}
"""Commands whose buttons are for the person who typed them."""


async def answer(update: Update, context: Context) -> None:
    """Do what a button says."""
    query = update.callback_query
    if query is None:
        return
    pressed = read(query.data or "")
    if not isinstance(query.message, Message) or pressed is None:
        await query.answer(TEXTS[await context.gatekeeper.language(update)].gone)
        return
    if isinstance(pressed, Said):
        await _say(query, await question_of(update, query.message, pressed.text, context), context)
        return
    question = await question_of(update, query.message, "", context)
    turn = await context.chats.answers.turn(query.message.chat.id, query.message.id)
    if turn is None or not turn.question:
        await query.answer(TEXTS[question.language].gone)
    elif isinstance(pressed, Voted):
        await _vote(query, pressed.vote, turn, question, context)
    else:
        await _show(query, pressed, turn, question, context)


async def _say(query: CallbackQuery, question: Question, context: Context) -> None:
    """Show the reply to what a button says in the place of the message that it is on."""
    chat = question.message.chat
    if question.call and question.call.command in _OWN and chat.type != ChatType.PRIVATE:
        asker = await context.chats.answers.asker(chat.id, question.message.id)
        as_chat = asker == str(chat.id)  # So anonymous admins type, and all who post in a channel.
        if not (await manages(question) if as_chat else asker in {None, question.asker.person}):
            await query.answer(TEXTS[question.language].not_yours)
            return
    await _put(query, question, await reply_to(question, context), context)


async def _vote(query: CallbackQuery, vote: Vote, turn: Turn, question: Question, context: Context) -> None:
    message, texts = question.message, TEXTS[question.language]
    await context.chats.feedback.vote(
        message.chat.id, message.id, person=question.asker.person, vote=vote, question=turn.question
    )
    await query.answer(texts.voted_up if vote is Vote.UP else texts.voted_down)


async def _show(query: CallbackQuery, shown: Shown, turn: Turn, question: Question, context: Context) -> None:
    """Show another of the answers, or the same in a wider context; where there is none, say so and change nothing."""
    if shown.show is Show.ANSWER:
        action, turn = Action.NEXT, replace(turn, place=shown.place - 1, page=0)
    else:
        action, turn = Action.WIDER, replace(turn, place=shown.place, page=0)
    reply = await context.conversation.act(action, turn, question.asker, question.language)
    if any(isinstance(part, Answered) for part in reply.parts):
        await _put(query, question, reply, context)
    else:
        await query.answer(rendered(reply, question.language)[0].plain[:_LONGEST_NOTE])


async def _put(query: CallbackQuery, question: Question, reply: Reply, context: Context) -> None:
    await show_in([question.message.id], question, reply, context)
    await query.answer()
