"""From a document to passages: whole sentences, about 100 words, never across a heading."""

import re
from collections.abc import Iterator, Sequence

from index.documents import Document, Passage, Span
from index.vietnamese import sentence_spans

PASSAGE_WORDS = 100
"""Words that a passage has, about."""

LONGEST_SENTENCE = 150
"""Words from which a sentence is taken apart: a table, a list, text without full stops."""
_LONGEST_TEXT = 2000
"""The same in characters, for what is not made of words."""

_WORD = re.compile(rf"\S{{1,{_LONGEST_TEXT // 2}}}")
_CLAUSE_MARKS = (";", ",", ":")


def cut(document: Document) -> list[Passage]:
    """The passages of a document, in order; together they hold every sentence but the headings."""
    source = document.source
    passages: list[Passage] = []
    for heading, start, end in _sections(document):
        for group in _groups(list(quotable_spans(document.text, start, end))):
            first, last = group[0][0][0], group[-1][0][1]
            passages.append(
                Passage(
                    source=source,
                    number=len(passages),
                    start=first,
                    text=document.text[first:last],
                    sentences=tuple((begin - first, stop - first) for (begin, stop), _ in group),
                    heading=heading,
                )
            )
    return passages


def _sections(document: Document) -> Iterator[tuple[str | None, int, int]]:
    """The stretches of text between headings, each with the heading above it.

    A heading right below another takes it along: ``Chương II – Điều 5``.
    """
    above: list[str] = []
    start = 0
    for heading in document.headings:
        if document.text[start : heading.start].strip():
            yield " – ".join(above) or None, start, heading.start
            above = []
        above.append(document.text[heading.start : heading.end])
        start = heading.end
    yield " – ".join(above) or None, start, len(document.text)


def quotable_spans(text: str, start: int, end: int) -> Iterator[tuple[Span, int]]:
    """The sentences of a stretch of text with their numbers of words, long ones in pieces."""
    for first, last in sentence_spans(text[start:end]):
        yield from _pieces(text, start + first, start + last)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[Span, int]]:
    """A sentence with its number of words; a long one as pieces of about a passage."""
    words = text.count(" ", start, end) + 1
    if words <= LONGEST_SENTENCE and end - start <= _LONGEST_TEXT:
        yield (start, end), words
        return
    spans: list[Span] = []
    for word in _WORD.finditer(text, start, end):
        spans.append(word.span())
        if len(spans) > LONGEST_SENTENCE or word.end() - spans[0][0] > _LONGEST_TEXT:
            count = _piece_length(text, spans[: min(PASSAGE_WORDS, len(spans) - 1)])
            yield (spans[0][0], spans[count - 1][1]), _as_words(spans[:count])
            spans = spans[count:]
    yield (spans[0][0], spans[-1][1]), _as_words(spans)


def _as_words(spans: Sequence[Span]) -> int:
    """How many words a piece counts for: one of endless words for as many as would fill it."""
    return max(len(spans), (spans[-1][1] - spans[0][0]) * LONGEST_SENTENCE // _LONGEST_TEXT)


def _piece_length(text: str, spans: Sequence[Span]) -> int:
    """How many words a piece takes: up to the last mark of a clause, or all where there is none in the second half."""
    for count in range(len(spans), len(spans) // 2, -1):
        if text[spans[count - 1][1] - 1] in _CLAUSE_MARKS:
            return count
    return len(spans)


def _groups(sentences: Sequence[tuple[Span, int]]) -> Iterator[list[tuple[Span, int]]]:
    """Neighbouring sentences, in groups of about equal numbers of words."""
    total = sum(words for _, words in sentences)
    groups = max(1, round(total / PASSAGE_WORDS))
    group: list[tuple[Span, int]] = []
    taken, made = 0, 0
    for sentence in sentences:
        words = sentence[1]
        if group and taken + words / 2 > total / groups * (made + 1):
            yield group
            group, made = [], made + 1
        group.append(sentence)
        taken += words
    if group:
        yield group
