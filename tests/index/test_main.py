import json
from pathlib import Path

import pytest

from index.__main__ import main

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run a command in an empty folder with its own data folder; give its exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOCUMENTS_DIR", str(SEEDS))
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))

    def run(*arguments):
        code = main(list(arguments))
        output, errors = capsys.readouterr()
        return code, output, errors

    return run


def test_ask_prints_one_object(run):
    code, output, _ = run("ask", "Đất hiếm gồm bao nhiêu nguyên tố?", "--json")

    assert code == 0
    answer = json.loads(output)
    assert answer["answered"] is True
    assert "17 nguyên tố" in answer["answer"]
    assert answer["span"] in answer["answer"]
    assert answer["passage"]["id"] == "001_e8f1a36e67c68ec5.txt#4"
    assert answer["passage"]["end"] - answer["passage"]["start"] == len(answer["passage"]["text"])
    assert answer["title"] == "Moskva và Washington khởi đầu thảo luận hợp tác về đất hiếm"
    assert answer["url"] is None
    assert 0 <= answer["confidence"] <= 1
    assert all(
        other.keys() == answer.keys() - {"answered", "others", "otherwise", "understood"} for other in answer["others"]
    )
    assert len(answer["others"]) <= 3


def test_ask_explains_what_was_understood_and_what_was_weighed(run):
    _, output, _ = run("ask", "Đất hiếm gồm bao nhiêu nguyên tố?", "--explain")

    assert "asks for: quantity" in output
    assert "counted: nguyên tố" in output
    assert "001_e8f1a36e67c68ec5.txt#4" in output
    assert "with_title +" in output
    assert "confidence: " in output
    assert output.index("confidence: ") < output.index("17 nguyên tố kim loại, có trữ lượng dồi dào tại Nga.\n  Moskva")


def test_an_explanation_is_part_of_the_object(run):
    _, output, _ = run("ask", "giá vàng hôm nay", "--json", "--explain")

    assert any("not found: " in line for line in json.loads(output)["explanation"])


def test_a_refusal_prints_what_the_documents_cover(run):
    code, output, _ = run("ask", "giá vàng hôm nay", "--json")

    assert code == 0
    refusal = json.loads(output)
    assert refusal["answered"] is False
    assert refusal["suggestions"]


def test_ask_prints_the_sentence_its_title_and_its_link(run):
    _, output, _ = run("ask", "nga dung thu may ve tru luong dat hiem")

    lines = output.splitlines()
    assert "thứ 5" in lines[0]
    assert lines[1].strip() == "Mỹ và Nga đang đàm phán sơ bộ về hợp tác đất hiếm tại Nga"
    assert lines[2].strip().startswith("https://www.mining.com/")


def test_search_lists_as_many_passages_as_asked_for(run):
    _, output, _ = run("search", "đất hiếm", "--top", "3", "--json")

    hits = json.loads(output)["hits"]
    assert len(hits) == 3
    assert hits[0]["score"] >= hits[1]["score"] >= hits[2]["score"] > 0


TITLES = [
    "Moskva và Washington khởi đầu thảo luận hợp tác về đất hiếm",
    "Mỹ và Nga đang đàm phán sơ bộ về hợp tác đất hiếm tại Nga",
]


def test_summarize_tells_each_document_in_short(run):
    code, output, _ = run("summarize", "--json")

    assert code == 0
    points = json.loads(output)["points"]
    assert sorted(point["title"] for point in points) == TITLES
    assert all(point["text"] for point in points)


def test_summarize_prints_what_is_said_its_title_and_its_link(run):
    lines = run("summarize")[1].splitlines()

    assert {line.strip() for line in lines[1::3]} == set(TITLES)
    assert any(line.strip().startswith("https://www.mining.com/") for line in lines[2::3])


def test_summarize_tells_about_a_subject_from_the_documents_that_speak_of_it(run):
    code, output, _ = run("summarize", "dat hiem", "--json")

    assert code == 0
    summary = json.loads(output)
    assert {point["title"] for point in summary["points"]} == set(TITLES)
    assert summary["suggestions"] == []
    assert all(point.keys() == {"text", "document", "title", "url"} for point in summary["points"])


def test_of_an_unknown_subject_the_titles_are_printed(run):
    code, output, _ = run("summarize", "giá vàng")

    assert code == 0
    assert output.splitlines()[0] == "The documents say nothing about it."
    assert {line.strip() for line in output.splitlines()[1:]} == set(TITLES)


def test_summarize_tells_a_document_at_a_length(run):
    def size(length):
        output = run("summarize", "--document", "001_e8f1a36e67c68ec5.txt", "--length", length, "--json")[1]
        points = json.loads(output)["points"]
        assert {point["document"] for point in points} == {"001_e8f1a36e67c68ec5.txt"}
        return sum(len(point["text"]) for point in points)

    assert size("short") < size("normal") < size("long")


