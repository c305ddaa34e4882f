"""How much of a question a text speaks of."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise

from index.documents import Passage
from index.terms import JOINER, NO_ALTERNATIVES, Alternatives, Field, form_terms
from index.vietnamese import count_syllables, fold, syllables

_folded = lru_cache(maxsize=65536)(fold)
_KEPT = 2048
"""Texts that are kept taken apart: about as many passages as sections are kept in memory."""

Weight = Callable[[Field, str], float]
"""The idf of a term."""

_NOWHERE: Sequence[int] = ()
_LOOKS = 3
"""The look at a text that is not the first question's any more, which looks twice at most: to count, and to read."""


class Read:
    """A text taken apart.

    Attributes:
        syllables: Its syllables, in order.
    """

    __slots__ = ("_distinct", "_folded", "_looks", "_places", "syllables")

    def __init__(self, syllables: Sequence[str]) -> None:
        self.syllables = syllables
        self._distinct: AbstractSet[str] | None = None
        self._folded: Read | None = None
        self._looks = 0
        self._places: Places | None = None

    @property
    def distinct(self) -> AbstractSet[str]:
        """Its syllables, each once, in order."""
        if self._distinct is None:
            self._distinct = dict.fromkeys(self.syllables).keys()
        return self._distinct

    @property
    def pairs(self) -> frozenset[str]:
        """Its pairs of neighbours."""
        return frozenset(map(JOINER.join, pairwise(self.syllables)))

    @property
    def folded(self) -> "Read":
        """The same without diacritics."""
        if self._folded is None:
            self._folded = Read(tuple(map(_folded, self.syllables)))
        return self._folded

    def places(self, wanted: AbstractSet[str]) -> "Places":
        """Where at least some syllables stand in it.

        Most texts are looked at for one question and never again; of one that is, the places of all syllables are kept.
        """
        if self._places is None:
            self._looks += 1
            if self._looks < _LOOKS:
                return Places(self._places_of(wanted))
            self._places = Places(self._places_of(self.distinct))
        return self._places

    def _places_of(self, wanted: AbstractSet[str]) -> Mapping[str, Sequence[int]]:
        places: dict[str, list[int]] = {}
        # Few syllables are wanted: a comprehension passes over the others in a third of the time that a loop takes.
        for place, syllable in [(place, one) for place, one in enumerate(self.syllables) if one in wanted]:
            if syllable in places:
                places[syllable].append(place)
            else:
                places[syllable] = [place]
        return places


@dataclass(frozen=True, slots=True)
class Places:
    """The places in a text, in order, of each of some syllables that stand in it."""

    of: Mapping[str, Sequence[int]]

    def of_pair(self, first: str, second: str) -> Sequence[int]:
        """Where two syllables stand side by side: the places of the first."""
        after, before = self.of.get(second), self.of.get(first)
        return [place for place in before if place + 1 in after] if before and after else _NOWHERE


_read: dict[str, Read] = {}


def read(text: str) -> Read:
    """Take a text apart."""
    return _read.get(text) or _keep(text, Read(syllables(text)))


def read_stored(text: str, its_syllables: Sequence[str]) -> Read:
    """The same for a text whose syllables are known, so that it need not be taken apart."""
    return _read.get(text) or _keep(text, Read(its_syllables))


