"""Vietnamese text: Unicode forms, diacritics, syllables, words and sentences.

Everything that looks at letters lives here. Positions are always offsets in the text given, so that a quotation can be
cut from the document itself and never from what a tokeniser made of it.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from underthesea.pipeline.text_normalize import token_normalize

from index.documents import Span
from index.segmentation import segmented

_SYLLABLE = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("[\r\u2028\u2029\x0c\x85]")
_WIDE_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")


def _folding() -> dict[int, str]:
    """One plain letter for every precomposed Latin letter with marks; the length of a text never changes.

    Plain letters stand for themselves: ``str.translate`` takes twice as long over those that it does not find.
    """
    table = {code: chr(code) for code in range(0x80)} | {ord("đ"): "d", ord("Đ"): "D"}
    for block in (range(0xC0, 0x250), range(0x1E00, 0x1F00)):
        for code in block:
            decomposed = unicodedata.normalize("NFD", chr(code))
            base, marks = decomposed[:1], decomposed[1:]
            if marks and all(unicodedata.combining(mark) for mark in marks):
                table[code] = base
    return table


_FOLDING = _folding()


def clean(text: str) -> str:
    r"""The text in NFC with ``\n`` as its only line end, plain spaces, and no control or invisible characters."""
    text = _LINE_END.sub("\n", text.replace("\r\n", "\n"))
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", _WIDE_SPACE.sub(" ", text))


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


def count_syllables(text: str) -> int:
    """How many :func:`syllables` a text has."""
    return len(_SYLLABLE.findall(text.lower()))


def syllable_spans(text: str) -> Iterator[tuple[str, Span]]:
    """Each syllable of :func:`syllables` with its place in the text."""
    for match in _SYLLABLE.finditer(text):
        yield _standard(match.group().lower()), match.span()


def words(text: str) -> list[str]:
    """Words as underthesea sees them, in lower case, syllables joined by ``_``, punctuation left out. For matching only."""
    return [
        word.lower().replace(" ", "_") for word in segmented(text) if any(character.isalnum() for character in word)
    ]


def word_start(text: str, place: int) -> int:
    """Where the word of :func:`words` begins that a place in a text lies within; the place itself where none does.

    So it is in a text without diacritics too, whose words cannot be told.
    """
    if not has_diacritics(text):
        return place
    letters = [at for at, character in enumerate(text) if character.isalnum()]
    first = 0
    for word in words(text):
        beyond = first + sum(map(str.isalnum, word))
        within = letters[first:beyond]
        if within and within[0] < place <= within[-1]:
            return within[0]
        first = beyond
    return place


# --- Sentences -------------------------------------------------------------------------------------------------------

_TITLES = frozenset(
    "ts ths pgs gs gsts bs bsck bscki bsckii cn ks kts ls nsnd nsưt nxb tp tx tt bv mr mrs ms dr prof st fig vol tr vd đt đc "
    "stt sđt vs".split()
)
"""Abbreviations that a name or a number follows: never the last word of a sentence."""
_OFTEN_LAST = frozenset({"cn", "tp", "tt", "tx"})
"""Those of them that do end a sentence where a word that opens one follows."""
_ENTITIES = frozenset("co corp cp cty dept ed est hn inc jr ltd no sr tnhh tw ubnd".split())
"""Abbreviations, when capitalised, that may be the last word of a sentence or not."""
_OPENERS = frozenset(
    "anh ảnh bà bác bên bệnh bị bởi bước các cách cả chị chỉ chiếc chiều cho chúng chưa có cô còn cơ cụ cùng cũng "
    "cuộc cuối do dù dự đáng đây đầu đến điều đó được để em giờ hai hãy hiện họ hôm hơn kể kết khi khoảng không là "
    "lần liên liệu lúc mặc mọi một mới mỗi năm nếu ngay ngày nguồn nguyên người ngoài nhiều nhưng những như nhờ nó "
    "ông ở phát phần qua rất riêng sau sáng số song sự tại tất tháng thay theo thế thậm thông thời tiếp tình tôi "
    "trên trong trước từ tuy vào và vậy về vì ví việc với vụ".split()
)
"""Words that open sentences and, capitalised, are hardly ever part of a name."""
_END = re.compile(
    r"[.!?…\n](?:(?<=\n)|(?<![.!?…]{2})[.!?…]*+"
    r"(?:[\"'”’»)\]]*+(?=\s|$)|[”»](?=[^\W\d_])|(?<=[^\W\d_]{2}\.)(?=[^\W\d_]{2})))"
)
"""A line end, or a run of marks that may end a sentence. It opens with a plain set of characters: five times as fast."""
_FOLLOWING = re.compile(r" *+[\"'“‘«(\[\-–—*•]* *+(\w*)")
_INITIAL = r"(?:Ch|Gi|Kh|Ngh?|Nh|Ph|Qu|Th|Tr|[^\W\d_])"
_INITIALS = re.compile(rf"{_INITIAL}(?:\.{_INITIAL})*")
_LIST_NUMBER = re.compile(r"(?:\d{1,3}|[a-zđ]|[ivxIVX]{1,5})(?:\.\d{1,3})*")
_LABEL = re.compile(r"(?:điều|chương|(?:tiểu )?mục|phần|khoản|bài|câu|bước|hình|bảng)?", re.IGNORECASE)
_GOES_ON = re.compile(r" *+(?:\(|[^\W\d_]\.)")
_PROPER_NAME = re.compile(r" *+(?:\d|[^\W\d_a-z]\w* [^\W\d_a-z])")
_OPENING_MARKS = "\"'“‘«([-–—*•#"
_LOOK_BACK = 40
"""Characters looked at before a full stop: longer than any abbreviation with the word before it."""


def _is_initial(text: str, line_start: int, start: int, end: int) -> bool:
    """Whether capital letters with full stops, from ``start`` to ``end``, belong to a name that goes on after them."""
    letters = text[start : end - 1]
    if letters in {"Á", "Ý"}:  # "châu Á."
        return False
    if "." in letters or _GOES_ON.match(text, end):  # "U.S. Navy", "chị H. (35 tuổi)", "V. I. Lenin"
        return True
    before = text[max(line_start, start - _LOOK_BACK) : start].split()
    if not before or before[-1][0].isupper() or before[-1].endswith("."):  # "George W. Bush"
        return True
    return letters in "QPHX" and _PROPER_NAME.match(text, end) is not None  # "Q. Tân Bình", but "vitamin C. Trẻ em"


def _is_abbreviation(text: str, line_start: int, start: int, end: int, upcoming: str) -> bool:
    """Whether the full stop before ``end`` belongs to the token that starts at ``start``, not to the sentence."""
    token = text[start : end - 1]
    lower = token.lower()
    opens = upcoming.lower() in _OPENERS
    if lower in _TITLES or lower.rpartition(".")[2] in _TITLES or lower.replace(".", "") in _TITLES:
        return not (opens and lower in _OFTEN_LAST)
    if not token[0].isupper() or opens:
        return False
    if _INITIALS.fullmatch(token):
        return _is_initial(text, line_start, start, end)
    return lower in _ENTITIES


def _is_list_number(text: str, line_start: int, start: int, stop: int) -> bool:
    """Whether the token at ``start`` numbers what follows: ``1. Xem xét``, ``Điều 5. Phạm vi``, ``như sau: a. Xem xét``."""
    if not _LIST_NUMBER.fullmatch(text, start, stop):
        return False
    before = text[max(line_start, start - _LOOK_BACK) : start].strip(" -*•#")
    if before.endswith((".", "!", "?", "…", ":", ";")):
        return True
    return start - line_start < _LOOK_BACK and _LABEL.fullmatch(before) is not None


def _is_glued(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends before ``end`` though no space follows: ``đã rõ.Tuy nhiên``, but not ``Sputniknews.Com``."""
    last, first = text[start : end - 1].rpartition(".")[2], text[end : end + 2]
    if not (last[-2:].islower() and last.isalpha() and first.istitle()) or last.lower() in _TITLES:
        return False
    return has_diacritics(last) or has_diacritics(text[end : end + 4])


