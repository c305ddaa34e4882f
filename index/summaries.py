"""Summaries of a document, of what documents say about a subject, of a text, of texts on the same event."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index.documents import Document, Hit, Length, Passage, Point, Span
from index.matching import Content, Weight, read
from index.salience import Limits, Sentence, Text, most_telling
from index.vietnamese import sentence_spans


@dataclass(frozen=True, slots=True)
class _Size:
    """The most that a summary may have: so many sentences, about so many syllables."""

    sentences: int
    syllables: int


_OF_DOCUMENT = {Length.SHORT: _Size(2, 70), Length.NORMAL: _Size(5, 180), Length.LONG: _Size(10, 400)}
_OF_SUBJECT = {Length.SHORT: _Size(4, 140), Length.NORMAL: _Size(7, 270), Length.LONG: _Size(12, 480)}
_OF_TEXT = {Length.SHORT: _Size(2, 60), Length.NORMAL: _Size(4, 140), Length.LONG: _Size(8, 300)}

_SPEAKS = 0.75
"""Passages that hold less than this share of what the best one holds of a subject say little about it."""
_DOCUMENTS = 12
"""Documents that tell about a subject at most."""
_OF_EACH = 0.5
"""The share of the sentences that one of several documents may have."""


def of_document(document: Document, length: Length, weight: Weight) -> tuple[Point, ...]:
    """What a document says: its author's own summary where there is one, and what that leaves out.

    Args:
        document: The document.
        length: A short summary is the author's alone, where there is one.
        weight: The collection's idf.
    """
    size = _OF_DOCUMENT[length]
    if document.summary and length is Length.SHORT:
        return (Point(document.summary, document.source),)
    text = Text(
        document.text,
        document.title,
        document.summary or "",
        frozenset((heading.start, heading.end) for heading in document.headings),
    )
    own = read(document.summary or "")
    limits = Limits(size.syllables - len(own.syllables), size.sentences)
    chosen = most_telling([text], weight, limits, told=own.pairs)
    points = [Point(passage, document.source) for _, passage in _passages([text], chosen)]
    return (*([Point(document.summary, document.source)] if document.summary else []), *points)


def of_subject(content: Content, hits: Sequence[Hit], length: Length, weight: Weight) -> tuple[Point, ...]:
    """What documents say about a subject, those that say most about it first.

    Args:
        content: The subject.
        hits: The passages found for it, best first.
        length: How much to tell.
        weight: The collection's idf.
    """
    shares = [content.share(content.found(f"{hit.passage.source.title}\n{hit.passage.text}")) for hit in hits]
    most = max(shares, default=0.0)
    passages: dict[str, list[Hit]] = {}
    for hit, share in zip(hits, shares, strict=True):
        key = hit.passage.source.key
        if share >= _SPEAKS * most and (len(passages) < _DOCUMENTS or key in passages):
            passages.setdefault(key, []).append(hit)
    sources = [found[0].passage.source for found in passages.values()]
    texts = [_joined([hit.passage for hit in found]) for found in passages.values()]
    titles = [content.found(source.title) for source in sources]

    def speaks_of_it(sentence: Sentence) -> float:
        found = content.found(sentence.text)
        return content.share(found) * content.share(found | titles[sentence.source])

    size = _OF_SUBJECT[length]
    of_each = math.ceil(_OF_EACH * size.sentences) if len(texts) > 1 else None
    chosen = most_telling(texts, weight, Limits(size.syllables, size.sentences, of_each), worth=speaks_of_it)
    return tuple(Point(passage, sources[source]) for source, passage in _passages(texts, chosen))


def of_text(text: str, length: Length, weight: Weight) -> tuple[str, ...]:
    """The weightiest sentences of a cleaned text; never more than half of those it has."""
    size = _OF_TEXT[length]
    half = max(1, sum(1 for _ in sentence_spans(text)) // 2)
    chosen = most_telling([Text(text)], weight, Limits(size.syllables, min(size.sentences, half)))
    return tuple(sentence.text for sentence in chosen)


def of_cluster(texts: Sequence[Text], words: int, weight: Weight) -> str:
    """What texts on the same event say, in about so many words (syllables, as they are written apart)."""
    return " ".join(sentence.text for sentence in most_telling(texts, weight, Limits(words)))


def _joined(passages: Sequence[Passage]) -> Text:
    """Passages of a document as one text, in their order."""
    body = ""
    gaps = set()
    after = 0
    for passage in sorted(passages, key=lambda one: one.number):
        body += "\n" if body else ""
        if passage.number != after:
            gaps.add(len(body))
        after = passage.number + 1
        body += passage.text
    return Text(body, passages[0].source.title, gaps=gaps)


def _passages(texts: Sequence[Text], chosen: Sequence[Sentence]) -> list[tuple[int, str]]:
    """The number of each sentence's text and what it says; those that follow one another in a line are put together."""
    spans: list[tuple[int, Span]] = []
    for sentence in chosen:
        start, end = sentence.span
        if spans:
            source, (first, last) = spans[-1]
            between = texts[source].body[last:start] if source == sentence.source else "\n"
            if not between.strip() and "\n" not in between:
                spans[-1] = source, (first, end)
                continue
        spans.append((sentence.source, (start, end)))
    return [(source, texts[source].body[start:end]) for source, (start, end) in spans]
