"""Where another document answers the same question otherwise: both are then shown.

It must be rare and right. The other answer has to be about as sure, to speak of as much of the question in its sentence, to
come to a value of the same sort that cannot be right where the first is, and to be surely of the same thing. Where several
documents each tell another value, the question names no one thing ("ca phẫu thuật kéo dài bao lâu").
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.amounts import Amount, measure
from index.documents import Answer
from index.matching import Content
from index.narrowing import Statement, of_one_thing
from index.questions import Question
from index.sentences import Sentence
from index.values import FINDERS, Value
from index.vietnamese import fold

_LEAST_SURE = 0.6
"""The confidence that both answers must have."""
_AS_SURE = 0.15
"""How much less sure the other may be."""
_SPEAKS = 0.7
"""The share of the question that either sentence must speak of, with its title and heading."""
_AS_MUCH = 0.1
"""How much less of it the other may speak of."""
_CLOSE = 0.6
"""The share of the question that must stand close together in it."""
_MOST = 2
"""Values that others may tell: where there are more, the documents speak of different things."""

_SEVERAL = re.compile(r"\b(?:nhung|cac|liet ke|ke ten|bao gom)\b")
"""What asks for more than one thing, without diacritics."""
_FOR_EACH = frozenset({"mot", "moi"})
"""What opens the time or thing that an amount is for each of, without diacritics: "bao nhiêu một tháng"."""


class Verdict(StrEnum):
    """What came of holding another answer against the first."""

    CONTRADICTS = "says otherwise"
    UNSURE = "is less of an answer"
    AGREES = "tells no other value"
    OF_OTHER_THINGS = "may be of something else"
    REPEATS = "says otherwise as one before it does"
    ONE_OF_MANY = "is one of many that differ"


@dataclass(frozen=True, slots=True)
class Given:
    """A sentence that answers, and what is shown for it."""

    sentence: Sentence
    answer: Answer


Answering = Callable[[Sentence], Given]
"""Makes a sentence an answer."""


def otherwise(
    question: Question, content: Content, first: Given, others: Sequence[Sentence], answering: Answering
) -> tuple[Given, ...]:
    """What other documents answer otherwise, the likeliest first; hardly ever anything.

    Args:
        question: The question.
        content: Its content.
        first: The answer that is shown.
        others: The best sentences of the passages, best first.
        answering: Makes one of them an answer.
    """
    judged = judgements(question, content, first, others, answering)
    return tuple(other for other, verdict in judged if verdict is Verdict.CONTRADICTS)


def judgements(
    question: Question, content: Content, first: Given, others: Sequence[Sentence], answering: Answering
) -> list[tuple[Given, Verdict]]:
    """What comes of holding other documents' answers against the first, each document's best; the arguments as above.

    What shows at a glance to tell nothing of it is left out.
    """
    if question.is_topic or _SEVERAL.search(fold(question.text.lower())):
        return []
    if not _speaks(first.sentence) or first.answer.confidence < _LEAST_SURE:
        return []
    if (stated := _statement(question, first)) is None:
        return []
    judged: dict[str, tuple[Given, Verdict]] = {}
    told: list[Value] = []
    for sentence in others:
        key = sentence.passage.source.key
        if key == first.answer.source.key or key in judged or not _speaks(sentence):
            continue
        given = answering(sentence)
        verdict = _verdict(question, content, (first, given), stated, told)
        judged[key] = given, verdict
    if len(told) > _MOST:
        return [(given, Verdict.ONE_OF_MANY if one is Verdict.CONTRADICTS else one) for given, one in judged.values()]
    return list(judged.values())


def _speaks(sentence: Sentence) -> bool:
    """Whether a sentence speaks of nearly all of the question, and of all its numbers."""
    clues = sentence.clues
    return clues["with_title"] >= _SPEAKS and clues["close"] >= _CLOSE and clues["numbers"] == 1.0


def _verdict(
    question: Question, content: Content, both: tuple[Given, Given], stated: Statement, told: list[Value]
) -> Verdict:
    """What comes of holding the second of two answers against the first, which states a value; adds to those told otherwise."""
    first, given = both
    if _is_less(first, given):
        return Verdict.UNSURE
    other = _statement(question, given)
    if other is None or not stated.value.contradicts(other.value):
        return Verdict.AGREES
    if _tells(question, stated, other.value) or _tells(question, other, stated.value):
        return Verdict.AGREES
    if not of_one_thing(content, stated, other):
        return Verdict.OF_OTHER_THINGS
    if not all(value.contradicts(other.value) for value in told):
        return Verdict.REPEATS
    told.append(other.value)
    return Verdict.CONTRADICTS


def _is_less(first: Given, other: Given) -> bool:
    """Whether another answer is less of one than the first."""
    if other.answer.confidence < max(_LEAST_SURE, first.answer.confidence - _AS_SURE):
        return True
    return other.sentence.clues["with_title"] < first.sentence.clues["with_title"] - _AS_MUCH


def _statement(question: Question, given: Given) -> Statement | None:
    """The sentence of an answer with the one value that its marked words come to; an amount must be of what is counted."""
    find, answer, sentence = FINDERS.get(question.expects), given.answer, given.sentence
    if find is None:
        return None
    start, end = (answer.start + place - sentence.span[0] for place in answer.span)
    found = [(span, value) for span, value in find(sentence.text) if span[0] < end and start < span[1]]
    if len(found) != 1:
        return None
    ((span, value),) = found
    if question.asked_unit and isinstance(value, Amount) and not _is_counted(value, question.asked_unit):
        return None
    return Statement(sentence.text, span, value, sentence.passage)


def _is_counted(amount: Amount, asked: Sequence[str]) -> bool:
    """Whether an amount is of what is to be counted: "bao nhiêu ngày", "bao nhiêu tiền"."""
    if fold(asked[0]) in _FOR_EACH:
        return True
    if wanted := measure(asked):
        return amount.unit == wanted
    return fold(amount.unit) == fold(asked[0]) or (fold(asked[0]) == "tien" and amount.is_money)


def _tells(question: Question, statement: Statement, value: Value) -> bool:
    """Whether what is told somewhere in the passage of a statement may be a value."""
    passage = statement.passage
    found = FINDERS[question.expects](f"{passage.source.title}\n{passage.text}")
    return any(told.may_be(value) for _, told in found)
