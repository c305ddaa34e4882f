"""The law that a question names as the one to tell: "theo Bộ luật Dân sự 2015, …".

A law seldom names itself, it says "this law": its name and year lead astray where texts are matched, but to titles.
"""

import re
from collections.abc import Sequence

from index.alternatives import Placed
from index.vietnamese import fold

Run = Sequence[Placed]
"""Neighbouring syllables of a question with their places."""

_KINDS = frozenset({("bo", "luat"), ("luat",), ("nghi", "dinh"), ("thong", "tu"), ("phap", "lenh"), ("hien", "phap")})
"""What the name of a law begins with, without diacritics."""
_LONGEST = 10
"""Syllables from there to its year."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_GAP = re.compile(r"[\s/-]+")
"""What stands between the syllables of a name."""
_BESIDE = frozenset("theo quy dinh ve trong cua tai co noi dung thi boi vao can cu dua tren".split())
"""What stands beside the name of a law without asking for anything itself, without diacritics."""


def without_cited(text: str, runs: Sequence[Run]) -> tuple[list[Run], tuple[str, ...]]:
    """The runs of a question without the name of a law, and that name in syllables without diacritics.

    Only a name with its year is taken for one, and nothing where a question is about no more than the law.
    """
    for number, run in enumerate(runs):
        for first in range(len(run)):
            if last := _end(text, run, first):
                rest = [*runs[:number], run[:first], run[last:], *runs[number + 1 :]]
                if all(fold(syllable) in _BESIDE for part in rest for syllable, _ in part):
                    return list(runs), ()
                return rest, tuple(fold(syllable) for syllable, _ in run[first:last])
    return list(runs), ()


def _end(text: str, run: Run, first: int) -> int:
    """After which place of a run the name of a law ends that begins at a place; 0 if none does."""
    plain = [fold(syllable) for syllable, _ in run[first : first + _LONGEST]]
    if tuple(plain[:1]) not in _KINDS and tuple(plain[:2]) not in _KINDS:
        return 0
    for length, syllable in enumerate(plain, start=1):
        if length > 1 and not _GAP.fullmatch(text, run[first + length - 2][1][1], run[first + length - 1][1][0]):
            return 0
        if _YEAR.fullmatch(syllable):
            return first + length
    return 0
