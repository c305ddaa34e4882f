"""Which sentence of the passages found answers: a linear model over what each says, as a reader would weigh it.

How much of the question the sentence, its title and its passage speak of, what tells its passage apart, and whether it holds
the kind of words that are asked for. The weights are a softmax over the sentences of each question, in which those that hold
an answer take all the probability.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, repeat

from index.clues import CAPITALISED, MEASURE, OF_KIND, SPEECH
from index.documents import Hit, Passage, Span
from index.matching import Content, read, stretches, within
from index.questions import Expects, Question
from index.ranking import DEFINABLE, defines
from index.vietnamese import syllables
from index.weights import learned, weighed, weighed_each

_OF_HIT = "hit_"
"""What the names of the clues begin with that were found in the passage of a sentence."""
_TERSE = 4
"""Fewer distinct syllables than this that are not the question's are hardly anything."""
_CLOSE = 12
"""Syllables that stand close together in a sentence."""
_STATES = f"kind_{Expects.STATEMENT}"
_ACCORDING_TO = "theo"
_NAMED_WITHIN = 8
"""Syllables before a verb of speech in which who speaks is named."""
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
        clues: What the model weighed of the sentence itself.
    """

    hit: Hit
    place: int
    score: float
    clues: Mapping[str, float]

    @property
    def all_clues(self) -> Mapping[str, float]:
        """All that the model weighed, of its passage too: to learn from, and to explain."""
        return {**_of_hit(self.hit), **self.clues}

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
    of_hits = {hit.passage.id: weighed(_of_hit(hit), weights) for hit in hits}
    found = [(hit, place, one) for hit in hits for place, one in enumerate(_clues(question, content, hit, best))]
    scores = weighed_each([one for _, _, one in found], weights)
    return [
        Sentence(hit, place, of_hits[hit.passage.id] + score, one)
        for (hit, place, one), score in zip(found, scores, strict=True)
    ]


def _of_hit(hit: Hit) -> Mapping[str, float]:
    """What was found in a passage, by the names under which it counts for its sentences."""
    return {f"{_OF_HIT}{name}": value for name, value in hit.clues.items()}


def refers_back(passage: Passage, place: int) -> bool:
    """Whether a sentence of a passage opens with a pronoun, and so goes on about the one before."""
    return _PRONOUN.match(passage.text[slice(*passage.sentences[place])]) is not None


def likelihood(sentences: Sequence[Sentence]) -> list[float]:
    """The probability that each of some sentences is the one that answers, if one of them does."""
    best = max((sentence.score for sentence in sentences), default=0.0)
    odds = [math.exp(sentence.score - best) for sentence in sentences]
    total = sum(odds)
    return [one / total for one in odds]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What can be said of a sentence whatever the question.

    Attributes:
        first, last: Its syllables in the passage, from the place of the first to after that of the last.
        distinct: How many of them differ.
        echo: The share of those that stand in the title or the heading too.
        refers, asks, leads: As 0 or 1, whether it goes on about the one before, asks, and leads to the next.
    """

    first: int
    last: int
    distinct: int
    echo: float
    length: float
    refers: float
    asks: float
    leads: float


@lru_cache(maxsize=2048)
def _facts(passage: Passage) -> Sequence[_Facts]:
    said = read(passage.text).syllables
    titled = read(passage.source.title).distinct | (read(passage.heading).distinct if passage.heading else frozenset())
    facts = []
    for place, ((first, last), (start, end)) in enumerate(zip(stretches(passage), passage.sentences, strict=True)):
        distinct = frozenset(said[first:last])
        facts.append(
            _Facts(
                first=first,
                last=last,
                distinct=len(distinct),
                echo=len(distinct & titled) / max(1, len(distinct)),
                length=math.log(1 + last - first),
                refers=float(refers_back(passage, place)),
                asks=float(passage.text.endswith("?", start, end)),
                leads=float(passage.text.endswith(":", start, end)),
            )
        )
    return facts


