"""Learn the weights that rank passages and documents, pick sentences, mark words and tell how sure an answer is.

    python -m benchmarks.learn DIR... [--check]

Each DIR holds a question set as ``python -m index evaluate`` takes it; each counts the same, however large it is. The
weights are written to ``index/weights.toml``. With ``--check`` nothing is written: each set is measured with weights that
were learned from the others, beside weights that were learned from all.
"""

import argparse
import asyncio
import datetime as dt
import random
import tempfile
import tomllib
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from index import reranking, weights
from index.collection import Collection
from index.documents import Document
from index.evaluation import Query, QuestionSet, plain, read_set, token_f1
from index.marking import candidates
from index.sentences import best_of_each_passage
from index.vietnamese import fold

QUESTIONS = 1200
"""Most questions of a set that are learned from."""
OTHERS = 400
"""Questions of each other set that are asked of a collection."""

SMALL = {2: 24, 5: 12, 20: 6, 100: 2}
"""How many small collections of how many documents: most people begin with a few, in which no word is rare."""
ASKED_OF_SMALL = 60
"""Most questions of each kind that a small collection is asked."""

SHARE_OF_SMALL, SHARE_OF_MISSES = 0.25, 0.5
"""What small collections of each size count, and near misses, beside the whole collection."""

BY_HAND = {
    "ranking": {"source": 3.0},
    "sentences": {
        "hit_source": 0.7,
        "kind_rank": 2.8,
        "kind_identity": 2.8,
        "kind_purpose": 2.8,
        "kind_statement": 2.8,
        "measure": 2.4,
    },
    "reranking": {"source": 3.0},
    "marking": {"length_squared": 1.1},
}
"""Weights that are set: hardly any question of the sets asks for these kinds, nor any title names a law, though people do; and
marks a little shorter, half of a sentence at most, match the answers no less."""

Numbers = NDArray[np.float64]
Loss = Callable[[Numbers, "Lesson"], tuple[float, Numbers]]


@dataclass(frozen=True)
class Lesson:
    """What one set teaches one model.

    Attributes:
        clues: A row for each choice (a passage, a sentence, a stretch of words, an answer).
        worth: How right each choice is, from 0 to 1.
        firsts: The first row of each question.
        counts: How much each row counts, where single choices are right or wrong.
    """

    clues: Sequence[Mapping[str, float]]
    worth: Numbers
    firsts: NDArray[np.int64]
    counts: Numbers = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True)
class Asked:
    """A collection, with questions that its documents answer and others that they do not.

    Attributes:
        collection: The collection.
        share: How much it counts beside others of its set.
        own: Questions that its documents answer.
        strangers: Questions that they do not.
    """

    collection: Collection
    share: float
    own: Sequence[str]
    strangers: Sequence[str]


@dataclass(frozen=True)
class Class:
    """A set with its collection, and what collections of its documents are asked to learn when to refuse."""

    name: str
    question_set: QuestionSet
    collection: Collection
    asked: Sequence[Asked]

    @property
    def relevant(self) -> set[tuple[str, str]]:
        """Pairs of a question and a document that answers it."""
        return {(judged.query_id, judged.doc_id) for judged in self.question_set.relevant if judged.relevance > 0}


