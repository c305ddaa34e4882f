"""What was said in a chat, in a form worth reading: threads of talk with their weightiest posts, open questions, links.

Everything is quoted. A post's weight is made of what it tells (rare words, figures, decisions), how central it is in
its thread and how many went on from it; an answer brings its question, since neither can be read without the other.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import parse_qsl, urlencode, urlsplit

from index.documents import Digest, Length, Post, Remark, Shared, Span, Thread
from index.matching import Weight
from index.open_questions import open_questions
from index.subjects import names_of, subject, term_frequency
from index.terms import JOINER
from index.threads import is_monologue, leads, likeness, links, term_weights, threads, vectors
from index.utterances import LINK, Utterance, question_span, read_posts
from index.vietnamese import sentence_spans


@dataclass(frozen=True, slots=True)
class _Size:
    """The most that a digest of a length holds; ``characters`` is about how long a remark may be."""

    threads: int
    remarks: int
    share: float
    """Of the posts of a talk that say anything, those that may be told; of a channel's, all may."""
    of_thread: int
    """Remarks of one thread."""
    questions: int
    shared: int
    characters: int
    worth: float
    """A further post is told while it adds at least this share of the weightiest."""
    all_posts: int
    """A talk of so few posts is given whole."""


_SIZES = {
    Length.SHORT: _Size(4, 6, 0.25, of_thread=2, questions=3, shared=5, characters=140, worth=0.35, all_posts=3),
    Length.NORMAL: _Size(8, 15, 0.45, of_thread=4, questions=5, shared=10, characters=200, worth=0.25, all_posts=4),
    Length.LONG: _Size(14, 30, 0.7, of_thread=7, questions=10, shared=30, characters=300, worth=0.1, all_posts=6),
}

# What the parts of a post's weight count, by hand from reading digests.
_CENTRAL = 0.5
_FOLLOWED = 0.15
_INFORMS = 0.35
_FIRST = 0.3
_PEOPLE = 0.15
_QUESTION = 0.6
"""A question says less than a statement of the same words."""
_USUAL_INFORMATION = 3.0
"""The sum of term weights at which a post tells half of what a post can."""
_REPETITION = 0.9
"""How much of a post's weight is lost to a chosen one that says the same."""
_FURTHER = 0.85
"""What a post still weighs for each one that was chosen of its thread, so that other threads have their say."""

_OF_CHANNEL = 0.4
"""The share for the posts of a channel, which are told by themselves, not for what they add to a thread."""


def digest(posts: Sequence[Post], length: Length, weight: Weight) -> Digest:
    """What was said in some posts of a chat.

    Args:
        posts: In any order.
        length: How much to tell; it is never more than the talk is worth.
        weight: The collection's idf, which tells the words that are common everywhere.
    """
    return _Talk(posts, weight).digest(_SIZES[length])


