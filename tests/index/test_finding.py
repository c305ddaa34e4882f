import pytest

from index.finding import Finder
from index.scoring import Level
from index.terms import Field

TERMS = {Field.SYLLABLES: ["gạo"]}
SECTION = 1 << 6
"""What the number of a section's first passage is a multiple of."""


class Postings:
    """An engine that gives the first passage of each section its score."""

    def __init__(self, scores):
        self._proposed = [(SECTION * number, score) for number, score in enumerate(scores)]

    def document_frequency(self, field, term):
        return 1

    def candidates(self, terms, limit, alternatives, *, rare):
        return self._proposed[:limit]


class Moment:
    """A store whose documents' keys go the other way than their numbers."""

    def levels(self):
        return {"passages": Level(99, {}), "sections": Level(99, {})}

    def in_order(self, sections):
        return sorted(sections, reverse=True)


def candidates(scores, **how):
    return sorted(Finder(Moment(), Postings(scores), {}).candidates(TERMS, **how))


@pytest.mark.parametrize(
    ("scores", "found"),
    [
        pytest.param([90, 80, 79.3, 50], [0, 1, 2], id="what may be the last that is wanted by the exact scores"),
        pytest.param([90, 80, 79.1, 50], [0, 1], id="no more than that"),
        pytest.param(
            [90, 80, 79.9, 79.8, 79.7, 79.6, 79.5, 79.4], [0, 1, 2, 3, 4, 5], id="three times as many at most"
        ),
        pytest.param([90] * 9, [3, 4, 5, 6, 7, 8], id="of equals the first by their keys"),
        pytest.param([90], [0], id="all there are"),
    ],
)
def test_twice_as_many_sections_as_passages_are_wanted_and_what_comes_close(scores, found):
    assert candidates(scores, top=1) == found


@pytest.mark.parametrize(
    ("scores", "near"),
    [
        pytest.param([200, 99.5, 98], [0, 1], id="half of the best"),
        pytest.param([40, 15, 14.8], [0, 1], id="in a few documents, 25 less than the best"),
    ],
)
def test_only_what_may_come_near_the_best_is_read_where_no_more_is_asked_for(scores, near):
    assert candidates(scores, top=5, only_near=True) == near
    assert candidates(scores, top=5) == [0, 1, 2]
