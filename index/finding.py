"""From a question's terms to the best passages: candidates from the engine, then exact scores.

A passage's score is the sum of two levels: the passage and the section it stands in. The engine holds passages only:
sections are proposed by their passages, and how many hold a term is estimated from how many passages do.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from index.counting import Tally
from index.documents import Hit
from index.engine import Postings, QuestionTerms
from index.moments import Moment
from index.scoring import Section, both_levels, field_scores, section_of, summed
from index.terms import NO_ALTERNATIVES, Alternatives, Field, Form

PASSAGE_CANDIDATES = 120
_MORE_CANDIDATES, _MOST_CANDIDATES = 4, 2_000
"""Times as many are asked for where all that are had are equals, and up to how many: the engine tells equals apart by where
they happen to stand."""
_ROUGHLY, _AT_MOST_TIMES = 0.99, 3
"""The share of a passage's own score, without its section's, that the engine's may be off by; and how many times as many
sections that may lead to."""
_SECTIONS_FOR_EACH_HIT = 2
_CACHED_PASSAGES = 2_000
"""Passages whose sections are kept in memory: with what is kept of their texts, about 25 kB each."""
_WEIGHTS_KEPT = 20_000
_NEAR, _CLOSE = 0.5, 25.0
"""What share of the best score, or how much less than it, a passage must have to be put first once it is read: on three
question sets none that had less ever was. In a few documents, scores are small and tell little."""


class Finder:
    """Finds passages in what a collection held at one moment."""

    def __init__(self, moment: Moment, postings: Postings, cache: dict[int, Section]) -> None:
        """Take the store and the engine, both of the same moment.

        Args:
            moment: What the store held.
            postings: What the engine held.
            cache: Sections read before; what a number names never changes.
        """
        self._moment = moment
        self._postings = postings
        self._cache = cache
        self._levels = both_levels(moment.levels(), postings.document_frequency)
        self._weight = lru_cache(_WEIGHTS_KEPT)(self._levels.passages.idf)
        self._informed_weight = lru_cache(_WEIGHTS_KEPT)(self._levels.passages.informed_idf)

    def close(self) -> None:
        """End it; terms can still be weighed, but nothing be found."""
        self._moment.close()

    def let_go_of_log(self) -> None:
        """Keep SQLite's log from growing while others write; for when no earlier moment is held any more."""
        self._moment.let_go_of_log()

    def titles(self, limit: int) -> tuple[str, ...]:
        """The titles of the newest documents."""
        return self._moment.titles(limit)

    @property
    def document_frequency(self) -> Callable[[Field, str], int]:
        """How many passages hold a term."""
        return self._postings.document_frequency

    def terms_beginning(self, field: Field, prefix: str) -> list[str]:
        """The terms of a field that begin with a prefix, the most frequent first."""
        return self._postings.terms_beginning(field, prefix)

    def weight(self, field: Field, term: str, forms: Sequence[Form] = ()) -> float:
        """The idf of a term, or of its most frequent form, among the passages; above 0, lower the more hold it."""
        return self._levels.passages.idf(field, term, forms) if forms else self._weight(field, term)

    def informed_weight(self, field: Field, term: str, forms: Sequence[Form] = ()) -> float:
        """The idf of a term as if there were some more passages of ordinary Vietnamese: few passages cannot tell it."""
        return self._levels.passages.informed_idf(field, term, forms) if forms else self._informed_weight(field, term)

    def candidates(
        self, terms: QuestionTerms, top: int, alternatives: Alternatives = NO_ALTERNATIVES, *, only_near: bool = False
    ) -> list[int]:
        """Numbers of the sections that the ``top`` best passages stand in, with a margin; for :meth:`sections`.

        They are the best by their passages' own scores: what the sections themselves add is known to :meth:`rank` alone, and
        the margin leaves room for it. With ``only_near``, only those whose passages may come near the best of these scores, as
        far as rare terms tell. The engine scores roughly: what comes close to the last that is wanted is among them too. Of
        equals, those come first whose documents' keys do, whatever was added or removed in which order.
        """
        best: dict[int, float] = {}
        for unit, score in self._proposed(terms, top, alternatives, rare=only_near):
            best.setdefault(section_of(unit), _about(score))
        least = _ROUGHLY * least_score(max(best.values())) if only_near and best else 0.0
        return [section for section in self._best(best, _SECTIONS_FOR_EACH_HIT * top) if best[section] >= least]

    def _proposed(
        self, terms: QuestionTerms, top: int, alternatives: Alternatives, *, rare: bool
    ) -> list[tuple[int, float]]:
        """The passages that the engine proposes; more of them where the last that is needed and the last of all are equals."""
        limit = PASSAGE_CANDIDATES + top
        while True:
            found = self._postings.candidates(terms, limit, alternatives, rare=rare)
            if len(found) < limit or limit >= _MOST_CANDIDATES or _about(found[-1][1]) < _about(found[top - 1][1]):
                return found
            limit *= _MORE_CANDIDATES

    def _best(self, scores: Mapping[int, float], count: int) -> list[int]:
        """The sections with the highest scores, and what comes close to the last of them."""
        ordered = sorted(scores.values(), reverse=True)
        least = _ROUGHLY * ordered[count - 1] if len(ordered) > count else 0.0
        most = min(_AT_MOST_TIMES * count, sum(score >= least for score in ordered))
        if most == len(ordered):
            return list(scores)
        last = ordered[most - 1]
        above = [section for section, score in scores.items() if score > last]
        equal = [section for section, score in scores.items() if score == last]
        return above + self._moment.in_order(equal)[: most - len(above)]

    def sections(self, numbers: Sequence[int]) -> list[Section]:
        """The sections with these numbers, from the cache or the store."""
        if missing := [number for number in numbers if number not in self._cache]:
            for section in self._moment.sections(missing):
                self._cache[section.number] = section
        found = [self._cache[number] for number in numbers if number in self._cache]
        if missing:
            self._give_up_oldest()
        return found

    def _give_up_oldest(self) -> None:
        """Keep no more passages in memory than there should be."""
        kept = sum([len(section.units) for section in self._cache.values()])
        while kept > _CACHED_PASSAGES:
            kept -= len(self._cache.pop(next(iter(self._cache))).units)

    def rank(
        self,
        terms: QuestionTerms,
        sections: Sequence[Section],
        alternatives: Alternatives = NO_ALTERNATIVES,
        *,
        top: int | None = None,
        only_near: bool = False,
    ) -> list[Hit]:
        """All passages of some sections that match at all, best first; equal scores in order of document, by its key.

        Where ``top`` is given, only of as many sections as :meth:`candidates` wants for it, those with the best scores of both
        levels; with ``only_near``, of those among them that come near the best.
        """
        if not sections:
            return []
        sections = sorted(sections, key=lambda section: (section.passages[0].source.key, section.number))
        units = [unit for section in sections for unit in section.units]
        owners = [place for place, section in enumerate(sections) for _ in section.units]
        passages = [passage for section in sections for passage in section.passages]
        tally = Tally(terms, alternatives)
        of_passages = field_scores(tally, units, self._levels.passages)
        of_sections = field_scores(tally, [section.unit for section in sections], self._levels.sections)
        of_sections = {of: listed[owners] for of, listed in of_sections.items()}
        document_scores = summed(of_sections, len(units))
        scores = summed(of_passages, len(units)) + document_scores
        parts = _by_unit({"passage": of_passages, "section": of_sections})
        if top is not None:
            best = np.maximum.reduceat(scores, np.cumsum([0, *(len(section.units) for section in sections[:-1])]))
            kept = _among_the_best(best, top, only_near=only_near)[owners]
        else:
            kept = np.ones(len(units), dtype=bool)
        hits = map(Hit, passages, scores.tolist(), document_scores.tolist(), parts)
        return sorted((hit for hit in compress(hits, kept) if hit.score > 0), key=lambda hit: -hit.score)


def _among_the_best(scores: NDArray[np.float64], top: int, *, only_near: bool) -> NDArray[np.bool_]:
    """Which of some sections are among the best, with the margin for the ``top`` best passages; of equals, the first."""
    kept = np.zeros(len(scores), dtype=bool)
    best = np.argsort(-scores, kind="stable")[: _SECTIONS_FOR_EACH_HIT * top]
    kept[best] = scores[best] >= (least_score(float(scores[best[0]])) if only_near else 0.0)
    return kept


def _about(score: float) -> float:
    """A score to four digits, as far as it does not hang on how the engine adds up."""
    return float(f"{score:.4g}")


def least_score(best: float) -> float:
    """The score that something must have to be put first, given the best."""
    return min(_NEAR * best, best - _CLOSE)


def _by_unit(levels: Mapping[str, Mapping[Field, NDArray[np.float64]]]) -> Iterator[Mapping[str, float]]:
    """The parts of each unit's score."""
    parts = {f"{level}_{of}": listed.tolist() for level, found in levels.items() for of, listed in found.items()}
    return (dict(zip(parts, unit, strict=True)) for unit in zip(*parts.values(), strict=True))
