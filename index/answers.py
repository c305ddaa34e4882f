"""Which sentence of the passages found answers a question, how sure that is, or a refusal.

Sentences are ranked by a linear model over a few clues, as a reader would weigh them: how much of the question the
sentence, its title and its passage speak of, and whether it holds the kind of words that are asked for. The weights
were fitted on public question sets (a softmax over the sentences of each question), and those of ``rare_kind`` and
``measure`` set by hand beside them; they are few, so that they hold elsewhere.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.clues import MEASURE, OF_KIND
from index.documents import Answer, Findings, Hit, Passage, Span
from index.marking import mark
from index.matching import Content, Weight, read
from index.questions import Expects, Question
from index.scoring import highest_score
from index.terms import WEIGHTS, Field
from index.vietnamese import syllable_spans

LONGEST_ANSWER = 300
"""Characters that an answer may have, unless one clause alone is longer."""

_PASSAGES_READ = 10
_FAR_BEHIND = 0.35
"""A passage is not read if its score is behind the best by this share of it: no clue would make up for that.

A bare subject gives no clue, and whoever names one wants to see what there is.
"""

_WEIGHTS = {
    "pairs": 2.3,  # share of the question's neighbouring pairs found in the sentence
    "passage_score": 7.4,  # how near the passage's score is to the best passage's
    "before": 1.0,  # share of the question found in the sentence before
    "with_title": 4.8,  # share found in the sentence together with the title and heading above it
    "whole": 1.8,  # share found in the whole passage with the title and heading
    "kind": 0.8,  # the sentence holds the kind of words asked for
    "rare_kind": 2.0,  # the same, for kinds of words that few sentences hold
    "unit": 2.5,  # it counts what is asked to be counted
    "measure": 1.2,  # it measures something, where what is to be counted does not stand beside the number
    "terse": -0.8,  # it says hardly anything of its own
    "late": -1.6,  # how far into the sentence it begins to speak of the question, from 0 to 1
}
_RARE_KINDS = frozenset({Expects.RANK, Expects.IDENTITY, Expects.PURPOSE})

_EXPRESSIVE = 2.0
"""What each term must add to a passage's score, at the least, for differences of score to mean something."""

_TERSE = 4
"""Fewer distinct syllables than this that are not the question's are hardly anything."""

_SECOND_SENTENCE = 0.12
"""A neighbour is shown with the best sentence if it is at least this likely to be the answer itself."""

_COVERAGE, _LEAST_RELEVANCE = 0.2, 0.25
"""A passage answers if its score, over the highest there could be, and this much of its coverage come to at least that.

Measured on three question sets: 2 % of a set's own questions are refused, and 14 % of another set's are answered (by
coverage alone: 25 %).
"""

_CONFIDENCE_BIAS, _CONFIDENCE_SLOPE = -2.2, 4.65
"""Logistic estimate of being right from a sentence's probability, fitted on the same sets."""

_HONORIFICS = frozenset({"ông", "bà", "ong", "ba", "anh", "chị", "chi", "cô", "co"})

_CLAUSE_END = re.compile(r"[,;:)–—]+\s+")

_SAME = 0.8
"""Passages that share this much of their syllables (Jaccard) say the same."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a passage that may answer, with its score in the model and what its passage covers."""

    passage: Passage
    place: int
    score: float
    coverage: float

    @property
    def span(self) -> Span:
        return self.passage.sentences[self.place]


def find_answers(
    question: Question, terms: Mapping[Field, Sequence[str]], hits: Sequence[Hit], weight: Weight, *, limit: int
) -> Findings:
    """The best answers among the passages found, at most ``limit``; or none, with titles of what is near."""
    content = Content(terms, weight, question.alternatives)
    if question.expects is Expects.IDENTITY and not _is_name(content, hits[:_PASSAGES_READ]):
        question = replace(question, expects=Expects.PERSON)
    # With terms that nearly every passage holds, as in a collection of two documents, scores hardly tell passages apart.
    expressive = _EXPRESSIVE * sum(WEIGHTS[field] * len(listed) for field, listed in terms.items())
    attainable = highest_score(
        (WEIGHTS[field] * weight(field, term)) for field, listed in terms.items() for term in listed
    )
    sentences = [
        sentence
        for hit in hits[:_PASSAGES_READ]
        if question.is_topic or hits[0].score - hit.score <= _FAR_BEHIND * max(hits[0].score, expressive)
        for sentence in _scored(question, content, hit, hits[0].score, expressive)
        if hit.score / attainable + _COVERAGE * sentence.coverage >= _LEAST_RELEVANCE
    ]
    if not sentences:
        titles = dict.fromkeys(hit.passage.source.title for hit in hits)
        return Findings(question=question.text, suggestions=tuple(titles)[:limit], understood=question.told)
    best = max(sentence.score for sentence in sentences)
    total = sum(math.exp(sentence.score - best) for sentence in sentences)
    likely = {(sentence.passage.id, sentence.place): math.exp(sentence.score - best) / total for sentence in sentences}
    chosen = _in_order(_best_of_each_passage(sentences))[:limit]
    return Findings(
        question=question.text,
        answers=tuple(_answer(question, content, sentence, likely) for sentence in chosen),
        understood=question.told,
    )


def _is_name(content: Content, hits: Iterable[Hit]) -> bool:
    """Whether what is asked about is always written with capitals, as the name of a person is."""
    capitals: dict[str, bool] = {}
    for hit in hits:
        for syllable, (start, _) in syllable_spans(hit.passage.text):
            if (key := content.key(syllable)) and key not in _HONORIFICS:
                capitals[key] = hit.passage.text[start].isupper() and capitals.get(key, True)
    return bool(capitals) and all(capitals.values())


