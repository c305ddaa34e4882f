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
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean, median

import ir_measures
import numpy as np
from ir_measures import ScoredDoc, nDCG

from benchmarks.card_stack import CardStack
from benchmarks.learn import area
from benchmarks.speed import timed_ask, timed_scoring
from index.collection import Collection
from index.documents import Answer
from index.evaluation import QuestionSet, Result, figures, plain, read_set, run, token_f1

DEPTH = 20
STRANGERS = 500
"""Questions of each other set that a collection is asked."""
TIMED = 200
"""Questions that are timed."""


async def main() -> None:
    """Measure set after set, and print a table with a column for each so far."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, metavar="DIR", nargs="+")
    folders = parser.parse_args().folders
    sets = {folder: read_set(folder) for folder in folders}
    columns = {}
    for folder in folders:
        columns[folder.name] = await measure(folder, [other for place, other in sets.items() if place is not folder])
        print("\n".join(table(columns)), end="\n\n", flush=True)


async def measure(folder: Path, others: Sequence[QuestionSet]) -> dict[str, str]:
    """The figures of a set, each with its name."""
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
            asked, scored = await compared_times(collection, stack, marked)
    name = str(nDCG @ 10)
    return {
        "documents": f"{len(marked.documents):,}",
        "questions": f"{len(marked.queries):,}",
        f"{name}, card stack": f"{card_stack_ndcg(stack, marked):.2f}",
        name: f"{whole[name]:.2f}",
        f"{name} without diacritics": f"{stripped[name]:.2f}",
        "  share kept": f"{stripped[name] / whole[name]:.3f}",
        "hit": f"{whole.get('hit', 0.0):.2f}",
        "  hit without diacritics": f"{stripped.get('hit', 0.0):.2f}",
        "  characters shown": f"{whole.get('chars', 0.0):.0f}",
        **marks(results),
        "own questions refused": f"{whole.get('refused', 0.0):.2f} %",
        "  refused without diacritics": f"{stripped.get('refused', 0.0):.2f} %",
        "other sets' questions answered": f"{strange:.1%}" if strange is not None else "",
        "near misses answered": f"{whole['wrong']:.2f} %" if "wrong" in whole else "",
        "  area under the ROC curve": f"{misses:.3f}" if misses is not None else "",
        "a question takes": f"{asked:.1f} ms",
        "  card stack's scoring alone": f"{scored:.1f} ms",
    }


def table(columns: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The lines of a table: a row for each figure, a column for each set."""
    names = next(iter(columns.values())).keys()
    first = max(map(len, names))
    widths = {column: max(len(column), *map(len, cells.values())) for column, cells in columns.items()}
    yield " " * first + "".join(f"  {column:>{widths[column]}}" for column in columns)
    for name in names:
        yield f"{name:{first}}" + "".join(f"  {cells[name]:>{widths[column]}}" for column, cells in columns.items())


def marks(results: Sequence[Result]) -> dict[str, str]:
    """How well the marked words match the gold answer, beside marking the whole sentence that they stand in."""
    shown = [
        (result.findings.answers[0], result.query.answers)
        for result in results
        if result.query.answerable and result.query.answers and result.findings.answered
    ]

    def best(text: str, gold: Sequence[str]) -> float:
        return max(token_f1(plain(text).split(), plain(one).split()) for one in gold)

    marked = mean(best(answer.marked, gold) for answer, gold in shown)
    whole = mean(best(sentence_of(answer), gold) for answer, gold in shown)
    share = mean(min(1.0, len(answer.marked) / len(sentence_of(answer))) for answer, _ in shown)
    return {
        "span_f1 where answered": f"{100 * marked:.1f}",
        "  marking the whole sentence": f"{100 * whole:.1f}",
        "  share of the sentence marked": f"{share:.0%}",
    }


def sentence_of(answer: Answer) -> str:
    """The sentence that the marked words stand in, or that they begin in."""
    begins = answer.start + answer.span[0]
    return next(answer.passage.text[start:end] for start, end in answer.passage.sentences if begins < end)


async def answered_strangers(collection: Collection, others: Sequence[QuestionSet]) -> float | None:
    """The share of other sets' questions that are answered, each set counting the same."""
    chance = random.Random(0)  # noqa: S311
    shares = []
    for other in others:
        sample = chance.sample(other.queries, min(STRANGERS, len(other.queries)))
        shares.append(mean([(await collection.ask(query.text)).answered for query in sample]))
    return mean(shares) if shares else None


async def near_misses(collection: Collection, question_set: QuestionSet) -> float | None:
    """How often the documents' own questions get more confidence than questions they seem to answer and do not."""
    if all(query.answerable for query in question_set.queries):
        return None
    confidence: dict[bool, list[float]] = {True: [], False: []}
    for query in question_set.queries:
        confidence[query.answerable].append((await collection.read(query.text)).highest_confidence)
    return area(np.array(confidence[True]), np.array(confidence[False]))


async def compared_times(collection: Collection, stack: CardStack, question_set: QuestionSet) -> tuple[float, float]:
    """How many milliseconds a question takes at the median, and the card stack's scoring of whole documents in the same run."""
    texts = [query.text for query in question_set.queries[:TIMED]]
    asked = median([await timed_ask(collection, text) for text in texts])
    terms = [stack.terms(text) for text in texts]
    scored = median([timed_scoring(stack, listed) for listed in terms])
    return asked, scored


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
