"""The words that make a follow-up: which ask, which point back, which open and close it.

Every one of them may be typed without its diacritics.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from index.documents import Span
from index.vietnamese import fold, has_diacritics, syllable_spans


class Kind(Enum):
    """What a phrase does in a question."""

    WHY = auto()
    WHO_OR_WHAT = auto()
    OTHER = auto()
    OPENER = auto()
    INSTEAD = auto()  # Opens what is asked about instead.
    SO = auto()  # Closes what is asked about instead.
    CLOSER = auto()
    THAT_PERSON = auto()
    THAT = auto()


ASKS = {Kind.WHY, Kind.WHO_OR_WHAT, Kind.OTHER}
_OPENING = {Kind.OPENER, Kind.INSTEAD}
POINTS = {Kind.THAT_PERSON, Kind.THAT}
_LEXICON: Mapping[Kind, str] = {
    Kind.WHY: (
        "vì sao|tại sao|tại vì sao|sao|sao lại|vì sao lại|tại sao lại|do đâu|vì đâu|lý do gì|lí do gì|vì lý do gì"
    ),
    Kind.WHO_OR_WHAT: "ai|là ai|những ai|là những ai|là gì|nghĩa là gì|là cái gì|là người nào",
    Kind.OTHER: (
        "bao nhiêu|là bao nhiêu|bao lâu|bao xa|mấy|thứ mấy|hạng mấy|khi nào|vào khi nào|từ khi nào|bao giờ|lúc nào|"
        "vào lúc nào|mấy giờ|năm nào|vào năm nào|ngày nào|vào ngày nào|tháng nào|ở đâu|là ở đâu|tại đâu|từ đâu|đến đâu|"
        "đâu|nơi nào|ở nơi nào|chỗ nào|ở chỗ nào|nước nào|ở nước nào|như thế nào|là như thế nào|thế nào|ra sao|làm sao|"
        "bằng cách nào|cách nào|gì|cái gì|những gì|để làm gì|của ai|cho ai|với ai|nào|j|bn"
    ),
    Kind.OPENER: "thế|vậy|thế thì|vậy thì|và|rồi|à|ủa|mà",
    Kind.INSTEAD: (
        "còn|thế còn|vậy còn|rồi còn|và còn|à còn|còn về|thế còn về|còn đối với|còn với|thế với|vậy với|thế về|vậy về"
    ),
    Kind.SO: "thì sao|thì s|thì thế nào|thì như thế nào|thì ra sao|thì",
    Kind.CLOSER: (
        "vậy|thế|như vậy|như thế|đó|đấy|ạ|nhỉ|hả|nhé|nha|à|z|v|bạn|bạn ơi|vậy bạn|vậy bạn ơi|thế ạ|vậy ạ|nữa|"
        "nữa không|với|bot|ad"
    ),
    Kind.THAT_PERSON: (
        "ông ấy|ông ta|ông này|bà ấy|bà ta|bà này|anh ấy|anh ta|chị ấy|chị ta|cô ấy|cô ta|cô này|người đó|người này|"
        "người ấy|vị này|vị đó|họ|hắn"
    ),
    Kind.THAT: (
        "nó|chúng|cái đó|cái này|cái ấy|điều đó|điều này|điều ấy|việc đó|việc này|việc ấy|chuyện đó|chuyện này|"
        "chuyện ấy|con số đó|con số này|số đó|nơi đó|nơi này|nước đó|nước này|ở đó|tại đó"
    ),
}
AMBIGUOUS = frozenset("sao dau may nao v z a ha".split())
"""Plain syllables that are often another word than the one above."""
_PLAIN_PRONOUNS: Mapping[str, Sequence[str]] = {
    "no": "co|la|nam|o|gom|dung|duoc|thuoc|tang|giam|den|bao|keo|tri|dien|bat|lam|gia|cao|dai|rong|nang|se|da|dang".split(
        "|"
    ),
    "chung": "gom|la|co|duoc|nam|o|dung".split("|"),
    "ho": "la ai|noi|muon|se|da|lam".split("|"),
    "han": "la ai|noi|lam".split("|"),
}
"""Pronouns that without diacritics are nearly always another word, but for where they open a text and one of these follows."""


@dataclass(frozen=True, slots=True)
class Token:
    """A syllable, or a phrase of the lexicon.

    Attributes:
        text: As it was typed.
        span: Where it stands.
        kind: What the phrase does; ``None`` for a syllable.
        meant: The phrase with its diacritics; a syllable as it was typed.
    """

    text: str
    span: Span
    kind: Kind | None
    meant: str


@cache
def _phrases() -> Mapping[tuple[str, ...], Sequence[tuple[tuple[str, ...], Kind]]]:
    """The lexicon's phrases under what they look like without diacritics."""
    phrases: dict[tuple[str, ...], list[tuple[tuple[str, ...], Kind]]] = {}
    for kind, listed in _LEXICON.items():
        for text in listed.split("|"):
            phrase = tuple(syllable for syllable, _ in syllable_spans(text))
            phrases.setdefault(tuple(map(fold, phrase)), []).append((phrase, kind))
    return phrases


