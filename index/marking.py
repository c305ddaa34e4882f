"""Which words of a sentence answer the question.

Every stretch of words that begins and ends at a natural place (at punctuation, beside words of the question, before a
preposition, where a name or a number begins or ends) is scored by a linear model; the best is marked. Its weights were
learned for the largest expected token F1 with the answers that people marked in question sets.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from index.clues import OF_KIND
from index.documents import Span
from index.matching import Content
from index.questions import Expects, Question
from index.vietnamese import syllables
from index.weights import learned

LONGEST_MARK = 45
"""Tokens that a mark may have, punctuation included."""

_LONGEST = {
    Expects.RANK: 4,
    Expects.QUANTITY: 10,
    Expects.TIME: 12,
    Expects.PLACE: 14,
    Expects.PERSON: 10,
    Expects.IDENTITY: 20,
}
"""The same where what is asked for is short."""

_TOKEN = re.compile(r"\w+(?:[.,/:-]\w+)*%?|[^\w\s]")
_FUNCTION_WORDS = frozenset(
    "là được bị do vì để tại ở trong của và với từ đến khi như bằng cho vào ra trên dưới qua theo về có gồm nhằm bởi "
    "nhờ nên mà thì hoặc hay gọi thành làm nhưng cũng đã sẽ đang phải cần này đó còn lên xuống giúp gây khiến khoảng "
    "hơn".split()
)
_SAYS_WHAT = frozenset({"là", "gồm", "gọi", "thành"})
_PREPOSITIONS = frozenset({"tại", "ở", "trong", "từ", "do", "bởi", "vì", "để"})
_GIVES_REASON = frozenset({"vì", "do", "bởi", "để", "nhằm", "nhờ"})

_LIKE = {Expects.RANK: Expects.QUANTITY, Expects.YES_NO: Expects.ANYTHING}
"""Kinds that too few questions ask for to learn from, and those that are marked alike."""
_FAR = 99


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or a punctuation mark of a sentence, and what can be said of it whatever the question."""

    start: int
    end: int
    syllables: tuple[str, ...]
    is_function_word: bool
    is_capitalised: bool
    is_number: bool

    @property
    def is_punctuation(self) -> bool:
        return not self.syllables


@lru_cache(maxsize=1024)
def _tokens(sentence: str) -> tuple[_Token, ...]:
    tokens = []
    for match in _TOKEN.finditer(sentence):
        found = tuple(syllables(match.group()))
        first = match.group()[0]
        function = bool(found) and found[0] in _FUNCTION_WORDS
        tokens.append(_Token(*match.span(), found, function, first.isupper(), first.isdigit()))
    return tuple(tokens)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The stretches of a sentence that may answer: a row for each token that one begins with, a column for each end.

    Attributes:
        starts: Offsets at which the rows begin.
        ends: Offsets at which the columns end.
        allowed: Which of them are stretches, and not too long.
        clues: What the model weighs, for each of them.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    allowed: NDArray[np.bool_]
    clues: Mapping[str, NDArray[np.float64]]


def mark(question: Question, content: Content, sentence: str) -> Span:
    """The words of a sentence that answer best, as offsets in it; (0, 0) where it has no words."""
    tokens = _tokens(sentence)
    if all(token.is_punctuation for token in tokens):
        return 0, 0
    if question.is_topic:
        return _first_mention(tokens, content)
    found, weights = candidates(question, content, sentence), learned("marking")
    score = np.where(found.allowed, 0.0, -np.inf)
    for name, values in found.clues.items():
        score = score + weights.get(name, 0.0) * values
    row, column = np.unravel_index(np.argmax(score), score.shape)
    return int(found.starts[row]), int(found.ends[column])


def candidates(question: Question, content: Content, sentence: str) -> Candidates:
    """The stretches of a sentence that may answer, with their clues; the sentence must hold a word."""
    tokens = _tokens(sentence)
    asked = [sum(map(content.share_of, token.syllables)) for token in tokens]
    matched = [share > 0 and not token.is_function_word for token, share in zip(tokens, asked, strict=True)]
    kind = OF_KIND.get(question.expects)
    matches = (match.span() for match in kind.finditer(sentence)) if kind else ()
    clues = list(_after_question(tokens, matched, matches))
    starts = _starts(tokens, matched, {start for start, _ in clues})
    ends = _ends(tokens, matched, {end for _, end in clues}, _unit_ends(tokens, question.asked_unit, content))
    first, last = np.array(list(starts))[:, None], np.array(list(ends))[None, :]
    length = last - first + 1
    logarithm = np.log(np.maximum(length, 1))
    start = np.array([token.start for token in tokens])[first]
    end = np.array([token.end for token in tokens])[last]
    holds = np.zeros(length.shape, dtype=bool)
    for clue_start, clue_end in clues:
        holds |= (clue_start < end) & (clue_end > start)
    like = _LIKE.get(question.expects, question.expects)
    begins = {name: np.array([one[name] for one in starts.values()])[:, None] for name in next(iter(starts.values()))}
    stops = {name: np.array([one[name] for one in ends.values()])[None, :] for name in next(iter(ends.values()))}
    inside = {
        f"length_{like}": logarithm,
        "length_squared": logarithm**2,
        f"kind_{like}": holds.astype(float),
        "asked": _inside(asked, first, last),
        "matched": _inside(matched, first, last) / np.maximum(length, 1),
        "punctuation": _inside([token.is_punctuation for token in tokens], first, last),
        "names": _inside([token.is_capitalised for token in tokens], first, last) / np.maximum(length, 1),
        "clause": begins["opens_clause"] * stops["ends_clause"],
        "between_questions": begins["after_question"] * stops["before_question"],
        "rest_of_clause": begins["after_question"] * stops["ends_clause"],
    }
    return Candidates(
        starts=start[:, 0],
        ends=end[0],
        allowed=(length > 0) & (length <= _LONGEST.get(question.expects, LONGEST_MARK)),
        clues=inside | begins | stops,
    )


