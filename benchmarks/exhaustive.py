"""Scores of every passage of a collection, without an engine: what candidates are measured against."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.engine import QuestionTerms
from index.scoring import Level, LevelStatistics, LuceneBM25, Section, Unit, both_levels
from index.terms import EXACT_FIELDS, WEIGHTS, Alternatives, Field, Form, form_terms

Wanted = Mapping[Field, set[str]]
"""The terms that will be asked for."""


def wanted(questions: Iterable[tuple[QuestionTerms, Alternatives]]) -> Wanted:
    """All terms of some questions, with those of the forms that count as having them."""
    found: dict[Field, set[str]] = {of: set() for of in Field}
    for terms, alternatives in questions:
        for of, listed in terms.items():
            found[of].update(listed)
            for term in listed:
                for form in alternatives.get(term, ()):
                    field, parts = form_terms(form, of)
                    found[field].update(parts)
    return found


class Units:
    """All units of one level, with how often each wanted term occurs in them."""

    def __init__(self) -> None:
        self._postings: dict[tuple[Field, str], tuple[array[int], array[int]]] = defaultdict(
            lambda: (array("l"), array("l"))
        )
        self._lengths: dict[Field, array[int]] = {of: array("l") for of in EXACT_FIELDS}
        self._units = 0

    def add(self, unit: Unit, terms: Wanted) -> None:
        """Add one unit."""
        own = unit.terms
        for of, kept in terms.items():
            held = own.joined(of).split() if kept else ()
            for term, count in Counter([term for term in held if term in kept]).items():
                places, counts = self._postings[of, term]
                places.append(self._units)
                counts.append(count)
        for of, lengths in self._lengths.items():
            lengths.append(own.length(of))
        self._units += 1

    def total(self) -> Level:
        """How many units there are, and how many terms they hold."""
        return Level(self._units, {of: sum(listed) for of, listed in self._lengths.items()})

    def document_frequency(self, of: Field, term: str) -> int:
        """How many units hold a wanted term."""
        return len(self._postings[of, term][0])

    def scores(
        self, terms: QuestionTerms, alternatives: Alternatives, statistics: LevelStatistics
    ) -> NDArray[np.float64]:
        """The BM25 of every unit, summed over the fields."""
        lengths = {of: np.array(listed, dtype=np.float64) for of, listed in self._lengths.items()}
        total = np.zeros(self._units)
        for of, listed in terms.items():
            if listed:
                forms = {term: alternatives.get(term, ()) for term in listed}
                counts = np.column_stack([self._counts(of, term, forms[term]) for term in listed])
                holding = counts.any(axis=1)
                idfs = {term: statistics.idf(of, term, forms[term]) for term in listed}
                bm25 = LuceneBM25.over(
                    counts[holding], lengths[of.exact][holding], mean_length=statistics.mean_length[of.exact], idfs=idfs
                )
                total[holding] += WEIGHTS[of] * bm25.get_scores(listed)
        return total

    def _counts(self, of: Field, term: str, forms: Sequence[Form]) -> NDArray[np.float64]:
        counts = self._occurrences(of, term)
        for form in forms:
            field, parts = form_terms(form, of)
            counts = np.maximum(counts, np.minimum.reduce([self._occurrences(field, part) for part in parts]))
        return counts

    def _occurrences(self, of: Field, term: str) -> NDArray[np.float64]:
        counts = np.zeros(self._units)
        places, found = self._postings[of, term]
        counts[np.array(places, dtype=np.int64)] = found
        return counts


class Exhaustive:
    """A whole collection, to be scored without an engine."""

    def __init__(self, sections: Iterable[Section], terms: Wanted) -> None:
        """Take in all sections; only for the terms of these questions."""
        self._passages, self._sections = Units(), Units()
        self._numbers: list[int] = []
        self._units: list[int] = []
        owners: list[int] = []
        for section in sections:
            self._sections.add(section.unit, terms)
            for place, unit in enumerate(section.units):
                self._passages.add(unit, terms)
                self._units.append(section.unit_number(place))
                owners.append(len(self._numbers))
            self._numbers.append(section.number)
        self._owners = np.array(owners)
        totals = {"passages": self._passages.total(), "sections": self._sections.total()}
        self._levels = both_levels(totals, self._passages.document_frequency)

    def best_passages(self, terms: QuestionTerms, alternatives: Alternatives, top: int) -> set[int]:
        """The passages that score best by themselves, and all that score as much as the last of them: numbers of units."""
        scores = self._passages.scores(terms, alternatives, self._levels.passages)
        least = scores[_best(scores, top)[-1]]
        return {self._units[place] for place in np.flatnonzero((scores >= least) & (scores > 0))}

    def best(self, terms: QuestionTerms, alternatives: Alternatives, top: int) -> list[tuple[int, float]]:
        """The passages that score best together with their sections: numbers of the sections, and the scores."""
        scores = self._passages.scores(terms, alternatives, self._levels.passages)
        scores = scores + self._sections.scores(terms, alternatives, self._levels.sections)[self._owners]
        return [(self._numbers[self._owners[place]], float(scores[place])) for place in _best(scores, top)]


def _best(scores: NDArray[np.float64], top: int) -> NDArray[np.int64]:
    places = np.argpartition(-scores, min(top, len(scores) - 1))[:top]
    ordered: NDArray[np.int64] = places[np.argsort(-scores[places], kind="stable")]
    return ordered
