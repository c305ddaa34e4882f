"""Small talk, and the courtesies around a question: what people say to a bot that is not a question for the documents.

A message is small talk only when all of it is: "chào bạn" is, "chào mừng là gì" is not. Every syllable may be typed
with or without its diacritics.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum, auto
from functools import cache
from itertools import product

from bot.spoken import Phrase, is_typed, plain
from index.shorthand import written_out
from index.vietnamese import syllable_spans, word_start


class Talk(IntEnum):
    """Kinds of small talk. Where a message holds several, the greatest is the one to reply to."""

    AGREEMENT = auto()
    GREETING = auto()
    REQUEST = auto()  # May I ask something?
    COMPLAINT = auto()
    THANKS = auto()
    GOODBYE = auto()
    ABOUT = auto()  # Who are you, what can you do, how does this work?


_ME = "mình|tôi|tui|tớ|em|anh|chị|cháu|con|tao|t|e"
_YOU = "bạn|b|mày|mi|em|cậu|bot|ad|m"
_WHAT = "gì|những gì|cái gì"
_BIT = "chút|một chút|tí|xíu"
_MAY_I = "|được không"
_VERY = "quá|lắm|thế|vậy|thật|ghê|vãi|vl|vcl"
_MAKES = "tạo ra|làm ra|viết ra|lập trình"
_REPLIED = "|trả lời|bạn trả lời|b trả lời|nói"

_TALK: tuple[tuple[Talk, tuple[str, ...]], ...] = (  # Groups of alternatives; an empty one leaves its group out.
    (Talk.AGREEMENT, ("ok|oke|okie|okay|okela|ừ|ừm|ờ|um|uhm|uh|uk|ukm|vâng|dạ|thôi|haha",)),
    (Talk.AGREEMENT, ("được rồi|hiểu rồi|rõ rồi|đã hiểu|biết rồi|đúng rồi|chuẩn rồi",)),
    (Talk.AGREEMENT, ("hm|hmm|ồ|wow|woa|ủa|ra vậy|ra thế|ra là vậy|thế à|thế hả|vậy à|vậy hả|thật à|thật hả",)),
    (Talk.GREETING, ("|xin", "chào", "|mừng bạn|mừng b|buổi sáng|buổi trưa|buổi chiều|buổi tối")),
    (Talk.GREETING, ("hello|helo|hallo|hi|hey|hê lô|hế lô|hế nhô|alo|a lô|ê|ơi|2",)),
    (Talk.GREETING, ("good", "morning|afternoon|evening")),
    (Talk.GREETING, ("|có", "khỏe không")),
    (Talk.GREETING, ("có ai|có ai đó|có ai ở đó|có ai ở đây|có đó|có ở đó|còn đó", "không")),
    (Talk.GREETING, ("test|testing",)),
    (Talk.REQUEST, ("cho|cho phép|xin cho|làm ơn cho|vui lòng cho", f"|{_ME}", "|xin", "hỏi", f"|{_BIT}|về", _MAY_I)),
    (Talk.REQUEST, (f"|{_ME}", "xin|muốn|cần|định", "hỏi", f"|{_BIT}|về", _MAY_I)),
    (Talk.REQUEST, (_ME, "hỏi", _BIT, _MAY_I)),
    (Talk.COMPLAINT, ("đm|đmm|đcm|đkm|vl|vcl|vkl|cc|clgt|wtf",)),
    (Talk.COMPLAINT, ("|đồ|thằng|con|bot|bạn|b|mày|m", "ngu", f"|{_VERY}|như bò|như chó")),
    (Talk.COMPLAINT, ("đồ|bot|bạn|b|mày|m", "dốt|tệ|dở|vô dụng")),
    (
        Talk.COMPLAINT,
        ("|bot|bạn|b|mày|m|trả lời", "dốt|dở|tệ|chán|kém|nhảm|linh tinh|lung tung|kỳ cục|khó hiểu", _VERY),
    ),
    (Talk.COMPLAINT, (_REPLIED, "sai|lạc đề", "|rồi|bét|bét rồi|hết|hết rồi|quá|quá rồi")),
    (Talk.COMPLAINT, (_REPLIED, "nhầm", "rồi")),
    (
        Talk.COMPLAINT,
        (_REPLIED, "không|chưa|chẳng|chả", "đúng|phải|chuẩn|chính xác|trúng|đúng ý|liên quan|liên quan gì"),
    ),
    (Talk.COMPLAINT, (f"|{_ME}", "không|chưa|chẳng|chả", "hiểu|hiểu gì|hiểu lắm|hiểu gì cả")),
    (Talk.THANKS, ("|xin", "cảm ơn|cám ơn|cảm mơn|cám mơn|camon")),
    (Talk.THANKS, ("thanks|thank|thank you|thank u|thankyou|thanh kiu|thank kiu|tks|thks|tnx",)),
    (Talk.THANKS, ("tuyệt|tuyệt vời|good bot",)),
    (Talk.THANKS, ("hay|giỏi|tốt|đỉnh|xịn|chuẩn", _VERY)),
    (Talk.GOODBYE, ("tạm biệt|bye|bye bye|bai|bai bai|bái bai|bb|hẹn gặp lại|goodbye|good bye|good night",)),
    (Talk.GOODBYE, ("|chúc", "ngủ ngon")),
    (Talk.GOODBYE, ("pp|ngủ đây|đi ngủ|đi ngủ đây|off đây",)),
    (Talk.ABOUT, (_YOU, "là", "ai")),
    (Talk.ABOUT, ("bạn|mày|mi|cậu", "là", "gì")),
    (Talk.ABOUT, ("bạn|b|mày|mi|cậu", "là", "người hay máy|người hay bot|bot à|robot à")),
    (Talk.ABOUT, ("bạn|b|mày|mi|m|cậu", "là", "bot|robot|máy|người máy|người thật|ai", "|phải không|đúng không|không")),
    (Talk.ABOUT, ("ai", "tạo ra|tạo|làm ra|viết ra|lập trình|lập trình ra|đẻ ra", _YOU)),
    (Talk.ABOUT, (_YOU, "do", "ai", _MAKES)),
    (Talk.ABOUT, (_YOU, "tên", "|là", "gì")),
    (Talk.ABOUT, (f"|{_YOU}", "|có thể", "làm được|giúp được|biết làm|trả lời được", _WHAT)),
    (Talk.ABOUT, (_YOU, "|có thể", "làm|giúp|biết", _WHAT, "|được")),
    (Talk.ABOUT, (f"|{_ME}", "có thể|nên", "hỏi", _WHAT)),
    (Talk.ABOUT, ("hỏi được gì|hỏi gì được|hỏi gì bây giờ",)),
    (Talk.ABOUT, ("help|help me|trợ giúp|giúp|hướng dẫn|hướng dẫn sử dụng|cách dùng|cách sử dụng",)),
    (Talk.ABOUT, ("dùng|sử dụng", "thế nào|như thế nào|sao|làm sao")),
    (Talk.ABOUT, ("who are you|who r u|what are you|what is your name|what can you do|how to use",)),
)
_FILLERS = (
    "bạn|b|mày|em|anh|chị|cậu|bot|ad|admin|shop|mọi|người|các|cả|nhà|mình|tôi|nha|nhá|nhé|nhe|nhen|nghen|ạ|à|á|ak|nè|này|"
    "hả|hở|ha|nhỉ|vậy|thế|đấy|đó|nhiều|nhìu|lắm|quá|rất|thật|với|cho|đi|luôn|rồi|you|so|"
    "very|much|there|all|bro"
)
"""Said around small talk, and nothing by themselves."""
_LAUGHTER = re.compile("(?:h[aáàeéèiíì]){2,}h?|(?:ke){2,}|k{2,}|lo+l|lmao")
_THANKED = re.compile("(?:[👍❤🙏][\U0001f3fb-\U0001f3ff]?\ufe0f?\\s*)+")
_NAMES = frozenset("uk cc pp dm kkk".split())
"""Small talk that in capitals is short for a name."""
_LETTERS = frozenset("b")
"""Letters that are read as they are, for they mean themselves too: "B là gì" asks what B is, though "b là ai" asks the bot."""


def _phrases(*groups: str) -> Iterator[Phrase]:
    """Every phrase made of one alternative of each group."""
    for parts in product(*(group.split("|") for group in groups)):
        yield tuple(" ".join(parts).split())


_MARKED = frozenset(_phrases("mày|mi|cậu", "do", "ai", _MAKES))
"""Phrases that hold only with their diacritics: "may do ai lam ra" asks for who made that machine, "cau do" that bridge."""


@cache
def _lexicon() -> Mapping[Phrase, Sequence[tuple[Phrase, Talk | None]]]:
    """Every phrase with its kind (``None`` for fillers), under what it looks like without diacritics."""
    lexicon = defaultdict(list)
    kinds: list[tuple[Talk | None, tuple[str, ...]]] = [*_TALK, (None, (_FILLERS,))]
    for talk, groups in kinds:
        for phrase in _phrases(*groups):
            lexicon[plain(phrase)].append((phrase, talk))
    return lexicon


_ALLOWED = plain(_MAY_I.strip("|").split())
_LONGEST = 10
"""Syllables in the longest phrase."""
_BREAK = re.compile(r"[,.!?;:…]+(?:\s+|$)|\n\s*")


def recognise(text: str) -> Talk | None:
    """The small talk that a cleaned text is, or ``None`` where any of it is something else."""
    if _THANKED.fullmatch(text):
        return Talk.THANKS
    syllables = _syllables(text)
    kinds = []
    place = 0
    while place < len(syllables):
        length, talk = _phrase_at(place, syllables)
        if not length:
            return None
        if talk:
            kinds.append(talk)
        place += length
    return max(kinds, default=None)


def without_courtesies(text: str) -> str:
    """The question in a cleaned text: "chào bạn, cho mình hỏi đất hiếm là gì? cảm ơn nhé" gives "đất hiếm là gì?"."""
    text = text.strip()
    while (first := _BREAK.search(text)) and _is_courtesy(text[: first.start()]):
        text = text[first.end() :]
    while (breaks := list(_BREAK.finditer(text))) and _is_courtesy(text[breaks[-1].end() :]):
        text = text[: breaks[-1].end()].rstrip(" ,;:\n")
    return _without_request(text)


def _is_courtesy(clause: str) -> bool:
    return not clause.isdigit() and recognise(clause) is not None


def _without_request(text: str) -> str:
    """The text after the "bạn ơi, cho mình hỏi" that it begins with.

    A question that follows at once begins with a whole word ("xíu mại") and keeps an "được không" that it may begin with.
    """
    syllables = _syllables(text)
    start = place = 0
    while place < len(syllables):
        length, talk = _phrase_at(place, syllables)
        if not length:
            break
        place += length
        if talk is Talk.REQUEST:
            start = place
    if not 0 < start < len(syllables):
        return text
    if start == place and plain(syllables[start - len(_ALLOWED) : start]) == _ALLOWED:
        start -= len(_ALLOWED)
    return text[word_start(text, [span[0] for _, span in syllable_spans(text)][start]) :]


def _syllables(text: str) -> list[str]:
    """The syllables of a text as they are said: "ko" gives "không", "alooo" gives "alo", and all laughter "haha"."""
    return [_spoken(syllable, text[slice(*span)]) for syllable, span in syllable_spans(text)]


def _spoken(syllable: str, typed: str) -> str:
    if syllable in _NAMES and typed.isupper():
        return typed
    if _LAUGHTER.fullmatch(syllable):
        return "haha"
    return syllable if syllable in _LETTERS else written_out(syllable)


def _phrase_at(place: int, syllables: Sequence[str]) -> tuple[int, Talk | None]:
    """The length in syllables and the kind of the longest phrase at a place; length 0 where there is none."""
    for length in range(min(_LONGEST, len(syllables) - place), 0, -1):
        typed = syllables[place : place + length]
        for phrase, talk in _lexicon().get(plain(typed), ()):
            if phrase == tuple(typed) or (phrase not in _MARKED and is_typed(phrase, typed)):
                return length, talk
    return 0, None
