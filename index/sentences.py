"""Which sentence of the passages found answers: a linear model over what each says, as a reader would weigh it.

How much of the question the sentence, its title and its passage speak of, and whether it holds the kind of words that are
asked for. The weights are a softmax over the sentences of each question, in which those that hold an answer take all the
probability.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.clues import CAPITALISED, MEASURE, OF_KIND
from index.documents import Hit, Passage, Span
from index.matching import Content, read
from index.questions import Expects, Question
from index.ranking import DEFINABLE, defines
from index.vietnamese import syllables
from index.weights import learned, weighed

_TERSE = 4
"""Fewer distinct syllables than this that are not the question's are hardly anything."""
_CLOSE = 12
"""Syllables that stand close together in a sentence."""
_PRONOUN = re.compile(
    rf"[\W\d]*(?:(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô)\b(?!\s+{CAPITALISED})"
    r"|(?i:họ|nó|chúng|người này|việc này|điều này|điều đó|loại này|bệnh này|đây|đó|theo đó|tại đây)\b)"
)
"""What opens a sentence that goes on about the one before."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage that may answer.

    Attributes:
        hit: The passage, as it was found.
        place: The sentence's place in the passage, from 0.
        score: Its score in the model: log-odds of answering, without a zero that would mean the same for every question.
        clues: What the model weighed.
    """

    hit: Hit
    place: int
    score: float
    clues: Mapping[str, float]

    @property
    def passage(self) -> Passage:
        """The passage it stands in."""
        return self.hit.passage

    @property
    def key(self) -> tuple[str, int]:
        """Names it among all sentences."""
        return self.passage.id, self.place

    @property
    def text(self) -> str:
        """The sentence itself."""
        return self.passage.text[slice(*self.span)]

    @property
    def span(self) -> Span:
        """Where it stands in the passage."""
        return self.passage.sentences[self.place]


def weigh(question: Question, content: Content, hits: Sequence[Hit]) -> list[Sentence]:
    """All sentences of some hits, given best first, with their scores."""
    weights = learned("sentences")
    best = max((hit.relevance for hit in hits), default=0.0)
    return [
        Sentence(hit, place, weighed(found, weights), found)
        for hit in hits
        for place, found in enumerate(_clues(question, content, hit, best))
    ]


def refers_back(passage: Passage, place: int) -> bool:
    """Whether a sentence of a passage opens with a pronoun, and so goes on about the one before."""
    return _PRONOUN.match(passage.text[slice(*passage.sentences[place])]) is not None


def likelihood(sentences: Sequence[Sentence]) -> list[float]:
    """The probability that each of some sentences is the one that answers, if one of them does."""
    best = max((sentence.score for sentence in sentences), default=0.0)
    odds = [math.exp(sentence.score - best) for sentence in sentences]
    total = sum(odds)
    return [one / total for one in odds]


def _clues(question: Question, content: Content, hit: Hit, best: float) -> Iterator[dict[str, float]]:
    passage = hit.passage
    above = _above(question, content, passage)
    texts = [passage.text[start:end] for start, end in passage.sentences]
    found = [content.found(text) for text in texts]
    whole = content.share(above.union(*found))
    titled = read(passage.source.title).distinct | (read(passage.heading).distinct if passage.heading else frozenset())
    for place, text in enumerate(texts):
        with_title = found[place] | above
        distinct = read(text).distinct
        before = content.share(found[place - 1]) if place else 0.0
        after = content.share(found[place + 1]) if place + 1 < len(texts) else 0.0
        refers = _PRONOUN.match(text) is not None
        yield {
            "relevance": hit.relevance - best,
            "pairs": content.share_of_pairs(text),
            "own": content.share(found[place]),
            "with_title": content.share(with_title),
            "rare": content.rare_share(with_title),
            "whole": whole,
            "before": before,
            "after": after,
            "refers": float(refers),
            "refers_before": before if refers else 0.0,
            "close": content.densest(content.keys(text), _CLOSE),
            "numbers": content.share_of_numbers(with_title),
            "defines": defines(content, text) if question.expects in DEFINABLE else 0.0,
            "late": content.begins(text),
            "terse": float(len(distinct) - len(found[place]) < _TERSE),
            "length": math.log(1 + len(read(text).syllables)),
            "echo": len(distinct & titled) / max(1, len(distinct)),
            "asks": float(text.endswith("?")),
            "leads": float(text.endswith(":")),
            **_kind(question, content, text),
        }


def _above(question: Question, content: Content, passage: Passage) -> frozenset[str]:
    """What the title and the heading say of a question; nothing that counts for one who wants to see a subject named."""
    if question.is_topic:
        return frozenset()
    title = content.found(passage.source.title)
    return title | content.found(passage.heading) if passage.heading else title


def _kind(question: Question, content: Content, text: str) -> dict[str, float]:
    """Whether a text holds the kind of words asked for, words of its own, and counts or measures what is asked for."""
    kind = OF_KIND.get(question.expects)
    if kind is None:
        return {}
    counts = bool(question.asked_unit) and _counts(text, question.asked_unit[0], content)
    own = any(not _repeats(match.group(), content) for match in kind.finditer(text))
    return {
        f"kind_{question.expects}": float(own),
        "unit": float(counts),
        "measure": float(question.expects is Expects.QUANTITY and not counts and MEASURE.search(text) is not None),
    }


def _repeats(words: str, content: Content) -> bool:
    return all(map(content.key, syllables(words)))


def _counts(text: str, unit: str, content: Content) -> bool:
    """Whether a number stands at most three syllables before the unit."""
    key = content.key(unit)
    listed = read(text).syllables
    return any(
        content.key(syllable) == key and any(before.isdigit() for before in listed[max(0, place - 3) : place])
        for place, syllable in enumerate(listed)
    )


def best_of_each_passage(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The best sentence of each passage, best first."""
    best: dict[str, Sentence] = {}
    for sentence in sentences:
        rival = best.setdefault(sentence.passage.id, sentence)
        if sentence.score > rival.score:
            best[sentence.passage.id] = sentence
    return sorted(best.values(), key=lambda sentence: -sentence.score)
