"""Vietnamese text: Unicode forms, diacritics, syllables, words and sentences.

Everything that looks at letters lives here. Positions are always offsets in the text given, so that a quotation can be
cut from the document itself and never from what a tokeniser made of it.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from underthesea import word_tokenize
from underthesea.pipeline.text_normalize import token_normalize

from index.documents import Span

_SYLLABLE = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029\x0c\x85]")
_WIDE_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")


def _folding() -> dict[int, str]:
    """One plain letter for every precomposed Latin letter with marks; the length of a text never changes."""
    table = {ord("đ"): "d", ord("Đ"): "D"}
    for block in (range(0xC0, 0x250), range(0x1E00, 0x1F00)):
        for code in block:
            base, *marks = unicodedata.normalize("NFD", chr(code))
            if marks and all(unicodedata.combining(mark) for mark in marks):
                table[code] = base
    return table


_FOLDING = _folding()


def clean(text: str) -> str:
    r"""The text in NFC with ``\n`` as its only line end, plain spaces, and no control or invisible characters."""
    text = unicodedata.normalize("NFC", text)
    text = _LINE_END.sub("\n", text)
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    return _WIDE_SPACE.sub(" ", text)


def fold(text: str) -> str:
    """The text without diacritics, as typed in haste: ``đất hiếm`` gives ``dat hiem``. Same length as an NFC text."""
    return text.translate(_FOLDING)


def has_diacritics(text: str) -> bool:
    """Whether any letter of an NFC text carries a mark."""
    return fold(text) != text


@lru_cache(maxsize=65536)
def _standard(syllable: str) -> str:
    """A lower-case syllable as underthesea would write it (``thuỷ`` and ``thủy`` are one)."""
    return str(token_normalize(syllable))


def syllables(text: str) -> list[str]:
    """Lower-case NFC syllables and numbers, in order, with one placement of tone marks."""
    return [_standard(syllable) for syllable in _SYLLABLE.findall(text.lower())]


def syllable_spans(text: str) -> Iterator[tuple[str, Span]]:
    """Each syllable of :func:`syllables` with its place in the text."""
    for match in _SYLLABLE.finditer(text):
        yield _standard(match.group().lower()), match.span()


def words(text: str) -> list[str]:
    """Words as underthesea sees them, in lower case, syllables joined by ``_``, punctuation left out. For matching only."""
    return [
        word.lower().replace(" ", "_") for word in word_tokenize(text) if any(character.isalnum() for character in word)
    ]


# --- Sentences -------------------------------------------------------------------------------------------------------

_ABBREVIATIONS = frozenset(
    "ts ths pgs gs gsts bs bsck ks kts nsnd nsưt nxb tp tx tt mr mrs ms dr prof st no vs jr sr inc ltd co corp dept est "
    "fig vol ed tr vd đt đc cty tnhh cp hn hcm ubnd tw tư stt sđt ls cn".split()
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[.!?…]+[”»](?=\S)|\n")
_LAST_TOKEN = re.compile(r"[^\s(\[\"'“‘«]+$")
_TOKEN_BEFORE = re.compile(r"(\S+) +$")
_LIST_NUMBER = re.compile(r"(?:\d{1,3}|[a-zđ]|[ivxIVX]{1,5})(?:\.\d{1,3})*")
_FOLLOWING = re.compile(r" *[\"'“‘«(\[\-–—*•]* *(.?)", re.DOTALL)
_INITIAL = re.compile(r" *\w\.")
_LOOK_BACK = 40
"""Characters looked at before a full stop: longer than any abbreviation."""


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at ``stop`` belongs to the token that starts at ``start``, not to the sentence."""
    token = text[start:stop]
    parts = token.split(".")
    if len(parts) > 1:  # PGS.TS, U.S, TP.HCM: every part short, and letters only.
        return all(part.isalpha() and len(part) <= 4 for part in parts if part) and token.lower() != "v.v"
    if len(token) == 1 and token.isupper():  # "George W. Bush", but "bổ sung vitamin C. Ngoài ra"
        before = _TOKEN_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
        return before is None or before.group(1)[0].isupper() or _INITIAL.match(text, stop + 1) is not None
    return token.lower() in _ABBREVIATIONS and (token[0].isupper() or token in {"tr", "vd", "vs"})


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    following = _FOLLOWING.match(text, match.end())
    upcoming = following.group(1) if following else ""
    if mark == "\n" or upcoming in {"", "\n"}:
        return True
    if upcoming.islower():
        return False
    line_start = text.rfind("\n", 0, match.start()) + 1
    token = _LAST_TOKEN.search(text, max(line_start, match.start() - _LOOK_BACK), match.start())
    if mark != "." or token is None:
        return True
    opens_line = not text[line_start : token.start()].strip(" -*•")
    is_list_number = opens_line and _LIST_NUMBER.fullmatch(token.group()) is not None
    return not is_list_number and not _is_abbreviation(text, token.start(), match.start())


def sentence_spans(text: str) -> Iterator[Span]:
    """Where the sentences of a cleaned text stand, in order, without the white space around them.

    A line end always ends a sentence. A full stop does not when it belongs to an abbreviation (``TP.``, ``PGS.TS.``,
    ``U.S.``), a number (``1.000``), a list number (``1. ``), or when a lower-case word follows.
    """
    start = 0
    for match in _END.finditer(text):
        if _ends_sentence(text, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    right = len(part.rstrip())
    if left < right:
        yield start + left, start + right
