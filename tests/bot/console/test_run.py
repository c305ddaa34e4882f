import io
import subprocess
import sys
from pathlib import Path

import pytest

from bot.console import run
from bot.settings import Settings
from bot.texts import TEXTS, Language
from index.settings import Folders

ROOT = Path(__file__).parents[3]
VI = TEXTS[Language.VI]


@pytest.fixture
def settings(data_dir) -> Settings:
    return Settings(folders=Folders(ROOT / "seeds", data_dir))


@pytest.fixture
def pipe(monkeypatch):
    """Put some bytes into the standard input."""

    def pipe(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))

    return pipe


def test_piped_questions_are_answered_with_their_links(settings, pipe, capsys):
    pipe(b"tru luong dat hiem cua nga la bao nhieu\n")
    assert run(settings) == 0
    out, err = capsys.readouterr()
    assert "3,8 triệu tấn" in out
    assert "https://www.mining.com/" in out
    assert "\x1b" not in out
    assert err == ""


def test_an_empty_input_is_no_question(settings, pipe, capsys):
    pipe(b"")
    assert run(settings) == 0
    assert capsys.readouterr().out == ""


def test_an_empty_data_folder_is_filled_first(tmp_path, pipe, capsys):
    pipe("Đất hiếm gồm bao nhiêu nguyên tố?\n".encode())
    assert run(Settings(folders=Folders(ROOT / "seeds", tmp_path / "new"))) == 0
    out, err = capsys.readouterr()
    assert "17 nguyên tố" in out
    assert err == "Thêm 2 tài liệu.\n"


def test_a_folder_without_documents_is_one_line(tmp_path, pipe, capsys):
    pipe(b"chao\n")
    (tmp_path / "empty").mkdir()
    assert run(Settings(folders=Folders(tmp_path / "empty", tmp_path / "data"))) == 1
    assert capsys.readouterr() == ("", f"{VI.empty_folder(tmp_path / 'empty')}\n")


def test_a_data_folder_that_cannot_be_made_is_one_line(tmp_path, pipe, capsys):
    (tmp_path / "file").touch()
    assert run(Settings(folders=Folders(ROOT / "seeds", tmp_path / "file" / "data"))) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"Không dùng được {tmp_path / 'file'}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_where_nobody_can_be_talked_to_it_ends(settings, monkeypatch, stream):
    monkeypatch.setattr(sys, stream, None)
    assert run(settings) == 0


def test_an_output_of_another_encoding_gets_plain_letters(settings, pipe, monkeypatch):
    pipe(b"cam on\n")
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    assert run(settings) == 0
    assert out.buffer.getvalue() == b"Khong co gi dau ban. Can tim gi nua cu hoi minh nhe.\n\n"


def test_a_closed_output_ends_quietly(settings):
    environment = {"DOCUMENTS_DIR": str(settings.folders.documents), "DATA_DIR": str(settings.folders.data)}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "console"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"chao\n")
        process.stdin.flush()
        assert process.stdout.readline().decode().rstrip() == VI.greeting
        process.stdout.close()
        process.stdin.write(b"chao\n" * 100)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_the_terminal_does_without_telegram():
    code = "import sys, bot.console.session, bot.__main__; sys.exit('telegram' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)  # noqa: S603
