"""How often the terms of a question occur in the texts that passages and sections are made of.

Nothing is counted but what a question asks for: syllables and bigrams by the places of a text's syllables, words among
those that are stored.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.engine import QuestionTerms
from index.matching import Read, read, read_folded
from index.terms import EXACT_FIELDS, JOINER, NO_ALTERNATIVES, Alternatives, Field, Terms, form_terms


class Part:
    """A text that counts in the units that it belongs to: a title, or a passage with its heading.

    Attributes:
        terms: What is stored of it.
        texts: The texts that it is made of; a bigram never crosses from one to the next.
        words_in_all: How many words it has.
    """

    __slots__ = ("_words", "terms", "texts", "words_in_all")

    def __init__(self, terms: Terms, *texts: str) -> None:
        self.terms = terms
        self.texts = texts
        self.words_in_all = terms.length(Field.WORDS)
        self._words: dict[Field, Counter[str]] = {}

    def words(self, of: Field) -> Counter[str]:
        """How often each of its words occurs, counted when first asked for."""
        if of not in self._words:
            self._words[of] = Counter(self.terms.joined(of).split())
        return self._words[of]


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
            (of, wanted[of], [(*_parted(pair), column) for pair, column in wanted[bigrams]])
            for of, bigrams in (
                (Field.SYLLABLES, Field.BIGRAMS),
                (Field.FOLDED_SYLLABLES, Field.FOLDED_BIGRAMS),
            )
            if wanted[of] or wanted[bigrams]
        ]
        self._in_words = [(of, wanted[of]) for of in (Field.WORDS, Field.FOLDED_WORDS) if wanted[of]]
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
        for text in part.texts:
            for of, syllables, pairs in self._in_texts:
                _count_in(read_folded(text) if of.is_folded else read(text), syllables, pairs, row)
            length = len(read(text).syllables)
            row[-3] += length
            row[-2] += max(0, length - 1)
        for of, listed in self._in_words:
            words = part.words(of)
            for term, column in listed:
                row[column] = words.get(term, 0)
        row[-1] = part.words_in_all
        return row


def _parted(pair: str) -> tuple[str, str]:
    first, _, second = pair.partition(JOINER)
    return first, second


def _count_in(
    text: Read, syllables: Iterable[tuple[str, int]], pairs: Iterable[tuple[str, str, int]], row: list[int]
) -> None:
    """Count syllables and pairs in a text, each in a column of its own."""
    places = text.places
    for syllable, column in syllables:
        if syllable in places:
            row[column] += len(places[syllable])
    for first, second, column in pairs:
        if first in places and second in places:
            row[column] += sum(1 for _ in text.places_of_pair((first, second)))


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