def _scored(question: Question, content: Content, hit: Hit, best: float, expressive: float) -> Iterable[_Sentence]:
    passage = hit.passage
    above = content.found(passage.source.title)
    if passage.heading:
        above |= content.found(passage.heading)
    texts = [passage.text[start:end] for start, end in passage.sentences]
    found = [content.found(text) for text in texts]
    whole = content.share(above.union(*found))
    kind = OF_KIND.get(question.expects)
    asks_quantity = question.expects is Expects.QUANTITY
    for place, text in enumerate(texts):
        holds = kind is not None and kind.search(text) is not None
        counts = bool(question.asked_unit) and _counts(text, question.asked_unit[0], content)
        clues = {
            "pairs": content.share_of_pairs(text),
            "passage_score": 1 - (best - hit.score) / max(best, expressive),
            "before": content.share(found[place - 1]) if place else 0.0,
            "with_title": content.share(found[place] | above),
            "whole": whole,
            "kind": holds,
            "rare_kind": holds and question.expects in _RARE_KINDS,
            "unit": counts,
            "measure": asks_quantity and not counts and MEASURE.search(text) is not None,
            "terse": len(read(text).distinct) - len(found[place]) < _TERSE,
            "late": content.begins(text),
        }
        yield _Sentence(passage, place, sum(_WEIGHTS[name] * value for name, value in clues.items()), whole)


def _counts(text: str, unit: str, content: Content) -> bool:
    """Whether a number stands at most three syllables before the unit."""
    key = content.key(unit)
    syllables = read(text).syllables
    return any(
        content.key(syllable) == key and any(before.isdigit() for before in syllables[max(0, place - 3) : place])
        for place, syllable in enumerate(syllables)
    )


def _best_of_each_passage(sentences: Iterable[_Sentence]) -> list[_Sentence]:
    best: dict[str, _Sentence] = {}
    for sentence in sentences:
        rival = best.setdefault(sentence.passage.id, sentence)
        if sentence.score > rival.score:
            best[sentence.passage.id] = sentence
    return sorted(best.values(), key=lambda sentence: -sentence.score)


def _in_order(sentences: Sequence[_Sentence]) -> list[_Sentence]:
    """The best first, then what other documents say, then the same documents, then what was said already."""
    chosen: list[_Sentence] = []
    waiting = list(sentences)
    while waiting:
        documents = {sentence.passage.source.key for sentence in chosen}

        def rank(sentence: _Sentence, documents: set[str] = documents) -> int:
            if any(_says_the_same(sentence, other) for other in chosen):
                return 2
            return int(sentence.passage.source.key in documents)

        chosen.append(min(waiting, key=rank))
        waiting.remove(chosen[-1])
    return chosen


def _says_the_same(one: _Sentence, other: _Sentence) -> bool:
    first, second = read(one.passage.text).distinct, read(other.passage.text).distinct
    return len(first & second) >= _SAME * len(first | second)


def _answer(
    question: Question, content: Content, sentence: _Sentence, likely: Mapping[tuple[str, int], float]
) -> Answer:
    passage = sentence.passage
    places = _shown(sentence, likely)
    kind = OF_KIND.get(question.expects)
    spans = [passage.sentences[place] for place in places]
    holding = (span for span in spans if kind is not None and kind.search(passage.text, *span))
    first, last = next(holding, spans[0])
    marked = mark(question, content, passage.text[first:last])
    marked = (first + marked[0], first + marked[1])
    start, end = min(spans)[0], max(spans)[1]
    if end - start > LONGEST_ANSWER:
        start, end = _shortened(passage.text, (start, end), marked)
    probability = likely[passage.id, sentence.place]
    return Answer(
        text=passage.text[start:end],
        span=(marked[0] - start, marked[1] - start),
        start=start,
        passage=passage,
        confidence=1 / (1 + math.exp(-(_CONFIDENCE_BIAS + _CONFIDENCE_SLOPE * probability))),
    )


def _shown(sentence: _Sentence, likely: Mapping[tuple[str, int], float]) -> list[int]:
    """The place of the sentence, and of a neighbour that may well be the answer itself, if both are short enough."""
    passage, place = sentence.passage, sentence.place

    def length(neighbour: int) -> int:
        spans = passage.sentences[place], passage.sentences[neighbour]
        return max(spans)[1] - min(spans)[0]

    near = [
        neighbour
        for neighbour in (place - 1, place + 1)
        if likely.get((passage.id, neighbour), 0.0) >= _SECOND_SENTENCE and length(neighbour) <= LONGEST_ANSWER
    ]
    return [place, *sorted(near, key=lambda neighbour: -likely[passage.id, neighbour])[:1]]


def _shortened(text: str, sentence: Span, marked: Span) -> Span:
    """As many whole clauses of a long sentence around the marked words as an answer may have."""
    start, end = sentence
    ends = [start, *(match.end() for match in _CLAUSE_END.finditer(text, start, end)), end]
    first = max(index for index, offset in enumerate(ends) if offset <= marked[0])
    last = min(index for index, offset in enumerate(ends) if offset >= marked[1])
    grown = True
    while grown:
        grown = False
        for wider in ((first - 1, last), (first, last + 1)):
            if wider[0] >= 0 and wider[1] < len(ends) and ends[wider[1]] - ends[wider[0]] <= LONGEST_ANSWER:
                first, last = wider
                grown = True
    return ends[first], ends[first] + len(text[ends[first] : ends[last]].rstrip())
