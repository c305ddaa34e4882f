"""Follow-ups: "còn Ukraine thì sao?", "ai nói vậy?", "ở đâu?" written out with the question before them.

It goes by how Vietnamese is put together, not by what the question is about: which words ask, which words point back,
and which part of a sentence a new subject takes the place of. Every word may be typed without its diacritics.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from underthesea import pos_tag

from index.documents import Span
from index.vietnamese import fold, has_diacritics, syllable_spans, words


class _Kind(Enum):
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


_ASKS = {_Kind.WHY, _Kind.WHO_OR_WHAT, _Kind.OTHER}
_POINTS = {_Kind.THAT_PERSON, _Kind.THAT}
_LEXICON: Mapping[_Kind, str] = {
    _Kind.WHY: (
        "vì sao|tại sao|tại vì sao|sao|sao lại|vì sao lại|tại sao lại|do đâu|vì đâu|lý do gì|lí do gì|vì lý do gì"
    ),
    _Kind.WHO_OR_WHAT: "ai|là ai|những ai|là những ai|là gì|nghĩa là gì|là cái gì|là người nào",
    _Kind.OTHER: (
        "bao nhiêu|là bao nhiêu|bao lâu|bao xa|mấy|thứ mấy|hạng mấy|khi nào|vào khi nào|từ khi nào|bao giờ|lúc nào|"
        "vào lúc nào|mấy giờ|năm nào|vào năm nào|ngày nào|vào ngày nào|tháng nào|ở đâu|là ở đâu|tại đâu|từ đâu|đến đâu|"
        "đâu|nơi nào|ở nơi nào|chỗ nào|ở chỗ nào|nước nào|ở nước nào|như thế nào|là như thế nào|thế nào|ra sao|làm sao|"
        "bằng cách nào|cách nào|gì|cái gì|những gì|để làm gì|của ai|cho ai|với ai|nào"
    ),
    _Kind.OPENER: "thế|vậy|thế thì|vậy thì|và|rồi|à|ủa|mà",
    _Kind.INSTEAD: (
        "còn|thế còn|vậy còn|rồi còn|và còn|à còn|còn về|thế còn về|còn đối với|còn với|thế với|vậy với|thế về|vậy về"
    ),
    _Kind.SO: "thì sao|thì thế nào|thì như thế nào|thì ra sao|thì",
    _Kind.CLOSER: (
        "vậy|thế|như vậy|như thế|đó|đấy|ạ|nhỉ|hả|nhé|nha|à|z|v|bạn|bạn ơi|vậy bạn|thế ạ|vậy ạ|nữa|nữa không|với|bot|ad"
    ),
    _Kind.THAT_PERSON: (
        "ông ấy|ông ta|ông này|bà ấy|bà ta|bà này|anh ấy|anh ta|chị ấy|chị ta|cô ấy|cô ta|cô này|người đó|người này|"
        "người ấy|vị này|vị đó|họ|hắn"
    ),
    _Kind.THAT: (
        "nó|chúng|cái đó|cái này|cái ấy|điều đó|điều này|điều ấy|việc đó|việc này|việc ấy|chuyện đó|chuyện này|"
        "chuyện ấy|con số đó|con số này|số đó|nơi đó|nơi này|nước đó|nước này|ở đó|tại đó"
    ),
}
_PLACING = ("của", "ở", "tại", "trong", "bên")
"""What a place or an owner follows: the part of a question that changes most often from one to the next."""
_CIRCUMSTANCES = (*_PLACING, *"năm tháng ngày quý tuần hôm lúc khi trước sau từ vào".split())
"""What the place or the time of something begins with: it can be added to any question."""
_BREAKS = (*"là có bị được đã đang sẽ thì và hay hoặc nhưng mà vì do để với cho về từ đến".split(), *_PLACING)
"""Words that end the phrase before them."""
_LONGEST_SUBJECT = 8
"""Syllables that something asked about instead may have."""
_LONGEST_REMARK = 5
"""Syllables beside those that ask and point back; a question of more stands by itself."""
_NOUNS = {"N", "Np", "Nc", "Nu", "Ny", "A", "X", "M", "FW"}
"""underthesea's tags for words that noun phrases are made of."""
_SAYING = tuple("nói bảo kể viết cho biết tuyên bố khẳng định phát biểu nhận đánh giá".split())
"""Words for what is said rather than done."""
_DOING = (*_SAYING, *"nghĩ làm quyết xảy ra lại đã sẽ là".split())
"""Words with which a closing "vậy" or "thế" points back: "ai nói vậy", but not "giá bao nhiêu vậy"."""
_WHO_SAYS = "là theo ai?"
"""What a question ends with that stands for "ai nói vậy?"."""
_AMBIGUOUS = frozenset("sao dau may nao gi v z a ha".split())
"""Plain syllables that are often another word than the one above."""
_NEVER_PLAIN = frozenset("no ho chung han".split())
"""Plain syllables that nearly always are."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A syllable, or a phrase of the lexicon, and where it stands."""

    text: str
    span: Span
    kind: _Kind | None


