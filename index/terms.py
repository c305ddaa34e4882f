"""The fields of terms that passages and questions are matched by.

Three fields, each a BM25 of its own, and for each a folded twin without diacritics. Only the syllables and the words of
a text are kept (as strings, terms joined by spaces, segments by line ends); everything else is made from those two.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from index.vietnamese import fold, syllables, words


class Field(StrEnum):
    """A field of terms."""

    SYLLABLES = "syllables"
    BIGRAMS = "bigrams"
    WORDS = "words"
    FOLDED_SYLLABLES = "folded_syllables"
    FOLDED_BIGRAMS = "folded_bigrams"
    FOLDED_WORDS = "folded_words"

    __hash__ = str.__hash__  # an enumeration's own is written in Python, and fields are looked up all the time

    @property
    def is_folded(self) -> bool:
        """Whether its terms have lost their diacritics."""
        return self not in _FOLDED_TWIN

    @property
    def exact(self) -> "Field":
        """The field itself, or the one that this is the folded twin of: both have the same lengths."""
        return _EXACT_TWIN[self]

    @property
    def folded(self) -> "Field":
        """The folded twin of the field, or itself."""
        return _FOLDED_TWIN[self.exact]


_FOLDED_TWIN = {
    Field.SYLLABLES: Field.FOLDED_SYLLABLES,
    Field.BIGRAMS: Field.FOLDED_BIGRAMS,
    Field.WORDS: Field.FOLDED_WORDS,
}
_EXACT_TWIN = {twin: exact for exact, folded in _FOLDED_TWIN.items() for twin in (exact, folded)}

EXACT_FIELDS = tuple(_FOLDED_TWIN)

WEIGHTS = {field: {Field.SYLLABLES: 1.0, Field.BIGRAMS: 0.7, Field.WORDS: 0.7}[field.exact] for field in Field}
"""What a field's BM25 counts in the sum."""

JOINER = "_"
"""Joins the syllables of a bigram or a word."""

Form = tuple[str, ...]
"""A way to spell something, in lower-case syllables."""

Alternatives = Mapping[str, Sequence[Form]]
"""For a term of a question, whatever its field, the forms that count as having the term."""

NO_ALTERNATIVES: Alternatives = {}


def form_terms(form: Form, field: Field) -> tuple[Field, list[str]]:
    """The field and the terms that show a form where one of ``field`` is looked for: a syllable, or its bigrams."""
    if field.is_folded:
        form = tuple(map(fold, form))
    exact, terms = (
        (Field.SYLLABLES, [*form]) if len(form) == 1 else (Field.BIGRAMS, [*map(JOINER.join, pairwise(form))])
    )
    return (exact.folded if field.is_folded else exact), terms


@dataclass(frozen=True, slots=True)
class Terms:
    """The syllables and words of a text; a bigram never crosses the end of a segment (a line)."""

    syllables: str
    words: str

    def joined(self, field: Field) -> str:
        """The terms of a field, separated by white space."""
        exact = field.exact
        text = self.words if exact is Field.WORDS else self.syllables
        if field.is_folded:
            text = fold(text)
        if exact is not Field.BIGRAMS:
            return text
        segments = [segment.split(" ") for segment in text.split("\n")]
        return " ".join([f"{first}{JOINER}{second}" for segment in segments for first, second in pairwise(segment)])

    def length(self, field: Field) -> int:
        """How many terms the field has."""
        match field.exact:
            case Field.SYLLABLES:
                return len(self.syllables.split())
            case Field.BIGRAMS:
                return sum(max(0, len(segment.split()) - 1) for segment in self.syllables.split("\n"))
            case _:
                return len(self.words.split())


def terms_of(*segments: str) -> Terms:
    """The terms of one or more stretches of text, such as a heading and the passage under it."""
    return Terms(
        syllables="\n".join(" ".join(syllables(segment)) for segment in segments),
        words="\n".join(" ".join(words(segment)) for segment in segments),
    )


def together(parts: Iterable[Terms]) -> Terms:
    """The terms of several texts taken as one unit, such as a title and its passages."""
    parts = list(parts)
    return Terms(syllables="\n".join(part.syllables for part in parts), words="\n".join(part.words for part in parts))


def idf(units: float, document_frequency: float) -> float:
    """Weight of a term that ``document_frequency`` of ``units`` hold: ln(1 + (N - n + 0.5) / (n + 0.5)), above 0."""
    return math.log(1 + (units - document_frequency + 0.5) / (document_frequency + 0.5))
