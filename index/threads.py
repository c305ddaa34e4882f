"""Which posts of a chat belong together: each is linked to the earlier one it goes on from, or begins a thread.

Greedy linking with what conversation disentanglement has found to tell most (Elsner and Charniak 2008): time, the words in
common, who is spoken to, question and answer; a reply decides by itself. Each post is compared with the last few of every
thread that is going on and with those that share its rarest words, so that time grows with the posts.
"""

import datetime as dt
import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from index.matching import Weight
from index.terms import JOINER, Field, idf
from index.utterances import Utterance, is_content
from index.vietnamese import fold, syllables

Vector = Mapping[str, float]
"""The weights of a post's terms."""

_PRIOR = 100
"""Posts without any of its terms that are added to a chat, so that the subject of a short one does not weigh little."""
_RECENT = 40
"""The last posts whose threads are going on."""
_POSTED = 48
"""The last posts kept for a term."""
_LAST = 3
"""The last posts of a thread that a post may go on from, besides those most like it."""
_SIMILAR = 8
"""The posts most like it that a post is compared with, however long ago they were sent."""
_RESUMES = 0.35
"""The likeness at which a post takes up an earlier one's subject over a long silence."""
_FORGOTTEN = 2 * 86400.0
"""Seconds after which what is taken up again is a new thread."""
_SLOWEST = 600.0
"""Seconds between posts of the slowest chat; more says nothing of how long an answer may take."""
_SUBJECT = 0.14
"""In the posts of one person, each its own thread but for its subject: the likeness that a link must reach."""
_DAMPING = 1.0
"""Damps the likeness of posts of a word or two; a usual term counts about 0.25, the square of its weight."""

# Log-odds that a post goes on from an earlier one, and that it begins a thread. Set by hand, in halves, where conversations
# written for it and interleaved come apart best; a little towards beginning, since two threads told as one read worse than
# one told as two.
_GAP = -1.0
"""For each doubling of the time between them, in the usual time between posts of the chat."""
_LAST_OF_THREAD = 1.0
_LIKE = 18.0
"""For a likeness of 1; that of two posts of one subject is about 0.1."""
_NAMES = 1.5
"""Either speaks to the other's author by name."""
_REACTS = 1.5
_ANSWERS = 1.0
_SETTLED = -1.0
"""The earlier one closed its matter."""
_BEGINS = -3.0
_BEGINS_ASKING = 1.5
_BEGINS_OPENING = 1.5
_BEGINS_TELLING = 1.0
"""For each doubling of the words that tell a subject."""


# --- Weights of terms ------------------------------------------------------------------------------------------------


def term_weights(utterances: Sequence[Utterance], weight: Weight) -> dict[str, float]:
    """The weight of each term of a chat, from 0 to 1.

    The product of two idfs, each as a share of the highest there can be: among the posts, so that a word common in this
    chat weighs little; and, by half, in the collection, so that a word common everywhere does.
    """
    frequency = Counter(term for utterance in utterances for term in utterance.terms)
    posts = _PRIOR + sum(1 for utterance in utterances if utterance.terms)
    highest = idf(posts, 0)
    highest_in_collection = {
        field: weight(field, "") or 1.0 for field in (Field.FOLDED_SYLLABLES, Field.FOLDED_BIGRAMS)
    }

    def of(term: str) -> float:
        field = Field.FOLDED_BIGRAMS if JOINER in term else Field.FOLDED_SYLLABLES
        in_collection = min(1.0, weight(field, term) / highest_in_collection[field])
        return idf(posts, frequency[term]) / highest * (0.5 + 0.5 * in_collection)

    return {term: of(term) for term in frequency}


def vectors(utterances: Iterable[Utterance], weights: Mapping[str, float]) -> list[Vector]:
    """The terms of each post with their weights, so scaled that the product of two tells their likeness, 0 to 1."""
    return [_scaled({term: part * weights[term] for term, part in utterance.terms.items()}) for utterance in utterances]