def _clues(question: Question, content: Content, hit: Hit, best: float) -> Iterator[dict[str, float]]:
    passage = hit.passage
    above = _above(question, content, passage)
    sighting, pairs = content.sighting(passage.text), content.sighting_of_pairs(passage.text)
    facts = _facts(passage)
    found = [sighting.found(one.first, one.last) for one in facts]
    whole = content.share(above.union(*found))
    own = [0.0, *map(content.share, found), 0.0]
    kinds = _kinds(question, content, passage)
    said = read(passage.text).syllables
    definable = question.expects in DEFINABLE
    names = content.share_among(content.keys(question.capitals), above.union(*found))
    for place, (fact, named, kind) in enumerate(zip(facts, found, kinds, strict=True)):
        led_to = named | above | found[place - 1] if place else named | above
        first, last = fact.first, fact.last
        with_title = named | above
        before = own[place]
        yield {
            "relevance": hit.relevance - best,
            "pairs": content.share_of_pairs(pairs.found(first, last)),
            "own": own[place + 1],
            "with_title": content.share(with_title),
            "rare": content.rare_share(with_title),
            "whole": whole,
            "before": before,
            "led_to": content.share(led_to),
            "names": names,
            "after": own[place + 2],
            "refers": fact.refers,
            "refers_before": before * fact.refers,
            "close": content.densest(within(sighting.keys, first, last), _CLOSE),
            "numbers": content.share_of_numbers(with_title),
            "defines": defines(content, said[first:last]) if definable else 0.0,
            "late": sighting.begins(first, last),
            "terse": float(fact.distinct - len(named) < _TERSE),
            "length": fact.length,
            "echo": fact.echo,
            "asks": fact.asks,
            "leads": fact.leads,
            **kind,
        }


def _above(question: Question, content: Content, passage: Passage) -> frozenset[str]:
    """What the title and the heading say of a question; nothing that counts for one who wants to see a subject named."""
    if question.is_topic:
        return frozenset()
    title = content.found(passage.source.title)
    return title | content.found(passage.heading) if passage.heading else title


@lru_cache(maxsize=4096)
def _of_kind(passage: Passage, kind: re.Pattern[str]) -> Sequence[Sequence[Sequence[str]]]:
    """The words of a kind in each sentence of a passage, in syllables."""
    texts = (passage.text[start:end] for start, end in passage.sentences)
    return [[syllables(match.group()) for match in kind.finditer(text)] for text in texts]


def _kinds(question: Question, content: Content, passage: Passage) -> Iterator[Mapping[str, float]]:
    """Whether sentences hold the kind of words asked for, words of their own, and count or measure what is asked for."""
    kind = OF_KIND.get(question.expects)
    if question.expects is Expects.STATEMENT:
        said, speaker = read(passage.text).syllables, content.keys(question.speaker)
        yield from ({_STATES: _says(content, speaker, said[first:last])} for first, last in stretches(passage))
        return
    if kind is None:
        yield from repeat({}, len(passage.sentences))
        return
    name = f"kind_{question.expects}"
    measures = _of_kind(passage, MEASURE) if question.expects is Expects.QUANTITY else ()
    said = read(passage.text).syllables
    for place, found in enumerate(_of_kind(passage, kind)):
        counts = bool(question.asked_unit) and _counts(
            said[slice(*stretches(passage)[place])], question.asked_unit[0], content
        )
        yield {
            name: float(not all(all(map(content.key, words)) for words in found)),
            "unit": float(counts),
            "measure": float(bool(measures) and not counts and bool(measures[place])),
        }


def _says(content: Content, speaker: AbstractSet[str], sentence: Sequence[str]) -> float:
    """How much of a speaker is named close before a verb of speech, or after "theo"."""
    if not speaker:
        return 0.0
    best = 0.0
    for place, (one, following) in enumerate(pairwise((*sentence, ""))):
        if one == _ACCORDING_TO:
            near = sentence[place + 1 : place + 1 + _NAMED_WITHIN]
        elif one in SPEECH or f"{one} {following}" in SPEECH:
            near = sentence[max(0, place - _NAMED_WITHIN) : place]
        else:
            continue
        best = max(best, content.share_among(speaker, content.keys(near)))
    return best


def _counts(sentence: Sequence[str], unit: str, content: Content) -> bool:
    """Whether a number stands at most three syllables before the unit."""
    key = content.key(unit)
    numbers = (place for place, syllable in enumerate(sentence) if syllable.isdigit())
    return any(content.key(after) == key for place in numbers for after in sentence[place + 1 : place + 4])


def best_of_each_passage(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The best sentence of each passage, best first."""
    best: dict[str, Sentence] = {}
    for sentence in sentences:
        rival = best.setdefault(sentence.passage.id, sentence)
        if sentence.score > rival.score:
            best[sentence.passage.id] = sentence
    return sorted(best.values(), key=lambda sentence: -sentence.score)