def _after_question(tokens: Sequence[_Token], matched: Sequence[bool], clues: Iterable[Span]) -> Iterator[Span]:
    """The clues without words of the question at their start ("Nga Vladimir Putin" to a question about Nga)."""
    for start, end in clues:
        own = (
            token.start
            for token, is_matched in zip(tokens, matched, strict=True)
            if start <= token.start < end and not is_matched and not token.is_punctuation
        )
        yield next(own, start), end


def _first_mention(tokens: Sequence[_Token], content: Content) -> Span:
    """The first words in a row that name the subject."""
    named = [any(map(content.key, token.syllables)) for token in tokens]
    if not any(named):
        return 0, 0
    first = named.index(True)
    last = next((place for place in range(first, len(named)) if not named[place]), len(named)) - 1
    return tokens[first].start, tokens[last].end


def _inside(values: Iterable[float], first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.float64]:
    """The sum of the tokens' values from each first token to each last one."""
    total = np.array([0.0, *accumulate(values)])
    sums: NDArray[np.float64] = total[last + 1] - total[first]
    return sums


def _starts(
    tokens: Sequence[_Token], matched: Sequence[bool], clue_starts: AbstractSet[int]
) -> dict[int, dict[str, float]]:
    """The tokens that an answer may begin with, and what speaks for each."""
    return {
        place: _start_clues(tokens, matched, place, clue_starts)
        for place, token in enumerate(tokens)
        if not token.is_punctuation
        and (
            token.is_function_word
            or token.start in clue_starts
            or place == 0
            or tokens[place - 1].is_function_word
            or _differ(tokens, matched, place - 1)
        )
    }


def _ends(
    tokens: Sequence[_Token], matched: Sequence[bool], clue_ends: AbstractSet[int], unit_ends: AbstractSet[int]
) -> dict[int, dict[str, float]]:
    """The tokens that an answer may end with, and what speaks for each."""
    return {
        place: _end_clues(tokens, matched, place, clue_ends, unit_ends)
        for place, token in enumerate(tokens)
        if not token.is_punctuation
        and (
            token.end in clue_ends
            or place + 1 == len(tokens)
            or tokens[place + 1].is_function_word
            or _differ(tokens, matched, place)
        )
    }


def _unit_ends(tokens: Sequence[_Token], unit: Sequence[str], content: Content) -> set[int]:
    """The tokens at which what is to be counted ends."""
    wanted = [content.key(syllable) for syllable in unit]
    return {
        place
        for place in range(len(tokens) * bool(wanted))
        if wanted
        == [
            content.key(syllable)
            for token in tokens[max(0, place + 1 - len(wanted)) : place + 1]
            for syllable in token.syllables
        ][-len(wanted) :]
    }


def _differ(tokens: Sequence[_Token], matched: Sequence[bool], place: int) -> bool:
    """Whether punctuation, a name, a number or the question's words begin or end after a token."""
    token, after = tokens[place], tokens[place + 1]
    return (
        token.is_punctuation
        or after.is_punctuation
        or matched[place] != matched[place + 1]
        or token.is_capitalised != after.is_capitalised
        or token.is_number != after.is_number
    )


def _start_clues(
    tokens: Sequence[_Token], matched: Sequence[bool], place: int, clue_starts: AbstractSet[int]
) -> dict[str, float]:
    token, before = tokens[place], tokens[place - 1] if place else None
    previous = before.syllables[0] if before and before.syllables else ""
    distance = next((far for far in range(1, place + 1) if matched[place - far]), _FAR)
    return {
        "after_question": 1 / distance,
        "begins_clue": float(token.start in clue_starts),
        "after_says_what": float(previous in _SAYS_WHAT),
        "opens_clause": float(before is None or before.is_punctuation),
        "begins_with_function_word": float(token.is_function_word),
        "begins_with_question": float(matched[place]),
        "gives_reason": float(token.syllables[0] in _GIVES_REASON),
        "after_preposition": float(previous in _PREPOSITIONS),
        "after_reason": float(previous in _GIVES_REASON),
        "after_number": float(before is not None and before.is_number),
        "breaks_name": float(before is not None and before.is_capitalised and token.is_capitalised),
    }


def _end_clues(
    tokens: Sequence[_Token],
    matched: Sequence[bool],
    place: int,
    clue_ends: AbstractSet[int],
    unit_ends: AbstractSet[int],
) -> dict[str, float]:
    token, after = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else None
    distance = next((far for far in range(1, len(tokens) - place) if matched[place + far]), _FAR)
    return {
        "before_question": 1 / distance,
        "ends_clue": float(token.end in clue_ends),
        "ends_clause": float(after is None or after.is_punctuation),
        "ends_with_question": float(matched[place]),
        "ends_with_function_word": float(token.is_function_word),
        "ends_unit": float(place in unit_ends),
        "within_name": float(after is not None and token.is_capitalised and after.is_capitalised),
    }
