"""How common syllables and pairs of them are in Vietnamese at large: what a small collection cannot tell of itself.

Where two documents are all there is, neither "quan trọng" nor "phở" may occur in them, but only one of the two is telling.
``background.txt`` lists what is common, learned by ``benchmarks.background``; what it does not list is rare.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from index.terms import JOINER, Field, Form, form_terms
from index.vietnamese import fold

FILE = Path(__file__).with_name("background.txt")

RAREST = 7.0
"""The idf of what is not listed: one passage of 100 words in 1,100 may hold it."""

Shares = Mapping[str, float]
"""The share of passages that hold a syllable, or a pair, from 0 to 1."""


def idf(field: Field, term: str, forms: Sequence[Form] = ()) -> float:
    """How rare a term, or its most common form, is in Vietnamese: minus the logarithm of its share of passages."""
    return -math.log(share(field, term, forms))


def share(field: Field, term: str, forms: Sequence[Form] = ()) -> float:
    """The share of passages of ordinary Vietnamese, above 0 and below 1, that hold a term or one of its forms.

    A word of several syllables is as common as the rarest of its pairs.
    """
    shares = _shares(folded=field.is_folded)
    own = _share(term.split(JOINER), shares)
    others = (_share(JOINER.join(form_terms(form, field)[1]).split(JOINER), shares) for form in forms)
    return max(own, *others) if forms else own


def is_common(field: Field, term: str) -> bool:
    """Whether a term is listed; of a word of several syllables, all its pairs."""
    return share(field, term) > _LEAST


def _share(syllables: Sequence[str], shares: Shares) -> float:
    if len(syllables) == 1:
        return shares.get(syllables[0], _LEAST)
    return min([shares.get(pair, _LEAST) for pair in map(JOINER.join, pairwise(syllables))])


_LEAST = math.exp(-RAREST)


@cache
def _shares(*, folded: bool) -> Shares:
    """What the file lists; a folded term is as common as all those together that lose their diacritics so."""
    if not folded:
        return dict(_listed())
    missing: dict[str, float] = {}
    for term, share in _shares(folded=False).items():
        plain = fold(term)
        missing[plain] = missing.get(plain, 1.0) * (1 - share)
    return {term: 1 - share for term, share in missing.items()}


def _listed() -> Iterator[tuple[str, float]]:
    """The terms of the file with their shares: a line holds an idf and terms that have it."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            rarity, *terms = line.split()
            share = math.exp(-float(rarity))
            yield from ((term, share) for term in terms)