_LONGEST = 4
"""Syllables in the longest phrase."""


def tokens_of(text: str) -> list[Token]:
    """The text in phrases of the lexicon, the longest that fit, and single syllables."""
    syllables = list(syllable_spans(text))
    plain = not has_diacritics(text)
    tokens: list[Token] = []
    place = 0
    while place < len(syllables):
        opening = plain and all(token.kind in _OPENING for token in tokens)
        phrase, kind = _phrase_at(
            [syllable for syllable, _ in syllables[place : place + _LONGEST]],
            at_start=not tokens,
            plain=plain,
            opening=opening,
        )
        span = syllables[place][1][0], syllables[place + len(phrase) - 1][1][1]
        typed = text[slice(*span)]
        tokens.append(Token(typed, span, kind, " ".join(phrase) if typed.islower() else typed))
        place += len(phrase)
    return tokens


def is_one_of(text: str, listed: Sequence[str]) -> bool:
    """Whether a text is one of some words, with its diacritics or without any."""
    return any(text.lower() in {word, fold(word)} for word in listed)


def _phrase_at(
    upcoming: Sequence[str], *, at_start: bool, plain: bool, opening: bool
) -> tuple[Sequence[str], Kind | None]:
    """The longest phrase that begins here, with its kind; the next syllable where there is none.

    Args:
        upcoming: The next syllables.
        at_start: Whether they begin the text.
        plain: Whether the whole text was typed without diacritics: else "con" is a child, and not "còn".
        opening: Whether that is so, and only words that open a follow-up stand before them.
    """
    for length in range(len(upcoming), 0, -1):
        typed = upcoming[:length]
        for phrase, kind in _phrases().get(tuple(map(fold, typed)), ()):
            exact = phrase == tuple(typed)
            if kind in _OPENING and not (at_start and (exact or plain)):
                continue
            if exact or (
                _is_typed(phrase, typed) and _may_be_plain(upcoming, length, at_start=at_start, opening=opening)
            ):
                return phrase, kind
    return upcoming[:1], None


def _may_be_plain(upcoming: Sequence[str], length: int, *, at_start: bool, opening: bool) -> bool:
    """Whether so many syllables may stand for the same ones with their diacritics."""
    if length == 1 and upcoming[0] in _PLAIN_PRONOUNS:
        following = " ".join(upcoming[1:])
        return opening and any(f"{following} ".startswith(f"{one} ") for one in _PLAIN_PRONOUNS[upcoming[0]])
    return at_start or upcoming[0] not in AMBIGUOUS


def _is_typed(phrase: Sequence[str], typed: Sequence[str]) -> bool:
    """Whether syllables are a phrase, all with their diacritics or all without."""
    return tuple(typed) in {tuple(phrase), tuple(map(fold, phrase))}
