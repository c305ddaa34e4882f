"""How a collection grows: what a question, an addition and an opening cost in it, beside the card stack in the same run.

    python -m benchmarks.growth CORPUS --set DIR --data DIR [--plot FILE]

CORPUS holds documents as JSON lines (``id``, ``title``, ``text``, ``url``), gzipped or not. The questions are titles of them,
shortened at random to between half and all of their words; three in ten have lost their diacritics. ``--set`` is a question
set as ``python -m index evaluate`` takes it: its documents are added to those of the corpus, which are then so many
distractors. ``--data`` keeps what takes long to build, the collections and the card stack's words, for the next run.

Collections have the first documents of the corpus, as many as make the passages wanted; the largest one has each of them
five times, under changed names. Only ratios count: absolute times depend on the machine.
"""

import argparse
import asyncio
import gc
import gzip
import json
import random
import resource
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import cpu_count, get_context
from pathlib import Path

import ir_measures
from ir_measures import ScoredDoc, nDCG
from matplotlib.figure import Figure
from underthesea import word_tokenize

from benchmarks.card_stack import CardStack
from benchmarks.exhaustive import Exhaustive, wanted
from benchmarks.speed import timed_ask, timed_scoring
from index.collection import STORE, Collection, _ranked, _Understood
from index.documents import Document
from index.evaluation import QuestionSet, read_set
from index.moments import Moment
from index.segmentation import segmented
from index.vietnamese import clean, fold

SIZES = (1_000, 10_000, 30_000)
"""Passages of the collections smaller than the whole corpus."""
COPIES = 5
ADDED_TOGETHER = 3_000
SHORTENED, BARE = 0.5, 0.3
COMPARED = 200
"""Questions whose candidates are compared with exact scoring, and that the ranking of a set is measured by."""
CANDIDATES = 100
INDEXED = 1_500
"""Documents that are indexed to measure the rate."""
ROUNDS = 3
IN_TURN = 25
"""Questions that are asked before as many are scored: either empties the processor's caches for the other."""


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds that questions took: the median, and what 95 % of them stayed below."""

    median: float
    p95: float

    @classmethod
    def of(cls, taken: Sequence[float]) -> "Times":
        """From the milliseconds that each took."""
        return cls(statistics.median(taken), statistics.quantiles(taken, n=20)[-1])

    def __str__(self) -> str:
        return f"median {self.median:.1f} ms, p95 {self.p95:.1f} ms ({self.p95 / self.median:.1f} times)"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a process of its own saw: seconds from opening a collection to the first answer, and its memory in MB."""

    first_answer: float
    memory: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A collection of one size: how long questions and the card stack's scoring took."""

    passages: int
    asked: Times
    scored: Times | None


async def main() -> None:
    """Build what is missing, then measure and print each figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("--set", dest="question_set", type=Path, metavar="DIR")
    parser.add_argument("--data", type=Path, metavar="DIR", required=True)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--plot", type=Path, metavar="FILE")
    options = parser.parse_args()
    documents = list(read_corpus(options.corpus))
    questions = questions_of(documents, options.questions)
    folders = [folder async for folder in collections(options.data, documents)]
    whole = folders[-2]
    words = words_of_passages(whole / STORE, options.data / "words.jsonl")

    measure_opening(options.data / "two", whole, questions)
    await measure_indexing(documents[:INDEXED])
    measured = [await measure_asking(folder, questions, words) for folder in folders]
    if options.plot:
        plot(measured, options.plot)
    await measure_adding(whole, words)
    await measure_candidates(whole, questions[:COMPARED])
    if options.question_set:
        await measure_ranking(whole, read_set(options.question_set))


def read_corpus(path: Path) -> Iterator[Document]:
    """The documents of a file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            yield Document(str(row["id"]), clean(row.get("title") or ""), clean(row["text"]).strip(), row.get("url"))


def questions_of(documents: Sequence[Document], count: int) -> list[str]:
    """Titles, shortened and folded at random, always the same ones."""
    chance = random.Random(0)  # noqa: S311
    questions = []
    for document in chance.sample(documents, count):
        words = document.title.split()
        kept = chance.randint(round(SHORTENED * len(words)), len(words))
        first = chance.randint(0, len(words) - kept)
        text = " ".join(words[first : first + kept])
        questions.append(fold(text).lower() if chance.random() < BARE else text)
    return questions


# --- Collections -----------------------------------------------------------------------------------------------------


async def collections(data: Path, documents: Sequence[Document]) -> AsyncIterator[Path]:
    """Folders of collections, built where they are missing: those of ``SIZES``, the whole corpus, and its copies.

    A collection of two documents is built beside them.
    """
    whole = await built(data / "whole", documents)
    await built(data / "two", documents[:2])
    for size in SIZES:
        first_passages(whole, data / str(size), size)
        yield await built(data / str(size), [])
    yield whole
    copies = data / f"times-{COPIES}"
    if not copies.exists():
        shutil.copytree(whole, copies)
    named = [replace(one, key=f"{one.key}-{copy}") for copy in range(2, COPIES + 1) for one in documents]
    yield await built(copies, [*documents, *named])


