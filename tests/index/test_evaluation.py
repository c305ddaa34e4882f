import json

import pytest

from index.documents import Answer, Findings, Passage, Source
from index.evaluation import (
    BadSet,
    Query,
    QuestionSet,
    Result,
    figures,
    read_clusters,
    read_set,
    run,
    weight_among,
    write_answers,
    write_run,
)
from index.salience import Text
from index.terms import Field

CORPUS = [
    {
        "id": "tau",
        "title": "Tàu than",
        "text": "Tàu than dài 85 mét. Tàu chở than ra Hòn Gai.",
        "url": "https://x.vn/tau",
    },
    {"id": "cho", "title": "Chợ cá", "text": "Chợ cá họp lúc nửa đêm ở bến Do."},
    {"id": "cau", "text": "Cầu mới nối hai bờ sông Chanh."},
]
QUERIES = [
    {"id": "q1", "text": "Tàu than dài bao nhiêu mét?", "answers": ["85 mét"], "answerable": True},
    {"id": "q2", "text": "Chợ cá họp ở đâu?", "answers": ["bến Do"], "answerable": True},
    {"id": "q3", "text": "Giá vàng hôm nay bao nhiêu?", "answers": [], "answerable": False},
]
QRELS = ["query-id\tcorpus-id", "q1\ttau", "q2\tcho"]


@pytest.fixture
def folder(tmp_path):
    for name, rows in (("corpus", CORPUS), ("queries", QUERIES)):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("\n".join(QRELS) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
async def results(collection, folder):
    question_set = read_set(folder)
    await collection.add(question_set.documents)
    return await run(collection, question_set.queries)


async def test_a_set_that_is_answered_well_has_full_figures(folder, results):
    assert figures(read_set(folder), results) == {
        "P@1": 100.0,
        "R@10": 100.0,
        "RR@10": 100.0,
        "nDCG@10": 100.0,
        "R@20": 100.0,
        "hit": 100.0,
        "span_f1": pytest.approx(100.0, abs=50),
        "refused": 0.0,
        "chars": pytest.approx(40, abs=30),
        "wrong": 0.0,
    }


async def test_each_document_is_ranked_once_by_its_best_passage(results):
    keys = [key for key, _ in results[0].ranked]
    scores = [score for _, score in results[0].ranked]

    assert keys[0] == "tau"
    assert len(keys) == len(set(keys))
    assert scores == sorted(scores, reverse=True)


async def test_the_run_and_the_answers_are_written_in_the_usual_formats(results, tmp_path):
    write_run(tmp_path / "run", results)
    write_answers(tmp_path / "answers", results)

    first = (tmp_path / "run").read_text(encoding="utf-8").splitlines()[0].split()
    assert first[:4] == ["q1", "Q0", "tau", "1"]
    rows = [json.loads(line) for line in (tmp_path / "answers").read_text(encoding="utf-8").splitlines()]
    assert rows[0]["id"] == "q1"
    assert rows[0]["answered"] is True
    assert rows[0]["passage"] == "tau"
    assert "85 mét" in rows[0]["answer"]
    assert rows[0]["span"] in rows[0]["answer"]
    assert rows[2] == {"id": "q3", "answered": False}


def result(query, answer=None, ranked=()):
    answers = ()
    if answer:
        passage = Passage(Source("d", "D"), 0, 0, answer, ((0, len(answer)),))
        answers = (Answer(answer, (0, len(answer)), 0, passage, 0.5),)
    return Result(query, tuple(ranked), Findings(query.text, answers, len(answers)))


def test_answers_are_judged_by_the_gold_ones():
    gold = Query("a", "?", answers=("17 nguyên tố", "mười bảy"), answerable=True)
    unanswerable = Query("b", "?", answers=(), answerable=False)
    judged = [
        result(gold, "Gồm 17 Nguyên tố!"),
        result(gold, "Gồm 17 thứ"),
        result(gold),
        result(unanswerable, "Bậy"),
        result(unanswerable),
    ]

    counted = figures(QuestionSet((), (), ()), judged)

    assert counted["hit"] == 33.33
    assert counted["refused"] == 33.33
    assert counted["wrong"] == 50.0
    assert counted["span_f1"] == pytest.approx((6 / 7 + 2 / 6) / 3 * 100, abs=0.01)


def test_questions_can_be_stripped_of_their_diacritics(folder):
    assert read_set(folder, diacritics=False).queries[1].text == "Cho ca hop o dau?"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("corpus.jsonl", '{"id": "a"}\n', "line 1: no text"),
        ("queries.jsonl", '{"id": "a", "text": "b"}\n{', "line 2: not JSON"),
        ("qrels.tsv", "query-id\tcorpus-id\nq1\n", "line 2: not a query"),
    ],
)
def test_what_is_wrong_with_a_set_is_told_with_file_and_line(folder, name, content, said):
    (folder / name).write_text(content, encoding="utf-8")

    with pytest.raises(BadSet, match=f"{name}, {said}"):
        read_set(folder)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(BadSet, match=r"corpus\.jsonl"):
        read_set(tmp_path)


CLUSTER = {
    "id": 7,
    "documents": [
        {"title": "Chợ cá", "sapo": "Chợ họp đêm.", "text": " Chợ cá họp ở bến Do.\r\nBến Do có kho lạnh.\n"},
        {"text": "Tàu than về\u2028bến."},
    ],
    "references": ["Chợ cá bến Do họp đêm."],
}


def clusters_file(tmp_path, *lines):
    path = tmp_path / "clusters.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_clusters_are_read_with_what_is_known_of_each_document(tmp_path):
    bare = {"id": "8", "documents": []}
    path = clusters_file(tmp_path, *(json.dumps(row, ensure_ascii=False) for row in (CLUSTER, bare)))
    first, second = read_clusters(path)

    assert first.id == "7"
    assert first.texts == (
        Text("Chợ cá họp ở bến Do.\nBến Do có kho lạnh.", "Chợ cá", "Chợ họp đêm."),
        Text("Tàu than về\nbến."),
    )
    assert first.references == ("Chợ cá bến Do họp đêm.",)
    assert (second.id, second.texts, second.references) == ("8", (), ())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[]", "no id and no documents"),
        ('{"id": 1}', "no documents"),
        ('{"id": 1, "documents": [{"title": "a"}]}', "documents without a text"),
        ('{"id": 1, "documents": null}', "documents without a text"),
        ('{"id": 1, "documents": [], "references": "a"}', "references that are not a list"),
    ],
)
def test_what_is_wrong_with_clusters_is_told_with_file_and_line(tmp_path, line, said):
    path = clusters_file(tmp_path, json.dumps(CLUSTER), line)

    with pytest.raises(BadSet, match=rf"clusters\.jsonl, line 2: {said}"):
        read_clusters(path)


def test_missing_clusters_are_told(tmp_path):
    with pytest.raises(BadSet, match=r"clusters\.jsonl"):
        read_clusters(tmp_path / "clusters.jsonl")


def test_an_empty_file_holds_no_clusters(tmp_path):
    assert read_clusters(clusters_file(tmp_path)) == []


def test_pairs_that_fewer_texts_hold_weigh_more():
    weight = weight_among([Text("Chợ cá bến Do."), Text("Chợ cá đêm."), Text("Tàu than.\nChợ cá.")])
    everywhere, once, never = (weight(Field.BIGRAMS, pair) for pair in ("chợ_cá", "bến_do", "bến_chợ"))

    assert 0 < everywhere < once < never
    assert weight(Field.BIGRAMS, "than_chợ") == never  # a pair never crosses the end of a line
