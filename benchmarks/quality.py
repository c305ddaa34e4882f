"""How well documents are ranked and questions answered, beside the card stack.

    python -m benchmarks.quality DIR...

Each DIR holds a question set as ``python -m index evaluate`` takes it. The questions are run as they are and without their
diacritics; the card stack is BM25Okapi over underthesea's words of whole documents, titles joined to the texts.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import ScoredDoc, nDCG

from benchmarks.card_stack import CardStack
from index.collection import Collection
from index.evaluation import QuestionSet, figures, read_set, run

DEPTH = 20


async def main() -> None:
    """Print a block for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, metavar="DIR", nargs="+")
    for folder in parser.parse_args().folders:
        await measure(folder)


async def measure(folder: Path) -> None:
    """Print the figures of a set."""
    marked, plain = read_set(folder), read_set(folder, diacritics=False)
    with tempfile.TemporaryDirectory() as data:
        async with Collection.open(Path(data)) as collection:
            await collection.add(marked.documents)
            whole = figures(marked, await run(collection, marked.queries))
            stripped = figures(plain, await run(collection, plain.queries))
    measure, card = nDCG @ 10, card_stack_ndcg(marked)
    kept = stripped[str(measure)] / whole[str(measure)]
    print(f"{folder.name}: {len(marked.documents)} documents, {len(marked.queries)} questions", flush=True)
    print(f"  {measure}: {whole[str(measure)]:.2f}, card stack {card:.2f}")
    print(f"  {measure} without diacritics: {stripped[str(measure)]:.2f}, {kept:.1%} of it")
    print("  " + "  ".join(f"{name} {figure}" for name, figure in whole.items()), flush=True)


def card_stack_ndcg(question_set: QuestionSet) -> float:
    """The card stack's nDCG@10 over whole documents, in per cent."""
    stack = CardStack([f"{document.title}\n{document.text}" for document in question_set.documents])
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