async def built(folder: Path, documents: Sequence[Document]) -> Path:
    """A collection of some documents; goes on where it was interrupted."""
    async with Collection.open(folder) as collection:
        done = (await collection.statistics()).documents
        for first in range(done, len(documents), ADDED_TOGETHER):
            await collection.add(documents[first : first + ADDED_TOGETHER])
            print(f"{folder.name}: {min(first + ADDED_TOGETHER, len(documents))} of {len(documents)}", flush=True)
    return folder


def first_passages(whole: Path, folder: Path, size: int) -> None:
    """A store of the first documents of another, taken from a copy so that nothing is segmented again."""
    if not folder.exists():
        folder.mkdir()
        shutil.copy(whole / STORE, folder / STORE)
        with closing(sqlite3.connect(folder / STORE)) as store, store:
            store.execute("PRAGMA foreign_keys = ON")
            store.execute(
                "DELETE FROM documents WHERE id > (SELECT document FROM sections WHERE id ="
                " (SELECT section FROM passages ORDER BY id LIMIT 1 OFFSET ?))",
                (size,),
            )


def words_of_passages(store: Path, kept: Path) -> list[list[str]]:
    """The card stack's words of every passage, in order."""
    if not kept.exists():
        with closing(sqlite3.connect(store)) as connection:
            rows = connection.execute(
                "SELECT title, passages.text FROM passages JOIN sections ON sections.id = section"
                " JOIN documents ON documents.id = document ORDER BY passages.id"
            )
            texts = [f"{title}\n{text}" for title, text in rows]
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool, kept.open("w", encoding="utf-8") as file:
            for words in pool.map(segmented, texts, chunksize=200):
                file.write(json.dumps(words, ensure_ascii=False) + "\n")
    with kept.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


# --- Figures ---------------------------------------------------------------------------------------------------------


def measure_opening(two: Path, whole: Path, questions: Sequence[str]) -> None:
    """Print what it takes to open a collection, and the memory of a process that has answered all questions."""
    seen: dict[Path, list[Opened]] = {two: [], whole: []}
    for _ in range(ROUNDS):
        for folder, opened in seen.items():
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                opened.append(alone.submit(open_and_ask, folder, questions).result())
    small, large = (statistics.median(one.first_answer for one in opened) for opened in seen.values())
    print(f"open to first answer: two documents {small:.2f} s, all {large:.2f} s: {large - small:+.2f} s")
    print(f"memory after {len(questions)} questions: {max(one.memory for one in seen[whole]):.0f} MB", flush=True)


def open_and_ask(folder: Path, questions: Sequence[str]) -> Opened:
    """Open a collection and ask; run in a process of its own."""

    async def asked() -> float:
        started = time.perf_counter()
        async with Collection.open(folder) as collection:
            await collection.ask(questions[0])
            taken = time.perf_counter() - started
            for question in questions[1:]:
                await collection.ask(question)
        return taken

    first_answer = asyncio.run(asked())
    return Opened(first_answer, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


async def measure_indexing(documents: Sequence[Document]) -> None:
    """Print the rate of indexing beside that of segmentation alone, both on all cores, in turn."""
    ratios = []
    texts = [f"{document.title}\n{document.text}" for document in documents]
    for _ in range(ROUNDS):
        started = time.perf_counter()
        with ProcessPoolExecutor(cpu_count(), mp_context=get_context("spawn")) as pool:
            for _ in pool.map(word_tokenize, texts, chunksize=20):
                pass
        segmenting = time.perf_counter() - started
        with tempfile.TemporaryDirectory() as folder:
            async with Collection.open(Path(folder)) as collection:
                started = time.perf_counter()
                await collection.add(documents)
                indexing = time.perf_counter() - started
        ratios.append(segmenting / indexing)
    rates = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"indexing {len(documents)} documents: {statistics.median(ratios):.2f} of the rate of segmentation ({rates})")


