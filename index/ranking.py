"""Which of the passages found come first: a linear model over what each holds of the question.

BM25 finds passages, field by field; it knows neither where terms stand nor which of them tell the passage apart. The
model adds up the fields' scores as they were learned to count, and a few clues that are read in the text: whether the rare
terms are there, how much of the question stands close together, what the title says. Its weights are a softmax over the
passages of each question, in which those of the documents that answer take all the probability (ListNet's top-one loss,
Cao et al. 2007, equation 6).
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from index.documents import Hit, Passage
from index.finding import least_score
from index.matching import Content, read, stretches
from index.questions import ATTRIBUTION, Expects, Question
from index.terms import Field
from index.vietnamese import fold
from index.weights import learned, weighed_each

READ = 30
"""How many passages are read at most; those behind them keep their order."""

_WINDOW = 20
"""Syllables that stand close together: about a sentence."""

DEFINABLE = frozenset(
    {Expects.DEFINITION, Expects.IDENTITY, Expects.MANNER, Expects.LIST, Expects.YES_NO, Expects.ANYTHING}
)
"""Kinds that a sentence may answer by saying what the question's subject is."""
_LATEST = re.compile(r"\b(?:moi nhat|gan day nhat|gan nhat|moi day|cap nhat)\b")
"""What asks for the latest news, without diacritics."""
_RECENCY = 3.0
"""What the newest of the documents found has over the oldest where the latest is asked for: about as much as standing
close together counts. Set by hand: question sets tell no dates."""

_COPULAS = frozenset({"là", "gồm"})
_BEFORE_COPULA = frozenset({"được", "hiểu", "gọi", "bao"})
_SUBJECT = 20
"""Syllables that may name what a sentence defines."""


def worth_reading(hits: Sequence[Hit]) -> Sequence[Hit]:
    """Those of some hits, given best first, that may come first once they are read."""
    least = least_score(max((hit.score for hit in hits[:READ]), default=0.0))
    return [hit for hit in hits[:READ] if hit.score >= least]


def rank(question: Question, content: Content, hits: Sequence[Hit]) -> list[Hit]:
    """The hits, given with the best score first: the most relevant first, each with its relevance and, if read, its clues."""
    if not hits:
        return []
    reader = _Reader(question, content)
    first = worth_reading(hits)
    newness = recency(question, first)
    clues = [reader.clues(hit) for hit in first]
    ranked = [
        _with(hit, relevance + newness.get(hit.passage.source.date, 0.0), found)
        for hit, relevance, found in zip(first, weighed_each(clues, learned("ranking")), clues, strict=True)
    ]
    ranked.sort(key=lambda hit: -hit.relevance)
    least, last = ranked[-1].relevance, first[-1].score
    return ranked + [_with(hit, least - (last - hit.score), {}) for hit in hits[len(first) :]]


def _with(hit: Hit, relevance: float, clues: Mapping[str, float]) -> Hit:
    return Hit(hit.passage, hit.score, hit.document_score, hit.parts, relevance, clues)


def recency(question: Question, hits: Sequence[Hit]) -> dict[dt.date | None, float]:
    """What each date adds to the relevance, where the latest is asked for."""
    dates = sorted({hit.passage.source.date for hit in hits if hit.passage.source.date})
    if len(dates) < 2 or not _LATEST.search(fold(question.text.lower())):
        return {}
    return {date: _RECENCY * ((date - dates[0]) / (dates[-1] - dates[0])) for date in dates}


class _Reader:
    """Reads passages for one question."""

    def __init__(self, question: Question, content: Content) -> None:
        self._content = content
        self._expects = question.expects
        said = ATTRIBUTION.match(question.text)
        self._attribution = content.found(said.group(1) or said.group(2)) if said else frozenset()
        self._names = content.keys(question.capitals)
        self._source = frozenset(question.source)
        self._titles: dict[str, tuple[float, float, frozenset[str]]] = {}

    def clues(self, hit: Hit) -> dict[str, float]:
        content, passage = self._content, hit.passage
        precision, share, above = self._title(passage.source.title)
        if passage.heading:
            above |= content.found(passage.heading)
        keys = content.sighting(passage.text).keys
        own = frozenset([key for _, key in keys])
        found = own | above
        return {
            **hit.parts,
            "rare": content.rare_share(found),
            "window": content.densest(keys, _WINDOW),
            "numbers": content.share_of_numbers(found),
            "names": content.share_among(self._names, found),
            "attribution": content.weight(own & self._attribution) if self._attribution else 0.0,
            "defines": self._defines(passage),
            "opens": float(passage.number == 0),
            "title_share": share,
            "title_precision": precision,
            "source": self._share_of_source(passage) if self._source else 0.0,
        }

    def _share_of_source(self, passage: Passage) -> float:
        """How much of the name of the law that is to tell stands above a passage."""
        above = read(passage.source.title).folded.distinct | read(passage.heading or "").folded.distinct
        return len(self._source & above) / len(self._source)

    def _defines(self, passage: Passage) -> float:
        if self._expects not in DEFINABLE:
            return 0.0
        said = read(passage.text).syllables
        if not any(self._may_define(said[place - 1]) for place, one in enumerate(said) if place and one in _COPULAS):
            return 0.0
        return max((defines(self._content, said[first:last]) for first, last in stretches(passage)), default=0.0)

    def _may_define(self, syllable: str) -> bool:
        """Whether a syllable may stand before "là" where something is defined."""
        return syllable in _BEFORE_COPULA or self._content.key(syllable) is not None

    def _title(self, title: str) -> tuple[float, float, frozenset[str]]:
        """By weight: how much of the title the question speaks of, and how much of the question it says, and what."""
        if title not in self._titles:
            content = self._content
            found = content.found(title)
            weights = {syllable: content.idf(Field.SYLLABLES, syllable) for syllable in read(title).distinct}
            asked = sum(weight for syllable, weight in weights.items() if content.key(syllable))
            self._titles[title] = asked / (sum(weights.values()) or 1.0), content.share(found), found
        return self._titles[title]


def defines(content: Content, sentence: Sequence[str]) -> float:
    """How much of the question the syllables of a sentence say before "là": 0 where anything else stands there."""
    said: set[str] = set()
    for syllable in sentence[:_SUBJECT]:
        if key := content.key(syllable):
            said.add(key)
        elif syllable in _COPULAS:
            return content.share(said)
        elif syllable not in _BEFORE_COPULA:
            return 0.0
    return 0.0
