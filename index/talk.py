"""What was said in a chat, in a form worth reading: threads of talk with their weightiest posts, open questions, links.

Everything is quoted. A post's weight is made of what it tells (rare words, figures, decisions), how central it is in
its thread and how many went on from it; an answer brings its question, since neither can be read without the other.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

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
    questions: int
    shared: int
    characters: int
    all_posts: int
    """A talk of so few posts is given whole."""


_SIZES = {
    Length.SHORT: _Size(threads=3, remarks=2, questions=3, shared=5, characters=140, all_posts=3),
    Length.NORMAL: _Size(threads=5, remarks=3, questions=5, shared=10, characters=200, all_posts=4),
    Length.LONG: _Size(threads=8, remarks=5, questions=10, shared=30, characters=300, all_posts=6),
}

# What the parts of a post's weight count; set by reading digests.
_CENTRAL = 0.7
_FOLLOWED = 0.35
_INFORMS = 0.35
_FIRST = 0.5
_QUESTION = 0.6
"""A question says less than an answer of the same words."""
_USUAL_INFORMATION = 3.0
"""The sum of term weights at which a post tells half of what a post can."""
_REPETITION = 0.9
"""How much of a post's weight is lost to a chosen one that says the same."""
_WORTH = 0.35
"""A further remark is given while it adds at least this share of the thread's weightiest."""
_LEADS = 0.4
"""A thread's first post, which tells what the rest is about, is given if it weighs this share of the weightiest."""
_THREAD_WORTH = 0.3
"""A further thread is given while it weighs at least this share of the weightiest."""


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
        self._threads = threads(self._parents)
        self._counting = [place for place, utterance in enumerate(self._utterances) if utterance.counts]
        self._open = open_questions(self._utterances, self._terms, self._parents, self._threads)
        self._unanswered = frozenset(self._open)
        self._followed = self._count_followers()
        self._frequency = term_frequency(self._utterances)
        self._names = names_of(self._utterances)

    def digest(self, size: _Size) -> Digest:
        """The digest of a size."""
        whole = len(self._counting) <= size.all_posts
        chosen = self._all_threads(size) if whole else self._weightiest_threads(size)
        by_weight = sorted(self._open, key=self._information, reverse=True)[: size.questions]
        return Digest(
            posts=len(self._counting),
            people=len({self._utterances[place].post.person for place in self._counting}),
            threads=tuple(chosen),
            questions=tuple(self._question(place, size) for place in sorted(by_weight)),
            shared=tuple(shared_once([utterance.post for utterance in self._utterances])[-size.shared :]),
        )

    # --- Weights -----------------------------------------------------------------------------------------------------

    def _count_followers(self) -> Counter[int]:
        """How many posts of others go on from each; one that says so by replying counts twice."""
        followed: Counter[int] = Counter()
        for place, parent in enumerate(self._parents):
            if parent is not None:
                new, old = self._utterances[place].post, self._utterances[parent].post
                if new.person != old.person:
                    followed[parent] += 2 if new.reply_to == old.key else 1
        return followed

    def _telling(self, thread: Iterable[int]) -> list[int]:
        """The posts of a thread that say something in words."""
        return [place for place in thread if self._utterances[place].says]

    def _information(self, place: int) -> float:
        """How much a post tells by its terms, from 0 to 1."""
        found = sum(
            weight for term in self._utterances[place].terms if JOINER not in term and (weight := self._weights[term])
        )
        return found / (found + _USUAL_INFORMATION)

    def _post_weights(self, places: Sequence[int]) -> dict[int, float]:
        """The weight of each post of a thread."""
        everything: dict[str, float] = defaultdict(float)
        for place in places:
            for term, weight in self._terms[place].items():
                everything[term] += weight
        central = {
            place: sum(weight * (everything[term] - weight) for term, weight in self._terms[place].items())
            for place in places
        }
        most = max(central.values(), default=0.0) or 1.0
        return {place: self._post_weight(place, central[place] / most, first=place == places[0]) for place in places}

    def _post_weight(self, place: int, central: float, *, first: bool) -> float:
        utterance = self._utterances[place]
        weight = (
            self._information(place)
            + _CENTRAL * central * self._information(place)
            + _FOLLOWED * math.log2(1 + self._followed[place]) / 2
            + _INFORMS * utterance.informs
            + _FIRST * first
        )
        return weight * _QUESTION if utterance.asks and not first else weight

    # --- Threads -----------------------------------------------------------------------------------------------------

    def _all_threads(self, size: _Size) -> Iterator[Thread]:
        for thread in self._threads:
            if remarks := self._quotable(places := self._telling(thread)):
                yield self._thread(places, remarks, size)

    def _quotable(self, places: Iterable[int]) -> list[int]:
        """The posts that may be quoted in their thread; open questions are told by themselves."""
        return [place for place in places if place not in self._unanswered]

    def _weightiest_threads(self, size: _Size) -> Iterator[Thread]:
        weighed: list[tuple[float, list[int], dict[int, float]]] = []
        for thread in self._threads:
            places = self._telling(thread)
            weights = self._post_weights(self._quotable(places))
            if weights:
                people = len({self._utterances[place].post.person for place in places})
                best = sorted(weights.values(), reverse=True)[: size.remarks]
                # By rank, so that one weighty announcement is not outdone by many light posts.
                told = sum(value / rank for rank, value in enumerate(best, 1))
                weighed.append((told * (1 + math.log2(people) / 4) + math.log2(len(places)) / 4, places, weights))
        weighed.sort(key=lambda entry: entry[0], reverse=True)
        most = round(size.threads * 1.5) if self._is_monologue else size.threads
        kept = [entry for entry in weighed[:most] if entry[0] >= _THREAD_WORTH * weighed[0][0]]
        for _, places, weights in sorted(kept, key=lambda entry: entry[1][0]):
            yield self._thread(places, self._choose(weights, min(size.remarks, (len(weights) + 2) // 2)), size)

    def _thread(self, places: Sequence[int], chosen: Iterable[int], size: _Size) -> Thread:
        return Thread(
            subject=self._subject(places),
            posts=len(places),
            people=len({self._utterances[place].post.person for place in places}),
            remarks=tuple(self._remark(place, size.characters) for place in sorted(chosen)),
        )

    def _subject(self, places: Sequence[int]) -> tuple[str, ...]:
        return subject(places, self._utterances, self._weights, self._frequency, self._names)

    def _choose(self, weights: Mapping[int, float], most: int) -> list[int]:
        """The weightiest posts of a thread without repetition, each with the post that it cannot be read without."""
        left = dict(weights)
        best = max(left.values())
        first = min(left)
        chosen: list[int] = []
        if left[first] >= _LEADS * best and not self._utterances[first].reacts:
            chosen.append(first)
        while len(chosen) < most and (left := {place: left[place] for place in left if place not in chosen}):
            gains = {place: left[place] * (1 - _REPETITION * self._repeats(place, chosen)) for place in left}
            place = max(gains, key=lambda place: gains[place])
            if chosen and gains[place] < _WORTH * best:
                break
            needed = self._needed(place)
            if needed is None or needed in chosen or needed not in weights:
                chosen.append(place)
            elif len(chosen) + 2 <= max(2, most):
                chosen += [needed, place]
            else:
                del left[place]
        return chosen

    def _repeats(self, place: int, chosen: Iterable[int]) -> float:
        """The likeness of a post to the likest of those chosen; an answer repeats its question's words by right."""
        return max(
            (likeness(self._terms[place], self._terms[other]) for other in chosen if self._needed(place) != other),
            default=0.0,
        )

    def _needed(self, place: int) -> int | None:
        """The question that a post answers, or the post that it leans on."""
        parent = self._parents[place]
        if parent is None or not self._utterances[parent].says:
            return None
        new, old = self._utterances[place], self._utterances[parent]
        if new.post.person == old.post.person:
            return None
        return parent if (old.asks and not new.asks) or new.reacts else None

    # --- Remarks -----------------------------------------------------------------------------------------------------

    def _remark(self, place: int, characters: int) -> Remark:
        utterance = self._utterances[place]
        return Remark(gist(utterance, self._weights, characters), utterance.post)

    def _question(self, place: int, size: _Size) -> Remark:
        utterance = self._utterances[place]
        return Remark(gist(utterance, self._weights, size.characters, question_span(utterance)), utterance.post)


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
    if len(_without_long_links(text.strip())) <= characters:
        return _without_long_links(text.strip())
    spans = list(sentence_spans(text))
    position = {span: place for place, span in enumerate(spans)}
    weighed = {span: _sentence_weight(utterance, weights, span, position[span]) for span in spans}
    ranked = sorted(spans, key=lambda span: (_overlap(span, kept), weighed[span]), reverse=True)
    least = _SENTENCE_WORTH * max(weighed.values())
    chosen: list[Span] = []
    room = characters
    for span in ranked:
        if not chosen or (span[1] - span[0] <= room and weighed[span] >= least):
            chosen.append(span)
            room -= span[1] - span[0] + 1
    return _without_long_links(_joined(text, sorted(chosen), position, characters))


def _overlap(span: Span, kept: Span | None) -> bool:
    return kept is not None and span[0] < kept[1] and kept[0] < span[1]


def _sentence_weight(utterance: Utterance, weights: Mapping[str, float], span: Span, position: int) -> float:
    """Terms by weight, damped by length; the first sentences of a post most often say what it is about."""
    parts = {
        part
        for word in utterance.content
        if span[0] <= word.start and word.end <= span[1]
        for part in word.plain.split(JOINER)
    }
    total = sum(weights.get(part, 0.0) for part in parts)
    return total / math.sqrt(len(parts) + 4) * (1 + 1 / (1 + position))


def _joined(text: str, chosen: Sequence[Span], position: Mapping[Span, int], characters: int) -> str:
    """The sentences as they stand in the text, "…" where some between them are left out."""
    if len(chosen) == 1:
        return _shortened(text[slice(*chosen[0])], characters)
    quoted = text[slice(*chosen[0])]
    for before, span in pairwise(chosen):
        neighbours = position[span] == position[before] + 1
        quoted += text[before[1] : span[0]] if neighbours else f" {_CUT} "
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
    parts = urlsplit(url if "://" in url else f"https://{url}")
    query = urlencode(
        [
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.fullmatch(name)
        ]
    )
    return urlunsplit(("", parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), query, ""))
