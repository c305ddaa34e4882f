"""The parts of the question before a follow-up: which of them a new subject takes the place of, and what is pointed back to.

It goes by how Vietnamese is put together, not by what the question is about.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from underthesea import pos_tag

from bot.phrases import ASKS, Kind, Token, is_one_of, tokens_of
from index.documents import Span
from index.shorthand import READINGS
from index.vietnamese import fold, has_diacritics, syllables

_PLACING = ("của", "ở", "tại", "trong", "bên")
"""What a place or an owner follows: the part of a question that changes most often from one to the next."""
_CIRCUMSTANCES = (*_PLACING, *"năm tháng ngày quý tuần hôm lúc khi trước sau từ vào".split())
"""What the place or the time of something begins with: it can be added to any question."""
_TIMES = (
    *(
        " ".join(words)
        for firsts, seconds in (
            ("chủ", "nhật"),
            ("thứ", "hai ba tư năm sáu bảy 2 3 4 5 6 7"),
            ("cuối đầu giữa", "tuần tháng năm"),
            ("mùa", "xuân hè thu đông"),
            ("lần", "trước sau tới này đầu"),
            ("ngày", "lễ thường nghỉ"),
            ("sáng trưa chiều tối đêm", "nay mai qua"),
            ("buổi ban", "sáng trưa chiều tối đêm"),
        )
        for words in product(firsts.split(), seconds.split())
    ),
    *"t2 t3 t4 t5 t6 t7 cn".split(),
)
"""Times by name, which can be added too."""
_BREAKS = (*"là có bị được đã đang sẽ thì và hay hoặc nhưng mà vì do để với cho về từ đến".split(), *_PLACING)
"""Words that end the phrase before them."""
_YES_OR_NO = frozenset({"không", "chưa"})
"""What ends a question to be answered with yes or no."""
_OF_TIME = ("năm", "tháng", "ngày", "quý")
"""Nouns that go before a time: no part of the noun phrase before them."""
_NOUNS = {"N", "Np", "Nc", "Nu", "Ny", "A", "X", "M", "FW"}
"""underthesea's tags for words that noun phrases are made of."""


def asked(question: str) -> Token | None:
    """The last phrase of a question that asks."""
    return next((token for token in reversed(tokens_of(question)) if token.kind in ASKS), None)


def asks(question: str) -> bool:
    """Whether a text asks something: by a phrase, by its mark, or by what ends a question of yes or no."""
    return asked(question) is not None or question.rstrip().endswith("?") or _asks_yes_or_no(question)


def _asks_yes_or_no(question: str) -> bool:
    """Whether it ends so, but for what may close it; such a word alone is an answer."""
    for token in reversed(tokens_of(question)[1:]):
        last = syllables(token.text)[-1]
        meant = {last, *(syllable for reading in READINGS.get(last, ()) for syllable in reading[-1:])}
        if meant & _YES_OR_NO or (last in map(fold, _YES_OR_NO) and not has_diacritics(question)):
            return True
        if token.kind is not Kind.CLOSER:
            return False
    return False


def content(question: str) -> str:
    """A question without the phrases that ask."""
    kept = list(question.rstrip(" ?!."))
    for token in tokens_of(question):
        if token.kind in ASKS:
            kept[slice(*token.span)] = " " * (token.span[1] - token.span[0])
    content = " ".join("".join(kept).split())
    return content if _begins_with_name(content) else content[:1].lower() + content[1:]


def with_subject(subject: str, earlier: str, typed: str) -> str:
    """The earlier question about something else: the part of it that is of the same kind is replaced.

    Args:
        subject: What it is to be about.
        earlier: The question.
        typed: The subject as it was typed: without diacritics, perhaps, which only some of its words were given.
    """
    question, subject = earlier.rstrip(" ?!."), _as_listed(subject, typed)
    is_time = _time_in(subject, at_start=True)
    lead = None if is_time else _same_lead(subject, question) or _same_lead(typed, question)
    if lead and not has_diacritics(typed) and not is_one_of(typed.partition(" ")[0], _PLACING):
        subject = f"{question[slice(*lead[0])]} {subject.partition(' ')[2]}"
    alike = lead[1] if lead else _time_in(question) if is_time else None
    if (is_time or is_one_of(subject.partition(" ")[0], _CIRCUMSTANCES)) and not alike:
        return f"{question} {subject}?"
    part = alike or _same_number(subject, question) or _same_part(subject, question) or _whole_subject(question)
    if part is None:
        asking = asked(question)
        place = asking.span[0] if asking and asking.span[0] else len(question)
        part = place, place
        subject = f"{subject} " if place < len(question) else f" {subject}"
    return f"{question[: part[0]]}{subject}{question[part[1] :]}?"


def _as_listed(subject: str, typed: str) -> str:
    """A subject that was typed without diacritics, with those of the place or the time that it begins with."""
    if has_diacritics(typed):
        return subject
    listed = (one for one in (*_TIMES, *_CIRCUMSTANCES) if f"{typed.lower()} ".startswith(f"{fold(one)} "))
    first = next(listed, "")
    return f"{first}{subject[len(first) :]}"


def _time_in(text: str, *, at_start: bool = False) -> Span | None:
    """Where a time stands by its name."""
    plain = fold(text.lower())
    for time in map(fold, _TIMES):
        if (found := re.search(rf"\b{time}\b", plain)) and not (at_start and found.start()):
            return found.span()
    return None


