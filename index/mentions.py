"""The names in a question, and whether documents mention them: what they never mention they cannot tell of.

A name is one that is listed, something written with capitals inside the question, or a word that is no Vietnamese: "biden".
A listed one of one syllable is a name only where it is a word: "đức" is not in "đạo đức".
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index import background
from index.matching import Read
from index.names import Names
from index.shorthand import READINGS
from index.spelling import is_plain_syllable
from index.terms import JOINER, Field, Form
from index.vietnamese import fold, syllable_spans, syllables, words

DocumentFrequency = Callable[[Field, str], int]

_FOREIGN = re.compile("(?:[^aeiouy]{0,3}[aeiouy]{1,3}){2,}[^aeiouy]{0,2}")
"""Letters that could be said as a word of another language; what two vowels are not parted in is a slip of the fingers."""
_MOSTLY = 0.7
"""The share of words with a capital from which capitals say nothing."""

Placed = tuple[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a question.

    Attributes:
        written: As it stands there, or as it is listed.
        forms: Its forms, in lower-case syllables.
    """

    written: str
    forms: tuple[Form, ...]

    def is_mentioned(self, document_frequency: DocumentFrequency) -> bool:
        """Whether any passage holds a form of it, or a telling part of one."""
        return any(document_frequency(*term) for form in self.forms for term in _terms(form))

    def stands_in(self, text: Read) -> bool:
        """Whether a text holds a form of it, or a telling part of one."""
        return any(_stands_in(text, *term) for form in self.forms for term in _terms(form))


def _terms(form: Form) -> Iterator[tuple[Field, str]]:
    """What shows a form: a word of another language in it, a pair of syllables, or the only syllable with its marks."""
    foreign = [one for one in map(fold, form) if one.isalpha() and not is_plain_syllable(one)]
    if foreign:
        yield from ((Field.FOLDED_SYLLABLES, one) for one in foreign)
    elif len(form) > 1:
        yield from ((Field.FOLDED_BIGRAMS, fold(JOINER.join(pair))) for pair in pairwise(form))
    elif fold(form[0]) != form[0]:
        yield Field.SYLLABLES, form[0]
    else:
        yield Field.FOLDED_SYLLABLES, form[0]


def _stands_in(text: Read, field: Field, term: str) -> bool:
    if field is Field.SYLLABLES:
        return term in text.distinct
    return term in (text.folded.pairs if field is Field.FOLDED_BIGRAMS else text.folded.distinct)


def names_in(text: str, names: Names, *, start: int = 0) -> tuple[Name, ...]:
    """The names in a question.

    Args:
        text: The question as it was read.
        names: Names in their forms.
        start: Where to begin in it.
    """
    placed = [(syllable, span) for syllable, span in syllable_spans(text) if span[0] >= start]
    listed = [syllable for syllable, _ in placed]
    capitals = _capitals(text, placed)
    found: list[Name] = []
    place = 0
    while place < len(placed):
        length, run = names.longest_at(listed, place), _run(text, placed, capitals, place)
        if run > length:  # "Donald Trump", though only "Trump" may be listed
            form = tuple(listed[place : place + run])
            forms = (form, *(one for first in range(run) for one in _listed(form[first:], names)))
            found.append(Name(text[placed[place][1][0] : placed[place + run - 1][1][1]], forms))
        elif length > 1 or (length and _is_name(listed[place], text, has_capital=capitals[place])):
            typed = tuple(listed[place : place + length])
            found.append(Name(names.written(typed), tuple(_listed(typed, names))))
        elif _is_foreign(listed[place]):
            found.append(Name(text[slice(*placed[place][1])], ((listed[place],),)))
        place += max(run, length, 1)
    return tuple(found)


def _is_name(syllable: str, text: str, *, has_capital: bool) -> bool:
    """Whether a syllable that may be a listed name is one in a text: not in "đạo đức".

    underthesea joins names to what stands beside them, as in "hiếm Úc": with a capital, only a common word tells otherwise.
    """
    if not has_capital and is_plain_syllable(syllable):
        return False
    joined = [word for word in words(text) if syllable in word.split(JOINER)]
    return syllable in joined or (has_capital and not any(background.is_common(Field.WORDS, word) for word in joined))


def _listed(form: Form, names: Names) -> Iterator[Form]:
    """The forms of the listed name that a form begins with."""
    if length := names.longest_at(form, 0):
        yield form[:length]
        yield from (tuple(syllables(other)) for other in names.others(form[:length]))


def _capitals(text: str, placed: Sequence[Placed]) -> list[bool]:
    """Which syllables have a capital that tells something: not the first, nor where nearly all have one."""
    capitals = [text[start].isupper() for _, (start, _) in placed]
    if sum(capitals) > _MOSTLY * len(capitals):
        return [False] * len(capitals)
    return [False, *capitals[1:]]


def _run(text: str, placed: Sequence[Placed], capitals: Sequence[bool], first: int) -> int:
    """How many syllables in a row have a capital from a place on, with nothing but a space between them."""
    last = first
    while (
        last < len(placed)
        and capitals[last]
        and (last == first or text[placed[last - 1][1][1] : placed[last][1][0]] == " ")
    ):
        last += 1
    return last - first


def _is_foreign(syllable: str) -> bool:
    """Whether a word without capitals is one of another language."""
    plain = fold(syllable)
    return (
        plain.isalpha()
        and plain not in READINGS
        and not is_plain_syllable(plain)
        and _FOREIGN.fullmatch(plain) is not None
    )
