"""What is shown for a question: the sentence that answers with the words in it, how sure that is, or a refusal."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from index.clues import OF_KIND
from index.confidence import LEAST, Doubt, confidence, grade
from index.disagreement import Given, otherwise
from index.documents import Answer, Findings, Hit, Passage, Span
from index.marking import mark
from index.matching import Content, Weight, read
from index.questions import Expects, Question
from index.ranking import rank, worth_reading
from index.sentences import Sentence, best_of_each_passage, likelihood, refers_back, weigh
from index.terms import Field
from index.vietnamese import syllable_spans

LONGEST_SHOWN = 600
"""Characters that what is shown may have, unless one clause alone is longer."""
_SHORT = 200
"""Characters up to which what a sentence goes on about is shown with it."""
_PRICE = 4.8e-5
"""How much likelier what is shown must be to hold the answer than nothing, by its length in characters to the power of 1.5:
each further character is dearer (0.0007 after 100, 0.001 after 200), so that short sentences bring their neighbours sooner."""

_PASSAGES_READ = 10

_HONORIFICS = frozenset({"ông", "bà", "ong", "ba", "anh", "chị", "chi", "cô", "co"})

_CONSEQUENCE = re.compile(r"\W*(?:vì (?:thế|vậy)|do (?:đó|vậy)|bởi (?:thế|vậy)|nhờ (?:đó|vậy)|từ đó)\b", re.IGNORECASE)
"""What opens a sentence that tells what follows from the one before."""

_CLAUSE_END = re.compile(r"[,;:)–—]+\s+")

_SAME = 0.8
"""Passages that share this much of their syllables (Jaccard) say the same."""

Likely = Mapping[tuple[str, int], float]
"""The probability that a sentence answers, by its passage and its place."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for a question.

    Attributes:
        question: The question, with what the documents tell of it.
        terms: What the passages were found by.
        content: What is looked for.
        hits: The passages found, best first; the first few were read for sentences.
        sentences: Their sentences.
        likely: The probability of each sentence to be the one that answers, if one of them does.
        doubt: What speaks for and against an answer.
    """

    question: Question
    terms: Mapping[Field, Sequence[str]]
    content: Content
    hits: tuple[Hit, ...]
    sentences: tuple[Sentence, ...]
    likely: Likely
    doubt: Doubt

    def confidence(self, sentence: Sentence) -> float:
        """How sure it is that a sentence answers, from 0 to 1: 0 where the question names what no document mentions."""
        return 0.0 if self.question.unmentioned else confidence(self.doubt.clues(sentence))

    @property
    def highest_confidence(self) -> float:
        """How sure it is that one of the passages answers: 0 where there is none."""
        return max(map(self.confidence, best_of_each_passage(self.sentences)), default=0.0)


def read_passages(
    question: Question, terms: Mapping[Field, Sequence[str]], hits: Sequence[Hit], weight: Weight
) -> Reading:
    """Read the passages found: rank them, and weigh the sentences of the first."""
    content = Content(terms, weight, question.alternatives)
    ranked = rank(question, content, hits)
    first = worth_reading(ranked)[:_PASSAGES_READ]
    if question.expects is Expects.IDENTITY and not _is_name(content, first):
        question = replace(question, expects=Expects.PERSON)
    sentences = weigh(question, content, first)
    chances = zip(sentences, likelihood(sentences), strict=True)
    return Reading(
        question=question,
        terms=terms,
        content=content,
        hits=tuple(ranked),
        sentences=tuple(sentences),
        likely={sentence.key: chance for sentence, chance in chances},
        doubt=Doubt(question, terms, content, ranked, first),
    )


def find_answers(reading: Reading, *, limit: int, first: int = 0, count: int = 1) -> Findings:
    """So many of the answers in what was read, from a place on; or none, with titles of what is near.

    Args:
        reading: What was read.
        limit: How many answers there may be in all.
        first: Where to begin among them, from 0, the best.
        count: How many are wanted.
    """
    best = best_of_each_passage(reading.sentences)
    sure = {sentence.key: reading.confidence(sentence) for sentence in best}
    if reading.question.is_topic and max(sure.values(), default=0.0) >= LEAST:
        good = [sentence for sentence in best if sentence.clues["own"]]  # who names a subject wants all there is
    else:
        good = [sentence for sentence in best if sure[sentence.key] >= LEAST]
    chosen = _in_order(good, limit)
    if not chosen:
        titles = dict.fromkeys(hit.passage.source.title for hit in reading.hits)
        return Findings(
            question=reading.question.text,
            suggestions=tuple(titles)[:limit],
            understood=reading.question.told,
            unmentioned=reading.question.unmentioned,
        )
    given = answer_given(reading, chosen[0])
    others = otherwise(reading.question, reading.content, given, best, partial(answer_given, reading))
    told = {other.sentence.key for other in others}
    chosen = [sentence for sentence in chosen if sentence.key not in told]
    wanted = chosen[first : first + count]
    return Findings(
        question=reading.question.text,
        answers=tuple((given if one is given.sentence else answer_given(reading, one)).answer for one in wanted),
        total=len(chosen),
        otherwise=tuple(other.answer for other in others),
        understood=reading.question.told,
    )


def answer_given(reading: Reading, sentence: Sentence) -> Given:
    """A sentence as it is shown for an answer."""
    return Given(sentence, _answer(reading, sentence))


def _is_name(content: Content, hits: Iterable[Hit]) -> bool:
    """Whether what is asked about is always written with capitals, as the name of a person is."""
    capitals: dict[str, bool] = {}
    for hit in hits:
        for syllable, (start, _) in syllable_spans(hit.passage.text):
            if (key := content.key(syllable)) and key not in _HONORIFICS:
                capitals[key] = hit.passage.text[start].isupper() and capitals.get(key, True)
    return bool(capitals) and all(capitals.values())


def _in_order(sentences: Sequence[Sentence], limit: int) -> list[Sentence]:
    """So many of them: the best first, then what other documents say, then the same documents, then what was said already."""
    chosen: list[Sentence] = []
    waiting = list(sentences)
    while waiting and len(chosen) < limit:
        documents = {sentence.passage.source.key for sentence in chosen}

        def rank(sentence: Sentence, documents: set[str] = documents) -> int:
            if any(_says_the_same(sentence, other) for other in chosen):
                return 2
            return int(sentence.passage.source.key in documents)

        chosen.append(min(waiting, key=rank))
        waiting.remove(chosen[-1])
    return chosen


def _says_the_same(one: Sentence, other: Sentence) -> bool:
    first, second = read(one.passage.text).distinct, read(other.passage.text).distinct
    if min(len(first), len(second)) < _SAME * max(len(first), len(second)):
        return False
    return len(first & second) >= _SAME * len(first | second)


def _answer(reading: Reading, sentence: Sentence) -> Answer:
    question, passage, confidence = reading.question, sentence.passage, reading.confidence(sentence)
    places = _shown(sentence, reading.likely)
    spans = [passage.sentences[place] for place in places]
    first, last = _answering(question, passage, spans, sentence.span)
    marked = mark(question, reading.content, passage.text[first:last])
    marked = (first + marked[0], first + marked[1])
    start, end = spans[0][0], spans[-1][1]
    if len(spans) == 1 and end - start > LONGEST_SHOWN:
        start, end = _shortened(passage.text, (start, end), marked)
    return Answer(
        text=passage.text[start:end],
        span=(marked[0] - start, marked[1] - start),
        start=start,
        passage=passage,
        confidence=confidence,
        grade=grade(confidence),
    )


def _answering(question: Question, passage: Passage, spans: Sequence[Span], best: Span) -> Span:
    """The sentence of those shown to mark words in: the best, unless only another holds the kind of words asked for."""
    kind = OF_KIND.get(question.expects)
    if kind is None or kind.search(passage.text, *best):
        return best
    return next((span for span in spans if kind.search(passage.text, *span)), best)


def _shown(sentence: Sentence, likely: Likely) -> range:
    """The places of the sentence and of the neighbours that are shown with it.

    The stretch around it that most likely holds the answer, less the price of its length; what a sentence that opens with
    a pronoun goes on about, or draws a consequence from; what a sentence that ends in a colon leads to.
    """
    passage = sentence.passage

    chances = [likely.get((passage.id, place), 0.0) for place in range(len(passage.sentences))]

    def length(first: int, last: int) -> int:
        return passage.sentences[last - 1][1] - passage.sentences[first][0]

    def worth(stretch: tuple[int, int]) -> float:
        characters = length(*stretch)
        return sum(chances[slice(*stretch)]) - _PRICE * characters * math.sqrt(characters)

    alone = sentence.place, sentence.place + 1
    wider = (
        (first, last)
        for first in range(sentence.place, -1, -1)
        for last in range(sentence.place + 1, len(passage.sentences) + 1)
        if length(first, last) <= LONGEST_SHOWN
    )
    first, last = max((alone, *wider), key=worth)
    leans = refers_back(passage, first) or _CONSEQUENCE.match(passage.text[slice(*passage.sentences[first])])
    if first and leans and length(first - 1, last) <= _SHORT:
        first -= 1
    while (
        passage.text[: passage.sentences[last - 1][1]].endswith(":")
        and last < len(passage.sentences)
        and length(first, last + 1) <= LONGEST_SHOWN
    ):
        last += 1
    return range(first, last)


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
            if wider[0] >= 0 and wider[1] < len(ends) and ends[wider[1]] - ends[wider[0]] <= LONGEST_SHOWN:
                first, last = wider
                grown = True
    return ends[first], ends[first] + len(text[ends[first] : ends[last]].rstrip())
