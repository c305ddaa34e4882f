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

_LIKE = {Expects.RANK: Expects.QUANTITY, Expects.YES_NO: Expects.ANYTHING, Expects.STATEMENT: Expects.ANYTHING}
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
    is_punctuation: bool


@lru_cache(maxsize=16384)
def _syllables(token: str) -> tuple[str, ...]:
    return tuple(syllables(token))


@lru_cache(maxsize=1024)
def _tokens(sentence: str) -> tuple[_Token, ...]:
    tokens = []
    for match in _TOKEN.finditer(sentence):
        found = _syllables(match.group())
        first = match.group()[0]
        function = bool(found) and found[0] in _FUNCTION_WORDS
        tokens.append(_Token(*match.span(), found, function, first.isupper(), first.isdigit(), not found))
    return tuple(tokens)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The stretches of a sentence that may answer: a row for each token that one begins with, a column for each end.

    Attributes:
        starts: Offsets at which the rows begin.
        ends: Offsets at which the columns end.
        allowed: Which of them are stretches, and not too long.
        begins: What the model weighs of each beginning, in the order of ``BEGINS``.
        stops: What it weighs of each end, in the order of ``STOPS``.
        inside: What it weighs of each stretch besides.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    allowed: NDArray[np.bool_]
    begins: NDArray[np.float64]
    stops: NDArray[np.float64]
    inside: Mapping[str, NDArray[np.float64]]

    @property
    def clues(self) -> Mapping[str, NDArray[np.float64]]:
        """All of it by name, to be spread over rows and columns."""
        begins = {name: self.begins[:, [place]] for place, name in enumerate(BEGINS)}
        stops = {name: self.stops[:, place] for place, name in enumerate(STOPS)}
        return {**self.inside, **begins, **stops}


def mark(question: Question, content: Content, sentence: str) -> Span:
    """The words of a sentence that answer best, as offsets in it; (0, 0) where it has no words."""
    tokens = _tokens(sentence)
    if all(token.is_punctuation for token in tokens):
        return 0, 0
    if question.is_topic:
        return _first_mention(tokens, content)
    found, weights = candidates(question, content, sentence), learned("marking")
    begins, stops = (np.array([weights.get(name, 0.0) for name in names]) for names in (BEGINS, STOPS))
    score = (found.begins @ begins)[:, np.newaxis] + found.stops @ stops
    for name, values in found.inside.items():
        if weight := weights.get(name):
            score += weight * values
    row, column = divmod(int(np.where(found.allowed, score, -np.inf).argmax()), len(found.ends))
    return int(found.starts[row]), int(found.ends[column])