def test_an_unknown_document_is_told(run):
    code, output, errors = run("summarize", "--document", "khong-co.txt")

    assert code == 1
    assert output == ""
    assert errors.strip() == "index: no document khong-co.txt"


@pytest.fixture
def clusters(tmp_path):
    path = tmp_path / "clusters.jsonl"
    text = "Chợ cá bến Do họp từ nửa đêm tới gần sáng. Nhà máy nước đá cạnh chợ chạy suốt đêm không nghỉ."
    rows = [{"id": name, "documents": [{"title": "Chợ cá", "text": text}]} for name in ("a", "b")]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_clusters_are_summarised_one_a_line(run, clusters, tmp_path):
    written = tmp_path / "summaries.jsonl"
    code, output, _ = run("summarize", "--clusters", str(clusters), "--words", "12", "--out", str(written))

    assert code == 0
    assert output == ""
    rows = [json.loads(line) for line in written.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", "b"]
    assert rows[0]["summary"] == "Chợ cá bến Do họp từ nửa đêm tới gần sáng."


def test_summaries_of_clusters_are_printed_where_no_file_is_named(run, clusters):
    code, output, _ = run("summarize", "--clusters", str(clusters))

    assert code == 0
    assert [json.loads(line)["id"] for line in output.splitlines()] == ["a", "b"]


def test_missing_clusters_are_told(run, tmp_path):
    code, output, errors = run("summarize", "--clusters", str(tmp_path / "nowhere.jsonl"))

    assert code == 1
    assert output == ""
    assert "nowhere.jsonl" in errors
    assert "Traceback" not in errors


def test_clusters_that_cannot_be_read_are_told_with_their_line(run, clusters, tmp_path):
    written = tmp_path / "summaries.jsonl"
    clusters.write_text(clusters.read_text(encoding="utf-8") + "\n{oops", encoding="utf-8")
    code, _, errors = run("summarize", "--clusters", str(clusters), "--out", str(written))

    assert code == 1
    assert "clusters.jsonl, line 3: not JSON" in errors
    assert not written.exists()


def test_a_file_that_cannot_be_written_is_told(run, clusters, tmp_path):
    code, _, errors = run("summarize", "--clusters", str(clusters), "--out", str(tmp_path / "no" / "such" / "file"))

    assert code == 1
    assert str(tmp_path / "no" / "such" / "file") in errors
    assert "Traceback" not in errors


def test_build_tells_what_changed(run):
    _, first, _ = run("build", "--json")
    _, second, _ = run("build")

    assert json.loads(first)["added"] == ["000_6868d14cbacc0bf2.txt", "001_e8f1a36e67c68ec5.txt"]
    assert second.startswith("0 added, 0 updated, 0 removed, 2 unchanged")


def test_build_takes_folders_and_files(run, tmp_path):
    note = tmp_path / "ghi-chu.txt"
    note.write_text("Chợ cá họp lúc nửa đêm ở bến Do, cạnh nhà máy nước đá cũ của thị xã.", encoding="utf-8")

    code, output, _ = run("build", str(note), "--json")

    assert code == 0
    assert json.loads(output)["added"] == ["ghi-chu.txt"]
    assert "bến Do" in run("ask", "chợ cá họp ở đâu")[1]


def test_a_file_that_cannot_be_read_is_told(run, tmp_path):
    (tmp_path / "tai-lieu").mkdir()
    (tmp_path / "tai-lieu" / "rong.txt").write_bytes(b"")
    (tmp_path / "tai-lieu" / "tot.txt").write_text("Chợ cá họp lúc nửa đêm ở bến Do.", encoding="utf-8")

    code, _, errors = run("build", str(tmp_path / "tai-lieu"))

    assert code == 0
    assert "rong.txt: empty" in errors


def test_stats_index_an_empty_data_folder_first(run):
    _, output, _ = run("stats", "--json")

    counts = json.loads(output)
    assert counts["documents"] == 2
    assert counts["passages"] > 5


@pytest.mark.parametrize("variable", ["DOCUMENTS_DIR", "DATA_DIR"])
def test_a_wrong_setting_is_named_with_what_it_may_be(run, tmp_path, monkeypatch, variable):
    (tmp_path / "tep").write_text("x", encoding="utf-8")
    monkeypatch.setenv(variable, str(tmp_path / "tep"))

    code, output, errors = run("stats")

    assert code == 2
    assert output == ""
    assert f"{variable}={tmp_path / 'tep'}: it must name a folder" in errors


def test_a_folder_without_documents_is_told(run, tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "rong.txt").write_bytes(b"")
    monkeypatch.setenv("DOCUMENTS_DIR", str(tmp_path / "empty"))

    code, _, errors = run("ask", "đất hiếm")

    assert code == 1
    assert f"no documents in {tmp_path / 'empty'}" in errors
    assert "rong.txt: empty" in errors
    assert "Traceback" not in errors


def test_a_question_set_is_run_and_its_files_written(run, tmp_path):
    folder = tmp_path / "set"
    folder.mkdir()
    documents = [{"id": "a", "title": "Chợ cá", "text": "Chợ cá họp lúc nửa đêm ở bến Do."}]
    queries = [{"id": "1", "text": "Chợ cá họp ở đâu?", "answers": ["bến Do"], "answerable": True}]
    for name, rows in (("corpus", documents), ("queries", queries)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\n1\ta\n", encoding="utf-8")

    arguments = ["--run", str(tmp_path / "run"), "--answers", str(tmp_path / "answers")]
    code, output, _ = run("evaluate", str(folder), "--no-diacritics", "--json", *arguments)

    assert code == 0
    assert json.loads(output)["nDCG@10"] == 100.0
    assert json.loads(output)["hit"] == 100.0
    assert (tmp_path / "run").read_text(encoding="utf-8").startswith("1 Q0 a 1 ")
    assert json.loads((tmp_path / "answers").read_text(encoding="utf-8"))["answered"] is True


def test_a_missing_question_set_is_told(run, tmp_path):
    code, _, errors = run("evaluate", str(tmp_path / "nowhere"))

    assert code == 1
    assert "corpus.jsonl" in errors


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["search", "x", "--top", "0"],
        ["summarize", "--length", "huge"],
        ["summarize", "--clusters", "x", "--words", "0"],
    ],
)
def test_a_wrong_call_is_told_with_how_to_call(run, arguments, capsys):
    with pytest.raises(SystemExit) as exit_:
        run(*arguments)

    assert exit_.value.code == 2
    assert "usage: python -m index" in capsys.readouterr().err


