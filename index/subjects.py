"""What a thread of talk is about: the few words that tell it from the other threads, as they were typed.

Candidates are the noun phrases, by underthesea's parts of speech, of the posts that are quoted, so that a reader finds
them there, and what others of the thread say again. Posts typed without diacritics, which it cannot tag, are cut by the
words that the chat typed with them.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from underthesea import pos_tag

from index.terms import JOINER
from index.utterances import Utterance, Word, is_content, is_word, placed
from index.vietnamese import fold, has_diacritics, sentence_spans, syllables

_NOUNS = frozenset({"N", "Np", "Ny", "Nb"})
_LONGEST = 3
"""Words in the longest phrase."""
_MOST = 3
_WORTH = 0.4
"""A further phrase is given while it weighs at least this share of the first."""
_UNSURE = 0.4
"""What a phrase counts that is not surely a noun phrase."""
_BEGINNING = 400
"""Characters of a post, and of a sentence, that are tagged: the time that tagging takes grows with their square."""
_TAGGED = 12
"""Posts of a thread that are tagged besides those quoted: tagging takes four times as long as cutting into words."""


@dataclass(slots=True)
class _Candidate:
    """A phrase with its spellings; ``nominal`` where it is surely a noun phrase."""

    nominal: bool = False
    has_noun: bool = False
    spellings: Counter[str] = field(default_factory=Counter)

    @property
    def spelling(self) -> str:
        """The most frequent spelling, before all one with diacritics."""
        return max(self.spellings, key=lambda spelling: (has_diacritics(spelling), self.spellings[spelling]))


def subject(
    quoted: Sequence[Utterance],
    others: Sequence[Utterance],
    weights: Mapping[str, float],
    frequency: Mapping[str, int],
    names: frozenset[str],
) -> tuple[str, ...]:
    """The subject of a thread: at most three words or phrases, the weightiest first.

    Args:
        quoted: The posts of the thread that the reader will see.
        others: Its other posts.
        weights: The weight of each term.
        frequency: How many posts of the chat hold each term.
        names: Folded syllables of the names of those who talk, which are no subject.
    """
    candidates = _candidates(quoted, others[:_TAGGED], names)
    here = term_frequency([*quoted, *others])
    scored = {
        phrase: _score(phrase, weights, here, frequency) * (1.0 if candidate.nominal else _UNSURE)
        for phrase, candidate in candidates.items()
    }
    chosen: list[str] = []
    taken: set[str] = set()
    for phrase in sorted(scored, key=lambda phrase: (-scored[phrase], phrase)):
        parts = set(phrase.split(JOINER))
        if len(chosen) == _MOST or (chosen and scored[phrase] < _WORTH * scored[chosen[0]]):
            break
        if not parts & taken:
            chosen.append(phrase)
            taken |= parts
    return tuple(candidates[phrase].spelling for phrase in chosen)


def _score(phrase: str, weights: Mapping[str, float], here: Mapping[str, int], everywhere: Mapping[str, int]) -> float:
    """How well a phrase tells a thread: how many of its posts hold it, how rare it is, and how much of it is here."""
    parts = phrase.split(JOINER)
    pairs = [JOINER.join(pair) for pair in pairwise(parts)]
    terms = [term for term in (pairs or parts) if term in weights] or [part for part in parts if part in weights]
    if not terms:
        return 0.0
    held = min(here[term] for term in terms)
    weight = sum(weights[term] for term in terms) / len(terms)
    length = 1.0 + 0.35 * min(2, len(parts) - 1)
    return math.log2(1 + held) * weight * length * held / min(everywhere[term] for term in terms)


def _candidates(
    quoted: Sequence[Utterance], others: Sequence[Utterance], names: frozenset[str]
) -> dict[str, _Candidate]:
    """Noun phrases of what is quoted, and whatever else is said twice; failing that, the words of two syllables."""
    found: dict[str, _Candidate] = defaultdict(_Candidate)
    for place, utterance in enumerate([*quoted, *others]):
        tagged = list(_tagged(utterance.text)) if utterance.is_marked else [(word, "") for word in utterance.words]
        for words, tags in _runs(utterance.text, tagged):
            plain = JOINER.join(word.plain for word in words)
            if names.isdisjoint(plain.split(JOINER)):
                candidate = found[plain]
                candidate.nominal |= place < len(quoted) and _is_nominal(words, tags)
                candidate.has_noun |= not _NOUNS.isdisjoint(tags)
                candidate.spellings[_spelling(utterance.text, words)] += 1
    told = {
        plain: candidate
        for plain, candidate in found.items()
        if candidate.nominal or (candidate.spellings.total() > 1 and (candidate.has_noun or JOINER in plain))
    }
    return told or {plain: candidate for plain, candidate in found.items() if JOINER in plain} or found


def _runs(text: str, tagged: Sequence[tuple[Word, str]]) -> Iterator[tuple[list[Word], list[str]]]:
    """Every stretch of one to three words that can tell a subject, with nothing but spaces between them."""
    for start in range(len(tagged)):
        for end in range(start + 1, min(start + _LONGEST, len(tagged)) + 1):
            word = tagged[end - 1][0]
            if not _is_telling(word) or (end - 1 > start and text[tagged[end - 2][0].end : word.start].strip()):
                break
            yield [word for word, _ in tagged[start:end]], [tag for _, tag in tagged[start:end]]


def _is_telling(word: Word) -> bool:
    """Whether a word may be part of a subject: no figure, nor made of words that count and date ("hôm nay mai")."""
    parts = word.plain.split(JOINER)
    return word.content and not word.plain[0].isdigit() and any(map(is_content, parts))


def _is_nominal(words: Sequence[Word], tags: Sequence[str]) -> bool:
    """Whether words said only once are surely a noun phrase: a noun of two syllables, a name, or a noun with either."""
    if not tags[0] or len(words) > 2:
        return False
    strong = [
        tag in {"Np", "Ny"} or (tag in _NOUNS and JOINER in word.plain) for word, tag in zip(words, tags, strict=True)
    ]
    return strong[-1] if len(words) == 1 else any(strong) and _NOUNS.issuperset(tags)


def _tagged(text: str) -> Iterator[tuple[Word, str]]:
    """Words of the beginning of a post with their parts of speech and places, sentence by sentence."""
    for start, end in sentence_spans(text):
        if start > _BEGINNING:
            return
        yield from _tagged_sentence(text[start : min(end, start + _BEGINNING)], start)


def _tagged_sentence(sentence: str, offset: int) -> Iterator[tuple[Word, str]]:
    tagged = [(word, tag) for word, tag in pos_tag(_decapitalised(sentence)) if any(map(str.isalnum, word))]
    letters = [place for place, character in enumerate(sentence) if character.isalnum()]
    read = list(accumulate(sum(map(str.isalnum, word)) for word, _ in tagged))
    tags = {letters[count - 1] + 1: tag for count, (_, tag) in zip(read, tagged, strict=True) if count <= len(letters)}
    for start, end in placed([word for word, _ in tagged], sentence):
        parts = syllables(sentence[start:end])
        form = JOINER.join(parts)
        yield (
            Word(fold(form), offset + start, offset + end, is_word(parts) and is_content(form)),
            tags.get(end, ""),
        )


def _decapitalised(sentence: str) -> str:
    """The sentence without the capital that only opens it, which would be taken for a name's."""
    return sentence[0].lower() + sentence[1:] if sentence[1:2].islower() else sentence


def _spelling(text: str, words: Sequence[Word]) -> str:
    spelling = text[words[0].start : words[-1].end]
    opens = not text[: words[0].start].rstrip() or text[: words[0].start].rstrip()[-1] in ".!?…\n:"
    if opens and spelling[1:] == spelling[1:].lower():
        return spelling[0].lower() + spelling[1:]
    return spelling


def names_of(utterances: Iterable[Utterance]) -> frozenset[str]:
    """The folded syllables of the names of those who talk."""
    return frozenset(
        fold(part) for author in {utterance.post.author for utterance in utterances} for part in syllables(author)
    )


def term_frequency(utterances: Iterable[Utterance]) -> dict[str, int]:
    """How many posts hold each term."""
    frequency: dict[str, int] = defaultdict(int)
    for utterance in utterances:
        for term in utterance.terms:
            frequency[term] += 1
    return frequency
