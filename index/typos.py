"""Slips of the fingers: the spellings near to one that the documents do not know, among those that they do."""

from collections.abc import Callable, Iterator, Sequence
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from index.spelling import is_plain_syllable

TermsBeginning = Callable[[str], Sequence[str]]
"""The documents' syllables, without diacritics, that begin with some letters."""

_SHORTEST = 3
"""Letters that something mistyped has at the least: of two, any other two are near."""
_SHORTEST_NAME = 5
"""Letters that a name has at the least if it is to be known by itself, without the words beside it."""
_LONG_NAME = 8
"""From as many letters on, a name may have two slips."""
_SURE_BEGINNING = 3
"""Letters at the beginning of a long name that have no slip."""
_SOUND_ALIKE = frozenset(map(frozenset, "iy ck cq kq sx sz xz vw dz gj bp fp td".split()))
"""Letters that are taken for each other in foreign names."""


_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = frozenset(
    frozenset((row[place], other))
    for row, below in zip(_ROWS, (*_ROWS[1:], ""), strict=True)
    for place in range(len(row))
    for other in (*row[place + 1 : place + 2], *below[max(0, place - 1) : place + 1])
)
"""Keys that lie beside each other."""


def near(plain: str, is_known: Callable[[str], bool]) -> list[str]:
    """The known spellings one slip away: a letter too many, too few, another, or two swapped (Damerau 1964).

    Args:
        plain: Letters without diacritics; in fewer than three, or in anything else, no slip is looked for.
        is_known: Whether the documents know a spelling.
    """
    if len(plain) < _SHORTEST or not (plain.isascii() and plain.isalpha()):
        return []
    return [other for other in dict.fromkeys(_one_slip_away(plain)) if other != plain and is_known(other)]


def is_likely_slip(plain: str, other: str) -> bool:
    """Whether a finger or an ear is easily so wrong: any slip but a letter for one that is neither near nor alike."""
    return len(plain) != len(other) or all(pair in _BESIDE or pair in _SOUND_ALIKE for pair in _replaced(plain, other))


def _one_slip_away(plain: str) -> Iterator[str]:
    for place in range(len(plain) + 1):
        before, after = plain[:place], plain[place:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after
        if after:
            yield before + after[1:]
            for letter in ascii_lowercase:
                yield before + letter + after[1:]


def near_name(plain: str, one_slip_away: Sequence[str], beginning: TermsBeginning) -> str | None:
    """The foreign name that was surely meant, whatever stands beside it; ``None`` if none or several could be.

    A letter for another tells names apart ("Iran", "Iraq"; "Slovenia", "Slovakia"), unless the two sound alike.
    """
    if len(plain) < _SHORTEST_NAME or is_plain_syllable(plain):
        return None
    names = [other for other in one_slip_away if _may_be(plain, other)]
    if not names and len(plain) >= _LONG_NAME:
        listed = process.extract(plain, beginning(plain[:_SURE_BEGINNING]), scorer=OSA.distance, score_cutoff=2)
        names = [other for other, _, _ in listed if _may_be(plain, other)]
    return names[0] if len(names) == 1 else None


def _may_be(plain: str, other: str) -> bool:
    """Whether a name may be another, misspelt."""
    if other[0] != plain[0] or abs(len(plain) - len(other)) > 1 or not other.isalpha() or is_plain_syllable(other):
        return False
    return all(pair in _SOUND_ALIKE for pair in _replaced(plain, other))


def _replaced(plain: str, other: str) -> list[frozenset[str]]:
    """The letters that stand for each other in two spellings, without those that are only swapped."""
    if sorted(plain) == sorted(other):
        return []
    changes = Levenshtein.editops(plain, other)
    return [frozenset((plain[change.src_pos], other[change.dest_pos])) for change in changes if change.tag == "replace"]