def in_full(text: str, earlier: str) -> str | None:
    """The question that a follow-up stands for.

    Args:
        text: What was said, cleaned.
        earlier: The question before it.

    Returns:
        The question in full, or ``None`` where the text stands by itself.
    """
    tokens = _tokens(text)
    kinds = [token.kind for token in tokens]
    if subject := _instead(text, tokens):
        return _with_subject(subject, earlier)
    asking = next((token for token in tokens if token.kind in _ASKS), None)
    if asking is None:
        return None
    if None not in kinds and not _POINTS.intersection(kinds):
        return _asking(asking.text, asking.kind, earlier)
    return _pointing(text, tokens, earlier) if kinds.count(None) <= _LONGEST_REMARK else None


def asks_who_says(full: str) -> bool:
    """Whether a question in full asks who said something: what was asked before is no longer in it."""
    return full.endswith(_WHO_SAYS)


# --- Reading ---------------------------------------------------------------------------------------------------------


@cache
def _phrases() -> Mapping[tuple[str, ...], Sequence[tuple[tuple[str, ...], _Kind]]]:
    """The lexicon's phrases under what they look like without diacritics."""
    phrases: dict[tuple[str, ...], list[tuple[tuple[str, ...], _Kind]]] = {}
    for kind, listed in _LEXICON.items():
        for text in listed.split("|"):
            phrase = tuple(syllable for syllable, _ in syllable_spans(text))
            phrases.setdefault(tuple(map(fold, phrase)), []).append((phrase, kind))
    return phrases


_LONGEST = 4
"""Syllables in the longest phrase."""


def _tokens(text: str) -> list[_Token]:
    """The text in phrases of the lexicon, the longest that fit, and single syllables."""
    syllables = list(syllable_spans(text))
    tokens: list[_Token] = []
    place = 0
    while place < len(syllables):
        at_start, plain = not tokens, not has_diacritics(text)
        length, kind = _phrase_at(syllables[place : place + _LONGEST], at_start=at_start, plain=plain)
        span = syllables[place][1][0], syllables[place + length - 1][1][1]
        tokens.append(_Token(text[slice(*span)], span, kind))
        place += length
    return tokens


def _phrase_at(upcoming: Sequence[tuple[str, Span]], *, at_start: bool, plain: bool) -> tuple[int, _Kind | None]:
    """The length and kind of the longest phrase that begins here; length 1 where there is none.

    Args:
        upcoming: The next syllables, with their places.
        at_start: Whether they begin the text.
        plain: Whether the whole text was typed without diacritics: else "con" is a child, and not "còn".
    """
    for length in range(len(upcoming), 0, -1):
        typed = [syllable for syllable, _ in upcoming[:length]]
        for phrase, kind in _phrases().get(tuple(map(fold, typed)), ()):
            exact = phrase == tuple(typed)
            if kind in {_Kind.OPENER, _Kind.INSTEAD} and not (at_start and (exact or plain)):
                continue
            if exact or (_is_typed(phrase, typed) and _may_be_plain(typed, at_start=at_start)):
                return length, kind
    return 1, None


