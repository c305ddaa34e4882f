"""How often the terms of a question occur in the texts that passages and sections are made of.

Nothing is counted but what a question asks for: syllables and bigrams by the places of a text's syllables, words among
those that are stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.engine import QuestionTerms
from index.matching import Read, read_stored
from index.terms import EXACT_FIELDS, JOINER, NO_ALTERNATIVES, Alternatives, Field, Terms, form_terms
from index.vietnamese import fold


class Part:
    """A text that counts in the units that it belongs to: a title, or a passage with its heading.

    Attributes:
        terms: What is stored of it.
        texts: The texts that it is made of; a bigram never crosses from one to the next.
    """

    __slots__ = ("_reads", "_words", "_words_folded", "terms", "texts")

    def __init__(self, terms: Terms, *texts: str) -> None:
        self.terms = terms
        self.texts = texts
        self._reads: Sequence[Read] | None = None
        self._words: Sequence[str] | None = None
        self._words_folded: Sequence[str] | None = None

    @property
    def reads(self) -> Sequence[Read]:
        """Its texts taken apart, from what is stored of them."""
        if self._reads is None:
            stored = self.terms.syllables.split("\n")
            self._reads = [read_stored(text, its.split()) for text, its in zip(self.texts, stored, strict=True)]
        return self._reads

    @property
    def words(self) -> Sequence[str]:
        """The words of its texts."""
        if self._words is None:
            self._words = self.terms.words.split()
        return self._words

    @property
    def words_folded(self) -> Sequence[str]:
        """The same without diacritics."""
        if self._words_folded is None:
            self._words_folded = fold(self.terms.words).split()
        return self._words_folded


_Columns = Sequence[tuple[str, int]]
"""Terms, and the column that each is counted in."""


@dataclass(frozen=True, slots=True)
class _InTexts:
    """Syllables and bigrams of one question, both exact or both folded.

    Attributes:
        folded: Whether they have lost their diacritics.
        all: All syllables that matter.
        syllables: The syllables, with their columns.
        pairs: The two syllables of each bigram, with its column.
    """

    folded: bool
    all: frozenset[str]
    syllables: _Columns
    pairs: Sequence[tuple[str, str, int]]

    @classmethod
    def of(cls, field: Field, syllables: _Columns, bigrams: _Columns) -> Self:
        """What counts the terms of a field of syllables, and of its bigrams."""
        pairs = [(first, second, column) for pair, column in bigrams for first, _, second in [pair.partition(JOINER)]]
        parts = (part for first, second, _ in pairs for part in (first, second))
        return cls(field.is_folded, frozenset([*(term for term, _ in syllables), *parts]), syllables, pairs)

    def count(self, text: Read, row: list[int]) -> None:
        """Add how often each occurs in a text to its column."""
        places = (text.folded if self.folded else text).places(self.all)
        for syllable, column in self.syllables:
            if syllable in places.of:
                row[column] += len(places.of[syllable])
        for first, second, column in self.pairs:
            if first in places.of and second in places.of:
                row[column] += len(places.of_pair(first, second))


class Tally:
    """Counts the terms of one question in parts, and the forms that count as having them."""

    def __init__(self, terms: QuestionTerms, alternatives: Alternatives = NO_ALTERNATIVES) -> None:
        self.terms = {of: listed for of, listed in terms.items() if listed}
        self.alternatives = alternatives
        self._columns: dict[tuple[Field, str], int] = {}
        for of, listed in self.terms.items():
            for term in listed:
                self._column(of, term)
        self._forms = [
            (self._column(of, term), [[self._column(field, one) for one in parts] for field, parts in forms])
            for of, listed in self.terms.items()
            for term in listed
            if (forms := [form_terms(form, of) for form in alternatives.get(term, ())])
        ]
        wanted: dict[Field, list[tuple[str, int]]] = {of: [] for of in Field}
        for (of, term), column in self._columns.items():
            wanted[of].append((term, column))
        self._in_texts = [
            _InTexts.of(of, wanted[of], wanted[bigrams])
            for of, bigrams in (
                (Field.SYLLABLES, Field.BIGRAMS),
                (Field.FOLDED_SYLLABLES, Field.FOLDED_BIGRAMS),
            )
            if wanted[of] or wanted[bigrams]
        ]
        self._words, self._words_folded = dict(wanted[Field.WORDS]), dict(wanted[Field.FOLDED_WORDS])
        self._rows: dict[Part, int] = {}
        self._counted: list[list[int]] = []
        self._table = np.empty((0, 0))

    def _column(self, of: Field, term: str) -> int:
        return self._columns.setdefault((of, term), len(self._columns))

    def counts(self, units: Sequence[Sequence[Part]]) -> "Counts":
        """How often all of it occurs in some units, each given by its parts."""
        rows = [self._row(part) for unit in units for part in unit]
        if len(self._table) < len(self._counted):
            self._table = np.array(self._counted, dtype=np.float64)
        firsts = np.cumsum([0, *map(len, units[:-1])])
        typed = np.add.reduceat(self._table[rows], firsts, axis=0)
        held = typed.copy()
        for column, forms in self._forms:
            for parts in forms:
                np.maximum(held[:, column], typed[:, parts].min(axis=1), out=held[:, column])
        return Counts(held, self._columns)

    def _row(self, part: Part) -> int:
        """The row of the table that tells of a part."""
        if (row := self._rows.get(part)) is None:
            row = self._rows[part] = len(self._counted)
            self._counted.append(self._count(part))
        return row

    def _count(self, part: Part) -> list[int]:
        """How often each term occurs in a part, and how many terms each field has."""
        row = [0] * (len(self._columns) + len(EXACT_FIELDS))
        for text in part.reads:
            for wanted in self._in_texts:
                wanted.count(text, row)
            length = len(text.syllables)
            row[-3] += length
            row[-2] += max(0, length - 1)
        for word in filter(self._words.__contains__, part.words):
            row[self._words[word]] += 1
        for word in filter(self._words_folded.__contains__, part.words_folded) if self._words_folded else ():
            row[self._words_folded[word]] += 1
        row[-1] = len(part.words)
        return row


class Counts:
    """How often terms occur in units, and how many terms the units have."""

    def __init__(self, table: NDArray[np.float64], columns: dict[tuple[Field, str], int]) -> None:
        self._table = table
        self._columns = columns

    def of(self, field: Field, terms: Sequence[str]) -> NDArray[np.float64]:
        """How often some terms of a field occur, in columns, in the units, in rows."""
        return self._table[:, [self._columns[field, term] for term in terms]]

    def lengths(self, field: Field) -> NDArray[np.float64]:
        """How many terms of a field each unit has."""
        lengths: NDArray[np.float64] = self._table[:, EXACT_FIELDS.index(field.exact) - len(EXACT_FIELDS)]
        return lengths
