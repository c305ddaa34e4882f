"""Buttons: they change the message that they are on, or thank for a vote."""

from dataclasses import replace

from telegram import CallbackQuery, Message, Update
from telegram.constants import CallbackQueryLimit, ChatType

from bot.chats.feedback import Vote
from bot.commands import ADD, FORGET, KEEPING, LANGUAGE, SOURCE, SUMMARY, UNDO
from bot.replies import Action, Answered, Reply
from bot.summaries import length_asked_for
from bot.telegram.asking import Question, handed_over, manages, question_of, reply_to, show_in
from bot.telegram.bringing import given_in
from bot.telegram.context import Context
from bot.telegram.delivery import address_of
from bot.telegram.keyboards import Said, Show, Shown, Voted, read
from bot.telegram.rendering import rendered
from bot.texts import TEXTS
from bot.turns import Turn

_LONGEST_NOTE = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
_OWN = {LANGUAGE, FORGET, KEEPING, SOURCE}
"""Commands whose buttons are for the person who typed them."""
_TELLING = {SUMMARY, UNDO}
"""Commands whose reply is shown for a moment where it shows nothing new."""


async def answer(update: Update, context: Context) -> None:
    """Do what a button says."""
    query = update.callback_query
    if query is None:
        return
    pressed = read(query.data or "")
    if not isinstance(query.message, Message) or pressed is None:
        await query.answer(TEXTS[await context.gatekeeper.language(update)].gone)
        return
    if isinstance(pressed, Said) and not _is_on(query.message, query.data):
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


def _is_on(message: Message, data: str | None) -> bool:
    """Whether a button is on a message, for some apps send what they like; where that is so old that nobody can tell, it is."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return not message.is_accessible or any(button.callback_data == data for row in rows for button in row)


async def _say(query: CallbackQuery, question: Question, context: Context) -> None:
    """Show the reply to what a button says in the place of the message that it is on."""
    chat = question.message.chat
    if question.call and question.call.command in _OWN and chat.type != ChatType.PRIVATE:
        asker = await context.chats.answers.asker(chat.id, question.message.id)
        as_chat = asker == str(chat.id)  # So anonymous admins type, and all who post in a channel.
        if not (await manages(question) if as_chat else asker in {None, question.asker.person}):
            await query.answer(TEXTS[question.language].not_yours)
            return
    if question.call and question.call.command is ADD:
        question = replace(question, given=given_in(question.message.reply_to_message, context))
    if await _is_forgotten(question, context):
        await query.answer(TEXTS[question.language].gone)
        return
    reply = await handed_over(question, await reply_to(question, context), context)
    if reply.privately:
        await query.answer(url=address_of(reply.privately, context))
    elif question.call and question.call.command in _TELLING and reply.turn is None:
        await _answer_with(reply, query, question)
    else:
        await _put(query, question, reply, context)


async def _answer_with(reply: Reply, query: CallbackQuery, question: Question) -> None:
    """Show a reply for a moment, and leave the message as it is."""
    await query.answer(rendered(reply, question.language)[0].plain[:_LONGEST_NOTE])


async def _is_forgotten(question: Question, context: Context) -> bool:
    """Whether a button for another length is on a summary of which nothing is known any more."""
    call = question.call
    if call is None or call.command is not SUMMARY or length_asked_for(call.argument) is None:
        return False
    return await context.chats.answers.turn(question.message.chat.id, question.message.id) is None


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
        action, turn = Action.WIDER, replace(turn, place=shown.place, page=0, around=0)
    reply = await context.conversation.act(action, turn, question.asker, question.language)
    if any(isinstance(part, Answered) for part in reply.parts):
        await _put(query, question, reply, context)
    else:
        await _answer_with(reply, query, question)


async def _put(query: CallbackQuery, question: Question, reply: Reply, context: Context) -> None:
    """Show a reply in the message that a button is on, and in those before it, where the answer takes several."""
    chat, message = question.message.chat.id, question.message.id
    asked = await context.chats.answers.question(chat, message)
    shown = await context.chats.answers.to_question(chat, asked) if asked is not None else [message]
    await show_in(shown, question, reply, context)
    await query.answer()