def _keep(text: str, one: Read) -> Read:
    """Keep a text taken apart; where there are too many, give up those that came first."""
    if len(_read) >= _KEPT:
        for old in list(_read)[: _KEPT // 4]:
            _read.pop(old, None)
    return _read.setdefault(text, one)


@lru_cache(maxsize=_KEPT)
def stretches(passage: Passage) -> Sequence[tuple[int, int]]:
    """Which syllables of a passage each of its sentences has: from the place of the first to after that of the last."""
    ends = accumulate(count_syllables(passage.text[start:end]) for start, end in passage.sentences)
    return tuple(pairwise((0, *ends)))


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a question's syllables stand in a text of some length, as they are and without diacritics."""

    length: int
    exact: Places
    folded: Places


Placed = tuple[int, str]
"""A syllable or a pair of the question, and the place in a text where it stands."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A form of something that a question names, all of whose parts stand in a text.

    Attributes:
        parts: The places of each part.
        width: Syllables that a part has.
        terms: The question's terms that the form counts as.
    """

    parts: Sequence[Sequence[int]]
    width: int
    terms: frozenset[str]

    def stands(self, first: int, last: int) -> bool:
        """Whether all of it stands within a stretch."""
        return all(any(first <= place <= last - self.width for place in places) for places in self.parts)


@dataclass(frozen=True, slots=True)
class Sighting:
    """What of a question stands in a text, and where, in order.

    Attributes:
        length: Syllables of the text.
        terms: The question's syllables.
        keys: What syllables of the text stand for, each counted once; parts of other forms only in a question
            that has lost marks.
        mentions: The same with all parts of other forms.
        forms: Other forms of the question's syllables.
    """

    length: int
    terms: Sequence[Placed]
    keys: Sequence[Placed]
    mentions: Sequence[Placed]
    forms: Sequence[_Shown]

    def found(self, first: int, last: int) -> frozenset[str]:
        """The question's syllables in a stretch of the text, in another form too."""
        return _named(within(self.terms, first, last), self.forms, first, last)

    def begins(self, first: int, last: int) -> float:
        """How far into a stretch it begins to speak of the question: from 0, at its start, to 1, not at all."""
        following = bisect_left(self.mentions, (first,))
        place = self.mentions[following][0] if following < len(self.mentions) else last
        return (min(place, last) - first) / max(1, last - first)


def within(placed: Sequence[Placed], first: int, last: int) -> Sequence[Placed]:
    """What stands from one place to before another."""
    return placed[bisect_left(placed, (first,)) : bisect_left(placed, (last,))]


@dataclass(frozen=True, slots=True)
class SightingOfTerms:
    """Where the question's pairs, or its words, stand in a text.

    Attributes:
        length: Syllables of the text.
        pairs: The pairs, in order.
        forms: Other forms of them; words, which have any number of syllables, in each of their forms.
    """

    length: int
    pairs: Sequence[Placed]
    forms: Sequence[_Shown]

    def found(self, first: int, last: int) -> frozenset[str]:
        """What stands in a stretch of the text, in another form too."""
        return _named(within(self.pairs, first, last - 1), self.forms, first, last)


def _named(placed: Iterable[Placed], forms: Iterable[_Shown], first: int, last: int) -> frozenset[str]:
    found = frozenset([name for _, name in placed])
    return found.union(*(form.terms for form in forms if form.stands(first, last))) if forms else found


class Content:
    """The content of a question as it is looked for in texts.

    A syllable typed with its marks is looked for as it is, one that has lost them without regard to marks. What is
    found is told as a share of the question by weight (idf), from 0 to 1. What a text holds in another form (a name's
    other forms) is found too.
    """

    def __init__(
        self, terms: Mapping[Field, Sequence[str]], weight: Weight, alternatives: Alternatives = NO_ALTERNATIVES
    ) -> None:
        def weights(field: Field) -> dict[str, float]:
            return {term: weight(field, term) for term in terms.get(field, ())}

        exact, self._folded = weights(Field.SYLLABLES), weights(Field.FOLDED_SYLLABLES)
        exact_pairs, folded_pairs = weights(Field.BIGRAMS), weights(Field.FOLDED_BIGRAMS)
        self.idf = weight
        self._weights = exact | self._folded
        self._all = sum(self._weights.values()) or 1.0
        self._all_squared = sum(weight * weight for weight in self._weights.values()) or 1.0
        self._heaviest = max(self._weights.values(), default=1.0)
        self._numbers = frozenset(filter(str.isdigit, self._weights))
        self._weights_of_pairs = folded_pairs | exact_pairs
        self._all_pairs = sum(exact_pairs.values()) + sum(folded_pairs.values()) or 1.0
        self._forms = _by_form(terms, alternatives, (Field.SYLLABLES, Field.FOLDED_SYLLABLES))
        self._forms_of_pairs = _by_form(terms, alternatives, (Field.BIGRAMS, Field.FOLDED_BIGRAMS))
        words = {
            word: [tuple(word.split(JOINER)), *alternatives.get(word, ())]
            for field in (Field.WORDS, Field.FOLDED_WORDS)
            for word in terms.get(field, ())
        }
        self._forms_of_words = _by_form(terms, words, (Field.WORDS, Field.FOLDED_WORDS))
        self._pairs = [(pair, pair.split(JOINER)) for pair in exact_pairs]
        self._folded_pairs = [(pair, pair.split(JOINER)) for pair in folded_pairs]
        in_forms = {
            syllable: min(found)
            for (field, listed), found in self._forms.items()
            for syllable in JOINER.join(listed).split(JOINER)
            if not syllable.isdigit() and not field.is_folded
        }
        self._terms = {term: term for term in exact}
        meant = {form: key for form, key in (in_forms | self._terms).items() if _folded(form) not in self._folded}
        self._mentions = self._terms if meant == self._terms else meant
        self._keys = self._mentions if self._folded else self._terms
        all_forms = (*self._forms, *self._forms_of_pairs, *self._forms_of_words)
        self._looks_folded = bool(self._folded or folded_pairs or any(field.is_folded for field, _ in all_forms))
        pairs = (*exact_pairs, *(term for field, listed in all_forms if not field.is_folded for term in listed))
        plain_pairs = (*folded_pairs, *(term for field, listed in all_forms if field.is_folded for term in listed))
        self._wanted = frozenset(JOINER.join((*exact, *meant, *pairs)).split(JOINER))
        self._wanted_folded = frozenset(JOINER.join((*self._folded, *plain_pairs)).split(JOINER))
        self._placed: dict[str, _Placed] = {}
        self._sightings: dict[str, Sighting] = {}
        self._sightings_of_pairs: dict[str, SightingOfTerms] = {}
        self._sightings_of_words: dict[str, SightingOfTerms] = {}

    def key(self, syllable: str) -> str | None:
        """The syllable of the question that a syllable of a text stands for, or ``None``."""
        if self._folded and (plain := _folded(syllable)) in self._folded:
            return plain
        return self._mentions.get(syllable)

    def sighting(self, text: str) -> Sighting:
        """What of the question stands where in a text."""
        if (known := self._sightings.get(text)) is None:
            known = self._sightings[text] = self._sighting(text)
        return known

    def _places(self, text: str) -> "_Placed":
        """Where the question's syllables stand in a text."""
        if (known := self._placed.get(text)) is None:
            whole = read(text)
            exact = whole.places(self._wanted)
            folded = whole.folded.places(self._wanted_folded) if self._looks_folded else exact
            known = self._placed[text] = _Placed(len(whole.syllables), exact, folded)
        return known

    def _sighting(self, text: str) -> Sighting:
        there = self._places(text)
        exact, folded = there.exact.of, there.folded.of
        plain = [(place, term) for term in self._folded for place in folded.get(term, _NOWHERE)]

        def placed(meant: Mapping[str, str]) -> Sequence[Placed]:
            found = [(place, key) for one, key in meant.items() if one in exact for place in exact[one]]
            return sorted(plain + found)

        mentions = placed(self._mentions)
        return Sighting(
            length=there.length,
            terms=mentions if self._terms is self._mentions else placed(self._terms),
            keys=mentions if self._keys is self._mentions else placed(self._keys),
            mentions=mentions,
            forms=list(_shown(self._forms, there)) if self._forms else (),
        )

    def sighting_of_pairs(self, text: str) -> SightingOfTerms:
        """Which of the question's pairs stand where in a text."""
        if (known := self._sightings_of_pairs.get(text)) is None:
            there = self._places(text)
            pairs = [
                (place, pair)
                for taken, parted in ((there.exact, self._pairs), (there.folded, self._folded_pairs))
                for pair, parts in parted
                for place in taken.of_pair(*parts)
            ]
            known = SightingOfTerms(there.length, sorted(pairs), list(_shown(self._forms_of_pairs, there)))
            self._sightings_of_pairs[text] = known
        return known

    def sighting_of_words(self, text: str) -> SightingOfTerms:
        """Which of the question's words stand where in a text: their syllables side by side."""
        if (known := self._sightings_of_words.get(text)) is None:
            there = self._places(text)
            known = SightingOfTerms(there.length, (), list(_shown(self._forms_of_words, there)))
            self._sightings_of_words[text] = known
        return known

    def found(self, text: str) -> frozenset[str]:
        """The question's syllables that stand in a text."""
        sighting = self.sighting(text)
        return sighting.found(0, sighting.length)

    def found_pairs(self, text: str) -> frozenset[str]:
        """The question's pairs that stand in a text."""
        sighting = self.sighting_of_pairs(text)
        return sighting.found(0, sighting.length)

    def found_words(self, text: str) -> frozenset[str]:
        """The question's words that stand in a text."""
        sighting = self.sighting_of_words(text)
        return sighting.found(0, sighting.length)

    def share(self, found: AbstractSet[str]) -> float:
        """The share of the question that some of its syllables make up."""
        return sum(map(self._weights.__getitem__, found)) / self._all

    @property
    def all(self) -> AbstractSet[str]:
        """All syllables of the question."""
        return self._weights.keys()

    @cached_property
    def unknown(self) -> frozenset[str]:
        """Those that no passage holds, and that are rare anywhere."""
        highest = self.idf(Field.SYLLABLES, "")
        return frozenset(key for key, weight in self._weights.items() if weight >= highest)

    def keys(self, listed: Iterable[str]) -> frozenset[str]:
        """The syllables of the question that some syllables stand for."""
        return frozenset(key for one in listed if (key := self.key(one)))

    def share_among(self, some: AbstractSet[str], found: AbstractSet[str]) -> float:
        """The share of some of the question's syllables that are found; 1 where there are none."""
        return self.weight(some & found) / self.weight(some) if some else 1.0

    def heaviest(self, found: AbstractSet[str]) -> float:
        """The weight of the heaviest of some of its syllables, as a share of that of the heaviest of all."""
        return max(map(self._weights.__getitem__, found), default=0.0) / self._heaviest

    def weight(self, found: AbstractSet[str]) -> float:
        """What some of the question's syllables weigh."""
        return sum(map(self._weights.__getitem__, found))

    def rare_share(self, found: AbstractSet[str]) -> float:
        """The share of the question that some of its syllables make up by the square of their weight: rare ones count."""
        return sum(self._weights[key] ** 2 for key in found) / self._all_squared

    def share_of_numbers(self, found: AbstractSet[str]) -> float:
        """The share of the question's numbers among some of its syllables; 1 where it has none."""
        return len(self._numbers & found) / len(self._numbers) if self._numbers else 1.0

    def share_of(self, syllable: str) -> float:
        """The share of the question that a syllable of a text repeats."""
        key = self.key(syllable)
        return self._weights[key] / self._all if key else 0.0

    def share_of_pairs(self, found: AbstractSet[str]) -> float:
        """The share of the question's pairs that some of them make up."""
        return sum(map(self._weights_of_pairs.__getitem__, found)) / self._all_pairs

    def densest(self, placed: Sequence[Placed], window: int) -> float:
        """The largest share of the question within so many syllables of a text, given where its syllables stand."""
        weights = self._weights
        if len(placed) < 2 or placed[-1][0] - placed[0][0] < window:
            return self.share({key for _, key in placed})
        inside: dict[str, int] = {}
        weight = best = 0.0
        oldest = 0
        for place, key in placed:
            while placed[oldest][0] <= place - window:
                gone = placed[oldest][1]
                oldest += 1
                inside[gone] -= 1
                if not inside[gone]:
                    weight -= weights[gone]
            if not inside.get(key):
                weight += weights[key]
                if weight > best:  # noqa: PLR1730  # half the time of max()
                    best = weight
            inside[key] = inside.get(key, 0) + 1
        return best / self._all


_Forms = Mapping[tuple[Field, tuple[str, ...]], frozenset[str]]
"""Terms that show a form, by the field they stand in, and the question's terms that it counts as."""


def _by_form(terms: Mapping[Field, Sequence[str]], alternatives: Alternatives, fields: Sequence[Field]) -> _Forms:
    forms: dict[tuple[Field, tuple[str, ...]], frozenset[str]] = {}
    if not alternatives:
        return forms
    for field in fields:
        for term in terms.get(field, ()):
            for form in alternatives.get(term, ()):
                of, listed = form_terms(form, field)
                key = of, tuple(listed)
                forms[key] = forms.get(key, frozenset()) | {term}
    return forms


def _shown(forms: _Forms, there: _Placed) -> Iterator[_Shown]:
    """The forms all of whose parts stand in a text."""
    for (field, listed), terms in forms.items():
        taken = there.folded if field.is_folded else there.exact
        alone = field.exact is Field.SYLLABLES
        parts = []
        for term in listed:
            if not (places := taken.of.get(term) if alone else taken.of_pair(*term.split(JOINER))):
                break
            parts.append(places)
        else:
            yield _Shown(parts, 1 if alone else 2, terms)
