"""Why a question is answered as it is: what was understood, and what each model weighed."""

from collections.abc import Iterator, Mapping
from functools import partial
from textwrap import shorten

from index.answers import Reading, answer_given
from index.confidence import LEAST
from index.disagreement import judgements
from index.sentences import best_of_each_passage
from index.weights import learned

_PASSAGES = 5
_SENTENCES = 5
_WIDTH = 100


def explained(reading: Reading) -> Iterator[str]:
    """The lines of an explanation: the question, the passages, their sentences and the confidence in the best."""
    question = reading.question
    yield f"question: {question.text}"
    yield f"  asks for: {question.expects}{' (a bare subject)' if question.is_topic else ''}"
    if question.asked_unit:
        yield f"  counted: {' '.join(question.asked_unit)}"
    for field, terms in reading.terms.items():
        yield f"  {field}: {' '.join(terms)}"
    content = reading.content
    read = (f"{hit.passage.source.title}\n{hit.passage.heading or ''}\n{hit.passage.text}" for hit in reading.hits)
    if missing := content.all - frozenset[str]().union(*map(content.found, read)):
        yield f"  not found: {' '.join(sorted(missing))}"
    yield "passages, by relevance:"
    for hit in reading.hits[:_PASSAGES]:
        yield f"  {hit.relevance:7.2f}  {hit.passage.id}  (BM25 {hit.score:.1f}, of which document {hit.document_score:.1f})"
        yield f"           {_parts(hit.clues, learned('ranking'))}"
    yield "sentences, by score:"
    for sentence in sorted(reading.sentences, key=lambda sentence: -sentence.score)[:_SENTENCES]:
        yield f"  {sentence.score:7.2f}  {reading.likely[sentence.key]:4.0%}  {shorten(sentence.text, _WIDTH, placeholder='…')}"
        yield f"           {_parts(sentence.all_clues, learned('sentences'))}"
    for best in best_of_each_passage(reading.sentences)[:1]:
        found = reading.doubt.clues(best)
        yield f"confidence: {reading.confidence(best):.2f} (answered from {LEAST:.2f})"
        yield f"           {_parts(found, learned('confidence'))}"
    yield from _otherwise(reading)


def _otherwise(reading: Reading) -> Iterator[str]:
    """What other documents answer that speak of as much, and why it is shown beside the best answer or is not."""
    best = best_of_each_passage(reading.sentences)
    if not best or reading.confidence(best[0]) < LEAST:
        return
    giving = partial(answer_given, reading)
    for given, verdict in judgements(reading.question, reading.content, giving(best[0]), best, giving):
        yield f"another document {verdict}: {given.answer.passage.id}: {given.answer.marked}"


def _parts(found: Mapping[str, float], weights: Mapping[str, float]) -> str:
    """What each clue adds, the weightiest first."""
    parts = {name: value * weights.get(name, 0.0) for name, value in found.items()}
    listed = sorted((name for name in parts if abs(parts[name]) >= 0.05), key=lambda name: -abs(parts[name]))
    return "  ".join(f"{name} {parts[name]:+.2f}" for name in listed)
