"""Hears what is asked for in words, without a slash: "tóm tắt giúp mình bài 1 với", "xem tiếp đi bạn".

Every word may be typed without its diacritics.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from index.shorthand import READINGS
from index.vietnamese import fold, has_diacritics, syllables

_ME = "(?:minh|mik|mk|toi|em|tui|tao|to|t|anh|chi|bon minh|chung minh)"
_FOR_ME = rf"(?:giup|cho|ho|dum|gium)(?: {_ME})?(?: (?:xem|biet))?"
_REQUEST = rf"(?:(?:ban|bot|ad|oi|hay|vui long|lam on|xin|nho|co the|{_FOR_ME}|{_ME}|muon|can),? )*+"
_MANNER = "(?:lai|nhanh|so qua|qua|(?:nhung |cac )?y chinh|noi dung(?: chinh)?)"
_CLOSING = "(?:voi|vs|nhe|nha|ạ|di|ik|nao|luon|thoi|ban oi|ban|bot|ad|(?:duoc|dc) (?:khong|ko|k)|khong|ko|please|pls)"
_LONGEST = 100
"""Characters that a request for something known may have."""
_AROUND = re.compile(
    rf"{_REQUEST}(?:(?:xem|coi|doc|mo|noi) )?(?P<what>.+?)(?:,?(?: {_FOR_ME}| {_CLOSING}| vay| the| [abkvz]))*+[ .!?…]*+",
    re.IGNORECASE,
)
_SHORT = rf"(?-i:[Tt]t)(?= (?:bai|tai lieu)\b| \d{{1,2}}(?: {_FOR_ME}| {_CLOSING})*+[ .!?…]*$)"
"""The abbreviation, before what is surely a document: "tt" stands for several things, as "TT 78" does for "thông tư"."""
_OF_THE_WORD = re.compile("(?:la (?:gi|sao)|nghia la)\\b")
"""What follows the word itself in a question about it."""
_NOUN = "bản tóm tắt"


def _asking(letters: str) -> re.Pattern[str]:
    """A request for a summary, which these letters close only in lower case, and after what is surely no part of a name.

    "Gen Z" and "vitamin A" are subjects.
    """
    letter = f"(?-i: [{letters}])?"
    return re.compile(
        rf"{_REQUEST}(?:tom tat|tom luoc|{_SHORT})(?: {_MANNER})*+(?: {_FOR_ME})*+(?: {_MANNER})*+{letter}"
        rf"(?:(?: cua)? (?P<what>.+?)(?:(?<=\d){letter})?)??(?: {_FOR_ME}{letter})?(?: {_CLOSING}{letter})*+[ .!?…]*+",
        re.IGNORECASE,
    )


_ASKED = {True: _asking("vz"), False: _asking("avz")}
"""By whether the text has diacritics: only without any is "a" an "ạ"."""


def summary_asked_for(text: str) -> str | None:
    """What follows ``/tomtat`` where a text asks for the same in words; ``None`` where it asks for something else."""
    typed = " ".join(text.split())
    asked = _ASKED[has_diacritics(typed)].fullmatch(_plain(typed))
    if asked is None or _OF_THE_WORD.match((asked["what"] or "").lower()) or typed.lower().startswith(_NOUN):
        return None
    return typed[slice(*asked.span("what"))] if asked["what"] else ""


def says(text: str, phrases: Iterable[str]) -> bool:
    """Whether a text says one of some phrases, and nothing else but what opens and closes a request."""
    said = _written(text)
    return bool(said) and any(_is_typed(_phrase(phrase), said) for phrase in phrases)


def wanted(text: str) -> str:
    """What is wanted, in lower case, without the words around it: "cho mình xem bài 2 đi bạn" gives "bài 2"."""
    typed = " ".join(text.lower().split()) if len(text) <= _LONGEST else ""
    around = _AROUND.fullmatch(_plain(typed))
    return typed[slice(*around.span("what"))] if around else ""


def _written(text: str) -> Sequence[str]:
    """The syllables of what is wanted, those that are abbreviated written out."""
    written: list[str] = []
    for syllable in syllables(wanted(text)):
        meant = READINGS.get(syllable, ((syllable,),))[0]
        written.append(meant[0] if len(meant) == 1 else syllable)
    return written


@cache
def _phrase(phrase: str) -> Sequence[str]:
    """A phrase as it is compared."""
    return _written(phrase)


def _is_typed(phrase: Sequence[str], typed: Sequence[str]) -> bool:
    """Whether syllables are those of a phrase, each with its diacritics or without."""
    return len(phrase) == len(typed) and all(
        one in {syllable, fold(syllable)} for one, syllable in zip(typed, phrase, strict=True)
    )


def _plain(text: str) -> str:
    """A text without diacritics, but for the word "ạ": it closes what is said, and "a" may belong to it."""
    return re.sub(r"\w+", lambda word: word.group() if word.group() in {"ạ", "Ạ"} else fold(word.group()), text)