async def main() -> None:
    """Learn, and write or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, metavar="DIR", nargs="+")
    parser.add_argument("--check", action="store_true", help="measure on sets left out, and write nothing")
    parser.add_argument("--only", choices=MODELS, help="learn one model, and leave the others as they are")
    options = parser.parse_args()
    before = weights.FILE.read_text(encoding="utf-8")
    known: dict[str, dict[str, float]] = tomllib.loads(before)
    learned: dict[str, dict[str, float]] = {}
    async with AsyncExitStack() as stack:
        classes = [one async for one in opened(options.folders, stack)]
        try:
            for model, (teach, learn) in MODELS.items():
                if options.only not in (None, model):
                    continue
                lessons = [await teach(one) for one in classes]
                learned[model] = learn(lessons) | BY_HAND.get(model, {})
                report(model, classes, lessons, learn if options.check else None, learned[model])
                weights.FILE.write_text(written(known | learned, options.folders), encoding="utf-8")
                weights.learned.cache_clear()
        finally:
            if options.check:
                weights.FILE.write_text(before, encoding="utf-8")


async def opened(folders: Sequence[Path], stack: AsyncExitStack) -> AsyncIterator[Class]:
    """Each set, indexed in a temporary place, with a sample of its questions."""
    sets = [read_set(folder) for folder in folders]
    for folder, question_set in zip(folders, sets, strict=True):
        chance = random.Random(folder.name)  # noqa: S311
        collection = await holding(question_set.documents, stack)
        queries = list(question_set.queries)
        chance.shuffle(queries)
        typed = tuple(as_typed(number, query) for number, query in enumerate(queries[:QUESTIONS]))
        sampled = QuestionSet(question_set.documents, typed, question_set.relevant)
        foreign = [
            as_typed(number, query).text
            for other in sets
            if other is not question_set
            for number, query in enumerate(chance.sample(other.queries, min(OTHERS, len(other.queries))))
        ]
        own = [query.text for query in answered(sampled)]
        misses = [as_typed(number, query).text for number, query in enumerate(queries) if not query.answerable]
        asked = [Asked(collection, 1.0, own, foreign)]
        if misses:
            asked.append(Asked(collection, SHARE_OF_MISSES, own, misses))
        for size, picks in SMALL.items():
            for _ in range(picks):
                documents, covered, near = picked(size, question_set, chance)
                strangers = near + chance.sample(foreign, min(len(covered), len(foreign)))
                few = await holding(documents, stack)
                asked.append(Asked(few, SHARE_OF_SMALL / picks, covered, strangers))
        print(f"{folder.name}: {len(typed)} questions", flush=True)
        yield Class(folder.name, sampled, collection, asked)


async def holding(documents: Sequence[Document], stack: AsyncExitStack) -> Collection:
    """A collection of some documents in a temporary place."""
    data = stack.enter_context(tempfile.TemporaryDirectory())
    collection = await stack.enter_async_context(Collection.open(Path(data)))
    await collection.add(documents)
    return collection


def picked(size: int, question_set: QuestionSet, chance: random.Random) -> tuple[list[Document], list[str], list[str]]:
    """So many of a set's documents, questions that they answer, and as many that only the others of the set do."""
    answering: dict[str, set[str]] = {}
    for judged in question_set.relevant:
        answering.setdefault(judged.query_id, set()).add(judged.doc_id)
    queries = [as_typed(number, query) for number, query in enumerate(answered(question_set))]
    asked_about = {key for query in queries for key in answering[query.id]}
    candidates = [document for document in question_set.documents if document.key in asked_about]
    documents = chance.sample(candidates, min(size, len(candidates)))
    keys = {document.key for document in documents}
    covered = [query.text for query in queries if answering[query.id] & keys]
    others = [query.text for query in queries if not answering[query.id] & keys]
    covered = chance.sample(covered, min(ASKED_OF_SMALL, len(covered)))
    return documents, covered, chance.sample(others, min(len(covered), len(others)))


def as_typed(number: int, query: Query) -> Query:
    """Every third question as it is typed in haste, without its diacritics."""
    return replace(query, text=fold(unicodedata.normalize("NFC", query.text))) if number % 3 == 2 else query


# --- What is learned from --------------------------------------------------------------------------------------------


async def passages(one: Class) -> Lesson:
    """Passages; those of documents that answer are right."""
    taught = Teaching()
    for query in answerable(one):
        reading = await one.collection.read(query.text)
        hits = [hit for hit in reading.hits if hit.clues]
        right = [(query.id, hit.passage.source.key) in one.relevant for hit in hits]
        taught.add([hit.clues for hit in hits], right)
    return taught.lesson()


async def sentences(one: Class) -> Lesson:
    """Sentences; those that hold an answer, in documents that answer, are right."""
    taught = Teaching()
    for query in answerable(one):
        reading = await one.collection.read(query.text)
        right = [
            (query.id, sentence.passage.source.key) in one.relevant and holds(sentence.text, query)
            for sentence in reading.sentences
        ]
        taught.add([sentence.all_clues for sentence in reading.sentences], right)
    return taught.lesson()


async def documents(one: Class) -> Lesson:
    """The first passages, whose sentences were weighed; those of documents that answer are right."""
    taught = Teaching()
    for query in answerable(one):
        reading = await one.collection.read(query.text)
        hits = reranking.first_of(reading.hits)
        right = [(query.id, hit.passage.source.key) in one.relevant for hit in hits]
        taught.add(reranking.clues(hits, reading.sentences), right)
    return taught.lesson()


async def stretches(one: Class) -> Lesson:
    """Stretches of words in a sentence that holds an answer; each is as right as its token F1 says."""
    taught = Teaching()
    for query in answerable(one):
        reading = await one.collection.read(query.text)
        right = (
            sentence
            for sentence in reading.sentences
            if (query.id, sentence.passage.source.key) in one.relevant and holds(sentence.text, query)
        )
        if (sentence := next(right, None)) and not reading.question.is_topic:
            text = sentence.text
            found = candidates(reading.question, reading.content, text)
            gold = [plain(answer).split() for answer in query.answers]
            rows, columns = np.nonzero(found.allowed)
            spread = {name: np.broadcast_to(values, found.allowed.shape) for name, values in found.clues.items()}
            worth = [
                max(token_f1(plain(text[found.starts[row] : found.ends[column]]).split(), one) for one in gold)
                for row, column in zip(rows, columns, strict=True)
            ]
            taught.add(
                [
                    {name: float(values[row, column]) for name, values in spread.items()}
                    for row, column in zip(rows, columns, strict=True)
                ],
                worth,
            )
    return taught.lesson()


