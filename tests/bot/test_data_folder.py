import os
import stat

import pytest

from bot.__main__ import main
from bot.chats import Chats
from bot.data_folder import InUse, held, is_aside, make_private, put_aside


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


class TestPrivate:
    def test_a_new_folder_is_its_owners_alone(self, tmp_path):
        make_private(tmp_path / "a" / "data")
        assert mode(tmp_path / "a" / "data") == 0o700

    async def test_one_of_an_earlier_version_becomes_so_with_its_databases(self, tmp_path):
        tmp_path.chmod(0o755)
        async with Chats.open(tmp_path / "chats.sqlite3") as chats:
            await chats.updates.put(1, "{}")
            for path in tmp_path.iterdir():
                path.chmod(0o644)
            make_private(tmp_path)
            assert mode(tmp_path) == 0o700
            assert {path.name: mode(path) for path in tmp_path.iterdir()} == {
                "chats.sqlite3": 0o600,
                "chats.sqlite3-wal": 0o600,
                "chats.sqlite3-shm": 0o600,
            }

    def test_what_the_system_does_not_let_be_changed_stays(self, tmp_path, monkeypatch):
        def refuse(*_):
            raise PermissionError

        monkeypatch.setattr("pathlib.Path.chmod", refuse)
        make_private(tmp_path)

    def test_all_that_the_program_writes_is(self, tmp_path, monkeypatch, data_dir, capsys):
        seeds = os.path.join(os.path.dirname(__file__), "..", "..", "seeds")  # noqa: PTH118, PTH120
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("DOCUMENTS_DIR", os.path.abspath(seeds))  # noqa: PTH100
        monkeypatch.setenv("DATA_DIR", str(tmp_path / "new"))
        monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
        monkeypatch.setattr("sys.stdin", None)
        before = os.umask(0o022)
        try:
            main(["console"])
            assert os.umask(0o077) == 0o077
        finally:
            os.umask(before)


class TestHeld:
    def test_by_one_bot_at_a_time(self, tmp_path):
        with held(tmp_path), pytest.raises(InUse), held(tmp_path):
            pass
        with held(tmp_path):
            pass


def test_what_is_put_aside_is_known_by_its_name(tmp_path):
    (tmp_path / "collection").mkdir()
    (tmp_path / "collection" / "a").touch()
    aside = put_aside(tmp_path / "collection", "damaged-")
    assert (aside / "collection" / "a").exists()
    assert is_aside(aside.name)
    assert not is_aside("collection")
    assert mode(aside) == 0o700
