"""Buttons: what they are called, and what comes back when one is pressed.

What comes back says what to show, never whose answer it is of: that is known by the message that the button is on, and
kept in :class:`bot.chats.answers.Answers`. So a button works after a restart, and pressed twice it does the same twice.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot.chats.feedback import Vote
from bot.replies import Action, Answered, Reply
from bot.texts import TEXTS, Language, Texts

_DATA_LIMIT = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)
"""Bytes that may come back from a button."""
_THUMBS = {Vote.UP: "👍", Vote.DOWN: "👎"}


class Show(StrEnum):
    """What a button shows of an answer."""

    ANSWER = "answer"
    WIDER = "wider"


@dataclass(frozen=True, slots=True)
class Shown:
    """A button that shows the answer at a place, from 1."""

    show: Show
    place: int


@dataclass(frozen=True, slots=True)
class Voted:
    """A button that votes on the answer at a place, from 1."""

    vote: Vote
    place: int


@dataclass(frozen=True, slots=True)
class Said:
    """A button that says something in the place of the person."""

    text: str


Pressed = Shown | Voted | Said


def keyboard(reply: Reply, language: Language) -> InlineKeyboardMarkup | None:
    """The buttons of a reply, or ``None`` where it has none."""
    rows = [row for part in reply.parts if isinstance(part, Answered) for row in _of_answer(part, reply, language)]
    rows += [
        row for choices in reply.choices if (row := [_button(choice.label, Said(choice.text)) for choice in choices])
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def prompt(language: Language) -> ForceReply:
    """What opens an input line for the reply to a message, for the person that the message answers."""
    return ForceReply(selective=True, input_field_placeholder=TEXTS[language].your_question)


def read(data: str) -> Pressed | None:
    """What a button means by what came back from it, or ``None`` where it is none of today's buttons."""
    if data.startswith("/"):
        return Said(data)
    match = re.fullmatch(r"(answer|wider|up|down):([1-9]\d{0,3})", data)
    if match is None:
        return None
    kind, place = match[1], int(match[2])
    return Voted(Vote[kind.upper()], place) if kind in {"up", "down"} else Shown(Show(kind), place)


def _of_answer(part: Answered, reply: Reply, language: Language) -> list[list[InlineKeyboardButton]]:
    texts = TEXTS[language]
    votes = [_button(thumb, Voted(vote, part.place)) for vote, thumb in _THUMBS.items()]
    return [row for row in (_turning(part, texts), [*_widening(part, reply, texts), *votes]) if row]


def _turning(part: Answered, texts: Texts) -> list[InlineKeyboardButton]:
    """What leads to the answers before and after, with the place of the one that is shown."""
    place = f"{texts.number(part.place)}/{texts.number(part.total)}"
    back = Shown(Show.ANSWER, part.place - 1)
    if part.place < part.total:
        row = [_button("◂", back)] if part.place > 1 else []
        return [*row, _button(f"{place} · {texts.next} ▸", Shown(Show.ANSWER, part.place + 1))]
    return [_button(f"◂ {texts.back} · {place}", back)] if part.place > 1 else []


def _widening(part: Answered, reply: Reply, texts: Texts) -> list[InlineKeyboardButton]:
    if part.wider:
        return [_button(texts.narrower, Shown(Show.ANSWER, part.place))]
    return [_button(texts.wider, Shown(Show.WIDER, part.place))] if Action.WIDER in reply.actions else []


def _button(label: str, pressed: Pressed) -> InlineKeyboardButton:
    data = _written(pressed)
    if len(data.encode()) > _DATA_LIMIT:
        raise ValueError(f"more than a button can hold: {data}")
    return InlineKeyboardButton(label, callback_data=data)


def _written(pressed: Pressed) -> str:
    match pressed:
        case Shown(show, place):
            return f"{show}:{place}"
        case Voted(vote, place):
            return f"{vote.name.lower()}:{place}"
        case Said(text):
            return text
