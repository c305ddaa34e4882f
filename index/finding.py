"""From a question's terms to the best passages: candidates from the engine, then exact scores.

There are two levels of units, passages and the sections they stand in, each with postings of its own. A passage's
score is the sum of both levels.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.counting import Tally
from index.documents import Hit
from index.engine import Postings, QuestionTerms
from index.moments import Level, Moment
from index.scoring import LevelStatistics, Section, field_scores, section_of, summed
from index.terms import NO_ALTERNATIVES, Alternatives, Field, Form

_PASSAGE_CANDIDATES = 120
_SECTION_CANDIDATES = 50
_SECTIONS_FOR_EACH_HIT = 2
_CACHED_PASSAGES = 2_000
"""Passages whose sections are kept in memory: with what is kept of their texts, about 40 kB each."""
_WEIGHTS_KEPT = 20_000
_NEAR, _CLOSE = 0.5, 25.0
"""What share of the best score, or how much less than it, a passage must have to be put first once it is read: on three
question sets none that had less ever was. In a few documents, scores are small and tell little."""


@dataclass(frozen=True, slots=True)
class _Levels:
    passages: LevelStatistics
    sections: LevelStatistics


class Finder:
    """Finds passages in what a collection held at one moment."""

    def __init__(self, moment: Moment, passages: Postings, sections: Postings, cache: dict[int, Section]) -> None:
        """Take the store and both engines, all of the same moment.

        Args:
            moment: What the store held.
            passages: What the engine of passages held.
            sections: What the engine of sections held.
            cache: Sections read before; what a number names never changes.
        """
        self._moment = moment
        self._passages = passages
        self._sections = sections
        self._cache = cache
        levels = moment.levels()
        self._levels = _Levels(
            passages=_statistics(levels["passages"], passages),
            sections=_statistics(levels["sections"], sections),
        )
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
        return self._passages.document_frequency

    def terms_beginning(self, field: Field, prefix: str) -> list[str]:
        """The terms of a field that begin with a prefix, the most frequent first."""
        return self._passages.terms_beginning(field, prefix)

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

        With ``only_near``, only those that may come near the best score, as far as rare terms tell.
        """
        passages = self._passages.candidates(terms, _PASSAGE_CANDIDATES + top, alternatives, rare=only_near)
        sections = self._sections.candidates(terms, _SECTION_CANDIDATES + top, alternatives, rare=only_near)
        best_passage: dict[int, float] = {}
        for unit, score in passages:
            best_passage.setdefault(section_of(unit), score)
        own = dict(sections)
        # What an engine did not propose scores at most what it proposed last.
        least_passage = passages[-1][1] if len(passages) == _PASSAGE_CANDIDATES + top else 0.0
        least_own = sections[-1][1] if len(sections) == _SECTION_CANDIDATES + top else 0.0

        bounds = {
            section: best_passage.get(section, least_passage) + own.get(section, least_own)
            for section in best_passage.keys() | own.keys()
        }
        best = sorted(bounds, key=bounds.__getitem__, reverse=True)[: _SECTIONS_FOR_EACH_HIT * top]
        least = least_score(bounds[best[0]]) if only_near and best else 0.0
        return [section for section in best if bounds[section] >= least]

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
        self, terms: QuestionTerms, sections: Sequence[Section], alternatives: Alternatives = NO_ALTERNATIVES
    ) -> list[Hit]:
        """All passages of some sections that match at all, best first; equal scores in order of document."""
        if not sections:
            return []
        sections = sorted(sections, key=lambda section: section.number)
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
        hits = map(Hit, passages, scores.tolist(), document_scores.tolist(), parts)
        return sorted((hit for hit in hits if hit.score > 0), key=lambda hit: -hit.score)


def least_score(best: float) -> float:
    """The score that something must have to be put first, given the best."""
    return min(_NEAR * best, best - _CLOSE)


def _by_unit(levels: Mapping[str, Mapping[Field, NDArray[np.float64]]]) -> Iterator[Mapping[str, float]]:
    """The parts of each unit's score."""
    parts = {f"{level}_{of}": listed.tolist() for level, found in levels.items() for of, listed in found.items()}
    return (dict(zip(parts, unit, strict=True)) for unit in zip(*parts.values(), strict=True))


def _statistics(level: Level, postings: Postings) -> LevelStatistics:
    return LevelStatistics(
        units=level.units,
        mean_length={field: total / max(1, level.units) for field, total in level.lengths.items()},
        document_frequency=postings.document_frequency,
    )
