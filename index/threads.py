"""Which posts of a chat belong together: each is linked to the earlier one it goes on from, or begins a thread.

Greedy linking with the features that conversation disentanglement has found to tell (Elsner and Charniak 2008; Kummerfeld
et al. 2019): time, who speaks, who is spoken to, question and answer, and the words in common; a reply decides by itself.
Each post is compared with the last few and with those that share its rarest words, so that time grows with the posts.
"""

import datetime as dt
import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.matching import Weight
from index.scoring import idf
from index.terms import JOINER, Field
from index.utterances import Utterance, is_content
from index.vietnamese import fold, syllables

Vector = Mapping[str, float]
"""The weights of a post's terms."""

_PRIOR = 100
"""Posts without any of its terms that are added to a chat, so that the subject of a short one does not weigh little."""
_RECENT = 40
"""The last posts that a post is compared with, whatever they say."""
_POSTED = 48
"""The last posts kept for a term."""
_NEAR = 12
"""The posts before and after one in which its words are looked for to tell whether it brings up something."""
_RESUMES = 0.35
"""The likeness at which a post takes up an earlier one's subject over a long silence."""
_FORGOTTEN = 2 * 86400.0
"""Seconds after which what is taken up again is a new thread."""
_LAST = 3
"""The last posts of a thread that a post may go on from, besides those most like it."""
_SIMILAR = 8
"""The posts most like it that a post is compared with, however long ago they were sent."""
_SHORT = 2.0
"""Damps the likeness of posts of a word or two; the square of a usual term's weight counts about 0.5."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a post's going on from an earlier one, and for its beginning a thread; each feature's weight."""

    link: Mapping[str, float]
    new: Mapping[str, float]


EVIDENCE = Evidence(
    link={
        "answers": 0.25,
        "answers a figure": 0.34,
        "answers at last": 0.24,
        "answers first": 0.21,
        "answers in form": -0.23,
        "asks back": 0.07,
        "between": -0.08,
        "gap": -0.94,
        "goes on": -1.03,
        "goes on at once": 0.75,
        "last of all": -0.34,
        "last of thread": 2.86,
        "like": 2.55,
        "like thread": 2.35,
        "likest thread": 1.07,
        "named another": 0.17,
        "names": 1.5,
        "names another": -0.19,
        "pause": -0.27,
        "reacts": 0.95,
        "said nothing": 0.31,
        "spoke here last": 0.4,
        "takes turns": 0.36,
        "took part": 0.42,
        "was named": 1.05,
        "was settled": -0.9,
    },
    new={
        "asks": 1.08,
        "bias": -0.01,
        "counts": -0.61,
        "echoes": -0.82,
        "is echoed": 1.16,
        "names": -0.14,
        "opens": 1.62,
        "pause": -0.62,
        "reacts": -0.6,
        "silence": -0.11,
        "tells": 1.13,
    },
)
"""Log-odds, fitted on interleaved conversations written for it by the likelihood of the right thread among those going on
and a new one; then "bias" was raised by 1.25, since two threads told as one read worse than one told as two, and "names"
was set by hand, for few of the conversations call by name."""

_SUBJECT = 0.14
"""In the posts of one person, each its own thread but for its subject: the likeness that a link must reach."""


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
    norm = math.sqrt(sum(weight * weight for weight in weighted.values()) + _SHORT * 0.5)
    return {term: weight / norm for term, weight in weighted.items()}


def likeness(first: Vector, second: Vector) -> float:
    """The cosine of two posts' terms, damped for short ones; from 0 to 1."""
    if len(first) > len(second):
        first, second = second, first
    return sum(weight * second[term] for term, weight in first.items() if term in second)


# --- Links -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a chat talks, in seconds: the usual time between posts, and a silence that ends a talk."""

    usual: float
    pause: float


def pace_of(times: Sequence[dt.datetime]) -> Pace:
    """The pace of posts in order: from ten seconds to half an hour, and a pause from a quarter of an hour to half a day."""
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    usual = min(1800.0, max(10.0, median(gaps))) if gaps else 60.0
    return Pace(usual, min(43200.0, max(900.0, 20 * usual)))


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
            if match.group(1) or name[0].isupper() or text[match.end() :].lower().startswith((" ơi", " oi")):
                found |= self._people.get(fold(name.lower().replace("_", "")), set())
        return frozenset(found - {utterance.post.person})