def leads(utterances: Iterable[Utterance], weights: Mapping[str, float]) -> list[Vector]:
    """The same of the first sentences, which tell what the posts of a channel are about."""
    return [_scaled({term: part * weights[term] for term, part in utterance.lead.items()}) for utterance in utterances]


def is_monologue(utterances: Iterable[Utterance]) -> bool:
    """Whether one person said everything, as in a channel."""
    return len({utterance.post.person for utterance in utterances}) < 2


def _scaled(weighted: Mapping[str, float]) -> Vector:
    norm = math.sqrt(sum(weight * weight for weight in weighted.values()) + _DAMPING)
    return {term: weight / norm for term, weight in weighted.items()}


def likeness(first: Vector, second: Vector) -> float:
    """The cosine of two posts' terms, damped for short ones; from 0 to 1."""
    if len(first) > len(second):
        first, second = second, first
    return sum(weight * second[term] for term, weight in first.items() if term in second)


# --- Links -----------------------------------------------------------------------------------------------------------


def pace_of(times: Sequence[dt.datetime]) -> tuple[float, float]:
    """How fast a chat talks, in seconds: the usual time between posts in order, and a silence that ends a talk.

    The first is from ten seconds to ten minutes, the second from a quarter of an hour to some three hours.
    """
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    usual = min(_SLOWEST, max(10.0, median(gaps))) if gaps else 60.0
    return usual, max(900.0, 20 * usual)


class _Names:
    """Who is spoken to: by ``@name``, or by a name that somebody in the chat goes by."""

    _CALLED = re.compile(
        r"@(\w+)|(?<!\w)(\w+)(?= ơi| oi\b|,|:| à\b| nhé\b| nha\b| nhá\b)"
        r"|(?:^|\s)(?:anh|chị|em|cô|chú|bác|thầy|bạn|mẹ|bố|a|c|e|b)\s+(\w+)",
        re.IGNORECASE,
    )

    def __init__(self, utterances: Iterable[Utterance]) -> None:
        self._people: dict[str, set[str]] = defaultdict(set)
        for person, author in {(utterance.post.person, utterance.post.author) for utterance in utterances}:
            parts = syllables(author)
            for name in {*filter(is_content, parts), "".join(parts)}:  # "Mẹ Bống" is called by "Bống", not by "mẹ".
                self._people[fold(name)].add(person)

    def in_post(self, utterance: Utterance) -> frozenset[str]:
        """The people that a post names, its own author left out."""
        text = utterance.post.text
        found: set[str] = set()
        for match in self._CALLED.finditer(text):
            name = match.group(1) or match.group(2) or match.group(3)
            if match.group(1) or name[0].isupper() or text.startswith((" ơi", " oi"), match.end()):
                found |= self._people.get(fold(name.lower().replace("_", "")), set())
        return frozenset(found - {utterance.post.person})


def links(utterances: Sequence[Utterance], terms: Sequence[Vector]) -> list[int | None]:
    """For each post, in the order sent, the place of the earlier one it goes on from; ``None`` where it begins a thread."""
    talk = _RunningTalk(utterances, terms)
    link = talk.likest if is_monologue(utterances) else talk.gone_on_from
    for place in range(len(utterances)):
        replied = talk.replied_to(place)
        talk.add(replied if replied is not None else link(place))
    return talk.parents