def test_ask_tells_what_was_read_into_a_question(run):
    _, output, _ = run("ask", "dat hem la gi")
    _, as_json, _ = run("ask", "dat hem la gi", "--json")
    _, plain, _ = run("ask", "dat hiem la gi", "--json")

    assert output.startswith("Read as: đất hiếm là gì\n")
    assert json.loads(as_json)["understood"] == "đất hiếm là gì"
    assert json.loads(plain)["understood"] == ""


def test_an_owners_names_are_known(run, tmp_path, monkeypatch):
    (tmp_path / "names.txt").write_text("Kirill Dmitriev = ông trùm quỹ\n", encoding="utf-8")
    monkeypatch.setenv("NAMES_FILE", "names.txt")

    code, output, _ = run("ask", "ông trùm quỹ là đặc phái viên của ai")

    assert code == 0
    assert "Dmitriev, đặc phái viên" in output


def test_a_wrong_line_of_names_is_told(run, tmp_path, monkeypatch):
    (tmp_path / "names.txt").write_text("Kirill Dmitriev\n", encoding="utf-8")
    monkeypatch.setenv("NAMES_FILE", "names.txt")

    code, _, errors = run("stats")

    assert code == 2
    assert "names.txt: line 1 must hold" in errors


def test_files_are_added_and_removed_by_name(run, tmp_path):
    text = "Giá gạo\n\nGiá gạo xuất khẩu tăng 5% trong tháng qua, theo hiệp hội lương thực của các tỉnh đồng bằng."
    (tmp_path / "gao.txt").write_text(text, encoding="utf-8")

    assert run("add", "gao.txt") == (0, "added: added/gao.txt (1 passages): Giá gạo\n", "")
    code, output, _ = run("add", "gao.txt", "--json")
    assert code == 0
    assert json.loads(output)["added"][0]["outcome"] == "unchanged"
    assert "tăng 5%" in run("ask", "giá gạo tăng bao nhiêu")[1]
    assert run("remove", "gao.txt")[:2] == (0, "removed: added/gao.txt: Giá gạo\n")


def test_what_cannot_be_added_or_removed_is_told_and_the_rest_is_done(run, tmp_path):
    (tmp_path / "gao.txt").write_text("Giá gạo tăng 5% trong tháng qua, theo hiệp hội.", encoding="utf-8")

    code, output, errors = run("add", "gao.txt", "http://127.0.0.1/gao")
    assert (code, output.split()[1]) == (1, "added/gao.txt")
    assert errors.startswith("index: http://127.0.0.1/gao: address")
    code, output, errors = run("remove", "gao.txt", "nowhere.txt")
    assert (code, output.split()[1]) == (1, "added/gao.txt:")
    assert errors == "index: nowhere.txt: no such document\n"
