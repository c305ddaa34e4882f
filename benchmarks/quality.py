"""How well documents are ranked and questions answered, beside the card stack.

    python -m benchmarks.quality DIR...

Each DIR holds a question set as ``python -m index evaluate`` takes it. The questions are run as they are and without their
diacritics, and each set's documents are asked a sample of the other sets' questions too. The card stack is BM25Okapi over
underthesea's words of whole documents, titles joined to the texts.
"""

import argparse
import asyncio
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean

import ir_measures
import numpy as np
from ir_measures import ScoredDoc, nDCG

from benchmarks.card_stack import CardStack
from benchmarks.learn import area
from benchmarks.speed import timed_ask, timed_scoring
from index.collection import Collection
from index.evaluation import QuestionSet, Result, figures, plain, read_set, run, token_f1

DEPTH = 20
STRANGERS = 500
"""Questions of each other set that a collection is asked."""
TIMED = 200
"""Questions that are timed."""


async def main() -> None:
    """Print a block for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, metavar="DIR", nargs="+")
    folders = parser.parse_args().folders
    sets = {folder: read_set(folder) for folder in folders}
    for folder in folders:
        await measure(folder, [other for place, other in sets.items() if place is not folder])


async def measure(folder: Path, others: Sequence[QuestionSet]) -> None:
    """Print the figures of a set."""
    marked, bare = read_set(folder), read_set(folder, diacritics=False)
    stack = CardStack([f"{document.title}\n{document.text}" for document in marked.documents])
    with tempfile.TemporaryDirectory() as data:
        async with Collection.open(Path(data)) as collection:
            await collection.add(marked.documents)
            results = await run(collection, marked.queries)
            whole = figures(marked, results)
            stripped = figures(bare, await run(collection, bare.queries))
            strange = await answered_strangers(collection, others)
            misses = await near_misses(collection, marked)
            taken = await compared_times(collection, stack, marked)
    name = str(nDCG @ 10)
    print(f"{folder.name}: {len(marked.documents)} documents, {len(marked.queries)} questions", flush=True)
    print(f"  {name}: {whole[name]:.2f}, card stack {card_stack_ndcg(stack, marked):.2f}")
    print(f"  {name} without diacritics: {stripped[name]:.2f}, {stripped[name] / whole[name]:.1%} of it")
    print("  " + "  ".join(f"{figure} {value}" for figure, value in whole.items()))
    print(f"  {marks(results)}")
    if others:
        print(f"  other sets' questions answered: {strange:.1%}")
    if misses is not None:
        print(f"  near misses: area under the ROC curve of the confidence {misses:.3f}")
    print(f"  {taken}", flush=True)


def marks(results: Sequence[Result]) -> str:
    """How much better the marked words are than the whole text shown, and how long they are."""
    shown = [result for result in results if result.query.answerable and result.findings.answered]
    answers = [(result.findings.answers[0], result.query.answers) for result in shown]

    def best(text: str, gold: Sequence[str]) -> float:
        return max(token_f1(plain(text).split(), plain(one).split()) for one in gold)

    marked = mean(best(answer.marked, gold) for answer, gold in answers if gold)
    whole = mean(best(answer.text, gold) for answer, gold in answers if gold)
    share = mean(len(answer.marked) / len(answer.text) for answer, _ in answers)
    return f"span_f1 where answered {marked:.1%}, of the whole text {whole:.1%}; words marked {share:.0%} of the text"


async def answered_strangers(collection: Collection, others: Sequence[QuestionSet]) -> float:
    """The share of other sets' questions that are answered, each set counting the same."""
    chance = random.Random(0)  # noqa: S311
    shares = []
    for other in others:
        sample = chance.sample(other.queries, min(STRANGERS, len(other.queries)))
        shares.append(mean([(await collection.ask(query.text)).answered for query in sample]))
    return mean(shares) if shares else 0.0


async def near_misses(collection: Collection, question_set: QuestionSet) -> float | None:
    """How often the documents' own questions get more confidence than questions they seem to answer and do not."""
    if all(query.answerable for query in question_set.queries):
        return None
    confidence: dict[bool, list[float]] = {True: [], False: []}
    for query in question_set.queries:
        confidence[query.answerable].append((await collection.read(query.text)).highest_confidence)
    return area(np.array(confidence[True]), np.array(confidence[False]))


async def compared_times(collection: Collection, stack: CardStack, question_set: QuestionSet) -> str:
    """How long a question takes, beside the card stack's scoring of whole documents in the same run."""
    texts = [query.text for query in question_set.queries[:TIMED]]
    asked = mean([await timed_ask(collection, text) for text in texts])
    terms = [stack.terms(text) for text in texts]
    scored = mean([timed_scoring(stack, listed) for listed in terms])
    return f"a question takes {asked:.1f} ms, card stack's scoring {scored:.1f} ms"


def card_stack_ndcg(stack: CardStack, question_set: QuestionSet) -> float:
    """The card stack's nDCG@10 over whole documents, in per cent."""
    judged = {relevant.query_id for relevant in question_set.relevant}
    queries = [query for query in question_set.queries if query.id in judged]
    scored = [
        ScoredDoc(query.id, question_set.documents[place].key, score)
        for query in queries
        for place, score in _best(stack.bm25.get_scores(stack.terms(query.text)))
    ]
    return 100 * float(ir_measures.calc_aggregate([nDCG @ 10], question_set.relevant, scored)[nDCG @ 10])


def _best(scores: Sequence[float]) -> Iterator[tuple[int, float]]:
    for place in np.argsort(scores)[::-1][:DEPTH]:
        yield int(place), float(scores[place])


if __name__ == "__main__":
    asyncio.run(main())