class _RunningTalk:
    """The posts of a chat up to one that is to be linked, with what tells where it belongs."""

    def __init__(self, utterances: Sequence[Utterance], terms: Sequence[Vector]) -> None:
        self._utterances = utterances
        self._terms = terms
        self._usual, self._pause = pace_of([utterance.post.sent for utterance in utterances])
        names = _Names(utterances)
        self._named = [names.in_post(utterance) for utterance in utterances]
        self._by_key = {utterance.post.key: place for place, utterance in enumerate(utterances)}
        self._thread: list[int] = []
        self._posts: dict[int, list[int]] = defaultdict(list)
        self._posted: dict[str, deque[tuple[int, float]]] = defaultdict(lambda: deque(maxlen=_POSTED))
        self.parents: list[int | None] = []

    def add(self, parent: int | None) -> None:
        """Link the next post to an earlier one, or let it begin a thread."""
        place = len(self.parents)
        thread = place if parent is None else self._thread[parent]
        self.parents.append(parent)
        self._thread.append(thread)
        self._posts[thread].append(place)
        for term, weight in self._terms[place].items():
            self._posted[term].append((place, weight))

    def replied_to(self, place: int) -> int | None:
        """The earlier post that a post says it replies to."""
        earlier = self._by_key.get(self._utterances[place].post.reply_to or "", place)
        return earlier if earlier < place else None

    def likest(self, place: int, least: float = _SUBJECT) -> int | None:
        """The earlier post that is most like a post, if it is so alike."""
        like = self._like(place)
        nearest = max(like, key=lambda earlier: like[earlier], default=None)
        return nearest if nearest is not None and like[nearest] >= least else None

    def gone_on_from(self, place: int) -> int | None:
        """The likeliest post of the likeliest thread, unless it is likelier that a post begins one."""
        like = self._like(place)
        going_on = {self._thread[earlier] for earlier in range(max(0, place - _RECENT), place)}
        places = {earlier for thread in going_on for earlier in self._posts[thread][-_LAST:]}
        places.update(sorted(like, key=lambda earlier: like[earlier], reverse=True)[:_SIMILAR])
        scores = {earlier: self._goes_on(place, earlier, like.get(earlier, 0.0)) for earlier in sorted(places)}
        odds: dict[int, float] = defaultdict(float)
        for earlier, score in scores.items():
            odds[self._thread[earlier]] += math.exp(score)
        likeliest = max(odds, key=lambda thread: odds[thread], default=None)
        if likeliest is None or odds[likeliest] < math.exp(self._begins(place)):
            return self._resumed(place)
        return max((earlier for earlier in scores if self._thread[earlier] == likeliest), key=lambda near: scores[near])

    def _goes_on(self, place: int, earlier: int, like: float) -> float:
        """The log-odds that a post goes on from an earlier one."""
        new, old = self._utterances[place], self._utterances[earlier]
        gap = self._gap(place, earlier)
        score = _GAP * math.log2(1 + gap / self._usual) + _LIKE * like
        if new.post.person in self._named[earlier] or old.post.person in self._named[place]:
            score += _NAMES
        if old.settles and not old.asks:
            score += _SETTLED
        if self._posts[self._thread[earlier]][-1] == earlier:
            score += _LAST_OF_THREAD
            if old.post.person != new.post.person:
                score += _REACTS * new.reacts + _ANSWERS * (old.asks and not new.asks and gap <= self._pause)
        return score

    def _begins(self, place: int) -> float:
        """The log-odds that a post begins a thread."""
        new = self._utterances[place]
        words = math.log2(1 + len(new.content))
        return _BEGINS + _BEGINS_ASKING * new.asks + _BEGINS_OPENING * new.opens + _BEGINS_TELLING * words

    def _resumed(self, place: int) -> int | None:
        """The earlier post whose subject a post takes up again after a silence that ended its thread, if any."""
        nearest = self.likest(place, _RESUMES)
        return nearest if nearest is not None and self._pause < self._gap(place, nearest) <= _FORGOTTEN else None

    def _like(self, place: int) -> dict[int, float]:
        """How like a post the earlier ones are that share a term with it."""
        posts: dict[int, float] = defaultdict(float)
        for term, weight in self._terms[place].items():
            for earlier, other in self._posted[term]:
                posts[earlier] += weight * other
        return posts

    def _gap(self, place: int, earlier: int) -> float:
        """Seconds between two posts."""
        return (self._utterances[place].post.sent - self._utterances[earlier].post.sent).total_seconds()


def threads(parents: Sequence[int | None]) -> list[list[int]]:
    """The posts of each thread by place, in the order they were sent; threads in the order they began."""
    found: dict[int, list[int]] = {}
    thread: list[int] = []
    for place, parent in enumerate(parents):
        thread.append(place if parent is None else thread[parent])
        found.setdefault(thread[place], []).append(place)
    return list(found.values())
