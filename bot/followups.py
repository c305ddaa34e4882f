"""Follow-ups: "còn Ukraine thì sao?", "ai nói vậy?", "ở đâu?" written out with the question before them.

It goes by how Vietnamese is put together, not by what the question is about: which words ask, which words point back,
and which part of a sentence a new subject takes the place of. Every word may be typed without its diacritics.
"""

from collections.abc import Sequence

from bot.earlier import asked, content, person_in, thing_in, with_subject
from bot.phrases import AMBIGUOUS, ASKS, POINTS, Kind, Token, is_one_of, tokens_of
from index.vietnamese import fold, has_diacritics, words

_LONGEST_SUBJECT = 8
"""Syllables that something asked about instead may have."""
_LONGEST_REMARK = 5
"""Syllables beside those that ask and point back; a question of more stands by itself."""
_SAYING = tuple("nói bảo kể viết cho biết tuyên bố khẳng định phát biểu nhận đánh giá".split())
"""Words for what is said rather than done."""
_DOING = (*_SAYING, *"nghĩ làm quyết xảy ra lại đã sẽ là".split())
"""Words with which a closing "vậy" or "thế" points back: "ai nói vậy", but not "giá bao nhiêu vậy"."""
_THINGS = ("nó", "chúng", "cái đó", "cái này", "cái ấy")
"""What points back to a thing rather than to all that was asked."""
_WHO_SAYS = "là theo ai?"
"""What a question ends with that stands for "ai nói vậy?"."""


def asked_instead(text: str) -> str:
    """What a follow-up asks about in place of the earlier question's subject; empty where it does not ask so."""
    return _instead(text, tokens_of(text))


def in_full(text: str, earlier: str, subject: str = "") -> str | None:
    """The question that a follow-up stands for.

    Args:
        text: What was said, cleaned.
        earlier: The question before it.
        subject: What it asks about instead, if that is known to be written otherwise than in the text.

    Returns:
        The question in full, or ``None`` where the text stands by itself.
    """
    tokens = tokens_of(text)
    kinds = [token.kind for token in tokens]
    earlier = _without_closers(earlier)
    if instead := _instead(text, tokens):
        return with_subject(subject or instead, earlier, instead)
    asking = next((token for token in tokens if token.kind in ASKS), None)
    if asking is None:
        return None
    if None not in kinds and not POINTS.intersection(kinds):
        return _asking(asking.meant if has_diacritics(earlier) else asking.text, asking.kind, earlier)
    return _pointing(text, tokens, earlier) if kinds.count(None) <= _LONGEST_REMARK else None


def asks_who_says(full: str) -> bool:
    """Whether a question in full asks who said something: what was asked before is no longer in it."""
    return full.endswith(_WHO_SAYS)


def _without_closers(question: str) -> str:
    """A question without the words that only close it: "giá gạo bao nhiêu vậy bạn?" asks "giá gạo bao nhiêu?"."""
    whole = words(question)
    end = len(question)
    for token in reversed(tokens_of(question)):
        closing = [fold(syllable) for syllable in token.text.lower().split()]
        alone = [fold(word) for word in whole[-len(closing) :]] == closing  # No part of a word, as in "lợi thế".
        if token.kind is not Kind.CLOSER or token.span[0] == 0 or not (alone or fold(whole[-1]) == "_".join(closing)):
            break
        whole = whole[: -len(closing) if alone else -1]
        end = token.span[0]
    return question if end == len(question) else question[:end].rstrip() + "?"


def _instead(text: str, tokens: Sequence[Token]) -> str:
    """What is asked about in place of the earlier question's subject: "còn X thì sao", "thế còn X", "X thì sao"."""
    body = list(tokens)
    while body and body[-1].kind is Kind.CLOSER:
        body.pop()
    opened = bool(body) and body[0].kind is Kind.INSTEAD
    while body and body[0].kind in {Kind.INSTEAD, Kind.OPENER}:
        body.pop(0)
    closed = bool(body) and (body[-1].kind is Kind.SO or (opened and _means_how(body[-1].text)))
    if closed:
        body.pop()
    if not (opened or closed) or not 0 < len(body) <= _LONGEST_SUBJECT:
        return ""
    if any(token.kind not in {None, Kind.CLOSER} for token in body):
        return ""
    typed = [token.text.lower() for token in body]
    if not closed and ("nao" in typed or typed[-1] in AMBIGUOUS):
        return ""
    return text[body[0].span[0] : body[-1].span[1]]


def _asking(phrase: str, kind: Kind | None, earlier: str) -> str:
    """The earlier question, asking something else: "khi nào" after "cuộc gặp diễn ra ở đâu"."""
    earlier = earlier.rstrip(" ?!.")
    before = asked(earlier)
    if kind is Kind.WHY:
        return f"{phrase} {content(earlier)}?"
    at_an_end = before is not None and (before.span[0] == 0 or before.span[1] == len(earlier))
    if before is None or before.kind is Kind.WHY or not at_an_end:
        return f"{content(earlier)} {phrase}?"
    return f"{earlier[: before.span[0]]}{phrase}{earlier[before.span[1] :]}?"


def _pointing(text: str, tokens: Sequence[Token], earlier: str) -> str | None:
    """A remark that points back, with what it points to: "ai nói vậy", "ông ấy bao nhiêu tuổi"."""
    beside = [token.text for token in tokens if token.kind is None]
    pointer = next((token for token in tokens if token.kind in POINTS and _is_pronoun(token, tokens, text)), None)
    if pointer is None and tokens[-1].kind is Kind.CLOSER and _means_so(tokens[-1].text):
        pointer = tokens[-1] if all(is_one_of(word, _DOING) for word in beside) else None
    if pointer is None:
        return None
    asks_who = any(token.text.lower() == "ai" for token in tokens)
    if asks_who and pointer.kind is not Kind.THAT_PERSON and any(is_one_of(word, _SAYING) for word in beside):
        return f"{content(earlier)} {_WHO_SAYS}"
    why = next((token for token in tokens if token.kind is Kind.WHY), None)
    if why and pointer.kind is not Kind.THAT_PERSON and beside and all(is_one_of(word, _SAYING) for word in beside):
        return _asking(why.meant if has_diacritics(earlier) else why.text, Kind.WHY, earlier)
    of_kind = (
        person_in if pointer.kind is Kind.THAT_PERSON else thing_in if is_one_of(pointer.text, _THINGS) else content
    )
    meant = of_kind(earlier) or content(earlier)
    start, end = pointer.span
    return f"{text[:start]}{meant}{text[end:]}"


def _is_pronoun(token: Token, tokens: Sequence[Token], text: str) -> bool:
    """Whether what may point back does: "họ" does not in "họ hàng", nor "nguoi do" in "nguoi do thai"."""
    if has_diacritics(text):
        return " " in token.text or token.text.lower() in words(text)
    before = all(one.kind in {Kind.OPENER, Kind.INSTEAD} for one in tokens if one.span < token.span)
    return before or all(one.kind is not None for one in tokens if one.span > token.span)


def _means_so(text: str) -> bool:
    return fold(text.lower()) in {"vay", "the", "nhu vay", "nhu the", "z"}


def _means_how(text: str) -> bool:
    return fold(text.lower()) in {"sao", "the nao", "ra sao"}