def candidates(question: Question, content: Content, sentence: str) -> Candidates:
    """The stretches of a sentence that may answer, with their clues; the sentence must hold a word."""
    tokens = _tokens(sentence)
    asked = [sum(map(content.share_of, token.syllables)) for token in tokens]
    matched = [share > 0 and not token.is_function_word for token, share in zip(tokens, asked, strict=True)]
    kind = OF_KIND.get(question.expects)
    matches = (match.span() for match in kind.finditer(sentence)) if kind else ()
    clues = list(_after_question(tokens, matched, matches))
    firsts, begins = _starts(tokens, matched, {start for start, _ in clues})
    lasts, stops = _ends(tokens, matched, {end for _, end in clues}, _unit_ends(tokens, question.asked_unit, content))
    first, last = np.array(firsts)[:, np.newaxis], np.array(lasts)
    start, end = np.array([tokens[place].start for place in firsts]), np.array([tokens[place].end for place in lasts])
    length = last - first + 1
    words = np.maximum(length, 1)
    logarithm = np.log(words)
    holds = np.zeros(length.shape)
    for clue_start, clue_end in clues:
        holds[np.ix_(start < clue_end, end > clue_start)] = 1.0
    like = _LIKE.get(question.expects, question.expects)
    after_question, opens_clause = (begins[:, [BEGINS.index(name)]] for name in ("after_question", "opens_clause"))
    before_question, ends_clause = (stops[:, STOPS.index(name)] for name in ("before_question", "ends_clause"))
    sums = [
        (one, was_matched, token.is_punctuation, token.is_capitalised)
        for one, was_matched, token in zip(asked, matched, tokens, strict=True)
    ]
    total = np.cumsum([(0, 0, 0, 0), *sums], axis=0, dtype=np.float64)
    inside = total[last + 1] - total[first]
    return Candidates(
        starts=start,
        ends=end,
        allowed=(length > 0) & (length <= _LONGEST.get(question.expects, LONGEST_MARK)),
        begins=begins,
        stops=stops,
        inside={
            f"length_{like}": logarithm,
            "length_squared": logarithm**2,
            f"kind_{like}": holds,
            "asked": inside[..., 0],
            "matched": inside[..., 1] / words,
            "punctuation": inside[..., 2],
            "names": inside[..., 3] / words,
            "clause": opens_clause * ends_clause,
            "between_questions": after_question * before_question,
            "rest_of_clause": after_question * ends_clause,
        },
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


def _starts(
    tokens: Sequence[_Token], matched: Sequence[bool], clue_starts: AbstractSet[int]
) -> tuple[list[int], NDArray[np.float64]]:
    """The places of the tokens that an answer may begin with, and what speaks for each."""
    places, clues, asked = [], [], None
    for place, token in enumerate(tokens):
        if not token.is_punctuation and (
            token.is_function_word
            or token.start in clue_starts
            or place == 0
            or tokens[place - 1].is_function_word
            or _differ(tokens, matched, place - 1)
        ):
            places.append(place)
            distance = _FAR if asked is None else place - asked
            clues.append(_start_clues(tokens, matched, place, distance, clue_starts))
        asked = place if matched[place] else asked
    return places, np.array(clues)


def _ends(
    tokens: Sequence[_Token], matched: Sequence[bool], clue_ends: AbstractSet[int], unit_ends: AbstractSet[int]
) -> tuple[list[int], NDArray[np.float64]]:
    """The places of the tokens that an answer may end with, and what speaks for each."""
    places, clues, asked = [], [], None
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if not token.is_punctuation and (
            token.end in clue_ends
            or place + 1 == len(tokens)
            or tokens[place + 1].is_function_word
            or _differ(tokens, matched, place)
        ):
            places.append(place)
            distance = _FAR if asked is None else asked - place
            found = _end_clues(tokens, place, distance, clue_ends, unit_ends)
            clues.append((float(matched[place]), *found))
        asked = place if matched[place] else asked
    return places[::-1], np.array(clues[::-1])


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


BEGINS = (
    "after_question",
    "begins_clue",
    "after_says_what",
    "opens_clause",
    "begins_with_function_word",
    "begins_with_question",
    "gives_reason",
    "after_preposition",
    "after_reason",
    "after_number",
    "breaks_name",
)
"""What the model weighs of a token that an answer may begin with."""


def _start_clues(
    tokens: Sequence[_Token], matched: Sequence[bool], place: int, distance: int, clue_starts: AbstractSet[int]
) -> tuple[float, ...]:
    """The clues of ``BEGINS``, given how many tokens after the last one of the question it stands."""
    token, before = tokens[place], tokens[place - 1] if place else None
    previous = before.syllables[0] if before and before.syllables else ""
    return (
        1 / distance,
        token.start in clue_starts,
        previous in _SAYS_WHAT,
        before is None or before.is_punctuation,
        token.is_function_word,
        matched[place],
        token.syllables[0] in _GIVES_REASON,
        previous in _PREPOSITIONS,
        previous in _GIVES_REASON,
        before is not None and before.is_number,
        before is not None and before.is_capitalised and token.is_capitalised,
    )


STOPS = (
    "ends_with_question",
    "before_question",
    "ends_clue",
    "ends_clause",
    "ends_with_function_word",
    "ends_unit",
    "within_name",
)
"""What the model weighs of a token that an answer may end with."""


def _end_clues(
    tokens: Sequence[_Token], place: int, distance: int, clue_ends: AbstractSet[int], unit_ends: AbstractSet[int]
) -> tuple[float, ...]:
    """The clues of ``STOPS`` but the first, given how many tokens before the next one of the question it stands."""
    token, after = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else None
    return (
        1 / distance,
        token.end in clue_ends,
        after is None or after.is_punctuation,
        token.is_function_word,
        place in unit_ends,
        after is not None and token.is_capitalised and after.is_capitalised,
    )
