"""Where another document answers the same question otherwise: both are then shown.

It must be rare and right. The other answer has to be about as sure, to speak of as much of the question in its sentence, and
to come to a value of the same sort that cannot be right where the first is: another amount of the same unit, another day. What
narrows one of the two and not the other (another year, another place, "mỗi tháng", "tăng") makes it an answer to something
else. Where several documents each tell another value, the question names no one thing ("ca phẫu thuật kéo dài bao lâu").
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.amounts import Amount, measure
from index.clues import CAPITALISED
from index.documents import Answer
from index.matching import Content, read
from index.questions import Expects, Question
from index.sentences import Sentence
from index.values import FINDERS, Place, Stance, Value
from index.vietnamese import fold, syllable_spans, syllables

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
_DENIALS = frozenset("không chưa chẳng cấm".split())
_DENIED_WITHIN = 2
"""Syllables after a denial in which what it denies begins."""
_FOR_EACH = frozenset({"mot", "moi"})
"""What opens the time or thing that an amount is for each of, without diacritics: "bao nhiêu một tháng"."""
_YEAR = re.compile(r"(?<![\d.,])(?:1\d|20)\d\d(?![\d.,]*\d)")
_CLAUSE_END = re.compile(r"[,;:(–] | \(")
_ATTRIBUTION = re.compile(r"\btheo\b[^,.;:]*", re.IGNORECASE)
_WHERE = re.compile(
    r"\b(?:[Tt]ại|[Ởở]|[Tt]rong|[Rr]iêng|thuộc|của|nước|tỉnh|thành phố|huyện|quận|bang|vùng)"
    rf"\s+({CAPITALISED}(?:\s+{CAPITALISED})*)"
)
"""The places and owners that a sentence names: what its figure is of."""
_WHOSE = re.compile(
    rf"^({CAPITALISED}(?:\s+{CAPITALISED})+)\s+(?:(?:hiện|đang|đã|cũng)\s+)*(?:có|ghi nhận|đạt|đứng|chiếm)\b"
)
"""What a sentence begins with that is of it alone: "Việt Nam hiện có"."""


class Verdict(StrEnum):
    """What came of holding another answer against the first."""

    CONTRADICTS = "says otherwise"
    UNSURE = "is less sure"
    SAYS_LESS = "speaks of less of the question"
    NO_VALUE = "comes to no one value"
    AGREES = "can be right too"
    TOLD_TOO = "is told in the other passage too"
    NARROWED = "is of another year or place"
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
) -> tuple[Answer, ...]:
    """What other documents answer otherwise, the likeliest first; hardly ever anything.

    Args:
        question: The question.
        content: Its content.
        first: The answer that is shown.
        others: The best sentences of the passages, best first.
        answering: Makes one of them an answer.
    """
    judged = judgements(question, content, first, others, answering)
    return tuple(other.answer for other, verdict in judged if verdict is Verdict.CONTRADICTS)


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
    values = _values(question, content, first)
    judged: dict[str, tuple[Given, Verdict]] = {}
    for sentence in others if values else ():
        key = sentence.passage.source.key
        if key != first.answer.source.key and key not in judged and _speaks(sentence):
            given = answering(sentence)
            judged[key] = given, _less(first, given) or _verdict(question, content, (first, given), values)
    return _without_repeats(question, content, list(judged.values()))


def _without_repeats(
    question: Question, content: Content, judged: Sequence[tuple[Given, Verdict]]
) -> list[tuple[Given, Verdict]]:
    """The same with each value that contradicts told once, or never where there are too many."""
    told: list[tuple[Value, ...]] = []
    parted: list[tuple[Given, Verdict]] = []
    for given, verdict in judged:
        if verdict is Verdict.CONTRADICTS:
            values = _values(question, content, given)
            if not all(_differ(values, others) for others in told):
                parted.append((given, Verdict.REPEATS))
                continue
            told.append(values)
        parted.append((given, verdict))
    if len(told) <= _MOST:
        return parted
    return [(given, Verdict.ONE_OF_MANY if verdict is Verdict.CONTRADICTS else verdict) for given, verdict in parted]


def _speaks(sentence: Sentence) -> bool:
    """Whether a sentence speaks of nearly all of the question, and of all its numbers."""
    clues = sentence.clues
    return clues["with_title"] >= _SPEAKS and clues["close"] >= _CLOSE and clues["numbers"] == 1.0


def _less(first: Given, other: Given) -> Verdict | None:
    """Whether another answer is less of one than the first."""
    if other.answer.confidence < max(_LEAST_SURE, first.answer.confidence - _AS_SURE):
        return Verdict.UNSURE
    if other.sentence.clues["with_title"] < first.sentence.clues["with_title"] - _AS_MUCH:
        return Verdict.SAYS_LESS
    return None


def _verdict(question: Question, content: Content, both: tuple[Given, Given], values: Sequence[Value]) -> Verdict:
    """What comes of holding the second of two answers against the first, which comes to some values."""
    first, other = both
    others = _values(question, content, other)
    if not others:
        return Verdict.NO_VALUE
    differ = _differ(values, others)
    if differ is None:
        return Verdict.AGREES
    if _tells(question, first, differ[1]) or _tells(question, other, differ[0]):
        return Verdict.TOLD_TOO
    of_years = question.expects is not Expects.TIME and _years(question, first) != _years(question, other)
    if of_years or _narrowed(content, first, other) or _narrowed(content, other, first):
        return Verdict.NARROWED
    return Verdict.CONTRADICTS if _of_one_thing(content, first, other) else Verdict.OF_OTHER_THINGS


def _differ(values: Sequence[Value], others: Sequence[Value]) -> tuple[Value, Value] | None:
    """The first two of them that contradict each other."""
    return next(((one, other) for one in values for other in others if one.contradicts(other)), None)


def _values(question: Question, content: Content, given: Given) -> tuple[Value, ...]:
    """The one value that the marked words of an answer come to, or the places of several sorts; else nothing.

    An amount must be of what the question counts. To a question for yes or no it is the sentence that tells.
    """
    if question.expects is Expects.YES_NO:
        return tuple(_stance(content, given.sentence.text))
    find, answer = FINDERS.get(question.expects), given.answer
    if find is None:
        return ()
    start, end = answer.span
    found = [value for span, value in find(answer.text) if span[0] < end and start < span[1]]
    sorts = {value.sort for value in found if isinstance(value, Place)}
    if len(found) != max(1, len(sorts)):
        return ()
    if question.asked_unit and any(isinstance(one, Amount) and not _counted(one, question.asked_unit) for one in found):
        return ()
    return tuple(found)


def _stance(content: Content, sentence: str) -> Iterator[Stance]:
    """Whether a sentence says or denies what is asked: nothing where it denies something else."""
    said = syllables(sentence)
    denied = [place for place, syllable in enumerate(said) if syllable in _DENIALS]
    if not denied:
        yield Stance(says_so=True)
    elif any(content.key(after) for place in denied for after in said[place + 1 : place + 1 + _DENIED_WITHIN]):
        yield Stance(says_so=False)


def _counted(amount: Amount, asked: Sequence[str]) -> bool:
    """Whether an amount is of what is to be counted: "bao nhiêu ngày", "bao nhiêu tiền"."""
    if fold(asked[0]) in _FOR_EACH:
        return True
    if wanted := measure(asked):
        return amount.unit == wanted
    return fold(amount.unit) == fold(asked[0]) or (fold(asked[0]) == "tien" and amount.is_money)


def _tells(question: Question, given: Given, value: Value) -> bool:
    """Whether what is told somewhere in the passage of an answer may be a value."""
    if isinstance(value, Stance):
        return False
    passage = given.answer.passage
    found = FINDERS[question.expects](f"{passage.source.title}\n{passage.text}")
    return any(told.may_be(value) for _, told in found)


def _years(question: Question, given: Given) -> frozenset[str]:
    """The years that a sentence names, but for those of the question and the one in which, or after which, it was written."""
    date = given.answer.source.date
    written = {str(date.year), str(date.year - 1)} if date else set[str]()
    return frozenset(_YEAR.findall(given.sentence.text)) - written - set(_YEAR.findall(question.text))


def _narrowed(content: Content, given: Given, other: Given) -> bool:
    """Whether a sentence is of a place, or somebody's, that neither the question nor the other sentence or title names."""
    said, source = _ATTRIBUTION.sub("", _up_to_value(given)), other.answer.source
    sentence = set(syllables(other.sentence.text))
    known = sentence | set(syllables(f"{source.title} {other.answer.passage.heading or ''}"))

    def names(pattern: re.Pattern[str], known: set[str]) -> bool:
        listed = (syllables(name) for name in pattern.findall(said))
        return any(not all(content.key(syllable) or syllable in known for syllable in name) for name in listed)

    return names(_WHERE, known) or names(_WHOSE, sentence)


