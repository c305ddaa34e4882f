"""What counts as having a term of a question: the other forms of a name, the other spellings of a number or a date."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from index.documents import Span
from index.names import Names
from index.numerals import spellings
from index.terms import JOINER, Alternatives, Field, Form
from index.vietnamese import fold, has_diacritics, syllables

Placed = tuple[str, Span]
"""A syllable, and where it stands in the text."""

_Meant = tuple[int, int, list[Form]]
"""Something in a run, from one place to before another, and its other forms."""

_HEADS = frozenset("nước nuoc người nguoi tiếng tieng của cua ở o tại tai với voi và va".split())
"""Words beside a name that do not make another word of it."""


def alternatives(
    text: str,
    runs: Iterable[Sequence[Placed]],
    names: Names,
    read: Sequence[tuple[Form, Form]],
    document_frequency: Callable[[Field, str], int],
) -> Alternatives:
    """For the terms of a question, the forms that the documents know and that count as having them.

    Args:
        text: The question.
        runs: Its content.
        names: Names in their forms.
        read: What abbreviations were read as, each with something else that it may stand for.
        document_frequency: How many passages hold a term.
    """
    found: dict[str, list[Form]] = {}
    numbers = list(spellings(text))
    for run in runs:
        listed = [syllable for syllable, _ in run]
        for start, end, forms in (
            *_numbers_in(run, numbers),
            *_names_in(listed, names, document_frequency),
            *_abbreviations_in(listed, read),
        ):
            typed = tuple(listed[start:end])
            known = [form for form in forms if _is_known(form, document_frequency) and not _holds(form, typed)]
            for term, form in _of_terms(listed, start, end, known):
                for key in dict.fromkeys((term, fold(term))):
                    others = found.setdefault(key, [])
                    if form not in others and JOINER.join(form) != term:
                        others.append(form)
    return found


def _numbers_in(run: Sequence[Placed], numbers: Iterable[tuple[Span, list[Form]]]) -> Iterator[_Meant]:
    for (start, end), forms in numbers:
        inside = [place for place, (_, span) in enumerate(run) if start <= span[0] and span[1] <= end]
        if inside and run[inside[0]][1][0] == start and run[inside[-1]][1][1] == end:
            yield inside[0], inside[-1] + 1, forms


def _names_in(listed: Sequence[str], names: Names, document_frequency: Callable[[Field, str], int]) -> Iterator[_Meant]:
    place = 0
    while place < len(listed):
        length = names.longest_at(listed, place)
        if length and not (length == 1 and _is_part_of_word(listed, place, document_frequency)):
            others = names.others(tuple(listed[place : place + length]))
            yield place, place + length, [tuple(syllables(other)) for other in others]
        place += length or 1


def _abbreviations_in(listed: Sequence[str], read: Sequence[tuple[Form, Form]]) -> Iterator[_Meant]:
    for chosen, other in read:
        for place in range(len(listed) - len(chosen) + 1):
            if tuple(listed[place : place + len(chosen)]) == chosen:
                yield place, place + len(chosen), [other]


def _is_part_of_word(listed: Sequence[str], place: int, document_frequency: Callable[[Field, str], int]) -> bool:
    """Whether the documents know a longer word in which a syllable stands: "mỹ" in "thẩm mỹ"."""
    near = listed[max(0, place - 1) : place + 2]
    return any(
        document_frequency(Field.FOLDED_WORDS, fold(JOINER.join(pair)))
        for pair in pairwise(near)
        if not _HEADS.intersection(pair)
    )


def _is_known(form: Form, document_frequency: Callable[[Field, str], int]) -> bool:
    plain = [fold(syllable) for syllable in form]
    if len(plain) == 1:
        return document_frequency(Field.FOLDED_SYLLABLES, plain[0]) > 0
    return all(document_frequency(Field.FOLDED_BIGRAMS, JOINER.join(pair)) for pair in pairwise(plain))


def _holds(form: Form, typed: Form) -> bool:
    """Whether a form holds what was typed, so that it is found as typed."""
    if not has_diacritics("".join(typed)):
        form = tuple(map(fold, form))
    return any(form[place : place + len(typed)] == typed for place in range(len(form) - len(typed) + 1))


def _of_terms(listed: Sequence[str], start: int, end: int, forms: Iterable[Form]) -> Iterator[tuple[str, Form]]:
    """Each term that what was typed makes up or has a part in, with each form in its place."""
    for form in forms:
        for first in range(start, end):
            for last in range(first + 1, end + 1):
                yield JOINER.join(listed[first:last]), form
        if start:
            yield JOINER.join(listed[start - 1 : start + 1]), (listed[start - 1], form[0])
        if end < len(listed):
            yield JOINER.join(listed[end - 1 : end + 1]), (form[-1], listed[end])