class _Talk:
    """Posts taken apart and linked, with their weights."""

    def __init__(self, posts: Sequence[Post], weight: Weight) -> None:
        self._utterances = read_posts(posts)
        self._weights = term_weights(self._utterances, weight)
        self._terms = vectors(self._utterances, self._weights)
        self._is_monologue = is_monologue(self._utterances)
        compared = leads(self._utterances, self._weights) if self._is_monologue else self._terms
        self._parents = links(self._utterances, compared)
        linked = threads(self._parents)
        self._open = open_questions(self._utterances, self._terms, self._parents, linked)
        self._threads = [told for thread in linked if (told := [place for place in thread if self._at(place).says])]
        self._thread = {place: number for number, thread in enumerate(self._threads) for place in thread}
        self._followed = self._count_followers()

    def digest(self, size: _Size) -> Digest:
        """The digest of a size."""
        counting = [utterance.post for utterance in self._utterances if utterance.counts]
        asked = sorted(sorted(self._open, key=self._information, reverse=True)[: size.questions])
        return Digest(
            posts=len(counting),
            people=_people(counting),
            threads=self._told(self._thread.keys() if len(counting) <= size.all_posts else self._chosen(size), size),
            questions=tuple(self._remark(place, size, question_span(self._at(place))) for place in asked),
            shared=tuple(shared_once(utterance.post for utterance in self._utterances)[-size.shared :]),
        )

    def _at(self, place: int) -> Utterance:
        return self._utterances[place]

    # --- Weights -----------------------------------------------------------------------------------------------------

    def _count_followers(self) -> Counter[int]:
        """How many posts of others go on from each."""
        links_up = ((place, parent) for place, parent in enumerate(self._parents) if parent is not None)
        return Counter(parent for place, parent in links_up if self._are_two(place, parent))

    def _are_two(self, place: int, other: int) -> bool:
        return self._at(place).post.person != self._at(other).post.person

    def _information(self, place: int) -> float:
        """How much a post tells by its terms, from 0 to 1."""
        found = sum(self._weights[term] for term in self._at(place).terms if JOINER not in term)
        return found / (found + _USUAL_INFORMATION)

    def _post_weights(self, thread: Sequence[int]) -> dict[int, float]:
        """The weight of each post of a thread."""
        everything: dict[str, float] = defaultdict(float)
        for place in thread:
            for term, weight in self._terms[place].items():
                everything[term] += weight
        central = {
            place: sum(weight * (everything[term] - weight) for term, weight in self._terms[place].items())
            for place in thread
        }
        most = max(central.values()) or 1.0
        talked = 1 + _PEOPLE * math.log2(_people(self._at(place).post for place in thread))
        return {
            place: talked * self._post_weight(place, central[place] / most, first=place == thread[0])
            for place in thread
        }

    def _post_weight(self, place: int, central: float, *, first: bool) -> float:
        utterance = self._at(place)
        weight = (
            self._information(place) * (1 + _CENTRAL * central)
            + _FOLLOWED * math.log2(1 + self._followed[place])
            + _INFORMS * utterance.informs
            + _FIRST * (first and not utterance.reacts)
        )
        return weight * _QUESTION if utterance.asks else weight

    # --- Choice ------------------------------------------------------------------------------------------------------

    def _chosen(self, size: _Size) -> set[int]:
        """The weightiest posts without repetition, each with the one that it cannot be read without."""
        left = {place: weight for thread in self._threads for place, weight in self._post_weights(thread).items()}
        for place in {*self._open, *self._answered()}:
            left.pop(place, None)  # Told among the questions, or with the answer.
        worth = _OF_CHANNEL if self._is_monologue else size.worth
        least = worth * max(left.values(), default=0.0)
        share = 1.0 if self._is_monologue else size.share
        most = min(size.remarks, max(size.all_posts, round(share * len(self._thread))))
        chosen: set[int] = set()
        told: Counter[int] = Counter()
        quoted: set[str] = set()
        while left and max(left.values()) >= least and len(chosen) < most:
            place = max(left, key=lambda place: left[place])
            del left[place]
            thread, text = self._thread[place], self._at(place).post.text.casefold()
            if text in quoted:
                continue
            new = {place, *(self._needed(place) or self._opening(place))} - chosen
            if told[thread] + len(new) > size.of_thread or (not told[thread] and len(told) >= size.threads):
                continue
            chosen |= new
            quoted.add(text)
            told[thread] += len(new)
            for other in left:
                left[other] *= 1 - _REPETITION * min(1.0, likeness(self._terms[place], self._terms[other]))
                left[other] *= _FURTHER if self._thread[other] == thread else 1.0
        return chosen

    def _answered(self) -> set[int]:
        """The questions that a post which may be quoted answers."""
        return {needed for place in self._thread for needed in self._needed(place) if self._at(needed).asks}

    def _opening(self, place: int) -> tuple[int, ...]:
        """The question that began the thread of a post, which its other posts are read by; none, or one."""
        first = self._threads[self._thread[place]][0]
        return (first,) if self._at(first).asks and first not in self._open else ()

    def _needed(self, place: int) -> tuple[int, ...]:
        """The question of somebody else that a post answers, or what it leans on; none, or one."""
        parent = self._parents[place]
        while parent is not None and not self._at(parent).says:
            parent = self._parents[parent]
        if parent is None or not self._are_two(place, parent) or parent in self._open:
            return ()
        new = self._at(place)
        return (parent,) if (self._at(parent).asks and not new.asks) or new.reacts else ()

    # --- What is told ------------------------------------------------------------------------------------------------

    def _told(self, chosen: Iterable[int], size: _Size) -> tuple[Thread, ...]:
        remarks: dict[int, list[int]] = defaultdict(list)
        for place in sorted(set(chosen).difference(self._open)):
            remarks[self._thread[place]].append(place)
        frequency, names = term_frequency(self._utterances), names_of(self._utterances)
        found = []
        for thread, places in sorted(remarks.items()):
            quoted = [self._at(place) for place in places]
            others = [self._at(place) for place in self._threads[thread] if place not in places]
            found.append(
                Thread(
                    subject=subject(quoted, others, self._weights, frequency, names),
                    posts=len(self._threads[thread]),
                    people=_people(self._at(place).post for place in self._threads[thread]),
                    remarks=tuple(self._remark(place, size) for place in places),
                )
            )
        return tuple(found)

    def _remark(self, place: int, size: _Size, kept: Span | None = None) -> Remark:
        return Remark(gist(self._at(place), self._weights, size.characters, kept), self._at(place).post)