def links(utterances: Sequence[Utterance], terms: Sequence[Vector], evidence: Evidence = EVIDENCE) -> list[int | None]:
    """For each post, in the order sent, the place of the earlier one it goes on from; ``None`` where it begins a thread."""
    talk = RunningTalk(utterances, terms)
    parents: list[int | None] = []
    for place in range(len(utterances)):
        parents.append(_parent(talk, place, evidence))
        talk.add(parents[-1])
    return parents


def _parent(talk: "RunningTalk", place: int, evidence: Evidence) -> int | None:
    if (replied := talk.replied_to(place)) is not None:
        return replied
    if talk.is_monologue:
        nearest, value = talk.likest(place)
        return nearest if value >= _SUBJECT else None
    scores = {earlier: _score(features, evidence.link) for earlier, features in talk.candidates(place)}
    odds: dict[int, float] = defaultdict(float)
    for earlier, score in scores.items():
        odds[talk.thread_of(earlier)] += math.exp(score)
    likeliest = max(odds, key=lambda thread: odds[thread], default=None)
    if likeliest is None or odds[likeliest] < math.exp(_score(talk.opening(place), evidence.new)):
        return talk.resumed(place)
    return max(
        (earlier for earlier in scores if talk.thread_of(earlier) == likeliest), key=lambda earlier: scores[earlier]
    )


