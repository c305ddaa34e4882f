"""Hears what is asked for in words, without a slash: "tóm tắt giúp mình bài 1 với", "xem tiếp đi bạn".

Every word may be typed without its diacritics.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from index.shorthand import written_out
from index.vietnamese import fold, has_diacritics, syllables, word_start

Phrase = tuple[str, ...]
"""Syllables in lower case."""


def _as_typed(pattern: str) -> str:
    """A pattern whose words may each be typed without diacritics, but with no others: "hồ" is no "hộ", nor "chợ" a "cho".

    Words of one letter stay as they are: "ạ" closes what is said, and "a" may belong to it.
    """
    return re.sub(
        r"\w\w+", lambda word: f"(?:{word[0]}|{fold(word[0])})" if has_diacritics(word[0]) else word[0], pattern
    )


_ME = "(?:mình|mik|mk|tôi|em|tui|tao|tớ|t|anh|chị(?! tiết)|bọn mình|chúng mình)"
_FOR_ME = rf"(?:giúp|cho|hộ|dùm|giùm)(?: {_ME})?(?: (?:xem|biết))?"
_REQUEST = rf"(?:(?:bạn|bot|ad|ơi|hãy|vui lòng|làm ơn|xin|nhờ|có thể|{_FOR_ME}|{_ME}|muốn|cần),? )*+"
_MANNER = "(?:lại|nhanh|sơ qua|qua|(?:những |các )?[ýy] chính|nội dung(?: chính)?)"
_CLOSING = (
    "(?:với|vs|nhé|nhá|nha|ạ|đi|ik|nào|luôn|thôi|bạn ơi|bạn|bot|ad|(?:được|đc) (?:không|ko|k)|không|ko|please|pls)"
)
_LONGEST = 100
"""Characters that a request for something known may have."""
_NO_NAME = r"(?-i:(?<!\bAnh ))"
"""Right before what is wanted "Anh" is who has it: "Anh còn gì khác?"."""
_AROUND = re.compile(
    _as_typed(
        rf"{_REQUEST}{_NO_NAME}(?:(?:xem|coi|đọc|mở|nói) )?"
        rf"(?P<what>.+?)(?:,?(?: {_FOR_ME}| {_CLOSING}| vậy| thế| [abkvz]))*+[ .!?…]*+"
    ),
    re.IGNORECASE,
)
_SHORT = rf"(?-i:[Tt]t)(?= (?:bài|tài liệu)\b| \d{{1,2}}(?: {_FOR_ME}| {_CLOSING})*+[ .!?…]*$)"
"""The abbreviation, before what is surely a document: "tt" stands for several things, as "TT 78" does for "thông tư"."""
_OF_THE_WORD = re.compile(_as_typed(r"(?:là (?:gì|sao)|nghĩa là)\b"), re.IGNORECASE)
"""What follows the word itself in a question about it."""


def _asking(letters: str) -> re.Pattern[str]:
    """A request for a summary, which these letters close only in lower case, and after what is surely no part of a name.

    "Gen Z" and "vitamin A" are subjects.
    """
    letter = f"(?-i: [{letters}])?"
    return re.compile(
        _as_typed(
            rf"{_REQUEST}(?P<verb>tóm tắt|tóm lược|{_SHORT})(?: {_MANNER})*+(?: {_FOR_ME})*+(?: {_MANNER})*+{letter}"
            rf"(?:(?: của)? (?P<what>.+?)(?:(?<=\d){letter})?)??(?: {_FOR_ME}{letter})?(?: {_CLOSING}{letter})*+[ .!?…]*+"
        ),
        re.IGNORECASE,
    )


_ASKED = {True: _asking("vz"), False: _asking("avz")}
"""By whether the text has diacritics: only without any is "a" an "ạ"."""


def summary_asked_for(text: str) -> str | None:
    """What follows ``/tomtat`` where a text asks for the same in words; ``None`` where it asks for something else."""
    typed = " ".join(text.split())
    asked = _ASKED[has_diacritics(typed)].fullmatch(typed)
    if asked is None or _OF_THE_WORD.match(asked["what"] or ""):
        return None
    if not asked["what"]:
        return ""
    verb, (start, end) = asked.end("verb"), asked.span("what")
    if typed[verb:start].strip():  # "nội dung chính" is no part of "nội dung chính sách"
        start = max(verb + 1, word_start(typed, start))
    return typed[start:end]


def plain(phrase: Iterable[str]) -> Phrase:
    """Syllables without their diacritics."""
    return tuple(fold(syllable) for syllable in phrase)


def is_typed(phrase: Phrase, typed: Sequence[str]) -> bool:
    """Whether as many syllables are those of a phrase, each with its diacritics or without."""
    return all(one in {syllable, fold(syllable)} for one, syllable in zip(typed, phrase, strict=True))


def says(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether a text says one of some phrases, and nothing else but what opens and closes a request."""
    return said(text, phrases) is not None


def said(text: str, phrases: tuple[str, ...]) -> str | None:
    """The first of some phrases that a text says, with nothing else but what opens and closes a request."""
    typed = _written(text)
    alike = _by_plain(phrases).get(plain(typed), ())
    return next((phrase for phrase, written in alike if is_typed(written, typed)), None)


def wanted(text: str) -> str:
    """What is wanted, in lower case, without the words around it: "cho mình xem bài 2 đi bạn" gives "bài 2"."""
    typed = " ".join(text.split()) if len(text) <= _LONGEST else ""
    around = _AROUND.fullmatch(typed)
    return around["what"].lower() if around else ""


def _written(text: str) -> Phrase:
    """The syllables of what is wanted as they are said."""
    return tuple(written_out(syllable) for syllable in syllables(wanted(text)))


@cache
def _by_plain(phrases: tuple[str, ...]) -> Mapping[Phrase, Sequence[tuple[str, Phrase]]]:
    """Phrases, each with its syllables as they are compared, under what these look like without diacritics."""
    by_plain = defaultdict(list)
    for phrase in phrases:
        by_plain[plain(_written(phrase))].append((phrase, _written(phrase)))
    return by_plain
