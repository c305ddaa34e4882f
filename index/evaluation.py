"""Runs over a question set: a TREC run of documents, the answers given, and the usual figures. Clusters to summarise.

A set is a folder with ``corpus.jsonl`` (``id``, ``title``, ``text``, ``url``), ``queries.jsonl`` (``id``, ``text``,
``answers``, ``answerable``) and ``qrels.tsv`` (query and document, after a header).
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import RR, P, Qrel, R, ScoredDoc, nDCG

from index.collection import Collection
from index.documents import Document, Findings, Progress
from index.matching import Weight, read
from index.salience import Text
from index.terms import idf
from index.vietnamese import clean, fold

MEASURES = (P @ 1, R @ 10, RR @ 10, nDCG @ 10, R @ 20)
_RANKED = 50


class BadSet(Exception):
    """A question set cannot be read: which file, which line and why."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question of a set: its gold answers, and whether the documents hold one at all."""

    id: str
    text: str
    answers: tuple[str, ...]
    answerable: bool


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Documents, questions and which documents answer them."""

    documents: tuple[Document, ...]
    queries: tuple[Query, ...]
    relevant: tuple[Qrel, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What was found for one question: documents ranked, each once with its best score, and the answer given."""

    query: Query
    ranked: tuple[tuple[str, float], ...]
    findings: Findings


def read_set(folder: Path, *, diacritics: bool = True) -> QuestionSet:
    """The set in a folder; without ``diacritics`` they are stripped from the questions.

    Raises:
        BadSet: a file is missing or a line of it cannot be read.
    """
    documents = tuple(
        Document(
            key=str(row["id"]),
            title=clean(row.get("title") or ""),
            text=clean(row["text"]).strip(),
            url=row.get("url"),
        )
        for row in _rows(folder / "corpus.jsonl", "id", "text")
    )
    queries = tuple(
        Query(
            id=str(row["id"]),
            text=row["text"] if diacritics else fold(unicodedata.normalize("NFC", row["text"])),
            answers=tuple(row.get("answers") or ()),
            answerable=row.get("answerable", True),
        )
        for row in _rows(folder / "queries.jsonl", "id", "text")
    )
    return QuestionSet(documents, queries, tuple(_qrels(folder / "qrels.tsv")))


def _rows(path: Path, *required: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_lines(path), start=1):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadSet(f"{path}, line {number}: not JSON ({error.msg})") from error
        if missing := [name for name in required if not isinstance(row, dict) or name not in row]:
            raise BadSet(f"{path}, line {number}: no {' and no '.join(missing)}")
        yield row


def _qrels(path: Path) -> Iterator[Qrel]:
    for number, line in enumerate(_lines(path)[1:], start=2):
        cells = line.split("\t")
        try:
            yield Qrel(cells[0], cells[1], int(cells[2]) if len(cells) > 2 else 1)
        except (IndexError, ValueError) as error:
            raise BadSet(f"{path}, line {number}: not a query, a document and a grade") from error


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig").rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSet(f"{path}: {error}") from error
    return text.split("\n") if text else []  # "splitlines" would also split where a text holds another line end


@dataclass(frozen=True, slots=True)
class Cluster:
    """Texts on the same event, and the summaries that people wrote of them."""

    id: str
    texts: tuple[Text, ...]
    references: tuple[str, ...]


def read_clusters(path: Path) -> list[Cluster]:
    """The clusters of a file of JSON lines: ``id``, ``documents`` (``title``, ``sapo``, ``text``) and ``references``.

    Raises:
        BadSet: the file or a line of it cannot be read.
    """
    clusters = []
    for number, row in enumerate(_rows(path, "id", "documents"), start=1):
        try:
            texts = tuple(
                Text(
                    clean(document["text"]).strip(),
                    clean(document.get("title") or ""),
                    clean(document.get("sapo") or ""),
                )
                for document in row["documents"]
            )
        except (AttributeError, KeyError, TypeError) as error:
            raise BadSet(f"{path}, line {number}: documents without a text") from error
        references = row.get("references") or []
        if not isinstance(references, list) or not all(isinstance(reference, str) for reference in references):
            raise BadSet(f"{path}, line {number}: references that are not a list of texts")
        clusters.append(Cluster(str(row["id"]), texts, tuple(references)))
    return clusters


