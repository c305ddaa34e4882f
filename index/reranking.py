"""Which documents come first once their sentences were weighed: one that has the answering sentence, rather than the words.

A linear model over the clues of :mod:`index.ranking` and the score of the passage's best sentence, for the first few
passages. Its weights are learned as those of the ranking are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index import ranking
from index.documents import Hit
from index.matching import Content
from index.questions import Question
from index.sentences import Sentence, best_of_each_passage, weigh
from index.weights import learned, weighed_each

READ = 10
"""How many passages are weighed by their sentences; those behind them keep their order."""


def first_of(ranked: Sequence[Hit]) -> Sequence[Hit]:
    """The ranked hits whose sentences are weighed."""
    return ranking.worth_reading(ranked)[:READ]


def rerank(question: Question, content: Content, ranked: Sequence[Hit]) -> list[Hit]:
    """Ranked hits, best first, each with its relevance."""
    if not ranked:
        return []
    first = first_of(ranked)
    found = clues(first, weigh(question, content, first))
    newness = ranking.recency(question, first)
    settled = [
        replace(hit, relevance=relevance + newness.get(hit.passage.source.date, 0.0))
        for hit, relevance in zip(first, weighed_each(found, learned("reranking")), strict=True)
    ]
    settled.sort(key=lambda hit: -hit.relevance)
    least, last = settled[-1].relevance, min(hit.relevance for hit in first)
    weighed = {hit.passage.id for hit in first}
    behind = (hit for hit in ranked if hit.passage.id not in weighed)
    return settled + [replace(hit, relevance=min(least, least - (last - hit.relevance))) for hit in behind]


def clues(hits: Sequence[Hit], sentences: Sequence[Sentence]) -> list[Mapping[str, float]]:
    """What the model weighs, for each of some hits that were read and all of whose sentences were weighed."""
    best = {sentence.passage.id: sentence.score for sentence in best_of_each_passage(sentences)}
    least = min(best.values(), default=0.0)
    return [{**hit.clues, "sentence": best.get(hit.passage.id, least)} for hit in hits]
