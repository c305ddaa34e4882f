"""Exact BM25 scores of candidates, by rank-bm25 with the statistics of the whole collection.

A passage's score is its own BM25 plus that of the section it stands in, each summed over the fields of terms. The BM25
is Lucene's (BM25Similarity): its idf is always positive, so that a term found in most passages still counts a little,
instead of nothing or less than nothing.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from index.documents import Passage
from index.engine import QuestionTerms
from index.terms import NO_ALTERNATIVES, WEIGHTS, Alternatives, Field, Form, Terms, form_terms, together

K1 = 1.2
B = 0.75

SECTION_PASSAGES = 20
"""Most passages in a section: about 2,000 words."""

_PASSAGE_BITS = 6
"""A passage's unit number is its section's, and in the lowest bits its place in it."""

Frequencies = Mapping[str, int]
"""How often each term occurs in a unit."""


def idf(units: int, document_frequency: int) -> float:
    """Weight of a term that ``document_frequency`` of ``units`` hold: ln(1 + (N - n + 0.5) / (n + 0.5)), above 0."""
    return math.log(1 + (units - document_frequency + 0.5) / (document_frequency + 0.5))


def highest_score(weights: Iterable[float]) -> float:
    """What a passage's score would come to if it and its section held each term as often as can be.

    Args:
        weights: The idf of each term, times the weight of its field.
    """
    return 2 * (K1 + 1) * sum(weights)


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
    """rank-bm25's BM25Okapi with Lucene's idf and constants; over a whole collection, or over candidates of one."""

    def __init__(self, corpus: Sequence[Sequence[str]]) -> None:
        """Take the statistics from the units given, each a list of terms."""
        super().__init__(corpus, k1=K1, b=B)

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        self.idf: Mapping[str, float] = {term: idf(self.corpus_size, count) for term, count in nd.items()}

    @classmethod
    def over(
        cls, frequencies: Sequence[Frequencies], lengths: Sequence[int], idfs: Mapping[str, float], mean_length: float
    ) -> Self:
        """Take the statistics from elsewhere, and only the candidates' own frequencies and lengths from the units."""
        bm25 = cls.__new__(cls)
        bm25.k1, bm25.b = K1, B
        bm25.corpus_size = len(frequencies)
        bm25.doc_freqs, bm25.doc_len = frequencies, lengths
        bm25.idf, bm25.avgdl = idfs, mean_length
        return bm25


@dataclass(frozen=True, slots=True)
class LevelStatistics:
    """Statistics of all units of one level (passages, or sections).

    Attributes:
        units: How many there are.
        mean_length: Mean number of terms, for each exact field (the folded twins have the same).
        document_frequency: How many units hold a term in a field.
    """

    units: int
    mean_length: Mapping[Field, float]
    document_frequency: Callable[[Field, str], int]

    def idf(self, field: Field, term: str, forms: Sequence[Form] = ()) -> float:
        """Weight of a term: of its most frequent form, as Lucene's SynonymQuery takes it."""
        frequency = self.document_frequency
        count = frequency(field, term)
        for form in forms:
            of, terms = form_terms(form, field)
            count = max(count, min(frequency(of, one) for one in terms))
        return idf(self.units, count)


