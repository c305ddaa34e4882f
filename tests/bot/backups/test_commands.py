"""``python -m bot backup`` and ``restore``: what they say, and with which status they end."""

import pytest
from filelock import FileLock

from bot.__main__ import main
from bot.texts import TEXTS, Language

VI, EN = TEXTS[Language.VI], TEXTS[Language.EN]


@pytest.fixture(autouse=True)
def _settings(monkeypatch, tmp_path, data):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BOT_LANGUAGE", raising=False)
    monkeypatch.setenv("DOCUMENTS_DIR", str(tmp_path / "not there yet"))
    monkeypatch.setenv("DATA_DIR", str(data))


def test_there_and_back(archive, data, capsys):
    assert main(["backup", str(archive)]) == 0
    assert capsys.readouterr() == (f"{VI.backed_up(archive, 3, archive.stat().st_size)}\n", "")
    assert main(["restore", str(archive), "--replace"]) == 0
    (aside,) = data.glob("before-restore-*")
    assert capsys.readouterr() == (f"{VI.restored(3, data, aside)}\n", "")


def test_in_english(archive, data, capsys, monkeypatch):
    monkeypatch.setenv("BOT_LANGUAGE", "en")
    assert main(["backup", str(archive)]) == 0
    assert capsys.readouterr().out.startswith("Backed up 3 files")
    assert main(["restore", str(archive)]) == 1
    assert capsys.readouterr().err == f"{EN.data_there(data)}\n"


def test_what_is_wrong_is_one_line_and_status_1(archive, data, capsys, monkeypatch, tmp_path):
    def fails(*arguments):
        assert main(list(arguments)) == 1
        out, err = capsys.readouterr()
        assert out == ""
        return err.removesuffix("\n")

    assert fails("backup", str(data / "x.zip")) == VI.backup_inside(data)
    assert fails("restore", "missing.zip", "--replace") == VI.system_error("No such file or directory", "missing.zip")
    archive.write_bytes(b"x")
    assert fails("restore", str(archive), "--replace") == VI.not_a_backup(archive, "File is not a zip file")
    with FileLock(data / "bot.lock"):
        assert fails("restore", str(archive), "--replace") == VI.already_running(data)
    with FileLock(data / "collection" / "write.lock"):
        main(["backup", str(archive)])
        capsys.readouterr()
        assert fails("restore", str(archive), "--replace") == VI.busy
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "nothing"))
    assert fails("backup", str(archive)) == VI.nothing_to_back_up(tmp_path / "nothing")


def test_a_damaged_database_is_named(archive, data, capsys, damage):
    damage(data / "chats.sqlite3")
    assert main(["backup", str(archive)]) == 1
    assert "chats.sqlite3" in capsys.readouterr().err


def test_a_data_folder_that_is_a_file_is_status_2(archive, tmp_path, capsys, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file"))
    assert main(["backup", str(archive)]) == 2
    assert capsys.readouterr().err == f"{VI.not_a_folder('DATA_DIR', tmp_path / 'file')}\n"


def test_ctrl_c_ends_it(archive, capsys, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.backups.back_up", interrupted)
    assert main(["backup", str(archive)]) == 130
    assert capsys.readouterr().err == f"\n{VI.stopped_here}\n"