def _ends_sentence(text: str, line_start: int, stop: int, end: int) -> bool:
    """Whether the mark from ``stop`` to ``end`` ends a sentence of the line that starts at ``line_start``."""
    following = _FOLLOWING.match(text, end)
    upcoming = following.group(1) if following else ""
    if upcoming[:1].islower() and not upcoming[1:2].isupper():  # "iPhone" may open a sentence
        return False
    before = text[max(line_start, stop - _LOOK_BACK) : stop]
    token = before.rpartition(" ")[2].lstrip(_OPENING_MARKS)
    start = stop - len(token)
    if end < len(text) and text[end].isalpha() and text[end - 1] == ".":
        return _is_glued(text, start, end)
    if not upcoming:  # "(thật sao!? )."
        return following is None or text[following.end() : following.end() + 1] not in set(",;:)")
    return not (
        text[stop:end] == "."
        and token
        and (_is_list_number(text, line_start, start, stop) or _is_abbreviation(text, line_start, start, end, upcoming))
    )


def sentence_spans(text: str) -> Iterator[Span]:
    """Where the sentences of a cleaned text stand, in order, without the white space around them.

    A line end always ends a sentence. A full stop does not when it belongs to an abbreviation (``TP.``, ``PGS.TS.``,
    ``U.S.``), a number (``1.000``), a list number (``1. ``), or when a lower-case word follows. Takes time in proportion
    to the text, whatever it holds.
    """
    start = line_start = 0
    for match in _END.finditer(text):
        stop, end = match.span()
        if text[stop] == "\n":
            line_start = end
        elif not _ends_sentence(text, line_start, stop, end):
            continue
        yield from _trimmed(text, start, end)
        start = end
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    right = len(part.rstrip())
    if left < right:
        yield start + left, start + right
