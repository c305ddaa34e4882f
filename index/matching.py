"""How much of a question a text speaks of."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from index.terms import JOINER, NO_ALTERNATIVES, Alternatives, Field, form_terms
from index.vietnamese import fold, syllables

Weight = Callable[[Field, str], float]
"""The idf of a term."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text taken apart: its syllables in order, those that differ, and its pairs of neighbours."""

    syllables: tuple[str, ...]
    distinct: frozenset[str]
    pairs: frozenset[str]


@lru_cache(maxsize=8192)
def read(text: str, *, folded: bool = False) -> Read:
    """Take a text apart, with or without its diacritics."""
    found = tuple(syllables(fold(text) if folded else text))
    return Read(found, frozenset(found), frozenset(map(JOINER.join, pairwise(found))))


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

        self._exact = weights(Field.SYLLABLES)
        self._folded = weights(Field.FOLDED_SYLLABLES)
        self._exact_pairs = weights(Field.BIGRAMS)
        self._folded_pairs = weights(Field.FOLDED_BIGRAMS)
        self.idf = weight
        self._weights = self._exact | self._folded
        self._all = sum(self._weights.values()) or 1.0
        self._all_squared = sum(weight * weight for weight in self._weights.values()) or 1.0
        self._numbers = frozenset(filter(str.isdigit, self._weights))
        self._all_pairs = sum(self._exact_pairs.values()) + sum(self._folded_pairs.values()) or 1.0
        self._forms = _by_form(terms, alternatives, (Field.SYLLABLES, Field.FOLDED_SYLLABLES))
        self._forms_of_pairs = _by_form(terms, alternatives, (Field.BIGRAMS, Field.FOLDED_BIGRAMS))
        self._in_forms = {
            syllable: min(found)
            for (field, listed), found in self._forms.items()
            for syllable in JOINER.join(listed).split(JOINER)
            if not syllable.isdigit() and not field.is_folded
        }

    def key(self, syllable: str) -> str | None:
        """The syllable of the question that a syllable of a text stands for, or ``None``."""
        if self._folded and (plain := fold(syllable)) in self._folded:
            return plain
        if syllable in self._exact:
            return syllable
        return self._in_forms.get(syllable) if self._in_forms else None

    def keys(self, text: str) -> list[str | None]:
        """The same for each syllable of a text, in order."""
        if self._folded:
            return list(map(self.key, read(text).syllables))
        return [syllable if syllable in self._exact else None for syllable in read(text).syllables]

    def found(self, text: str) -> frozenset[str]:
        """The question's syllables that stand in a text."""
        found = read(text).distinct & self._exact.keys()
        if self._folded:
            found |= read(text, folded=True).distinct & self._folded.keys()
        return found.union(*_standing_in(text, self._forms)) if self._forms else found

    def share(self, found: AbstractSet[str]) -> float:
        """The share of the question that some of its syllables make up."""
        return sum(map(self._weights.__getitem__, found)) / self._all

    @property
    def all(self) -> AbstractSet[str]:
        """All syllables of the question."""
        return self._weights.keys()

    @property
    def unknown(self) -> frozenset[str]:
        """Those that no passage of the collection holds."""
        highest = self.idf(Field.SYLLABLES, "")
        return frozenset(key for key, weight in self._weights.items() if weight >= highest)

    def heaviest(self, found: AbstractSet[str]) -> float:
        """The weight of the heaviest of some of its syllables, as a share of that of the heaviest of all."""
        return max(map(self._weights.__getitem__, found), default=0.0) / max(self._weights.values(), default=1.0)

    def weight(self, found: AbstractSet[str]) -> float:
        """What some of the question's syllables weigh."""
        return sum(map(self._weights.__getitem__, found))

    def rare_share(self, found: AbstractSet[str]) -> float:
        """The share of the question that some of its syllables make up by the square of their weight: rare ones count."""
        return sum(self._weights[key] ** 2 for key in found) / self._all_squared

    def share_of_numbers(self, found: AbstractSet[str]) -> float:
        """The share of the question's numbers among some of its syllables; 1 where it has none."""
        return len(self._numbers & found) / len(self._numbers) if self._numbers else 1.0

    def densest(self, keys: Sequence[str | None], window: int) -> float:
        """The largest share of the question within so many syllables of a text, given its :meth:`keys`."""
        stand = [(place, key) for place, key in enumerate(keys) if key]
        inside: dict[str, int] = {}
        weight = best = 0.0
        oldest = 0
        for place, key in stand:
            while stand[oldest][0] <= place - window:
                gone = stand[oldest][1]
                oldest += 1
                inside[gone] -= 1
                if not inside[gone]:
                    weight -= self._weights[gone]
            if not inside.get(key):
                weight += self._weights[key]
                best = max(best, weight)
            inside[key] = inside.get(key, 0) + 1
        return best / self._all

    def share_of(self, syllable: str) -> float:
        """The share of the question that a syllable of a text repeats."""
        key = self.key(syllable)
        return self._weights[key] / self._all if key else 0.0

    def share_of_pairs(self, text: str) -> float:
        """The share of the question's pairs that stand in a text."""
        found = self._exact_pairs.keys() & read(text).pairs
        if self._folded_pairs:
            found |= self._folded_pairs.keys() & read(text, folded=True).pairs
        if self._forms_of_pairs:
            found = found.union(*_standing_in(text, self._forms_of_pairs))
        return sum(self._exact_pairs.get(pair) or self._folded_pairs[pair] for pair in found) / self._all_pairs

    def begins(self, text: str) -> float:
        """How far into a text it begins to speak of the question: from 0, at its start, to 1, not at all."""
        syllables = read(text).syllables
        first = next((place for place, syllable in enumerate(syllables) if self.key(syllable)), len(syllables))
        return first / max(1, len(syllables))


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


def _standing_in(text: str, forms: _Forms) -> Iterator[frozenset[str]]:
    """The terms whose forms stand in a text."""
    for (field, listed), terms in forms.items():
        taken = read(text, folded=field.is_folded)
        held = taken.distinct if field.exact is Field.SYLLABLES else taken.pairs
        if held.issuperset(listed):
            yield terms