def _same_lead(subject: str, question: str) -> tuple[Span, Span] | None:
    """What begins with the same word: "năm 2024" takes the place of "năm 2023", "của Mỹ" that of "của Nga".

    Returns:
        Where the word stands in the question, and all that begins with it.
    """
    lead, _, rest = subject.lower().partition(" ")
    if not rest:
        return None
    if is_one_of(lead, _PLACING):
        token = _placing(question)
        return (token.span, (token.span[0], _phrase_after(question, token.span[1])[1])) if token else None
    loosely = not (has_diacritics(question) and has_diacritics(subject))
    for token in tokens_of(question):
        if token.kind is None and lead in {token.text.lower(), fold(token.text.lower()) if loosely else ""}:
            return token.span, (token.span[0], _end_of_noun_phrase(question, token.span))
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
        return _same_noun(nouns, question)
    placed = _placed(question)
    for phrase in named:
        if placed and phrase.name and placed[0] <= phrase.name[0] < placed[1]:
            return phrase.name
    if named:
        return named[0].name
    return placed


def _same_noun(nouns: Sequence["_NounPhrase"], question: str) -> Span | None:
    """What a noun takes the place of.

    Beside a name, what the last noun phrase is of ("trữ lượng đất hiếm"); else what is placed or owned, or the last noun of
    what the question asks the measure of ("giá vé người lớn là bao nhiêu").
    """
    if any(phrase.name for phrase in nouns):
        plain = [phrase.detail for phrase in nouns if not phrase.name and phrase.detail]
        beside = [phrase.detail for phrase in nouns if phrase.name and phrase.detail]
        return next(iter([*plain[-1:], *beside[:1]]), None)
    if (placed := _placed(question)) or not nouns:
        return placed
    (start, end), asking = nouns[0].span, asked(question)
    following = question[end : asking.span[0]].split() if asking else ["?"]
    return (nouns[0].last, end) if start == 0 < nouns[0].last and following in ([], ["là"]) else None


def _whole_subject(question: str) -> Span | None:
    """All that stands before "là gì", "là ai"; all of a question that asks nothing."""
    asking = asked(question)
    if asking is None:
        return 0, len(question)
    if asking.kind is Kind.WHO_OR_WHAT and asking.span[0]:
        return 0, len(question[: asking.span[0]].rstrip())
    if has_diacritics(question) and (phrases := _noun_phrases(question)):
        start, end = phrases[0].span
        following = question[end : asking.span[0]].split()
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


def _placing(question: str) -> Token | None:
    """The last "của", or else the last "ở", "tại", "trong"."""
    places = [token for token in tokens_of(question) if token.kind is None and is_one_of(token.text, _PLACING)]
    owned = [token for token in places if is_one_of(token.text, _PLACING[:1])]
    return next(iter((owned or places)[-1:]), None)


def _phrase_after(question: str, place: int) -> Span:
    """From the next syllable up to a word that ends a phrase."""
    start = end = place
    for token in tokens_of(question):
        if token.span[0] < place:
            continue
        if token.kind is not None or is_one_of(token.text, _BREAKS) or "," in question[end : token.span[0]]:
            break
        start = token.span[0] if start == place else start
        end = token.span[1]
    return start, end


# --- Nouns and names -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _NounPhrase:
    """A noun phrase: where it stands, the name in it, what it says of its first word, and where its last noun begins."""

    span: Span
    name: Span | None
    detail: Span | None
    last: int


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
    asking = [token.span for token in tokens_of(question) if token.kind in ASKS]
    groups: list[list[tuple[str, Span]]] = [[]]
    for tag, span in _tagged(question):
        inside = any(start < span[1] and span[0] < end for start, end in asking)
        if inside or tag not in _NOUNS or is_one_of(question[slice(*span)], _OF_TIME):
            groups.append([])
        else:
            groups[-1].append((tag, span))
    return [_noun_phrase(group) for group in groups if any(tag != "M" for tag, _ in group)]


def _noun_phrase(group: Sequence[tuple[str, Span]]) -> _NounPhrase:
    names = [span for tag, span in group if tag == "Np"]
    others = [span for tag, span in group if tag != "Np"]
    detail = others[1:] or others
    return _NounPhrase(
        span=(group[0][1][0], group[-1][1][1]),
        name=(names[0][0], names[-1][1]) if names else None,
        detail=(detail[0][0], detail[-1][1]) if detail else None,
        last=next((span[0] for tag, span in reversed(group) if tag == "N"), group[0][1][0]),
    )


def _is_noun(subject: str) -> bool:
    """Whether something is plainly no name: written with diacritics and without capitals."""
    return has_diacritics(subject) and subject == subject.lower()


def _begins_with_name(question: str) -> bool:
    return not has_diacritics(question) or next(iter(_tagged(question)), ("", (0, 0)))[0] == "Np"


def person_in(question: str) -> str:
    """The person that a question is about: "tổng thống Nga" in "ai là tổng thống Nga", else the last name in it."""
    asking, (verb, _, who) = asked(question), content(question).partition(" ")
    is_who = asking is not None and asking.kind is Kind.WHO_OR_WHAT and asking.span[0] == 0
    return who if is_who and fold(verb.lower()) == "la" else _last_name(question)


def thing_in(question: str) -> str:
    """The thing that a question begins with, "đất hiếm" in "đất hiếm gồm bao nhiêu nguyên tố"; empty for what has a name."""
    phrases = _noun_phrases(question) if has_diacritics(question) else []
    if not phrases or phrases[0].span[0] or phrases[0].name:
        return ""
    thing, after = question[: phrases[0].span[1]], question[phrases[0].span[1] :].split()
    return "" if after[:1] and is_one_of(after[0], _PLACING) else thing[:1].lower() + thing[1:]


def _last_name(question: str) -> str:
    names = [phrase.name for phrase in _noun_phrases(question) if phrase.name] if has_diacritics(question) else []
    return question[slice(*names[-1])] if names else ""
