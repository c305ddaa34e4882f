import re
from pathlib import Path
from zoneinfo import ZoneInfo, reset_tzpath

import pytest

from bot.settings import Settings, SettingsError, TelegramSettings, read_settings
from bot.texts import Language
from index.settings import Folders
from tests.telegram_server.server import TOKEN

VARIABLES = (
    "DOCUMENTS_DIR",
    "DATA_DIR",
    "NAMES_FILE",
    "BOT_LANGUAGE",
    "TIMEZONE",
    "TELEGRAM_BOT_TOKEN",
    "ADMIN_IDS",
    "ALLOWED_USERS",
    "ALLOWED_CHATS",
    "QUESTIONS_PER_MINUTE",
    "MESSAGE_DAYS",
    "TELEGRAM_PROXY",
    "TELEGRAM_BASE_URL",
    "TELEGRAM_BASE_FILE_URL",
    "WEBHOOK_URL",
    "WEBHOOK_LISTEN",
    "WEBHOOK_PORT",
)


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch, tmp_path):
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()


def test_without_anything_set_the_defaults_hold():
    assert read_settings() == Settings(folders=Folders(Path("seeds"), Path("data")), language=Language.VI)


def test_values_come_from_the_environment(monkeypatch, tmp_path):
    (tmp_path / "docs").mkdir()
    monkeypatch.setenv("DOCUMENTS_DIR", str(tmp_path / "docs"))
    monkeypatch.setenv("DATA_DIR", "kho")
    monkeypatch.setenv("BOT_LANGUAGE", "EN")
    assert read_settings() == Settings(folders=Folders(tmp_path / "docs", Path("kho")), language=Language.EN)


def test_values_come_from_the_file(tmp_path):
    (tmp_path / ".env").write_text("# ghi chú\nDATA_DIR='dữ liệu'\nBOT_LANGUAGE=en\n", encoding="utf-8")
    assert read_settings() == Settings(folders=Folders(data=Path("dữ liệu")), language=Language.EN)


