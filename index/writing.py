"""A question as the documents would write it: "tru luong dat hiem cua nga" is "trữ lượng đất hiếm của Nga"."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from index import background
from index.documents import Passage
from index.names import Names
from index.questions import with_marks
from index.terms import Field
from index.vietnamese import fold, syllable_spans

_ORDINARY = 100
"""Passages of ordinary Vietnamese that count beside the documents': few documents cannot tell "nói gì" from "nội gì"."""
_USUAL = 0.5
"""The share of a syllable's places beyond which one way to write it is the usual one."""


def written(
    text: str, document_frequency: Callable[[Field, str], int], passages: Iterable[Passage], names: Names
) -> str:
    """A text with the diacritics that it lost, and with capitals where the documents have them.

    What was typed with diacritics or capitals stays as it is.

    Args:
        text: What was typed, cleaned.
        document_frequency: How many passages hold a term.
        passages: Those that speak of it.
        names: Tell how a name is written that the passages do not hold.
    """

    def frequency(field: Field, term: str) -> int:
        return document_frequency(field, term) + round(_ORDINARY * background.share(field, term))

    marked = with_marks(text, frequency)
    placed = [
        (marked[span[0]] if fold(syllable) == syllable else syllable, span) for syllable, span in syllable_spans(text)
    ]
    listed = [syllable for syllable, _ in placed]
    out, last = [], 0
    for (meant, (start, end)), usual in zip(placed, _usual(listed, passages, names), strict=True):
        out += [text[last:start], _as_typed(text[start:end], usual or meant)]
        last = end
    return "".join([*out, text[last:]])


def _as_typed(typed: str, meant: str) -> str:
    """A syllable as it is meant, but with what was typed of diacritics and capitals."""
    if fold(typed) != typed:
        return typed[:1].upper() + typed[1:] if meant[:1].isupper() else typed
    if typed.islower() or len(typed) != len(meant):
        return meant
    return "".join(letter.upper() if one.isupper() else letter for one, letter in zip(typed, meant, strict=True))


def _usual(listed: Sequence[str], passages: Iterable[Passage], names: Names) -> Iterator[str]:
    """How some neighbouring syllables are written where that is not in lower case; else nothing.

    Where they stand beside each other in the passages tells it, or else the names known, or wherever they stand. What opens a
    sentence does not.
    """
    beside = [Counter[str]() for _ in listed]
    anywhere = [Counter[str]() for _ in listed]
    for passage in passages:
        opening = {start for start, _ in passage.sentences}
        said = list(syllable_spans(passage.text))
        for at, (syllable, span) in enumerate(said):
            if span[0] in opening or syllable not in listed:
                continue
            near = {step: said[at + step][0] for step in (-1, 1) if 0 <= at + step < len(said)}
            for place, one in enumerate(listed):
                if one == syllable:
                    anywhere[place][passage.text[slice(*span)]] += 1
                    if any(
                        listed[place + step : place + step + 1] == [near.get(step)]
                        for step in (-1, 1)
                        if place + step >= 0
                    ):
                        beside[place][passage.text[slice(*span)]] += 1
    named = _named(listed, names)
    for place in range(len(listed)):
        counts = beside[place] or (Counter([named[place]]) if place in named else anywhere[place])
        usual, count = next(iter(counts.most_common(1)), ("", 0))
        yield usual if not usual.islower() and count > _USUAL * counts.total() else ""


def _named(listed: Sequence[str], names: Names) -> dict[int, str]:
    """How the syllables of names are written: of one alone only where nothing else stands beside it ("mỹ" in "thẩm mỹ")."""
    found: dict[int, str] = {}
    for place in range(len(listed)):
        length = names.longest_at(listed, place)
        parts = names.written(tuple(listed[place : place + length])).split()
        if place not in found and len(parts) == length > int(len(listed) > 1):
            found |= dict(enumerate(parts, place))
    return found