def _may_be_plain(typed: Sequence[str], *, at_start: bool) -> bool:
    """Whether syllables may stand for the same ones with their diacritics."""
    if len(typed) == 1 and typed[0] in _NEVER_PLAIN:
        return False
    return at_start or typed[0] not in _AMBIGUOUS


def _is_typed(phrase: Sequence[str], typed: Sequence[str]) -> bool:
    """Whether syllables are a phrase, all with their diacritics or all without."""
    return tuple(typed) in {tuple(phrase), tuple(map(fold, phrase))}


def _instead(text: str, tokens: Sequence[_Token]) -> str:
    """What is asked about in place of the earlier question's subject: "còn X thì sao", "thế còn X", "X thì sao"."""
    body = list(tokens)
    while body and body[-1].kind is _Kind.CLOSER:
        body.pop()
    opened = bool(body) and body[0].kind is _Kind.INSTEAD
    while body and body[0].kind in {_Kind.INSTEAD, _Kind.OPENER}:
        body.pop(0)
    closed = bool(body) and (body[-1].kind is _Kind.SO or (opened and _means_how(body[-1].text)))
    if closed:
        body.pop()
    if not (opened or closed) or not 0 < len(body) <= _LONGEST_SUBJECT:
        return ""
    may_ask = set() if closed else _AMBIGUOUS
    if any(token.kind not in {None, _Kind.CLOSER} or token.text.lower() in may_ask for token in body):
        return ""
    return text[body[0].span[0] : body[-1].span[1]]


# --- Writing out -----------------------------------------------------------------------------------------------------


def _asking(phrase: str, kind: _Kind | None, earlier: str) -> str:
    """The earlier question, asking something else: "khi nào" after "cuộc gặp diễn ra ở đâu"."""
    earlier = earlier.rstrip(" ?!.")
    asked = _asked(earlier)
    if kind is _Kind.WHY:
        return f"{phrase} {_content(earlier)}?"
    at_an_end = asked is not None and (asked.span[0] == 0 or asked.span[1] == len(earlier))
    if asked is None or asked.kind is _Kind.WHY or not at_an_end:
        return f"{_content(earlier)} {phrase}?"
    return f"{earlier[: asked.span[0]]}{phrase}{earlier[asked.span[1] :]}?"


def _pointing(text: str, tokens: Sequence[_Token], earlier: str) -> str | None:
    """A remark that points back, with what it points to: "ai nói vậy", "ông ấy bao nhiêu tuổi"."""
    beside = [token.text for token in tokens if token.kind is None]
    pointer = next((token for token in tokens if token.kind in _POINTS and _is_word(token.text, text)), None)
    if pointer is None and tokens[-1].kind is _Kind.CLOSER and _means_so(tokens[-1].text):
        pointer = tokens[-1] if all(_is_one_of(word, _DOING) for word in beside) else None
    if pointer is None:
        return None
    asks_who = any(token.text.lower() == "ai" for token in tokens)
    if asks_who and pointer.kind is not _Kind.THAT_PERSON and any(_is_one_of(word, _SAYING) for word in beside):
        return f"{_content(earlier)} {_WHO_SAYS}"
    meant = (_person_in(earlier) if pointer.kind is _Kind.THAT_PERSON else "") or _content(earlier)
    start, end = pointer.span
    return f"{text[:start]}{meant}{text[end:]}"


def _is_word(pronoun: str, text: str) -> bool:
    """Whether a pronoun is a word by itself, not the beginning of another: "họ", but not in "họ hàng"."""
    return " " in pronoun or pronoun.lower() in words(text)