def weight_among(texts: Sequence[Text]) -> Weight:
    """The idf of pairs of syllables among some texts."""
    frequency: Counter[str] = Counter()
    for text in texts:
        frequency.update({pair for line in text.body.split("\n") for pair in read(line).pairs})
    return lambda _, term: idf(len(texts), frequency[term])


async def run(collection: Collection, queries: Sequence[Query], *, progress: Progress | None = None) -> list[Result]:
    """Search and ask every question."""
    results = []
    for done, query in enumerate(queries, start=1):
        documents = await collection.search_documents(query.text, top=_RANKED)
        ranked = tuple((source.key, score) for source, score in documents)
        results.append(Result(query, ranked, await collection.ask(query.text)))
        if progress:
            progress(done, len(queries))
    return results


def figures(question_set: QuestionSet, results: Sequence[Result]) -> dict[str, float]:
    """Figures of ranking and of answering, in per cent; ``chars`` is the mean length of an answer.

    Ranking counts questions that have a relevant document. ``hit`` is the share of answerable questions whose answer
    holds a gold one, ``span_f1`` SQuAD's token F1 of the words marked, ``refused`` those refused; ``wrong`` is the
    share of unanswerable questions that were answered all the same.
    """
    judged = {relevant.query_id for relevant in question_set.relevant}
    scored = [
        ScoredDoc(result.query.id, key, score)
        for result in results
        for key, score in result.ranked
        if result.query.id in judged
    ]
    ranking = ir_measures.calc_aggregate(MEASURES, question_set.relevant, scored)
    return {str(measure): round(100 * ranking[measure], 2) for measure in MEASURES} | _answer_figures(results)


def _answer_figures(results: Sequence[Result]) -> dict[str, float]:
    answerable = [result for result in results if result.query.answerable and result.query.answers]
    answered = [result for result in answerable if result.findings.answered]
    unanswerable = [result for result in results if not result.query.answerable]
    figures: dict[str, float] = {}
    if answerable:
        figures |= {
            "hit": _percent(sum(map(_is_hit, answered)), len(answerable)),
            "span_f1": _percent(sum(map(_span_f1, answered)), len(answerable)),
            "refused": _percent(len(answerable) - len(answered), len(answerable)),
            "chars": round(sum(len(one.findings.answers[0].text) for one in answered) / max(1, len(answered))),
        }
    if unanswerable:
        figures["wrong"] = _percent(sum(result.findings.answered for result in unanswerable), len(unanswerable))
    return figures


def _percent(part: float, whole: int) -> float:
    return round(100 * part / whole, 2)


def _is_hit(result: Result) -> bool:
    shown = f" {plain(result.findings.answers[0].text)} "
    return any(f" {plain(gold)} " in shown for gold in result.query.answers)


def _span_f1(result: Result) -> float:
    marked = plain(result.findings.answers[0].marked).split()
    return max(token_f1(marked, plain(gold).split()) for gold in result.query.answers)


def token_f1(predicted: Sequence[str], gold: Sequence[str]) -> float:
    """F1 of the tokens that two texts share, from 0 to 1, as in SQuAD."""
    same = (Counter(predicted) & Counter(gold)).total()
    return 2 * same / (len(predicted) + len(gold)) if same else float(predicted == gold)


def plain(text: str) -> str:
    """What two texts are compared by: words in lower case, without punctuation."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()))


def write_run(path: Path, results: Sequence[Result]) -> None:
    """Write a TREC run: query, Q0, document, rank, score, tag."""
    with path.open("w", encoding="utf-8") as file:
        for result in results:
            for rank, (key, score) in enumerate(result.ranked, start=1):
                file.write(f"{result.query.id} Q0 {key} {rank} {score:.6f} hoi-tai-lieu\n")


def write_answers(path: Path, results: Sequence[Result]) -> None:
    """Write one JSON object a line: the question's id, and the answer given with its document and marked words."""
    with path.open("w", encoding="utf-8") as file:
        for result in results:
            row: dict[str, Any] = {"id": result.query.id, "answered": result.findings.answered}
            if result.findings.answered:
                answer = result.findings.answers[0]
                row |= {"answer": answer.text, "passage": answer.source.key, "span": answer.marked}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
