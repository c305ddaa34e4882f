"""How sure it is that a sentence answers a question: one probability, used to refuse and shown in grades.

A logistic regression over how much of the question the sentence and the passage speak of, each of its terms counted by how
telling it is in Vietnamese at large, unknown ones in full; how familiar the question's words are to these documents, beside
how common they are anywhere; and how clearly the passage stands out. Learned from questions that the documents answer and
questions that they do not: of other collections, of documents left out, and near misses.
"""

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from statistics import fmean

from index import background
from index.documents import Grade, Hit, Passage
from index.matching import Content, read, stretches
from index.questions import Question
from index.sentences import Sentence
from index.terms import Field
from index.weights import learned, weighed

LEAST = 0.24
"""What an answer's confidence must be, or it is not given; docs/finding.md tells what is refused and answered at it."""
_USUAL_SIZE = 8.0
"""The idf of a word that a collection of some 1,500 passages does not hold. It tells how large a collection is: in a small
one hardly a word is rare, and scores say less."""
_FARTHEST = 20.0
"""Log-odds beyond which nothing gets surer: a probability of 0 or 1 is never told."""
_FARTHEST_RIVAL = 4.0
"""How much more relevant than what other documents say a passage may be, to count: as if there were nothing else."""
_OF_THE_SENTENCE = ("close", "late", "numbers", "length", "echo")
_LIKELY, _SURE = 0.5, 0.8
"""From where it is likely, and sure."""
_OF_ANOTHER = 0.49
"""The most that a passage can be which holds none of the names in a question: on two question sets, a quarter and half of
what such passages answer is right, however well all else matches."""


def grade(confidence: float) -> Grade:
    """A confidence in a word."""
    if confidence >= _SURE:
        return Grade.SURE
    return Grade.LIKELY if confidence >= _LIKELY else Grade.UNSURE


def confidence(clues: Mapping[str, float]) -> float:
    """The probability, from 0 to 1, that a sentence with these clues answers."""
    odds = weighed(clues, learned("confidence"))
    likely = 1 / (1 + math.exp(-max(-_FARTHEST, min(_FARTHEST, odds))))
    return likely if clues.get("mentions", 1.0) else min(likely, _OF_ANOTHER)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Terms of one kind (syllables, pairs, words) that a question is made of.

    Attributes:
        telling: How rare each is in Vietnamese at large.
        foreign: How rare they are in the collection at the mean, as a share of what an unknown one is.
    """

    telling: Mapping[str, float]
    foreign: float

    @property
    def mean(self) -> float:
        """The mean of how rare they are in Vietnamese at large."""
        return fmean(self.telling.values()) if self.telling else 0.0

    def share(self, found: AbstractSet[str], power: int = 1) -> float:
        """The share of the question that some of them make up, by a power of their rarity in Vietnamese at large."""
        total = sum(weight**power for weight in self.telling.values())
        return sum(self.telling[term] ** power for term in found) / total if total else 0.0


class Doubt:
    """Reads what speaks for and against answers to one question."""

    def __init__(
        self,
        question: Question,
        terms: Mapping[Field, Sequence[str]],
        content: Content,
        hits: Sequence[Hit],
        read: Sequence[Hit],
    ) -> None:
        """Take all hits, best first, and those whose passages were read."""
        self._content = content
        self._names = question.names
        self._best: dict[str, float] = {}
        for hit in hits:
            self._best.setdefault(hit.passage.source.key, hit.relevance)
        self._syllables, self._pairs, self._words = (
            _asked(question, terms, content, field) for field in (Field.SYLLABLES, Field.BIGRAMS, Field.WORDS)
        )
        texts = [text for hit in read for text in (hit.passage.text, _above(hit.passage))]
        self._of_question = {
            "always": 1.0,
            "size": content.idf(Field.SYLLABLES, "") / _USUAL_SIZE,
            "unknown": content.share(content.unknown),
            "anywhere": self._syllables.share(frozenset[str]().union(*map(content.found, texts))),
            "pairs_anywhere": self._pairs.share(frozenset[str]().union(*map(content.found_pairs, texts))),
            "foreign_syllables": self._syllables.foreign,
            "foreign_pairs": self._pairs.foreign,
            "foreign_words": self._words.foreign,
            "telling_syllables": self._syllables.mean,
            "telling_pairs": self._pairs.mean,
            "telling_words": self._words.mean,
        }

    def clues(self, sentence: Sentence) -> dict[str, float]:
        """What the model weighs, for a sentence."""
        content, hit = self._content, sentence.hit
        above, stretch = _above(hit.passage), stretches(hit.passage)[sentence.place]
        in_title, in_passage = content.found(above), content.found(hit.passage.text)
        in_sentence = content.sighting(hit.passage.text).found(*stretch)
        words = content.sighting_of_words(hit.passage.text).found(*stretch) | content.found_words(above)
        rival = next((best for key, best in self._best.items() if key != hit.passage.source.key), -math.inf)
        return {
            **self._of_question,
            "mentions": self._share_of_names(hit.passage),
            "margin": max(-_FARTHEST_RIVAL, min(_FARTHEST_RIVAL, hit.relevance - rival)),
            "missing": content.heaviest(content.all - in_passage - in_title),
            "title": self._syllables.share(in_title),
            "passage": self._syllables.share(in_passage | in_title),
            "sentence": self._syllables.share(in_sentence | in_title, power=2),
            "words": self._words.share(words, power=2),
            "kind": max((value for name, value in sentence.clues.items() if name.startswith("kind_")), default=0.0),
            **{name: sentence.clues.get(name, 0.0) for name in _OF_THE_SENTENCE},
        }

    def _share_of_names(self, passage: Passage) -> float:
        """The share of the names in the question that a passage with its title and heading holds; 1 where there are none."""
        texts = [read(passage.source.title), read(passage.heading or ""), read(passage.text)]
        held = sum(any(map(name.stands_in, texts)) for name in self._names)
        return held / len(self._names) if self._names else 1.0


def _asked(question: Question, terms: Mapping[Field, Sequence[str]], content: Content, exact: Field) -> _Asked:
    telling: dict[str, float] = {}
    rare: list[float] = []
    for field in (exact, exact.folded):
        for term in dict.fromkeys(terms.get(field, ())):
            telling[term] = background.idf(field, term, question.alternatives.get(term, ()))
            rare.append(content.idf(field, term))
    return _Asked(telling, fmean(rare) / content.idf(exact, "") if rare else 0.0)


def _above(passage: Passage) -> str:
    return f"{passage.source.title}\n{passage.heading or ''}"