def test_the_environment_goes_before_the_file(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("DATA_DIR=from-file\n")
    monkeypatch.setenv("DATA_DIR", "from-environment")
    assert read_settings().folders.data == Path("from-environment")


def test_an_empty_value_is_not_set(monkeypatch):
    monkeypatch.setenv("DATA_DIR", " ")
    monkeypatch.setenv("BOT_LANGUAGE", "")
    assert read_settings() == Settings()


def test_a_home_folder_is_found(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DATA_DIR", "~/kho")
    assert read_settings().folders.data == tmp_path / "kho"


def test_a_wrong_language_is_named_with_what_it_may_be(monkeypatch):
    monkeypatch.setenv("BOT_LANGUAGE", "fr")
    with pytest.raises(SettingsError, match=r"^BOT_LANGUAGE=fr: chỉ nhận vi hoặc en\.$"):
        read_settings()


def test_the_time_zone_is_vietnams_unless_another_is_set(monkeypatch):
    assert read_settings().time_zone.key == "Asia/Ho_Chi_Minh"
    monkeypatch.setenv("TIMEZONE", "Europe/Paris")
    assert read_settings() == Settings(time_zone=ZoneInfo("Europe/Paris"))


def test_time_zones_are_known_on_a_machine_that_has_none(monkeypatch):
    monkeypatch.setenv("TIMEZONE", "Pacific/Chatham")
    reset_tzpath(to=[])
    ZoneInfo.clear_cache(only_keys=["Pacific/Chatham"])
    try:
        assert read_settings().time_zone.key == "Pacific/Chatham"
    finally:
        reset_tzpath()


@pytest.mark.parametrize("value", ["Hà Nội", "Asia", "../Asia/Ho_Chi_Minh", "/etc/localtime", "+07:00", "zone.tab"])
def test_a_wrong_time_zone_is_named_with_a_good_one(monkeypatch, value):
    monkeypatch.setenv("TIMEZONE", value)
    line = f"TIMEZONE={value}: không có múi giờ này; cần tên theo IANA, như Asia/Ho_Chi_Minh."
    with pytest.raises(SettingsError, match=f"^{re.escape(line)}$"):
        read_settings()
    monkeypatch.setenv("BOT_LANGUAGE", "en")
    with pytest.raises(SettingsError, match="there is no such time zone"):
        read_settings()


def test_a_missing_documents_folder_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("DOCUMENTS_DIR", str(tmp_path / "nowhere"))
    with pytest.raises(SettingsError, match=re.escape(f"DOCUMENTS_DIR={tmp_path / 'nowhere'}: không có thư mục này")):
        read_settings()


@pytest.mark.parametrize("variable", ["DOCUMENTS_DIR", "DATA_DIR"])
def test_a_file_in_the_place_of_a_folder_is_named(monkeypatch, tmp_path, variable):
    (tmp_path / "file").touch()
    monkeypatch.setenv(variable, "file")
    with pytest.raises(SettingsError, match=f"^{variable}=file: đây là một tệp; cần đường dẫn tới một thư mục"):
        read_settings()


def test_a_wrong_proxy_is_named_without_its_password(monkeypatch):
    monkeypatch.setenv("TELEGRAM_PROXY", "ftp://an:mat-khau@proxy.vn:3128")
    with pytest.raises(SettingsError, match=r"^TELEGRAM_PROXY=ftp://…@proxy\.vn:3128: ") as raised:
        read_settings()
    assert "mat-khau" not in str(raised.value)


def test_a_wrong_value_is_named_in_the_language_chosen(monkeypatch):
    monkeypatch.setenv("BOT_LANGUAGE", "en")
    monkeypatch.setenv("DOCUMENTS_DIR", "nowhere")
    with pytest.raises(SettingsError, match=r"^DOCUMENTS_DIR=nowhere: there is no such folder"):
        read_settings()


@pytest.mark.parametrize("content", ["DATA_DIR=dữ liệu".encode("utf-16"), b"\xff\xfe\x00"])
def test_a_file_that_is_not_text_is_named(tmp_path, content):
    (tmp_path / ".env").write_bytes(content)
    with pytest.raises(SettingsError, match=r"^Không đọc được tệp \.env"):
        read_settings()


def test_the_example_file_names_every_setting_with_its_default(monkeypatch, tmp_path):
    example = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^(\w+)=", example, re.MULTILINE)) == VARIABLES
    (tmp_path / ".env").write_text(example, encoding="utf-8")
    assert read_settings() == Settings()


class TestTelegram:
    def test_everything_can_be_set(self, monkeypatch):
        for variable, value in {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": "http://127.0.0.1:8081/bot",
            "TELEGRAM_BASE_FILE_URL": "http://127.0.0.1:8081/file/bot",
            "TELEGRAM_PROXY": "socks5://127.0.0.1:1080",
            "WEBHOOK_URL": "https://bot.example.vn/hook",
            "WEBHOOK_LISTEN": "::",
            "WEBHOOK_PORT": "8443",
            "ALLOWED_CHATS": "-1001234567890, -5",
            "ALLOWED_USERS": "1,2",
            "ADMIN_IDS": "3 4",
            "QUESTIONS_PER_MINUTE": "0",
            "MESSAGE_DAYS": "365",
        }.items():
            monkeypatch.setenv(variable, value)
        assert read_settings().telegram == TelegramSettings(
            token=TOKEN,
            base_url="http://127.0.0.1:8081/bot",
            base_file_url="http://127.0.0.1:8081/file/bot",
            proxy="socks5://127.0.0.1:1080",
            webhook_url="https://bot.example.vn/hook",
            webhook_listen="::",
            webhook_port=8443,
            chats=frozenset({-1001234567890, -5}),
            users=frozenset({1, 2}),
            admins=frozenset({3, 4}),
            questions_per_minute=0,
            message_days=365,
        )

    @pytest.mark.parametrize(
        ("variable", "value", "line"),
        [
            ("TELEGRAM_BASE_URL", "api.telegram.org", "đây không phải là một địa chỉ; cần dạng https://… ."),
            ("TELEGRAM_PROXY", "ftp://127.0.0.1", "đây không phải là một địa chỉ; cần dạng http://… ."),
            ("WEBHOOK_URL", "https://", "đây không phải là một địa chỉ; cần dạng https://… ."),
            ("WEBHOOK_URL", "https://a:b", "đây không phải là một địa chỉ; cần dạng https://… ."),
            ("WEBHOOK_LISTEN", "localhost", "cần một địa chỉ IP, như 127.0.0.1 hoặc 0.0.0.0."),
            ("WEBHOOK_PORT", "0", "chỉ nhận một số từ 1 đến 65535."),
            ("QUESTIONS_PER_MINUTE", "nhiều", "chỉ nhận một số từ 0 đến 1000."),
            ("MESSAGE_DAYS", "366", "chỉ nhận một số từ 0 đến 365."),
            ("MESSAGE_DAYS", "-1", "chỉ nhận một số từ 0 đến 365."),
            (
                "ADMIN_IDS",
                "@an",
                "chỉ nhận mã số Telegram, cách nhau bằng dấu phẩy, như 123456789,-1001234567890.",
            ),
        ],
    )
    def test_a_wrong_value_is_named_with_what_it_may_be(self, monkeypatch, variable, value, line):
        monkeypatch.setenv(variable, value)
        with pytest.raises(SettingsError, match=f"^{re.escape(f'{variable}={value}: {line}')}$"):
            read_settings()

    def test_a_token_that_is_none_is_named_and_not_shown(self, monkeypatch):
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:bi-mat")
        with pytest.raises(SettingsError) as raised:
            read_settings()
        assert str(raised.value).startswith("TELEGRAM_BOT_TOKEN: ")
        assert "bi-mat" not in str(raised.value)

    def test_secrets_are_not_shown_with_the_settings(self):
        assert TOKEN not in repr(Settings(telegram=TelegramSettings(token=TOKEN, proxy="http://a:bi-mat@b")))
        assert "bi-mat" not in repr(Settings(telegram=TelegramSettings(proxy="http://a:bi-mat@b")))


def test_a_file_of_names_is_read(monkeypatch, tmp_path):
    names = tmp_path / "names.txt"
    names.write_text("Viện Biển = TTNCB\n", encoding="utf-8")
    monkeypatch.setenv("NAMES_FILE", str(names))
    assert read_settings().folders.names == (names,)


def test_a_wrong_line_of_names_is_told_with_its_number(monkeypatch, tmp_path):
    names = tmp_path / "names.txt"
    names.write_text("# Viện\nViện Biển = TTNCB\nViện Rừng\n", encoding="utf-8")
    monkeypatch.setenv("NAMES_FILE", str(names))
    with pytest.raises(SettingsError, match=r"NAMES_FILE=.*names\.txt, dòng 3: .*Viện Rừng"):
        read_settings()


def test_a_file_of_names_that_is_not_there_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("NAMES_FILE", str(tmp_path / "none.txt"))
    with pytest.raises(SettingsError, match=r"none\.txt"):
        read_settings()
