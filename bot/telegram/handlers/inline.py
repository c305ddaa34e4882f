"""Inline mode: answers are offered while a question is typed in any chat. Nothing of it is remembered."""

import re
from collections.abc import Sequence

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.helpers import create_deep_linked_url

from bot.commands import HELP
from bot.listing import short_name
from bot.replies import Answered, DocumentSummary, Reply
from bot.telegram import links
from bot.telegram.context import Context
from bot.telegram.rendering import rendered, web_address
from bot.telegram.sending import NO_PREVIEW
from bot.texts import TEXTS, Language

_PAGE = 5
"""Offers that are shown at once."""
_OFFSET = re.compile(r"[0-9]{1,4}")
"""What stands for a page, as it was given before; an app may send anything."""
_HARDLY_TYPED = 2
"""Letters that say nothing yet."""
_REMEMBERED = 60
"""Seconds for which Telegram may offer the same to the same person."""


async def answer(update: Update, context: Context) -> None:
    """Offer answers to what is typed; documents, as long as nothing is."""
    query = update.inline_query
    if query is None:
        return
    language = await context.gatekeeper.language(update)
    typed = query.query.strip()
    text = typed if len(typed) > _HARDLY_TYPED else ""
    first = int(query.offset) if _OFFSET.fullmatch(query.offset) else 0
    offers = await context.conversation.offers(text, first=first, count=_PAGE + 1)
    await query.answer(
        [_article(offer, text, language, context) for offer in offers[:_PAGE]],
        cache_time=_REMEMBERED,
        is_personal=True,
        next_offset=str(first + _PAGE) if len(offers) > _PAGE else "",
        button=_button(text, offers, language),
    )


def _article(
    offer: Answered | DocumentSummary, text: str, language: Language, context: Context
) -> InlineQueryResultArticle:
    if isinstance(offer, Answered):
        number, description, payload = f"-{offer.place}", offer.quotation.answer, links.to_question(text)
    else:
        number, description, payload = "", offer.summary, links.to_summary(offer.source.key)
    link = create_deep_linked_url(context.me().username or "", payload)
    content = rendered(Reply((offer,)), language)[0]
    return InlineQueryResultArticle(
        f"{short_name(offer.source.key)}{number}",
        offer.source.title,
        InputTextMessageContent(content.html, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW),
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton(TEXTS[language].ask_more, url=link)]]),
        url=web_address(offer.source.url),
        description=description,
    )


def _button(text: str, offers: Sequence[object], language: Language) -> InlineQueryResultsButton | None:
    """What stands above the offers: how to ask, as long as nothing is typed or found."""
    texts = TEXTS[language]
    if not text:
        return InlineQueryResultsButton(texts.how_to_ask, start_parameter=HELP.name)
    if not offers:
        return InlineQueryResultsButton(texts.none_found, start_parameter=links.to_question(text))
    return None
