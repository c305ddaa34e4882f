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
    """Ask and score in turn, so that both meet the machine in the same state; the median of each question's rounds."""
    card_stack = CardStack([f"{passage.source.title}\n{passage.text}" for passage in passages])
    terms = [card_stack.terms(question) for question in questions]
    for question in questions:
        await collection.ask(question)
    asked, scored = [], []
    for question, listed in zip(questions, terms, strict=True):
        ask_times, score_times = [], []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            await collection.ask(question)
            between = time.perf_counter()
            card_stack.bm25.get_scores(listed)
            ask_times.append(between - started)
            score_times.append(time.perf_counter() - between)
        asked.append(statistics.median(ask_times))
        scored.append(statistics.median(score_times))
    ask, score = 1000 * statistics.mean(asked), 1000 * statistics.mean(scored)
    print(
        f"{len(passages)} passages: ask {ask:.2f} ms, card stack's scoring alone {score:.2f} ms: {score / ask:.1f} times"
    )


if __name__ == "__main__":
    asyncio.run(main())
