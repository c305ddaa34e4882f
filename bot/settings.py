"""What the owner chooses, read from the environment and ``.env`` into one frozen object."""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.texts import TEXTS, Language, Texts
from index.settings import ENV_FILE, Folders, Values, WrongFolder, read_folders, read_values

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{30,}")
_DIGITS = re.compile(r"[0-9]{1,9}")
_ID = re.compile(r"-?[0-9]{1,15}")
_PASSWORD = re.compile(r"://[^/@]*@")
_WEB = ("https", "http")
_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_PROXIES = ("http", "https", "socks5", "socks5h")


class SettingsError(Exception):
    """A setting cannot be used. The message is one line for people: the setting, its value, and what it may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramSettings:
    """How the bot lives in Telegram.

    Attributes:
        token: What BotFather gave (``TELEGRAM_BOT_TOKEN``); empty where there is none.
        base_url: The Bot API server, up to the token (``TELEGRAM_BASE_URL``).
        base_file_url: The same for its files (``TELEGRAM_BASE_FILE_URL``).
        proxy: What requests go through (``TELEGRAM_PROXY``); empty for none.
        webhook_url: Where Telegram sends updates (``WEBHOOK_URL``); empty to ask for them instead.
        webhook_listen: The address where they arrive on this machine (``WEBHOOK_LISTEN``).
        webhook_port: The port there (``WEBHOOK_PORT``).
        chats: The chats that may use the bot (``ALLOWED_CHATS``); where neither chats nor people are named, all may.
        users: The people who may use it, in whatever chat (``ALLOWED_USERS``).
        admins: The owner's own numbers (``ADMIN_IDS``); they may always use it.
        questions_per_minute: How many questions a person may ask in a minute (``QUESTIONS_PER_MINUTE``); 0: any number.
        message_days: How many days what is said in groups and channels is kept for digests (``MESSAGE_DAYS``); 0: not
            at all.
    """

    token: str = field(default="", repr=False)
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    proxy: str = field(default="", repr=False)
    webhook_url: str = ""
    webhook_listen: str = "127.0.0.1"
    webhook_port: int = 8080
    chats: frozenset[int] = frozenset()
    users: frozenset[int] = frozenset()
    admins: frozenset[int] = frozenset()
    questions_per_minute: int = 20
    message_days: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the owner chooses.

    Attributes:
        folders: Where documents are read from, and everything else is written to (``DOCUMENTS_DIR``, ``DATA_DIR``,
            ``NAMES_FILE``).
        language: What the bot speaks where nobody chose (``BOT_LANGUAGE``; ``LANGUAGE`` is the system's own).
        time_zone: In which times of day are meant and told (``TIMEZONE``).
        telegram: How the bot lives in Telegram.
    """

    folders: Folders = field(default_factory=Folders)
    language: Language = Language.VI
    time_zone: ZoneInfo = _VIETNAM
    telegram: TelegramSettings = field(default_factory=TelegramSettings)


def read_data_folder(env_file: Path = ENV_FILE) -> tuple[Path, Language]:
    """The data folder and the language alone: a data folder can be put back before there are any documents.

    Raises:
        SettingsError: One of the two is not what it may be, or the file cannot be read.
    """
    try:
        values = read_values(env_file)
    except (OSError, ValueError) as error:
        raise SettingsError(TEXTS[Language.VI].settings_file) from error
    language = _language(values)
    try:
        return read_folders({**values, "DOCUMENTS_DIR": str(Path())}).data, language
    except WrongFolder as error:
        raise SettingsError(TEXTS[language].not_a_folder(error.variable, error.path)) from error


def read_settings(env_file: Path = ENV_FILE) -> Settings:
    """The settings from the environment and, where it says nothing, from a file of ``NAME=value`` lines.

    A value left empty counts as not set.

    Raises:
        SettingsError: A value is not one that it may be, or the file cannot be read. Said in the language chosen.
    """
    try:
        values = read_values(env_file)
    except (OSError, ValueError) as error:
        raise SettingsError(TEXTS[Language.VI].settings_file) from error
    language = _language(values)
    read = _Reader(values, TEXTS[language])
    try:
        folders = read_folders(values)
        _check_names(folders, TEXTS[language])
        return Settings(
            telegram=_telegram(read),
            time_zone=read.time_zone("TIMEZONE", Settings().time_zone),
            folders=folders,
            language=language,
        )
    except WrongFolder as error:
        texts = TEXTS[language]
        say = texts.not_a_folder if error.path.exists() else texts.no_such_folder
        raise SettingsError(say(error.variable, error.path)) from error


