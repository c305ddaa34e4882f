"""Whether two sentences that come to different values speak of one thing.

What narrows a word follows it in Vietnamese: "công nhân nữ", "ca đêm", "giai đoạn 2", "ga Vinh". So what follows a word that
both have must not differ, in the sentences or in their headings and titles; and a year or a name that only one of them has,
and the question has not, makes another thing of it. All of it holds whichever of the two comes first.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile

from index.amounts import LINKING, Amount
from index.clues import CLAIMING
from index.documents import Passage, Span
from index.matching import Content, read
from index.terms import JOINER
from index.values import Moment, Value, moments
from index.vietnamese import syllable_spans, syllables

_VALUE = "|"
"""What stands for a value where it was left out."""
_PARTING = re.compile(r"[,;:()–—\n\"“”|]| - ")
_ATTRIBUTION = re.compile(
    r"^Theo (?!giờ)[^,|]*,|, theo (?!giờ)[^,.;:()|]*"
    r"|\btheo (?:ước tính|thống kê|số liệu|báo cáo|đánh giá|công bố|kết quả|kế hoạch)\b[^,.;:()|]*"
    rf"|^[^,.;:|]*\b(?:{'|'.join(CLAIMING)})(?: rằng)?\b"
)
"""What tells who says so, and not by which clock."""
_YEAR = re.compile(r"(?<![\d.,])(?:1\d|20)\d\d(?![\d.,]*\d)")
_SINCE = frozenset({"từ", "kể từ"})
"""Before a time from which on a rule holds."""
_NOTHING_ELSE = LINKING | frozenset(
    "vụ trận cuộc buổi tổng mức số những các mọi mỗi hằng hàng năm ông bà anh chị làm".split()
)
"""What narrows nothing: links, classifiers, forms of address."""
_OF_AN_EDITION = frozenset("cũ mới sửa bổ cập gia".split())
"""Syllables that open what tells two editions of a text apart in a title: "sửa đổi", "gia hạn"."""

_Clause = Sequence[tuple[str, bool]]
"""Syllables, each with whether it is part of a name or a number: it has a capital that opens nothing, or is in digits."""


@dataclass(frozen=True)
class Statement:
    """A sentence that comes to a value.

    Attributes:
        text: The sentence.
        span: Where the value stands in it.
        value: The value.
        passage: The passage that the sentence stands in.
    """

    text: str
    span: Span
    value: Value
    passage: Passage

    @cached_property
    def sources(self) -> AbstractSet[str]:
        """The syllables that tell who says so."""
        return {syllable for match in _ATTRIBUTION.finditer(self.text) for syllable in syllables(match.group())}

    @cached_property
    def rest(self) -> str:
        """The sentence without the value and who says so, each character in its place."""
        start, end = self.span
        rest = self.text[:start] + _VALUE * (end - start) + self.text[end:]
        return _ATTRIBUTION.sub(lambda match: ";" * len(match.group()), rest)

    @cached_property
    def until_clause_end(self) -> str:
        """The rest to the end of the clause that the value stands in: what follows goes on about something else."""
        after = _PARTING.search(self.rest, self.span[1])
        return self.rest[: after.start() if after else None]

    @property
    def tail(self) -> list[str]:
        """The syllables between the value and the end of its clause."""
        return syllables(self.until_clause_end[self.span[1] :])

    @property
    def above(self) -> str:
        """The title and the heading."""
        return f"{self.passage.source.title}\n{self.passage.heading or ''}"

    @cached_property
    def known(self) -> AbstractSet[str]:
        """The syllables of the sentence, the title and the heading."""
        return set(syllables(f"{self.text}\n{self.above}"))


def of_one_thing(content: Content, one: Statement, other: Statement) -> bool:
    """Whether two sentences are surely of one thing, as far as a question does not ask for both."""
    both = (one, other), (other, one)
    return not (
        any(_is_of_another_year(content, *pair) or _narrows(content, *pair) for pair in both)
        or _dates_differ(one, other)
        or all(_goes_on(content, *pair) for pair in both)
        or all(_names(content, f"{this.rest}\n{this.above}", that) - this.sources for this, that in both)
        or _part(*(_followers(this.rest) for this, _ in both))
        or _part(*(_followers(this.passage.heading or "") for this, _ in both))
        or _part(*(_followers(this.passage.source.title, but=_edition(this) | that.known) for this, that in both))
    ) and _is_shown(content, one, other)


# --- Times -----------------------------------------------------------------------------------------------------------


def _is_of_another_year(content: Content, one: Statement, other: Statement) -> bool:
    """Whether one is of a year that neither the question nor the other names; a title may name that of its edition."""
    said = {str(moment.parts["year"]) for moment in _moments(one) if "year" in moment.parts}
    titled = set(_YEAR.findall(one.above)) - _edition(one)
    return any(not content.key(year) and year not in other.known for year in said | titled)


def _dates_differ(one: Statement, other: Statement) -> bool:
    """Whether two sentences are of different days; an hour is of one day where only one of them names it."""
    told, told_too = _moments(one), _moments(other)
    is_of_an_hour = any(isinstance(this.value, Moment) and "hour" in this.value.parts for this in (one, other))
    if is_of_an_hour and bool(told) != bool(told_too):
        return True
    return any(this.contradicts(that) for this in told for that in told_too)


def _moments(one: Statement) -> list[Moment]:
    """The times of a sentence beside its value, but for those from which on something holds."""
    return [moment for _, moment in moments(one.rest) if moment.manner not in _SINCE]


def _edition(one: Statement) -> frozenset[str]:
    """The words of a title that tell an edition: the year it was written in, and that it is old or new."""
    date = one.passage.source.date
    return _OF_AN_EDITION | {str(date.year)} if date else _OF_AN_EDITION


# --- Words -----------------------------------------------------------------------------------------------------------


def _narrows(content: Content, one: Statement, other: Statement) -> bool:
    """Whether one is of a part, a sort or a subject that neither the question nor the other tells."""
    if _names(content, one.until_clause_end, other):
        return True
    opening = next((clause for clause in _clauses(one.rest) if any(content.key(word) for word, _ in clause)), ())
    subject = next((word for word, _ in opening if word not in _NOTHING_ELSE), "")
    if subject and not _is_known(content, subject, other):
        return True
    counted = takewhile(lambda word: word not in LINKING, one.tail) if isinstance(one.value, Amount) else ()
    return any(not _is_known(content, word, other) for word in counted)


def _is_known(content: Content, word: str, other: Statement) -> bool:
    """Whether the question or the other sentence, its title or its heading has a word."""
    return word in other.known or content.key(word) is not None


def _goes_on(content: Content, one: Statement, other: Statement) -> bool:
    """Whether a sentence tells more of its value, in the same clause, than the other does."""
    return any(word not in _NOTHING_ELSE and not _is_known(content, word, other) for word in one.tail)


def _names(content: Content, text: str, other: Statement) -> AbstractSet[str]:
    """The syllables of names in a text that neither the question nor the other sentence, title or heading has."""
    names = {word for clause in _clauses(text) for word, is_name in clause if is_name and not word.isdigit()}
    return {word for word in names if not _is_known(content, word, other)}


def _part(first: Mapping[str, set[str]], second: Mapping[str, set[str]]) -> bool:
    """Whether something follows a word in two texts, and never the same: "ca ngày", "ca đêm"."""
    return any(first[word].isdisjoint(second[word]) for word in first.keys() & second.keys())


def _followers(text: str, *, but: AbstractSet[str] = frozenset()) -> Mapping[str, set[str]]:
    """What follows each word of a text; a name is followed by its rest, not by what is told of it."""
    followers = defaultdict[str, set[str]](set)
    for clause in _clauses(text):
        telling = [(word, is_name) for word, is_name in clause if word not in _NOTHING_ELSE]
        for (word, is_name), (after, goes_on) in pairwise(telling):
            if after not in but and (goes_on or not is_name):
                followers[word].add(after)
    return followers


def _clauses(text: str) -> list[_Clause]:
    """A text in clauses; its first syllable has its capital for another reason."""
    clauses: list[_Clause] = []
    for line in text.split("\n"):
        opens = True
        for part in _PARTING.split(line):
            clause = []
            for syllable, (start, _) in syllable_spans(part):
                clause.append((syllable, part[start].isdigit() or (part[start].isupper() and not opens)))
                opens = False
            clauses.append(clause)
    return clauses


# --- What shows that both are of one thing ---------------------------------------------------------------------------


def _is_shown(content: Content, one: Statement, other: Statement) -> bool:
    """Whether both passages write a name of the question, or the titles share more than the question's own words."""
    shared = read(one.passage.source.title).pairs & read(other.passage.source.title).pairs
    for first, second in (pair.split(JOINER) for pair in shared):
        if not LINKING & {first, second} and not (content.key(first) and content.key(second)):
            return True
    told, told_too = _capitals(content, one.passage), _capitals(content, other.passage)
    return any(told[key] | told_too[key] == {True} for key in told.keys() & told_too.keys())


def _capitals(content: Content, passage: Passage) -> dict[str, set[bool]]:
    """Which syllables of the question a passage and its title hold, and whether with a capital where they open no sentence."""
    capitals: dict[str, set[bool]] = {}
    for text, opening in ((passage.source.title, {0}), (passage.text, {start for start, _ in passage.sentences})):
        for syllable, (start, _) in syllable_spans(text):
            if key := content.key(syllable):
                capitals.setdefault(key, set()).update([text[start].isupper()] if start not in opening else [])
    return capitals