async def answers(one: Class) -> Lesson:
    """Best sentences: those for questions that the documents answer are right, those for others are not."""
    taught = Teaching()
    for asked in one.asked:
        for texts, covered in ((asked.own, True), (asked.strangers, False)):
            for text in texts:
                reading = await asked.collection.read(text)
                for sentence in best_of_each_passage(reading.sentences)[:1]:
                    taught.add([reading.doubt.clues(sentence)], [covered], asked.share / 2 / len(texts))
    return taught.lesson()


class Teaching:
    """Collects a lesson, question by question; a question without a right choice teaches nothing."""

    def __init__(self) -> None:
        self._clues: list[Mapping[str, float]] = []
        self._worth: list[float] = []
        self._firsts: list[int] = []
        self._counts: list[float] = []

    def add(self, clues: Sequence[Mapping[str, float]], worth: Sequence[float], count: float = 1.0) -> None:
        """Take in one question, and how much it counts."""
        if len(clues) == 1 or any(worth):
            self._firsts.append(len(self._clues))
            self._clues += clues
            self._worth += worth
            self._counts += [count] * len(clues)

    def lesson(self) -> Lesson:
        """All of it."""
        return Lesson(
            self._clues, np.array(self._worth, dtype=float), np.array(self._firsts), np.array(self._counts, dtype=float)
        )


def answerable(one: Class) -> Iterator[Query]:
    """The questions of a set that its documents answer."""
    return answered(one.question_set)


def answered(question_set: QuestionSet) -> Iterator[Query]:
    """The questions of a set that its documents answer."""
    judged = {judged.query_id for judged in question_set.relevant if judged.relevance > 0}
    return (query for query in question_set.queries if query.answerable and query.id in judged)


def holds(text: str, query: Query) -> bool:
    """Whether a text holds one of the gold answers."""
    return any(f" {plain(gold)} " in f" {plain(text)} " for gold in query.answers)


# --- How it is learned -----------------------------------------------------------------------------------------------


def as_softmax(lessons: Sequence[Lesson]) -> dict[str, float]:
    """Weights under which right choices take the most of each question's probability."""
    return fitted(lessons, likelihood, penalty=3e-3)


def as_expectation(lessons: Sequence[Lesson]) -> dict[str, float]:
    """Weights under which the worth to be expected is largest, starting from those that favour the best choices."""
    return fitted(lessons, likelihood_of_best, expectation, penalty=1e-4)


def as_logistic(lessons: Sequence[Lesson]) -> dict[str, float]:
    """Weights of a logistic regression."""
    return fitted(lessons, logistic, penalty=3e-3)


def fitted(lessons: Sequence[Lesson], *losses: Loss, penalty: float) -> dict[str, float]:
    """The weights that make one loss after the other small, each lesson counting the same, with clues on one scale."""
    names = sorted({name for lesson in lessons for clues in lesson.clues for name in clues})
    tables = [table(lesson, names) for lesson in lessons]
    scale = np.concatenate(tables).std(axis=0)
    scale[scale < 1e-6] = 1.0
    scaled = [rows / scale.astype(np.float32) for rows in tables]
    found = np.zeros(len(names))
    kept_small = penalty * np.array([name != "always" for name in names])
    for loss in losses:

        def total(point: Numbers, loss: Loss = loss) -> tuple[float, Numbers]:
            value, slope = float(kept_small @ point**2), 2 * kept_small * point
            for rows, lesson in zip(scaled, lessons, strict=True):
                lost, towards = loss(rows @ point.astype(np.float32), lesson)
                value, slope = value + lost, slope + towards @ rows
            return value, slope.astype(np.float64)

        found = minimize(total, found, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return {
        name: round(float(weight), 3) for name, weight in zip(names, found / scale, strict=True) if abs(weight) > 1e-3
    }


def table(lesson: Lesson, names: Sequence[str]) -> NDArray[np.float32]:
    """A row for each choice, a column for each clue."""
    columns = {name: column for column, name in enumerate(names)}
    rows = np.zeros((len(lesson.clues), len(names)), dtype=np.float32)
    for row, clues in enumerate(lesson.clues):
        for name, value in clues.items():
            rows[row, columns[name]] = value
    return rows


def softmax(scores: Numbers, lesson: Lesson) -> tuple[Numbers, NDArray[np.int64]]:
    """The probability of each choice within its question, and the number of choices of each."""
    counts = np.diff(np.append(lesson.firsts, len(scores)))
    odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, lesson.firsts), counts))
    return odds / np.repeat(np.add.reduceat(odds, lesson.firsts), counts), counts


