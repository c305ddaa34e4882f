"""From a question's terms to the best passages: candidates from the engine, then exact scores.

There are two levels of units, passages and the sections they stand in, each with an engine of its own. A passage's
score is the sum of both levels.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.documents import Hit
from index.engine import Engine, EngineWriter, QuestionTerms
from index.scoring import LevelStatistics, Section, field_scores, section_of, summed
from index.store import Level, Store
from index.terms import NO_ALTERNATIVES, Alternatives, Field, Form

_PASSAGE_CANDIDATES = 100
_SECTION_CANDIDATES = 50
_SECTIONS_FOR_EACH_HIT = 2
_CACHED_SECTIONS = 600


@dataclass(frozen=True, slots=True)
class _Levels:
    passages: LevelStatistics
    sections: LevelStatistics


class Finder:
    """Finds passages in a store, with the engines' files in a folder beside it."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._store = store
        self._stamp = folder / "stamp"
        self._seen: tuple[int, int] | None = None
        self._folders = (folder / "passages", folder / "sections")
        folder.mkdir(parents=True, exist_ok=True)
        self._open_engines()
        self._cache: dict[int, Section] = {}

    def _open_engines(self) -> None:
        try:
            self._passages, self._sections = (Engine(folder) for folder in self._folders)
        except ValueError:  # damaged, or of another schema: what they hold is derived, and is built again
            self._stamp.unlink(missing_ok=True)
            for folder in self._folders:
                Engine.discard(folder)
            self._passages, self._sections = (Engine(folder) for folder in self._folders)

    # --- Keeping in step with the store ------------------------------------------------------------------------------

    async def is_current(self) -> bool:
        """Whether the engines hold what the store holds."""
        try:
            return self._stamp.read_text(encoding="utf-8") == await self._store.identity()
        except (OSError, UnicodeDecodeError):
            return False

    async def refresh(self) -> None:
        """See what this or another process has written since the last time; costs next to nothing if nothing was."""
        try:
            status = self._stamp.stat()
        except OSError:
            return
        seen = (status.st_mtime_ns, status.st_ino)
        if seen != self._seen:
            await self._reload()
            self._seen = seen

    async def _reload(self) -> None:
        for engine in (self._passages, self._sections):
            engine.reload()
        self._cache.clear()
        levels = await self._store.levels()
        self._levels = _Levels(
            passages=_statistics(levels["passages"], self._passages),
            sections=_statistics(levels["sections"], self._sections),
        )

    async def rebuild(self) -> None:
        """Build the engines anew from the store."""
        with self.writing() as writers:
            writers.clear()
            async for section in self._store.all_sections():
                writers.add(section)
            writers.commit()
        await self.mark_current()

    def follow(self, gone: Iterable[int], came: Iterable[Section]) -> None:
        """Take in what was written to the store: documents that are gone, and sections that came."""
        with self.writing() as writers:
            writers.remove(gone)
            for section in came:
                writers.add(section)
            writers.commit()

    @contextmanager
    def writing(self) -> Iterator["Writers"]:
        """Writers of both engines; only one process can have them."""
        with self._passages.writer() as passages, self._sections.writer() as sections:
            yield Writers(passages, sections)

    async def mark_current(self) -> None:
        """Note that the engines hold what the store holds now."""
        fresh = self._stamp.with_suffix(".new")
        fresh.write_text(await self._store.identity(), encoding="utf-8")
        fresh.replace(self._stamp)
        await self.refresh()

    # --- Finding -----------------------------------------------------------------------------------------------------

    def document_frequency(self, field: Field, term: str) -> int:
        """How many passages hold a term."""
        return self._passages.document_frequency(field, term)

    def terms_beginning(self, field: Field, prefix: str) -> list[str]:
        """The terms of a field that begin with a prefix, the most frequent first."""
        return self._passages.terms_beginning(field, prefix)

    def weight(self, field: Field, term: str, forms: Sequence[Form] = ()) -> float:
        """The idf of a term, or of its most frequent form, among the passages; above 0, lower the more hold it."""
        return self._levels.passages.idf(field, term, forms)

    def candidates(self, terms: QuestionTerms, top: int, alternatives: Alternatives = NO_ALTERNATIVES) -> list[int]:
        """Numbers of the sections that the ``top`` best passages stand in, with a margin; for :meth:`sections`."""
        passages = self._passages.candidates(terms, _PASSAGE_CANDIDATES + top, alternatives)
        sections = self._sections.candidates(terms, _SECTION_CANDIDATES + top, alternatives)
        best_passage: dict[int, float] = {}
        for unit, score in passages:
            best_passage.setdefault(section_of(unit), score)
        own = dict(sections)
        # What an engine did not propose scores at most what it proposed last.
        least_passage = passages[-1][1] if len(passages) == _PASSAGE_CANDIDATES + top else 0.0
        least_own = sections[-1][1] if len(sections) == _SECTION_CANDIDATES + top else 0.0

        def bound(section: int) -> float:
            return best_passage.get(section, least_passage) + own.get(section, least_own)

        return sorted(best_passage.keys() | own.keys(), key=bound, reverse=True)[: _SECTIONS_FOR_EACH_HIT * top]

    def cached(self, numbers: Sequence[int]) -> list[Section] | None:
        """The sections with these numbers, or ``None`` if one must be read from the store."""
        found = [section for number in numbers if (section := self._cache.get(number))]
        return found if len(found) == len(numbers) else None

    async def sections(self, numbers: Sequence[int]) -> list[Section]:
        """The sections with these numbers, from the cache or the store."""
        if missing := [number for number in numbers if number not in self._cache]:
            for section in await self._store.sections(missing):
                self._cache[section.number] = section
        found = [self._cache[number] for number in numbers if number in self._cache]
        for oldest in list(islice(self._cache, max(0, len(self._cache) - _CACHED_SECTIONS))):
            del self._cache[oldest]
        return found

    def rank(
        self, terms: QuestionTerms, sections: Sequence[Section], alternatives: Alternatives = NO_ALTERNATIVES
    ) -> list[Hit]:
        """All passages of some sections that match at all, best first; equal scores in order of document."""
        if not sections:
            return []
        units = [unit for section in sections for unit in section.units]
        owners = [place for place, section in enumerate(sections) for _ in section.units]
        passages = [passage for section in sections for passage in section.passages]
        of_sections = field_scores(terms, [section.unit for section in sections], self._levels.sections, alternatives)
        of_passages = field_scores(terms, units, self._levels.passages, alternatives)
        section_scores, passage_scores = summed(of_sections, len(sections)), summed(of_passages, len(units))
        hits = [
            (
                Hit(
                    passage,
                    float(passage_scores[unit] + section_scores[owner]),
                    float(section_scores[owner]),
                    _parts("passage", of_passages, unit) | _parts("section", of_sections, owner),
                ),
                sections[owner].number,
            )
            for unit, (passage, owner) in enumerate(zip(passages, owners, strict=True))
            if passage_scores[unit] + section_scores[owner] > 0
        ]
        hits.sort(key=lambda pair: (-pair[0].score, pair[1], pair[0].passage.number))
        return [hit for hit, _ in hits]


def _parts(level: str, found: Mapping[Field, NDArray[np.float64]], place: int) -> dict[str, float]:
    return {f"{level}_{of}": float(listed[place]) for of, listed in found.items()}


def _statistics(level: Level, engine: Engine) -> LevelStatistics:
    return LevelStatistics(
        units=level.units,
        mean_length={field: total / max(1, level.units) for field, total in level.lengths.items()},
        document_frequency=engine.document_frequency,
    )


@dataclass(frozen=True, slots=True)
class Writers:
    """Writers of the engines of both levels."""

    passages: EngineWriter
    sections: EngineWriter

    def add(self, section: Section) -> None:
        """Add a section and its passages."""
        self.sections.add(section.number, section.document, section.unit.terms)
        for place, unit in enumerate(section.units):
            self.passages.add(section.unit_number(place), section.document, unit.terms)

    def remove(self, documents: Iterable[int]) -> None:
        """Remove all that belongs to some documents, by their numbers."""
        for document in documents:
            self.passages.remove(document)
            self.sections.remove(document)

    def clear(self) -> None:
        """Remove everything."""
        self.passages.clear()
        self.sections.clear()

    def commit(self) -> None:
        """Let all of it be seen."""
        self.passages.commit()
        self.sections.commit()