def _means_so(text: str) -> bool:
    return fold(text.lower()) in {"vay", "the", "nhu vay", "nhu the", "z"}


def _means_how(text: str) -> bool:
    return fold(text.lower()) in {"sao", "the nao", "ra sao"}


def _asked(question: str) -> _Token | None:
    """The last phrase of a question that asks."""
    return next((token for token in reversed(_tokens(question)) if token.kind in _ASKS), None)


def _content(question: str) -> str:
    """A question without the phrases that ask."""
    kept = list(question.rstrip(" ?!."))
    for token in _tokens(question):
        if token.kind in _ASKS:
            kept[slice(*token.span)] = " " * (token.span[1] - token.span[0])
    content = " ".join("".join(kept).split())
    return content if _begins_with_name(content) else content[:1].lower() + content[1:]


def _with_subject(subject: str, earlier: str) -> str:
    """The earlier question about something else: the part of it that is of the same kind is replaced."""
    question = earlier.rstrip(" ?!.")
    if _is_one_of(subject.partition(" ")[0], _CIRCUMSTANCES) and not _same_lead(subject, question):
        return f"{question} {subject}?"
    part = (
        _same_lead(subject, question)
        or _same_number(subject, question)
        or _same_part(subject, question)
        or _whole_subject(question)
    )
    if part is None:
        asked = _asked(question)
        place = asked.span[0] if asked and asked.span[0] else len(question)
        part = place, place
        subject = f"{subject} " if place < len(question) else f" {subject}"
    return f"{question[: part[0]]}{subject}{question[part[1] :]}?"


def _same_lead(subject: str, question: str) -> Span | None:
    """What begins with the same word: "năm 2024" takes the place of "năm 2023", "của Mỹ" that of "của Nga"."""
    lead, _, rest = subject.lower().partition(" ")
    if not rest:
        return None
    if _is_one_of(lead, _PLACING):
        token = _placing(question)
        return (token.span[0], _phrase_after(question, token.span[1])[1]) if token else None
    loosely = not (has_diacritics(question) and has_diacritics(subject))
    for token in _tokens(question):
        if token.kind is None and lead in {token.text.lower(), fold(token.text.lower()) if loosely else ""}:
            return token.span[0], _end_of_noun_phrase(question, token.span)
    return None


def _end_of_noun_phrase(question: str, first: Span) -> int:
    """Where the noun phrase ends that goes on with the syllable at a place."""
    if has_diacritics(question):
        for phrase in _noun_phrases(question):
            if phrase.span[0] <= first[0] < phrase.span[1]:
                return phrase.span[1]
    return _phrase_after(question, first[1])[1]


def _same_number(subject: str, question: str) -> Span | None:
    numbers = list(re.finditer(r"\d[\d.,/]*", question))
    return numbers[-1].span() if numbers and re.fullmatch(r"\d[\d.,/]*", subject) else None


def _same_part(subject: str, question: str) -> Span | None:
    """The name or the noun that a name or a noun takes the place of."""
    nouns = _noun_phrases(question) if has_diacritics(question) else []
    named = [phrase for phrase in nouns if phrase.name]
    if _is_noun(subject):
        plain = [phrase for phrase in nouns if not phrase.name and phrase.detail]
        return plain[0].detail if plain and named else _placed(question)
    placed = _placed(question)
    for phrase in named:
        if placed and phrase.name and placed[0] <= phrase.name[0] < placed[1]:
            return phrase.name
    if named:
        return named[0].name
    return placed


