"""Names in their forms: "Mỹ" and "Hoa Kỳ", "Moskva" and "Moscow". ``names.txt`` lists them; an owner may add a file.

A line is a group of forms that mean the same, parted by ``=``, the usual one first; ``#`` begins a remark.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from index.terms import Form
from index.vietnamese import clean, fold, syllables

OWN_FILE = Path(__file__).with_name("names.txt")
_PARTING = "="
_REMARK = "#"
LONGEST = 8
"""Syllables that a form may have."""


class BadNames(Exception):
    """A file of names cannot be used.

    Attributes:
        path: The file.
        line: The number of the line that is no group of names, from 1; 0 where the file cannot be read.
        written: That line, or why the file cannot be read.
    """

    def __init__(self, path: Path, line: int, written: str) -> None:
        wrong = (
            f"line {line} must hold two or more forms of a name, parted by {_PARTING}, each of 1 to {LONGEST} syllables"
        )
        super().__init__(f"{path}: {f'{wrong}: ' if line else ''}{written}")
        self.path = path
        self.line = line
        self.written = written


class Names:
    """Groups of forms that mean the same, to be looked up by the form that was typed."""

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        """Take groups of forms, each as it is written."""
        self._groups: dict[Form, list[str]] = {}
        self._written: dict[Form, str] = {}
        typed: dict[Form, list[Form]] = defaultdict(list)
        for group in groups:
            for written in group:
                form = tuple(syllables(written))
                self._written.setdefault(form, written)
                others = self._groups.setdefault(form, [])
                others += [other for other in group if other != written and other not in others]
                for spelling in dict.fromkeys((form, tuple(map(fold, form)))):
                    if form not in typed[spelling]:
                        typed[spelling].append(form)
        self._typed: Mapping[Form, Sequence[Form]] = dict(typed)

    def longest_at(self, typed: Sequence[str], start: int) -> int:
        """How many syllables the longest form has that stands at a place, with its marks or without any; 0 for none."""
        lengths = range(min(LONGEST, len(typed) - start), 0, -1)
        return next((length for length in lengths if tuple(typed[start : start + length]) in self._typed), 0)

    def written(self, typed: Form) -> str:
        """A form with its marks and capitals, typed with its marks or without any; empty where there is none."""
        return next((self._written[form] for form in self._typed.get(typed, ())), "")

    def others(self, typed: Form) -> Iterator[str]:
        """The other forms of a name, as they are written, the usual one first."""
        seen = {typed}
        for form in self._typed.get(typed, ()):
            for other in self._groups[form]:
                if (found := tuple(syllables(other))) not in seen:
                    seen.add(found)
                    yield other


def read_names(*paths: Path) -> Names:
    """The names in some files, together with those that come with the project.

    Raises:
        BadNames: a file or a line of it cannot be used.
    """
    return Names(group for path in (OWN_FILE, *paths) for group in _groups(path))


@cache
def common_names() -> Names:
    """The names that come with the project."""
    return read_names()


def _groups(path: Path) -> Iterator[list[str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise BadNames(path, 0, reason or "not UTF-8 text") from error
    for number, line in enumerate(lines, start=1):
        if written := clean(line).partition(_REMARK)[0].strip():
            yield _group(path, number, written)


def _group(path: Path, number: int, written: str) -> list[str]:
    forms = [form.strip() for form in written.split(_PARTING)]
    if len(forms) < 2 or not all(0 < len(syllables(form)) <= LONGEST for form in forms):
        raise BadNames(path, number, written)
    return forms
