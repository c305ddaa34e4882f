"""Exact BM25 scores of candidates, by rank-bm25 with the statistics of the whole collection.

A passage's score is its own BM25 plus that of the section it stands in, each summed over the fields of terms. The BM25
is Lucene's (BM25Similarity): its idf is always positive, so that a term found in most passages still counts a little,
instead of nothing or less than nothing.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from index import background
from index.counting import Part, Tally
from index.documents import Passage
from index.terms import WEIGHTS, Field, Form, Terms, form_terms, idf, together

K1 = 1.2
B = 0.75

PRIOR = 100
"""Units of Vietnamese at large that a collection is thought to have besides its own, where they must tell what is rare."""

_SPREAD = 0.75
"""How far a section's passages count as so many chances to hold a term: to this power, for what is said is said again nearby.
Measured on news, encyclopedia articles, laws and 75,000 sections of all sorts, by which idfs are off by 0.1 on average."""

SECTION_PASSAGES = 20
"""Most passages in a section: about 2,000 words."""

_PASSAGE_BITS = 6
"""A passage's unit number is its section's, and in the lowest bits its place in it."""


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
    """rank-bm25's BM25Okapi with Lucene's idf and constants; over a whole collection, or over candidates of one."""

    def __init__(self, corpus: Sequence[Sequence[str]]) -> None:
        """Take the statistics from the units given, each a list of terms."""
        super().__init__(corpus, k1=K1, b=B)

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        self.idf: Mapping[str, float] = {term: idf(self.corpus_size, count) for term, count in nd.items()}

    @classmethod
    def over(
        cls,
        counts: NDArray[np.float64],
        lengths: NDArray[np.float64],
        *,
        mean_length: float,
        idfs: Mapping[str, float],
    ) -> Self:
        """Take the statistics of the collection from elsewhere, and from the candidates what is their own.

        Args:
            counts: How often each term, in columns, occurs in each unit, in rows.
            lengths: How many terms each unit has.
            mean_length: The mean length of all units of the collection.
            idfs: The weight of each term, in the order of the columns.
        """
        bm25 = cls.__new__(cls)
        bm25.k1, bm25.b = K1, B
        bm25.corpus_size, bm25.avgdl, bm25.doc_len, bm25.idf = len(lengths), mean_length, lengths, idfs
        bm25.doc_freqs = [dict(zip(idfs, held, strict=True)) for held in counts.tolist()]
        return bm25


@dataclass(frozen=True, slots=True)
class LevelStatistics:
    """Statistics of all units of one level (passages, or sections).

    Attributes:
        units: How many there are.
        mean_length: Mean number of terms, for each exact field (the folded twins have the same).
        document_frequency: How many units hold a term in a field, or about how many.
    """

    units: int
    mean_length: Mapping[Field, float]
    document_frequency: Callable[[Field, str], float]

    def idf(self, field: Field, term: str, forms: Sequence[Form] = ()) -> float:
        """Weight of a term: of its most frequent form, as Lucene's SynonymQuery takes it."""
        return idf(self.units, self._count(field, term, forms))

    def informed_idf(self, field: Field, term: str, forms: Sequence[Form] = ()) -> float:
        """The same as if there were :data:`PRIOR` more units, of Vietnamese at large.

        In a few documents no word is rare, and those they lack are all alike; in many, they tell for themselves.
        """
        expected = PRIOR * background.share(field, term, forms)
        return idf(self.units + PRIOR, self._count(field, term, forms) + expected)

    def _count(self, field: Field, term: str, forms: Sequence[Form]) -> float:
        frequency = self.document_frequency
        count = frequency(field, term)
        for form in forms:
            of, terms = form_terms(form, field)
            count = max(count, min(frequency(of, one) for one in terms))
        return count


@dataclass(frozen=True, slots=True)
class Level:
    """The totals of one level of units: how many there are, and how many terms they hold in each exact field."""

    units: int
    lengths: Mapping[Field, int]


@dataclass(frozen=True, slots=True)
class Levels:
    """The statistics of both levels."""

    passages: LevelStatistics
    sections: LevelStatistics


def both_levels(levels: Mapping[str, Level], document_frequency: Callable[[Field, str], int]) -> Levels:
    """The statistics of both levels, given their totals and how many passages hold a term."""
    passages, sections = levels["passages"], levels["sections"]
    in_sections = partial(_sections_with, document_frequency, passages.units, sections.units)
    return Levels(_statistics(passages, document_frequency), _statistics(sections, in_sections))


def _statistics(level: Level, document_frequency: Callable[[Field, str], float]) -> LevelStatistics:
    means = {field: total / max(1, level.units) for field, total in level.lengths.items()}
    return LevelStatistics(level.units, means, document_frequency)


def _sections_with(
    document_frequency: Callable[[Field, str], int], passages: int, sections: int, field: Field, term: str
) -> float:
    """About how many sections hold a term.

    As if each passage held it with the same probability, and a section were as many independent passages as
    :data:`_SPREAD` says.
    """
    held = document_frequency(field, term)
    if not held:
        return 0.0
    without = math.pow(1 - held / passages, math.pow(passages / sections, _SPREAD))
    return max(1.0, sections * (1 - without))


@dataclass(frozen=True, slots=True)
class Unit:
    """What is scored: the parts that a passage, or a section, is made of."""

    parts: tuple[Part, ...]

    @property
    def terms(self) -> Terms:
        """All its terms."""
        return together(part.terms for part in self.parts)


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
    unit: Unit
    units: tuple[Unit, ...] = field(repr=False)

    def unit_number(self, place: int) -> int:
        """Names the passage at a place of the section in its collection."""
        return self.number << _PASSAGE_BITS | place


def section_of(unit: int) -> int:
    """The number of the section that a passage's unit belongs to."""
    return unit >> _PASSAGE_BITS


def make_section(number: int, document: int, title: Terms, parts: Sequence[tuple[Passage, Terms]]) -> Section:
    """A section of passages, given the terms of its document's title and of each passage with its heading."""
    heads = [Part(title, passage.source.title) for passage, _ in parts[:1]]
    own = [
        Part(terms, passage.heading, passage.text) if passage.heading else Part(terms, passage.text)
        for passage, terms in parts
    ]
    return Section(
        number=number,
        document=document,
        passages=tuple(passage for passage, _ in parts),
        unit=Unit((*heads, *own)),
        units=tuple(Unit((*heads, part)) for part in own),
    )


def field_scores(tally: Tally, units: Sequence[Unit], statistics: LevelStatistics) -> dict[Field, NDArray[np.float64]]:
    """BM25 of each unit, field by field, folded twins with their exact fields; at least 0, no upper end.

    A unit that holds an alternative of a term holds the term.
    """
    found: dict[Field, NDArray[np.float64]] = {}
    if not units or not tally.terms:
        return found
    counts = tally.counts([unit.parts for unit in units])
    for of, listed in tally.terms.items():
        idfs = {term: statistics.idf(of, term, tally.alternatives.get(term, ())) for term in listed}
        bm25 = LuceneBM25.over(
            counts.of(of, listed), counts.lengths(of), mean_length=statistics.mean_length[of.exact], idfs=idfs
        )
        found[of.exact] = found.get(of.exact, 0.0) + bm25.get_scores(listed)
    return found


def summed(found: Mapping[Field, NDArray[np.float64]], units: int) -> NDArray[np.float64]:
    """The fields' scores of some units, summed by their weights."""
    return sum((WEIGHTS[of] * one for of, one in found.items()), np.zeros(units))