def _whole_subject(question: str) -> Span | None:
    """All that stands before "là gì", "là ai"; all of a question that asks nothing."""
    asked = _asked(question)
    if asked is None:
        return 0, len(question)
    if asked.kind is _Kind.WHO_OR_WHAT and asked.span[0]:
        return 0, len(question[: asked.span[0]].rstrip())
    if has_diacritics(question) and (phrases := _noun_phrases(question)):
        start, end = phrases[0].span
        following = question[end : asked.span[0]].split()
        if start == 0 and following and following[0].lower() not in {*_PLACING, "là"}:
            return start, end
    return None


def _placed(question: str) -> Span | None:
    """What follows the word that a place or an owner follows."""
    token = _placing(question)
    if token is None:
        return None
    start, end = _phrase_after(question, token.span[1])
    return (start, end) if start < end else None


def _placing(question: str) -> _Token | None:
    """The last "của", or else the last "ở", "tại", "trong"."""
    places = [token for token in _tokens(question) if token.kind is None and _is_one_of(token.text, _PLACING)]
    owned = [token for token in places if _is_one_of(token.text, _PLACING[:1])]
    return next(iter((owned or places)[-1:]), None)


def _is_one_of(text: str, listed: Sequence[str]) -> bool:
    return any(text.lower() in {word, fold(word)} for word in listed)


def _phrase_after(question: str, place: int) -> Span:
    """From the next syllable up to a word that ends a phrase."""
    start = end = place
    for token in _tokens(question):
        if token.span[0] < place:
            continue
        if token.kind is not None or _is_one_of(token.text, _BREAKS) or "," in question[end : token.span[0]]:
            break
        start = token.span[0] if start == place else start
        end = token.span[1]
    return start, end


# --- Nouns and names -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _NounPhrase:
    """A noun phrase: where it stands, the name in it, and what it says of its first word."""

    span: Span
    name: Span | None
    detail: Span | None


def _tagged(text: str) -> Iterator[tuple[str, Span]]:
    """Each word's tag and place. Capitals tell names only where not all are capitals."""
    place = 0
    text = text.lower() if text.isupper() else text
    for word, tag in pos_tag(text):
        start = text.find(word, place)
        if start >= 0:
            place = start + len(word)
            yield tag, (start, place)


def _noun_phrases(question: str) -> list[_NounPhrase]:
    asking = [token.span for token in _tokens(question) if token.kind in _ASKS]
    groups: list[list[tuple[str, Span]]] = [[]]
    for tag, span in _tagged(question):
        inside = any(start < span[1] and span[0] < end for start, end in asking)
        if inside or tag not in _NOUNS:
            groups.append([])
        else:
            groups[-1].append((tag, span))
    return [_noun_phrase(group) for group in groups if group]


def _noun_phrase(group: Sequence[tuple[str, Span]]) -> _NounPhrase:
    names = [span for tag, span in group if tag == "Np"]
    others = [span for tag, span in group if tag != "Np"]
    detail = others[1:] or others
    return _NounPhrase(
        span=(group[0][1][0], group[-1][1][1]),
        name=(names[0][0], names[-1][1]) if names else None,
        detail=(detail[0][0], detail[-1][1]) if detail else None,
    )


def _is_noun(subject: str) -> bool:
    """Whether something is plainly no name: written with diacritics and without capitals."""
    return has_diacritics(subject) and subject == subject.lower()


def _begins_with_name(question: str) -> bool:
    return not has_diacritics(question) or next(iter(_tagged(question)), ("", (0, 0)))[0] == "Np"


def _person_in(question: str) -> str:
    """The person that a question is about: "tổng thống Nga" in "ai là tổng thống Nga", else the last name in it."""
    asked, (verb, _, who) = _asked(question), _content(question).partition(" ")
    is_who = asked is not None and asked.kind is _Kind.WHO_OR_WHAT and asked.span[0] == 0
    return who if is_who and fold(verb.lower()) == "la" else _last_name(question)


def _last_name(question: str) -> str:
    names = [phrase.name for phrase in _noun_phrases(question) if phrase.name] if has_diacritics(question) else []
    return question[slice(*names[-1])] if names else ""