def _score(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(value * weights[name] for name, value in features.items() if value)


class RunningTalk:
    """The posts of a chat up to one that is to be linked, with what tells where it belongs."""

    def __init__(self, utterances: Sequence[Utterance], terms: Sequence[Vector]) -> None:
        self._utterances = utterances
        self._terms = terms
        self._pace = pace_of([utterance.post.sent for utterance in utterances])
        self.is_monologue = is_monologue(utterances)
        names = _Names(utterances)
        self._named = [names.in_post(utterance) for utterance in utterances]
        self._by_key = {utterance.post.key: place for place, utterance in enumerate(utterances)}
        self._parents: list[int | None] = []
        self._thread: list[int] = []
        self._posts: dict[int, list[int]] = defaultdict(list)
        self._people: dict[int, set[str]] = defaultdict(set)
        self._last_of: dict[str, int] = {}
        """The thread that each person spoke in last."""
        self._answered: set[int] = set()
        """The posts that somebody else has gone on from."""
        self._posted: dict[str, deque[tuple[int, float]]] = defaultdict(lambda: deque(maxlen=_POSTED))

    def add(self, parent: int | None) -> None:
        """Link the next post to an earlier one, or let it begin a thread."""
        place = len(self._parents)
        thread = place if parent is None else self._thread[parent]
        person = self._utterances[place].post.person
        self._parents.append(parent)
        self._thread.append(thread)
        self._posts[thread].append(place)
        self._people[thread].add(person)
        self._last_of[person] = thread
        if parent is not None and self._utterances[parent].post.person != person:
            self._answered.add(parent)
        for term, weight in self._terms[place].items():
            self._posted[term].append((place, weight))

    def thread_of(self, place: int) -> int:
        """The thread of an earlier post, by the place of its first."""
        return self._thread[place]

    def replied_to(self, place: int) -> int | None:
        """The earlier post that a post says it replies to."""
        earlier = self._by_key.get(self._utterances[place].post.reply_to or "", place)
        return earlier if earlier < place else None

    def likest(self, place: int) -> tuple[int | None, float]:
        """The earlier post that is most like a post, and how like it is."""
        like = self._like(place)
        nearest = max(like, key=lambda earlier: like[earlier], default=None)
        return nearest, like[nearest] if nearest is not None else 0.0

    def resumed(self, place: int) -> int | None:
        """The earlier post whose subject a post takes up again after a silence that ended its thread, if any."""
        nearest, value = self.likest(place)
        if nearest is None or value < _RESUMES:
            return None
        return nearest if self._pace.pause < self._gap(place, nearest) <= _FORGOTTEN else None

    def opening(self, place: int) -> dict[str, float]:
        """What speaks for a post's beginning a thread."""
        new = self._utterances[place]
        gap = self._gap(place, place - 1) if place else 0.0
        return {
            "bias": 1.0,
            "opens": float(new.opens),
            "asks": float(new.asks),
            "tells": math.log2(1 + len(new.content)),
            "counts": float(new.counts),
            "reacts": float(new.reacts),
            "names": float(bool(self._named[place])),
            "echoes": math.sqrt(self._likest_of(place, range(max(0, place - _NEAR), place))),
            "is echoed": math.sqrt(self._likest_of(place, range(place + 1, min(place + 1 + _NEAR, len(self._terms))))),
            "silence": math.log2(1 + gap / self._pace.usual),
            "pause": float(gap > self._pace.pause),
        }

    def candidates(self, place: int) -> Iterator[tuple[int, dict[str, float]]]:
        """The earlier posts that a post may go on from, each with what speaks for it.

        They are the last of each thread that is going on, and those most like it.
        """
        like = self._like(place)
        unlike: dict[int, float] = defaultdict(lambda: 1.0)
        for earlier, value in like.items():
            unlike[self._thread[earlier]] *= 1 - min(0.99, value)
        going_on = {self._thread[earlier] for earlier in range(max(0, place - _RECENT), place)}
        places = {earlier for thread in going_on for earlier in self._posts[thread][-_LAST:]}
        places.update(sorted(like, key=lambda earlier: like[earlier], reverse=True)[:_SIMILAR])
        likest = min((self._thread[earlier] for earlier in places), key=lambda thread: unlike[thread], default=None)
        for earlier in sorted(places):
            thread = self._thread[earlier]
            features = self._link(place, earlier)
            features["like"] = math.sqrt(like.get(earlier, 0.0))
            features["like thread"] = math.sqrt(1 - unlike[thread])
            features["likest thread"] = float(thread == likest and unlike[thread] < 1)
            yield earlier, features

    def _likest_of(self, place: int, others: Iterable[int]) -> float:
        """The likeness of a post to the most like of some others."""
        return min(1.0, max((likeness(self._terms[place], self._terms[other]) for other in others), default=0.0))

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

    def _link(self, place: int, earlier: int) -> dict[str, float]:
        new, old = self._utterances[place], self._utterances[earlier]
        person, thread = new.post.person, self._thread[earlier]
        gap = self._gap(place, earlier)
        mine = old.post.person == person
        last = self._posts[thread][-1] == earlier
        soon = gap <= self._pace.pause
        parent = self._parents[earlier]
        asked = old.asks and not mine and soon
        return {
            "gap": math.log2(1 + gap / self._pace.usual),
            "pause": 0.0 if soon else 1 + math.log2(gap / self._pace.pause),
            "between": math.log2(place - earlier),
            "goes on": float(mine and last and soon),
            "goes on at once": float(mine and earlier == place - 1 and soon),
            "last of thread": float(last),
            "last of all": float(earlier == place - 1),
            "took part": float(person in self._people[thread]),
            "spoke here last": float(self._last_of.get(person) == thread),
            "names": float(old.post.person in self._named[place]),
            "names another": float(bool(self._named[place]) and not self._named[place] & self._people[thread]),
            "was named": float(person in self._named[earlier]),
            "named another": float(bool(self._named[earlier]) and not mine and person not in self._named[earlier]),
            "answers": float(asked and not new.asks),
            "answers at last": float(asked and not new.asks and earlier not in self._answered),
            "answers first": float(asked and not new.asks and last),
            "answers in form": float(asked and new.answers),
            "answers a figure": float(asked and old.asks_figure and new.informs > 0),
            "reacts": float(not mine and last and new.reacts),
            "asks back": float(not mine and last and new.asks and soon),
            "takes turns": float(not mine and parent is not None and self._utterances[parent].post.person == person),
            "said nothing": float(not old.says),
            "was settled": float(old.settles and not old.asks),
        }


def threads(parents: Sequence[int | None]) -> list[list[int]]:
    """The posts of each thread by place, in the order they were sent; threads in the order they began."""
    found: dict[int, list[int]] = {}
    thread: list[int] = []
    for place, parent in enumerate(parents):
        thread.append(place if parent is None else thread[parent])
        found.setdefault(thread[place], []).append(place)
    return list(found.values())
