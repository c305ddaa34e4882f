import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from index import readers
from index.readers import SUFFIXES, Reason, Unreadable, read, read_bytes

SEEDS = Path(__file__).parents[3] / "seeds"


def refusal(path: Path) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(path, path.name)
    return caught.value


def test_a_file_is_read(tmp_path):
    path = tmp_path / "chợ nổi.TXT"
    path.write_bytes("Chợ nổi họp từ tờ mờ sáng.\r\nGhe thuyền chở đầy trái cây.".encode())
    document = read(path, "miền tây/chợ nổi.TXT").document
    assert document.key == "miền tây/chợ nổi.TXT"
    assert document.text == "Chợ nổi họp từ tờ mờ sáng.\nGhe thuyền chở đầy trái cây."


def test_text_and_markdown_are_read():
    assert {".txt", ".md"} <= SUFFIXES
    assert read_bytes("Chợ **nổi** họp sớm.".encode(), "a.md").document.text == "Chợ nổi họp sớm."
    assert read_bytes("Chợ **nổi** họp sớm.".encode(), "a.txt").document.text == "Chợ **nổi** họp sớm."


@pytest.mark.parametrize("key", ["chợ.xlsx", "chợ", "chợ.txt.gz"])
def test_another_format_is_refused(key):
    with pytest.raises(Unreadable) as caught:
        read_bytes(b"Cho noi", key)
    assert caught.value.reason == Reason.FORMAT


@pytest.mark.parametrize("data", [b"", b"  \n\t\n", b"*** --- ***", "🎉🎉\n…".encode(), b"\xef\xbb\xbf"])
@pytest.mark.parametrize("key", ["a.txt", "a.md"])
def test_what_holds_no_word_is_empty(data, key):
    with pytest.raises(Unreadable) as caught:
        read_bytes(data, key)
    assert caught.value.reason == Reason.EMPTY


@pytest.mark.parametrize(
    "text", ["https://example.org/bai-viet", "\n<https://example.org/a>\n", "Nguồn: https://example.org/a\n\n"]
)
@pytest.mark.parametrize("key", ["a.txt", "a.md"])
def test_a_link_alone_is_empty(text, key):
    with pytest.raises(Unreadable) as caught:
        read_bytes(text.encode(), key)
    assert caught.value.reason == Reason.EMPTY


def test_a_folder_named_like_a_document_is_refused(tmp_path):
    (tmp_path / "x.txt").mkdir()
    error = refusal(tmp_path / "x.txt")
    assert (error.reason, error.detail) == (Reason.UNREADABLE, "not a file")


def test_a_broken_symbolic_link_is_refused(tmp_path):
    (tmp_path / "x.txt").symlink_to(tmp_path / "gone.txt")
    error = refusal(tmp_path / "x.txt")
    assert (error.reason, error.detail) == (Reason.UNREADABLE, "no such file")


def test_a_symbolic_link_in_a_ring_is_refused(tmp_path):
    (tmp_path / "x.txt").symlink_to(tmp_path / "x.txt")
    assert refusal(tmp_path / "x.txt").reason == Reason.UNREADABLE


def test_a_file_without_permission_is_refused_in_the_words_of_the_system(tmp_path, monkeypatch):
    def deny(_):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "x.txt").write_text("Chợ nổi.", encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", deny)
    error = refusal(tmp_path / "x.txt")
    assert (error.reason, error.detail) == (Reason.UNREADABLE, "Permission denied")


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    def fail(_):
        pytest.fail("it was read")

    monkeypatch.setattr(readers, "LARGEST", 10)
    monkeypatch.setattr(Path, "read_bytes", fail)
    (tmp_path / "x.txt").write_bytes(b"a" * 1011)
    error = refusal(tmp_path / "x.txt")
    assert (error.reason, error.detail) == (Reason.TOO_LARGE, "1,011 bytes, 10 at most")


def test_bytes_too_many_are_refused(monkeypatch):
    monkeypatch.setattr(readers, "LARGEST", 10)
    with pytest.raises(Unreadable) as caught:
        read_bytes(b"a" * 11, "a.txt")
    assert caught.value.reason == Reason.TOO_LARGE


def test_a_refusal_crosses_to_another_process_whole():
    error = pickle.loads(pickle.dumps(Unreadable(Reason.BINARY, "a PNG image")))  # noqa: S301
    assert (error.reason, error.detail, str(error)) == (Reason.BINARY, "a PNG image", "binary: a PNG image")
    assert str(Unreadable(Reason.EMPTY)) == "empty"


def test_a_seed_without_a_title_gets_one_from_its_summary():
    document = read(SEEDS / "000_6868d14cbacc0bf2.txt", "000_6868d14cbacc0bf2.txt").document
    assert document.title == "Mỹ và Nga đang đàm phán sơ bộ về hợp tác đất hiếm tại Nga"
    assert document.url == "https://www.mining.com/russia-us-in-talks-over-joint-rare-earths-projects/"
    assert document.summary is not None
    assert document.summary.startswith("Mỹ và Nga")
    assert document.summary in document.text
    assert "📌" not in document.text
    assert document.url not in document.text
    assert document.headings == ()


def test_a_seed_with_a_title_and_numbered_headings_gives_both():
    document = read(SEEDS / "001_e8f1a36e67c68ec5.txt", "001_e8f1a36e67c68ec5.txt").document
    headings = [document.text[heading.start : heading.end] for heading in document.headings]
    assert document.title == "Moskva và Washington khởi đầu thảo luận hợp tác về đất hiếm"
    assert document.title not in document.text
    assert (document.url, document.summary, document.date) == (None, None, None)
    assert [heading.partition(".")[0] for heading in headings] == list("1234567")
    assert {heading.level for heading in document.headings} == {1}


def test_a_text_of_too_many_lines_is_refused():
    with pytest.raises(Unreadable) as caught:
        read_bytes(b"a\n" * 300_001, "a.txt")
    assert (caught.value.reason, caught.value.detail) == (Reason.TOO_LARGE, "300,001 lines, 300,000 at most")
    (skipped,) = read_bytes(b'{"text": "' + rb"a\n" * 300_001 + b'"}', "a.jsonl").skipped
    assert skipped.reason == Reason.TOO_LARGE


def test_no_parser_is_imported_before_a_file_needs_it():
    script = "import sys, index.readers; print(*sys.modules)"
    command = [sys.executable, "-c", script]
    ended = subprocess.run(command, env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True, text=True, check=True)  # noqa: S603
    heavy = {"trafilatura", "lxml", "pypdfium2", "docx", "feedparser", "markdown_it", "httpx", "underthesea"}
    assert heavy.isdisjoint(ended.stdout.split())