def _up_to_value(given: Given) -> str:
    """A sentence up to the end of the clause that the marked words stand in: what follows goes on about something else."""
    text, (start, end) = given.answer.passage.text, given.sentence.span
    marked = given.answer.start + given.answer.span[1]
    clause_end = _CLAUSE_END.search(text, marked, end) if start <= marked <= end else None
    return text[start : clause_end.start() if clause_end else end]


def _of_one_thing(content: Content, one: Given, other: Given) -> bool:
    """Whether two answers are of one thing: both passages write a name of the question, or the titles share a word."""
    if read(one.answer.source.title).pairs & read(other.answer.source.title).pairs:
        return True
    told, told_too = _capitals(content, one), _capitals(content, other)
    return any(
        False not in (both := told[key] | told_too[key]) and True in both for key in told.keys() & told_too.keys()
    )


def _capitals(content: Content, given: Given) -> dict[str, set[bool]]:
    """Which syllables of the question a passage and its title hold, and whether with a capital where they open no sentence."""
    passage = given.answer.passage
    capitals: dict[str, set[bool]] = {}
    for text, opening in ((passage.source.title, {0}), (passage.text, {start for start, _ in passage.sentences})):
        for syllable, (start, _) in syllable_spans(text):
            if key := content.key(syllable):
                capitals.setdefault(key, set()).update([text[start].isupper()] if start not in opening else [])
    return capitals