async def measure_asking(folder: Path, questions: Sequence[str], words: Sequence[list[str]]) -> Measured:
    """Ask and score with the card stack, some questions each in turn, so that both meet the machine in the same state.

    A quarter of the questions warm up first: most passages are still read for the first time.
    """
    async with Collection.open(folder) as collection:
        passages = (await collection.statistics()).passages
        stack = CardStack.of_words(words[:passages]) if passages <= len(words) else None
        terms = [CardStack.terms(question) for question in questions]
        gc.collect()
        gc.freeze()  # the card stack's millions of objects are not searched for garbage while a question is asked
        for question in questions[: len(questions) // 4]:
            await collection.ask(question)
        asked, scored = [], []
        for first in range(0, len(questions), IN_TURN):
            asked += [await timed_ask(collection, question) for question in questions[first : first + IN_TURN]]
            if stack:
                scored += [timed_scoring(stack, listed) for listed in terms[first : first + IN_TURN]]
        gc.unfreeze()
    measured = Measured(passages, Times.of(asked), Times.of(scored) if scored else None)
    beside = f"; card stack's scoring {measured.scored}" if measured.scored else ""
    times = f": {measured.scored.median / measured.asked.median:.1f} times" if measured.scored else ""
    print(f"{passages} passages: ask {measured.asked}{beside}{times}", flush=True)
    return measured


async def measure_adding(whole: Path, words: list[list[str]]) -> None:
    """Print how long adding a document takes beside building the card stack again, the words of it all being known."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(whole, Path(folder) / "copy")
        async with Collection.open(copy) as collection:
            taken = []
            for number in range(10):
                text = f"Chợ nổi số {number} họp lúc năm giờ sáng ở bến Do, bán cá, gạo và trái cây của vùng. " * 20
                started = time.perf_counter()
                await collection.add([Document(f"new-{number}", f"Chợ nổi số {number}", text)])
                taken.append(time.perf_counter() - started)
    started = time.perf_counter()
    CardStack.of_words(words)
    rebuilding = time.perf_counter() - started
    adding = statistics.median(taken)
    print(
        f"adding a document {1000 * adding:.0f} ms, card stack again {rebuilding:.1f} s: {rebuilding / adding:.0f} times"
    )


async def measure_candidates(whole: Path, questions: Sequence[str]) -> None:
    """Print how many of the best passages the engine proposes, and whether the order after scoring is the same."""
    async with Collection.open(whole) as collection:
        asked = [understood(collection, question) for question in questions]
        everything = exhaustive(whole, asked)
        overlaps, same = [], 0
        for one in asked:
            terms, alternatives = one.terms, one.question.alternatives
            best = everything.best_passages(terms, alternatives, CANDIDATES)
            proposed = [unit for unit, _ in one.finder._passages.candidates(terms, CANDIDATES, alternatives)]  # noqa: SLF001
            overlaps.append(len(best.keys() & set(proposed)) / max(1, len(proposed)))
            exact = [round(score, 6) for _, score in everything.best(terms, alternatives, 10)]
            ranked = one.finder.rank(terms, one.finder.sections(one.sections), alternatives)[:10]
            same += [round(hit.score, 6) for hit in ranked] == exact
    print(
        f"candidates: {statistics.mean(overlaps):.1%} of the {CANDIDATES} best by exact scoring (in the worst question"
        f" {min(overlaps):.0%}); the ten best in the same order for {same / len(asked):.1%} of the questions",
        flush=True,
    )


async def measure_ranking(whole: Path, question_set: QuestionSet) -> None:
    """Print nDCG@10 of a set's documents among those of the corpus, beside that of scoring every passage exactly."""
    judged = {relevant.query_id for relevant in question_set.relevant}
    queries = list(islice((query for query in question_set.queries if query.id in judged), COMPARED))
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(whole, Path(folder) / "copy")
        async with Collection.open(copy) as collection:
            await collection.add(question_set.documents)
            found = {query.id: await collection.search_documents(query.text) for query in queries}
            asked = [understood(collection, query.text) for query in queries]
            everything = exhaustive(copy, asked)
            exact: dict[str, dict[str, float]] = {}
            for query, one in zip(queries, asked, strict=True):
                best = everything.best(one.terms, one.question.alternatives, CANDIDATES)
                sections = one.finder.sections(sorted({section for section, _ in best}))
                exact[query.id] = {}
                for hit in _ranked(one, sections):
                    exact[query.id].setdefault(hit.passage.source.key, hit.relevance)
    relevant = [one for one in question_set.relevant if one.query_id in found]
    runs = (
        [ScoredDoc(query, source.key, score) for query, ranked in found.items() for source, score in ranked],
        [ScoredDoc(query, key, score) for query, ranked in exact.items() for key, score in ranked.items()],
    )
    ours, everything_scored = (100 * ir_measures.calc_aggregate([nDCG @ 10], relevant, one)[nDCG @ 10] for one in runs)
    print(
        f"{len(queries)} questions of the set among the corpus: nDCG@10 {ours:.2f},"
        f" scoring every passage {everything_scored:.2f}",
        flush=True,
    )


def understood(collection: Collection, question: str) -> _Understood:
    """A question with the sections that the engines propose for twenty hits."""
    return collection._understand(question, 20)  # noqa: SLF001


def exhaustive(folder: Path, asked: Sequence[_Understood]) -> Exhaustive:
    """All passages of a collection, to be scored for some questions."""
    with closing(Moment(folder / STORE)) as moment:
        documents = moment.documents()
        sections = (
            section
            for first in range(0, len(documents), 100)
            for section in moment.sections_of(documents[first : first + 100])
        )
        return Exhaustive(sections, wanted((one.terms, one.question.alternatives) for one in asked))


def plot(measured: Sequence[Measured], path: Path) -> None:
    """Draw how the median grows with the collection."""
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    passages = [one.passages for one in measured]
    axes.plot(passages, [one.asked.median for one in measured], "o-", label="ask, everything included")
    stack = [(one.passages, one.scored.median) for one in measured if one.scored]
    axes.plot([size for size, _ in stack], [median for _, median in stack], "s--", label="card stack, scoring alone")
    axes.set(xscale="log", yscale="log", xlabel="passages", ylabel="median, milliseconds")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)


if __name__ == "__main__":
    asyncio.run(main())