def likelihood(scores: Numbers, lesson: Lesson) -> tuple[float, Numbers]:
    """Minus the logarithm of the probability that falls on right choices; its slope by the scores."""
    chances, counts = softmax(scores, lesson)
    right = chances * lesson.worth
    together = np.add.reduceat(right, lesson.firsts)
    slope = chances - right / np.repeat(together, counts)
    return -float(np.log(together).mean()), slope / len(lesson.firsts)


def likelihood_of_best(scores: Numbers, lesson: Lesson) -> tuple[float, Numbers]:
    """The cross-entropy with a distribution in which the best choices take nearly all."""
    chances, counts = softmax(scores, lesson)
    wanted = lesson.worth**4
    wanted = wanted / np.repeat(np.add.reduceat(wanted, lesson.firsts), counts)
    return -float((wanted * np.log(chances + 1e-12)).sum()) / len(lesson.firsts), (chances - wanted) / len(
        lesson.firsts
    )


def expectation(scores: Numbers, lesson: Lesson) -> tuple[float, Numbers]:
    """Minus the worth to be expected."""
    chances, counts = softmax(scores, lesson)
    expected = np.add.reduceat(chances * lesson.worth, lesson.firsts)
    slope = -chances * (lesson.worth - np.repeat(expected, counts))
    return -float(expected.mean()), slope / len(lesson.firsts)


def logistic(scores: Numbers, lesson: Lesson) -> tuple[float, Numbers]:
    """The log-loss, by what each choice counts."""
    shares = lesson.counts / lesson.counts.sum()
    signs = np.where(lesson.worth > 0, 1.0, -1.0)
    lost = np.logaddexp(0, -signs * scores)
    return float((shares * lost).sum()), -shares * signs / (1 + np.exp(signs * scores))


# --- How well it is learned ------------------------------------------------------------------------------------------


def report(
    model: str,
    classes: Sequence[Class],
    lessons: Sequence[Lesson],
    learn: Callable[[Sequence[Lesson]], dict[str, float]] | None,
    learned: Mapping[str, float],
) -> None:
    """Print how good the first choices are, with the weights learned and, to check, with those from the other sets."""
    for one, lesson in zip(classes, lessons, strict=True):
        line = f"{model}, {one.name}: {goodness(lesson, learned):.2f}"
        if learn:
            others = learn([other for other in lessons if other is not lesson])
            line += f", from the other sets {goodness(lesson, others):.2f}"
        print(line, flush=True)


def goodness(lesson: Lesson, learned: Mapping[str, float]) -> float:
    """The mean worth of first choices, in per cent; of single choices, the area under the ROC curve."""
    scores = np.array([weights.weighed(clues, learned) for clues in lesson.clues])
    if len(lesson.firsts) == len(scores):
        return 100 * area(scores[lesson.worth > 0], scores[lesson.worth == 0])
    ends = np.append(lesson.firsts[1:], len(scores))
    best = [first + int(np.argmax(scores[first:end])) for first, end in zip(lesson.firsts, ends, strict=True)]
    return 100 * float(lesson.worth[best].mean())


def area(right: Numbers, wrong: Numbers) -> float:
    """The area under the ROC curve: how often a right one scores higher than a wrong one, ties counting half."""
    ordered = np.sort(wrong)
    below = np.searchsorted(ordered, right, "left") + np.searchsorted(ordered, right, "right")
    return float(below.mean()) / 2 / len(wrong)


def written(learned: Mapping[str, Mapping[str, float]], folders: Sequence[Path]) -> str:
    """The file of weights."""
    sets = ", ".join(folder.name for folder in folders)
    head = f"# Learned by benchmarks.learn on {dt.date.today():%Y-%m-%d} from {sets}.\n"  # noqa: DTZ011
    blocks = ("".join(f"{name} = {weight}\n" for name, weight in sorted(one.items())) for one in learned.values())
    return head + "".join(f"\n[{model}]\n{block}" for model, block in zip(learned, blocks, strict=True))


MODELS = {
    "ranking": (passages, as_softmax),
    "sentences": (sentences, as_softmax),
    "reranking": (documents, as_softmax),
    "marking": (stretches, as_expectation),
    "confidence": (answers, as_logistic),
}
"""Each model with what teaches it and how it is learned; a model builds on those before it."""


if __name__ == "__main__":
    asyncio.run(main())
