"""How fast a question is answered, and documents are indexed, beside the parts that cost most.

    python -m benchmarks.speed DIR

DIR holds a question set as ``python -m index evaluate`` takes it. A question is timed with what it needs in memory, and
with nothing there: a collection that was just opened. Only the ratios count: absolute times depend on the machine.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from underthesea import word_tokenize

from benchmarks.card_stack import CardStack
from index import marking, matching, sentences
from index.collection import Collection
from index.evaluation import read_set
from index.passages import cut
from index.vietnamese import clean, fold
from index.weights import learned

ROUNDS = 5


async def main() -> None:
    """Print all comparisons."""
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
            card_stack = CardStack([f"{passage.source.title}\n{passage.text}" for passage in passages])
            print(f"{len(passages)} passages, {len(questions)} questions, with diacritics and without")
            for asked in (questions, [fold(clean(question)) for question in questions]):
                await compare_questions(Path(folder), collection, card_stack, asked)


async def compare_questions(
    folder: Path, collection: Collection, card_stack: CardStack, questions: Sequence[str]
) -> None:
    """Ask all questions and score them all, in turn, so that all meet the machine in the same state."""
    terms = [card_stack.terms(question) for question in questions]
    warm: list[list[float]] = []
    cold: list[list[float]] = []
    scored: list[list[float]] = []
    for _ in range(1 + ROUNDS):
        warm.append([await timed_ask(collection, question) for question in questions])
        cold.append([await timed_first_ask(folder, question) for question in questions])
        scored.append([timed_scoring(card_stack, listed) for listed in terms])
        await ask_all(collection, questions)
    reference = Times.of(scored[1:])  # the first round warms up
    print(f"  card stack's scoring {reference}")
    for name, rounds in (("ask", warm), ("ask with nothing in memory", cold)):
        times = Times.of(rounds[1:])
        print(f"  {name} {times}: {reference.median / times.median:.1f} times as fast")


@dataclass(frozen=True)
class Times:
    """What questions took, each at its median over some rounds, in milliseconds."""

    median: float
    p95: float

    @classmethod
    def of(cls, rounds: Sequence[Sequence[float]]) -> Self:
        """Take the rounds of all questions."""
        each = sorted(map(statistics.median, zip(*rounds, strict=True)))
        return cls(statistics.median(each), each[len(each) * 95 // 100])

    def __str__(self) -> str:
        return f"median {self.median:.2f} ms, p95 {self.p95:.2f} ms"


async def ask_all(collection: Collection, questions: Sequence[str]) -> None:
    """Have all that questions need in memory."""
    for question in questions:
        await collection.ask(question)


async def timed_first_ask(folder: Path, question: str) -> float:
    """Milliseconds that the first answer of a collection takes."""
    for module in (marking, matching, sentences):
        for kept in vars(module).values():
            if kept is not learned and hasattr(kept, "cache_clear"):
                kept.cache_clear()
    async with Collection.open(folder) as collection:
        return await timed_ask(collection, question)


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


if __name__ == "__main__":
    asyncio.run(main())
