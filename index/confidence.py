"""How sure it is that a sentence answers a question: one probability, used to refuse and shown in grades.

A logistic regression over how much of the question the passage speaks of, its unknown terms counted in full, how near the
passage comes to the best score there could be, and how clearly it and its sentence stand out. Learned from questions that
the documents answer and questions of other collections, as many of the one as of the other.
"""

import math
from collections.abc import Mapping, Sequence

from index.documents import Grade, Hit
from index.matching import Content
from index.questions import Question
from index.scoring import highest_score
from index.sentences import Sentence
from index.terms import WEIGHTS, Field
from index.vietnamese import syllable_spans
from index.weights import learned, weighed

LEAST = 0.2
"""What an answer's confidence must be, or it is not given: on three question sets, 1 to 6 % of a collection's own
questions are refused so, and 9, 17 and 30 % of the others' answered; of two documents taken out of a set, 2 to 12 % of
their own questions are refused, and 3 to 9 % of others answered."""
_USUAL_SIZE = 8.0
"""The idf of a word that a collection of some 1,500 passages does not hold. It tells how large a collection is: in a small
one hardly a word is rare, and scores say less."""
_FARTHEST = 20.0
"""Log-odds beyond which nothing gets surer: a probability of 0 or 1 is never told."""
_OF_THE_SENTENCE = ("with_title", "pairs", "close", "own", "late", "numbers", "unit", "length")
_LIKELY, _SURE = 0.35, 0.45
"""From where it is likely, and sure."""


def grade(confidence: float) -> Grade:
    """A confidence in a word."""
    if confidence >= _SURE:
        return Grade.SURE
    return Grade.LIKELY if confidence >= _LIKELY else Grade.UNSURE


def confidence(clues: Mapping[str, float]) -> float:
    """The probability, from 0 to 1, that a sentence with these clues answers."""
    odds = weighed(clues, learned("confidence"))
    return 1 / (1 + math.exp(-max(-_FARTHEST, min(_FARTHEST, odds))))


class Doubt:
    """Reads what speaks for and against answers to one question."""

    def __init__(
        self, question: Question, terms: Mapping[Field, Sequence[str]], content: Content, hits: Sequence[Hit]
    ) -> None:
        """Take the hits as they were ranked, best first."""
        self._content = content
        self._hits = hits
        self._attainable = highest_score(
            (WEIGHTS[field] * content.idf(field, term)) for field, listed in terms.items() for term in listed
        )
        shouted = question.text.isupper()
        self._names = frozenset(
            key
            for syllable, (start, _) in syllable_spans(question.text)
            if start and not shouted and question.text[start].isupper() and (key := content.key(syllable))
        )

    def clues(self, sentence: Sentence, likely: float) -> dict[str, float]:
        """What the model weighs, for a sentence and the probability that it answers if any of the sentences does."""
        content, hit = self._content, sentence.hit
        above = f"{hit.passage.source.title}\n{hit.passage.heading or ''}"
        found = content.found(hit.passage.text) | content.found(above)
        missing = content.all - found
        coverage, attained = content.share(found), hit.score / self._attainable
        size = content.idf(Field.SYLLABLES, "") / _USUAL_SIZE
        rival = max(
            (one.relevance for one in self._hits if one.passage.source.key != hit.passage.source.key), default=0.0
        )
        return {
            "always": 1.0,
            "size": size,
            "attained": attained,
            "attained_by_size": attained * size,
            "document_attained": hit.document_score / self._attainable,
            "coverage": coverage,
            "coverage_by_size": coverage * size,
            "rare": content.rare_share(found),
            "unknown": content.share(content.unknown),
            "missing": content.heaviest(missing),
            "names": content.share(self._names - found),
            "likely": likely,
            "margin": min(4.0, max(-4.0, hit.relevance - rival)),
            "kind": max((value for name, value in sentence.clues.items() if name.startswith("kind_")), default=0.0),
            "relevance": hit.relevance,
            "score": sentence.score,
            "terms": math.log(1 + len(content.all)),
            **{name: sentence.clues.get(name, 0.0) for name in _OF_THE_SENTENCE},
        }