def _people(posts: Iterable[Post]) -> int:
    return len({post.person for post in posts})


# --- What is quoted of a post ----------------------------------------------------------------------------------------

_CUT = "…"
_CLAUSE = re.compile(r"[,;:–—](?=\s)|\s[-–—](?=\s)")
_SENTENCE_WORTH = 0.5
"""A further sentence of a post is quoted if it weighs at least this share of the weightiest."""
_LONG_LINK = 40
"""Characters of a link that is not quoted: it stands among what was shared."""


def gist(utterance: Utterance, weights: Mapping[str, float], characters: int, kept: Span | None = None) -> str:
    """The text of a post, or the weightiest sentences of a long one, about so many characters.

    Args:
        utterance: The post.
        weights: The weight of each term.
        characters: How much to quote. A sentence longer than that is cut at a clause and ends in "…".
        kept: A stretch that must be in it.
    """
    text = utterance.post.text
    if len(whole := _without_long_links(text.strip())) <= characters:
        return whole
    spans = list(sentence_spans(text))
    weighed = [_sentence_weight(utterance, weights, span) * (1 + 1 / (1 + place)) for place, span in enumerate(spans)]
    ranked = sorted(range(len(spans)), key=lambda place: (_overlap(spans[place], kept), weighed[place]), reverse=True)
    chosen: list[int] = []
    room = characters
    for place in ranked:
        length = spans[place][1] - spans[place][0]
        if not chosen or (length <= room and weighed[place] >= _SENTENCE_WORTH * max(weighed)):
            chosen.append(place)
            room -= length + 1
    return _without_long_links(_joined(text, [spans[place] for place in sorted(chosen)], characters))


def _overlap(span: Span, kept: Span | None) -> bool:
    return kept is not None and span[0] < kept[1] and kept[0] < span[1]


def _sentence_weight(utterance: Utterance, weights: Mapping[str, float], span: Span) -> float:
    """The weight of a sentence's terms, damped by length."""
    parts = {
        part
        for word in utterance.content
        if span[0] <= word.start and word.end <= span[1]
        for part in word.plain.split(JOINER)
    }
    return sum(weights.get(part, 0.0) for part in parts) / math.sqrt(len(parts) + 4)


def _joined(text: str, chosen: Sequence[Span], characters: int) -> str:
    """The sentences as they stand in the text, "…" where some between them are left out."""
    if len(chosen) == 1:
        return _shortened(text[slice(*chosen[0])], characters)
    quoted = text[slice(*chosen[0])]
    for before, span in pairwise(chosen):
        between = text[before[1] : span[0]]
        quoted += f" {_CUT} " if between.strip() else between
        quoted += text[slice(*span)]
    return quoted


def _shortened(sentence: str, characters: int) -> str:
    if len(sentence) <= characters * 1.2:
        return sentence
    ends = [match.start() for match in _CLAUSE.finditer(sentence, characters // 2, characters)]
    end = ends[-1] if ends else sentence.rfind(" ", characters // 2, characters)
    return sentence[: end if end > 0 else characters].rstrip(" ,;:–—-") + _CUT


def _without_long_links(text: str) -> str:
    return LINK.sub(lambda match: match.group() if len(match.group()) <= _LONG_LINK else _CUT, text)


# --- What was shared -------------------------------------------------------------------------------------------------

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|mibextid|si|_ga|zarsrc", re.IGNORECASE)


def shared_once(posts: Iterable[Post]) -> list[tuple[Shared, Post]]:
    """Links and files, each once, with the post that each first came in, in the order sent."""
    found: dict[str, tuple[Shared, Post]] = {}
    for post in posts:
        for shared in post.shared:
            found.setdefault(_address(shared.url) if shared.url else shared.name.casefold(), (shared, post))
    return list(found.values())


def _address(url: str) -> str:
    """An address without what differs between copies of one link: scheme, "www.", tracking, fragment, final slash."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
    except ValueError:  # "http://[", which people do type.
        return url
    asked = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{urlencode(asked)}"
