"""Diacritics put back as the documents have them: "dat hiem" is "đất hiếm" where they speak of that."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from index.spelling import is_plain_syllable, marked_spellings
from index.terms import JOINER, Field
from index.vietnamese import fold

_CONSIDERED = 8
"""Spellings of a syllable that are weighed against each other, the most frequent ones."""
_ALONE = 0.05
"""What the frequency of a syllable by itself counts beside that of a pair."""

_USUAL = 0.7
"""The share of a plain syllable's passages from which on one spelling is the usual one."""


def restore(typed: Sequence[str], document_frequency: Callable[[Field, str], int]) -> list[str]:
    """The likeliest spelling of neighbouring syllables in lower case; those that have marks keep them.

    It is the path along which neighbours stand together in most passages (Viterbi over the logarithms of document
    frequencies). A syllable that stands together with neither of its neighbours there, and is not nearly always spelt so
    either, is left as it was typed.
    """
    if not typed:
        return []

    def are_together(*pair: str) -> bool:
        return document_frequency(Field.BIGRAMS, JOINER.join(pair)) > 0

    def is_usual(spelling: str) -> bool:
        return document_frequency(Field.SYLLABLES, spelling) >= _USUAL * document_frequency(
            Field.FOLDED_SYLLABLES, fold(spelling)
        )

    path = _likeliest(typed, document_frequency)
    links = [False, *(are_together(*pair) for pair in pairwise(path)), False]
    return [
        restored if links[place] or links[place + 1] or is_usual(restored) else syllable
        for place, (syllable, restored) in enumerate(zip(typed, path, strict=True))
    ]


def _likeliest(typed: Sequence[str], document_frequency: Callable[[Field, str], int]) -> tuple[str, ...]:
    columns = [_spellings(syllable, document_frequency) for syllable in typed]

    def alone(spelling: str) -> float:
        return _ALONE * math.log1p(document_frequency(Field.SYLLABLES, spelling))

    best: dict[str, tuple[float, tuple[str, ...]]] = {one: (alone(one), (one,)) for one in columns[0]}
    for before, column in pairwise(columns):
        following: dict[str, tuple[float, tuple[str, ...]]] = {}
        for spelling in column:
            own, joined = alone(spelling), JOINER + spelling
            score, path = max(
                (best[one][0] + own + math.log1p(document_frequency(Field.BIGRAMS, one + joined)), best[one][1])
                for one in before
            )
            following[spelling] = score, (*path, spelling)
        best = following
    return max(best.values())[1]


def _spellings(syllable: str, document_frequency: Callable[[Field, str], int]) -> list[str]:
    if fold(syllable) != syllable or not is_plain_syllable(syllable):
        return [syllable]
    known = [(document_frequency(Field.SYLLABLES, one), one) for one in (syllable, *marked_spellings(syllable))]
    known = sorted(((count, one) for count, one in known if count), reverse=True)
    return list(dict.fromkeys(one for _, one in known[:_CONSIDERED])) or [syllable]