def _language(values: Values) -> Language:
    value = values.get("BOT_LANGUAGE", Language.VI)
    try:
        return Language(value.lower())
    except ValueError as error:
        message = TEXTS[Language.VI].wrong_choice("BOT_LANGUAGE", value, list(Language))
        raise SettingsError(message) from error


def _check_names(folders: Folders, texts: Texts) -> None:
    if not folders.names:
        return
    from index.names import LONGEST, BadNames, read_names  # noqa: PLC0415  # It loads underthesea.

    try:
        read_names(*folders.names)
    except BadNames as error:
        raise SettingsError(texts.wrong_names("NAMES_FILE", error.path, error.line, error.written, LONGEST)) from error


def _telegram(read: "_Reader") -> TelegramSettings:
    default = TelegramSettings()
    return TelegramSettings(
        token=read.token("TELEGRAM_BOT_TOKEN"),
        base_url=read.address("TELEGRAM_BASE_URL", default.base_url, _WEB),
        base_file_url=read.address("TELEGRAM_BASE_FILE_URL", default.base_file_url, _WEB),
        proxy=read.address("TELEGRAM_PROXY", default.proxy, _PROXIES),
        webhook_url=read.address("WEBHOOK_URL", default.webhook_url, _WEB),
        webhook_listen=read.listen("WEBHOOK_LISTEN", default.webhook_listen),
        webhook_port=read.number("WEBHOOK_PORT", default.webhook_port, range(1, 65536)),
        chats=read.numbers("ALLOWED_CHATS"),
        users=read.numbers("ALLOWED_USERS"),
        admins=read.numbers("ADMIN_IDS"),
        questions_per_minute=read.number("QUESTIONS_PER_MINUTE", default.questions_per_minute, range(1001)),
        message_days=read.number("MESSAGE_DAYS", default.message_days, range(366)),
    )


class _Reader:
    """Reads values of several kinds; a wrong one is a ``SettingsError`` that names it and says what it may be."""

    def __init__(self, values: Values, texts: Texts) -> None:
        self._values = values
        self._texts = texts

    def token(self, variable: str) -> str:
        value = self._values.get(variable, "")
        if value and not _TOKEN.fullmatch(value):
            raise SettingsError(self._texts.not_a_token(variable))
        return value

    def address(self, variable: str, default: str, schemes: Collection[str]) -> str:
        value = self._values.get(variable, "")
        if not value:
            return default
        try:
            parts = urlsplit(value)
            good = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
        except ValueError:
            good = False
        if not good:
            shown = _PASSWORD.sub("://…@", value)
            raise SettingsError(self._texts.not_an_address(variable, shown, f"{next(iter(schemes))}://…"))
        return value

    def listen(self, variable: str, default: str) -> str:
        value = self._values.get(variable, default)
        try:
            return str(ipaddress.ip_address(value))
        except ValueError as error:
            raise SettingsError(self._texts.not_an_ip_address(variable, value)) from error

    def number(self, variable: str, default: int, allowed: range) -> int:
        value = self._values.get(variable, "")
        if not value:
            return default
        if not _DIGITS.fullmatch(value) or int(value) not in allowed:
            raise SettingsError(self._texts.not_in_range(variable, value, allowed[0], allowed[-1]))
        return int(value)

    def time_zone(self, variable: str, default: ZoneInfo) -> ZoneInfo:
        value = self._values.get(variable, "")
        if not value:
            return default
        try:
            return ZoneInfo(value)
        except (KeyError, OSError, ValueError) as error:
            raise SettingsError(self._texts.not_a_time_zone(variable, value, default.key)) from error

    def numbers(self, variable: str) -> frozenset[int]:
        value = self._values.get(variable, "")
        parts = value.replace(",", " ").split()
        if not all(_ID.fullmatch(part) for part in parts):
            raise SettingsError(self._texts.not_numbers(variable, value))
        return frozenset(map(int, parts))