class Unit:
    """What scoring needs of a passage: frequencies and lengths, counted when first asked for."""

    __slots__ = ("_frequencies", "_lengths", "_parts")

    def __init__(self, *parts: Terms) -> None:
        self._parts = parts
        self._frequencies: dict[Field, Frequencies] = {}
        self._lengths: dict[Field, int] = {}

    @property
    def terms(self) -> Terms:
        """All its terms."""
        return together(self._parts)

    def frequencies(self, of: Field) -> Frequencies:
        """How often each term of a field occurs."""
        if of not in self._frequencies:
            counts = self._count(of)
            self._frequencies[of] = counts
            self._lengths[of] = counts.total()
        return self._frequencies[of]

    def frequencies_of(self, of: Field, terms: Sequence[str], alternatives: Alternatives) -> Frequencies:
        """How often some terms of a field occur, in the form of each that does most often."""
        own = self.frequencies(of)
        return {
            term: max([own.get(term, 0), *(self._occurrences(form, of) for form in alternatives.get(term, ()))])
            for term in terms
        }

    def _occurrences(self, form: Form, of: Field) -> int:
        field, terms = form_terms(form, of)
        frequencies = self.frequencies(field)
        return min(frequencies.get(term, 0) for term in terms)

    def length(self, of: Field) -> int:
        """How many terms a field holds."""
        self.frequencies(of)
        return self._lengths[of]

    def _count(self, of: Field) -> Counter[str]:
        return Counter(self.terms.joined(of).split())


class SectionUnit(Unit):
    """The same of a section: the sum of its passages' frequencies, in which the title counts once."""

    __slots__ = ("_passages", "_title")

    def __init__(self, title: Terms, parts: Sequence[Terms], passages: Sequence[Unit]) -> None:
        super().__init__(title, *parts)
        self._title = title
        self._passages = passages

    def _count(self, of: Field) -> Counter[str]:
        counts: Counter[str] = Counter()
        for passage in self._passages:
            counts.update(passage.frequencies(of))
        for term in self._title.joined(of).split():
            counts[term] -= len(self._passages) - 1
        return counts


@dataclass(frozen=True, slots=True)
class Section:
    """Neighbouring passages of a document that are scored as one unit too.

    A document of ordinary length is one section.

    Attributes:
        number: Names the section in its collection.
        document: The number of its document.
        passages: Its passages, in order; at most ``SECTION_PASSAGES``.
        unit: What the section is scored by.
        units: What each passage is scored by.
    """

    number: int
    document: int
    passages: tuple[Passage, ...]
    unit: SectionUnit
    units: tuple[Unit, ...] = field(repr=False)

    def unit_number(self, place: int) -> int:
        """Names the passage at a place of the section in its collection."""
        return self.number << _PASSAGE_BITS | place


def section_of(unit: int) -> int:
    """The number of the section that a passage's unit belongs to."""
    return unit >> _PASSAGE_BITS


def make_section(number: int, document: int, title: Terms, parts: Sequence[tuple[Passage, Terms]]) -> Section:
    """A section of passages, given the terms of its document's title and of each passage with its heading."""
    units = tuple(Unit(title, terms) for _, terms in parts)
    return Section(
        number=number,
        document=document,
        passages=tuple(passage for passage, _ in parts),
        unit=SectionUnit(title, [terms for _, terms in parts], units),
        units=units,
    )


def field_scores(
    terms: QuestionTerms,
    units: Sequence[Unit],
    statistics: LevelStatistics,
    alternatives: Alternatives = NO_ALTERNATIVES,
) -> dict[Field, NDArray[np.float64]]:
    """BM25 of each unit, field by field, folded twins with their exact fields; at least 0, no upper end.

    A unit that holds an alternative of a term holds the term.
    """
    found: dict[Field, NDArray[np.float64]] = {}
    for of, listed in terms.items():
        if not listed or not units:
            continue
        has_others = any(term in alternatives for term in listed)
        bm25 = LuceneBM25.over(
            frequencies=[
                unit.frequencies_of(of, listed, alternatives) if has_others else unit.frequencies(of) for unit in units
            ],
            lengths=[unit.length(of) for unit in units],
            idfs={term: statistics.idf(of, term, alternatives.get(term, ())) for term in listed},
            mean_length=statistics.mean_length[of.exact],
        )
        found[of.exact] = found.get(of.exact, 0.0) + bm25.get_scores(listed)
    return found


def summed(found: Mapping[Field, NDArray[np.float64]], units: int) -> NDArray[np.float64]:
    """The fields' scores of some units, summed by their weights."""
    return sum((WEIGHTS[of] * one for of, one in found.items()), np.zeros(units))
