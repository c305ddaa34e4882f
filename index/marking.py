"""Which words of a sentence answer the question.

Every stretch of words that begins and ends at a natural place (at punctuation, beside words of the question, before a
preposition, where a name or a number begins or ends) is scored by a linear model; the best is marked. Its weights were
fitted on public question sets, for the largest expected token F1 with the answers that people marked there. The
kinds that no set asks for (ranks, identities, purposes) take the weights of those most like them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
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

_LENGTH = {  # for the logarithm of the number of tokens: a number is short, a reason is long
    Expects.RANK: -0.76,
    Expects.QUANTITY: -0.76,
    Expects.TIME: 0.35,
    Expects.PLACE: 1.13,
    Expects.PERSON: -0.15,
    Expects.IDENTITY: 0.35,
    Expects.PURPOSE: 1.96,
    Expects.DEFINITION: 2.03,
    Expects.REASON: 1.96,
    Expects.MANNER: 2.12,
    Expects.ANYTHING: 1.79,
}
_LENGTH_SQUARED = 0.28
_KIND = {  # for holding the kind of words asked for
    Expects.RANK: 4.13,
    Expects.QUANTITY: 1.41,
    Expects.TIME: 4.13,
    Expects.PLACE: 2.5,
    Expects.PERSON: 1.43,
    Expects.IDENTITY: 4.13,
    Expects.PURPOSE: 1.82,
    Expects.DEFINITION: 1.16,
    Expects.REASON: 1.82,
    Expects.MANNER: -0.07,
    Expects.ANYTHING: 0.0,
}
_ASKED = -6.47  # for the share of the question that it repeats
_NAMES = 2.49  # for the share of its tokens that are capitalised
_PUNCTUATION = 0.54  # for each punctuation mark inside
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


def mark(question: Question, content: Content, sentence: str) -> Span:
    """The words of a sentence that answer best, as offsets in it; (0, 0) where it has no words."""
    tokens = _tokens(sentence)
    if all(token.is_punctuation for token in tokens):
        return 0, 0
    if question.is_topic:
        return _first_mention(tokens, content)
    asked = [sum(map(content.share_of, token.syllables)) for token in tokens]
    matched = [share > 0 and not token.is_function_word for token, share in zip(tokens, asked, strict=True)]
    kind = OF_KIND.get(question.expects)
    found = (match.span() for match in kind.finditer(sentence)) if kind else ()
    clues = list(_after_question(tokens, matched, found))
    starts = _starts(tokens, matched, {start for start, _ in clues})
    ends = _ends(tokens, matched, {end for _, end in clues}, _unit_ends(tokens, question.asked_unit, content))
    # A row for each token it may begin with, a column for each that it may end with.
    first, last = np.array(list(starts))[:, None], np.array(list(ends))[None, :]
    length = last - first + 1
    logarithm = np.log(np.maximum(length, 1))
    start = np.array([token.start for token in tokens])[first]
    end = np.array([token.end for token in tokens])[last]
    holds_clue = np.zeros(length.shape, dtype=bool)
    for clue_start, clue_end in clues:
        holds_clue |= (clue_start < end) & (clue_end > start)
    score = (
        np.array(list(starts.values()))[:, None]
        + np.array(list(ends.values()))[None, :]
        + (_LENGTH[question.expects] + _LENGTH_SQUARED * logarithm) * logarithm
        + _KIND[question.expects] * holds_clue
        + _ASKED * _inside(asked, first, last)
        + _PUNCTUATION * _inside([token.is_punctuation for token in tokens], first, last)
        + _NAMES * _inside([token.is_capitalised for token in tokens], first, last) / np.maximum(length, 1)
    )
    allowed = (length > 0) & (length <= _LONGEST.get(question.expects, LONGEST_MARK))
    row, column = np.unravel_index(np.argmax(np.where(allowed, score, -np.inf)), score.shape)
    return int(start[row, 0]), int(end[0, column])


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


def _starts(tokens: Sequence[_Token], matched: Sequence[bool], clue_starts: AbstractSet[int]) -> dict[int, float]:
    """The tokens that an answer may begin with, and what speaks for each."""
    return {
        place: _start_score(tokens, matched, place, clue_starts)
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
) -> dict[int, float]:
    """The tokens that an answer may end with, and what speaks for each."""
    return {
        place: _end_score(tokens, matched, place, clue_ends, unit_ends)
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


def _start_score(tokens: Sequence[_Token], matched: Sequence[bool], place: int, clue_starts: AbstractSet[int]) -> float:
    token, before = tokens[place], tokens[place - 1] if place else None
    previous = before.syllables[0] if before and before.syllables else ""
    distance = next((far for far in range(1, place + 1) if matched[place - far]), _FAR)
    return (
        3.58 / distance
        + 5.99 * (token.start in clue_starts)
        + 2.94 * (previous in _SAYS_WHAT)
        - 0.92 * (before is None or before.is_punctuation)
        - 1.6 * token.is_function_word
        - 2.94 * matched[place]
        + 2.8 * (token.syllables[0] in _GIVES_REASON)
        + 1.42 * (previous in _PREPOSITIONS)
        - 1.86 * (before is not None and before.is_number)
    )


def _end_score(
    tokens: Sequence[_Token],
    matched: Sequence[bool],
    place: int,
    clue_ends: AbstractSet[int],
    unit_ends: AbstractSet[int],
) -> float:
    token, after = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else None
    distance = next((far for far in range(1, len(tokens) - place) if matched[place + far]), _FAR)
    return (
        -1.48 / distance
        + 3.42 * (token.end in clue_ends)
        + 3.52 * (after is None or after.is_punctuation)
        - 1.17 * matched[place]
        + 8.41 * (place in unit_ends)
        + 1.77 * (after is not None and token.is_capitalised and after.is_capitalised)
    )
