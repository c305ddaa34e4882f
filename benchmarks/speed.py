"""How fast a question is answered, and documents are indexed, beside the parts that cost most.

    python -m benchmarks.speed DIR

DIR holds a question set as ``python -m index evaluate`` takes it. Only the ratios count: absolute times depend on the machine.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from underthesea import word_tokenize

from benchmarks.card_stack import CardStack
from index.collection import Collection
from index.documents import Passage
from index.evaluation import read_set
from index.passages import cut

ROUNDS = 5


async def main() -> None:
    """Print both comparisons."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--questions", type=int, default=200)
    options = parser.parse_args()
    question_set = read_set(options.folder)
    questions = [query.text for query in question_set.queries[: options.questions]]

    with tempfile.TemporaryDirectory() as folder:
        async with Collection.open(Path(folder)) as collection:
            started = time.perf_counter()
            await collection.add(question_set.documents)
            indexing = time.perf_counter() - started
            started = time.perf_counter()
            for document in question_set.documents:
                word_tokenize(f"{document.title}\n{document.text}")
            segmenting = time.perf_counter() - started
            print(
                f"indexing {indexing:.1f} s, segmentation alone {segmenting:.1f} s: {indexing / segmenting:.2f} times"
            )

            passages = [passage for document in question_set.documents for passage in cut(document)]
            await compare_questions(collection, passages, questions)


async def compare_questions(collection: Collection, passages: list[Passage], questions: list[str]) -> None:
    """Ask all questions and score them all, in turn, so that both are warm and meet the machine in the same state."""
    card_stack = CardStack([f"{passage.source.title}\n{passage.text}" for passage in passages])
    terms = [card_stack.terms(question) for question in questions]
    asked: list[list[float]] = []
    scored: list[list[float]] = []
    for _ in range(1 + ROUNDS):
        asked.append([await timed_ask(collection, question) for question in questions])
        scored.append([timed_scoring(card_stack, listed) for listed in terms])
    ask, score = (mean_of_medians(rounds[1:]) for rounds in (asked, scored))  # the first round warms up
    print(f"{len(passages)} passages: ask {ask:.2f} ms, card stack's scoring {score:.2f} ms: {score / ask:.1f} times")


async def timed_ask(collection: Collection, question: str) -> float:
    """Milliseconds that an answer takes."""
    started = time.perf_counter()
    await collection.ask(question)
    return 1000 * (time.perf_counter() - started)


def timed_scoring(card_stack: CardStack, terms: list[str]) -> float:
    """Milliseconds that the card stack's scores take, the question's words being known."""
    started = time.perf_counter()
    card_stack.bm25.get_scores(terms)
    return 1000 * (time.perf_counter() - started)


def mean_of_medians(rounds: list[list[float]]) -> float:
    """The median of each question's rounds, and the mean of those."""
    return statistics.mean(map(statistics.median, zip(*rounds, strict=True)))


if __name__ == "__main__":
    asyncio.run(main())
