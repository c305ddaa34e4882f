"""Every command, in one table: how it may be typed, what it does, and where it exists."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from bot.spoken import said
from bot.texts import Language
from index.vietnamese import fold


class Face(Enum):
    """Where a conversation is held."""

    CONSOLE = auto()
    TELEGRAM = auto()


_EVERYWHERE = frozenset(Face)
_TELEGRAM = frozenset({Face.TELEGRAM})


class Chat(Enum):
    """With whom a conversation is held."""

    PRIVATE = auto()
    GROUP = auto()
    CHANNEL = auto()


_ANYWHERE = frozenset({Chat.PRIVATE, Chat.GROUP})
"""Every kind of chat that has a menu: channels have none."""


@dataclass(frozen=True, slots=True, eq=False)
class Command:
    """A command, typed after a slash with or without diacritics, spaces and capitals.

    Attributes:
        spelling: Its Vietnamese name, as it is written.
        english: Its English names, the preferred one first.
        descriptions: What it does, a short line in each language.
        faces: Where it exists.
        words: What means the same when it is said without a slash, with no more than courtesies around it.
        chats: The kinds of chats in whose menu it stands.
        owners: Whether it is the owner's alone.
        in_console: What it does in a terminal, where that is another.
    """

    spelling: str
    english: tuple[str, ...]
    descriptions: Mapping[Language, str]
    faces: frozenset[Face] = _EVERYWHERE
    words: tuple[str, ...] = ()
    chats: frozenset[Chat] = frozenset()
    owners: bool = False
    in_console: Mapping[Language, str] | None = None

    @property
    def name(self) -> str:
        """The Vietnamese name in one word of plain letters."""
        return _plain(self.spelling.replace(" ", ""))

    def typed(self, language: Language) -> str:
        """The command as it is typed in a language."""
        return "/" + (self.name if language is Language.VI else self.english[0])

    def description(self, language: Language, face: Face) -> str:
        """What it does in a face, a short line in a language."""
        described = self.in_console if self.in_console and face is Face.CONSOLE else self.descriptions
        return described[language]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, in plain letters."""
        return self.name, *self.english


START = Command(
    "bắt đầu",
    ("start",),
    {Language.VI: "lời chào và một câu hỏi mẫu", Language.EN: "a greeting and an example question"},
)
HELP = Command(
    "trợ giúp",
    ("help",),
    {Language.VI: "cách hỏi và các lệnh", Language.EN: "how to ask, and the commands"},
    chats=_ANYWHERE,
)
ASK = Command(
    "hỏi",
    ("ask",),
    {Language.VI: "hỏi một câu, nhất là trong nhóm", Language.EN: "ask a question, above all in a group"},
    chats=frozenset({Chat.GROUP}),
    in_console={
        Language.VI: "hỏi một câu; gõ thẳng câu hỏi cũng được",
        Language.EN: "ask a question; the question alone will do too",
    },
)
DOCUMENTS = Command(
    "tài liệu",
    ("documents", "docs"),
    {
        Language.VI: "danh sách tài liệu; thêm số để xem tóm tắt",
        Language.EN: "the list of documents; add a number for a summary",
    },
    words=(
        "tài liệu",
        "danh sách tài liệu",
        "các tài liệu",
        "có tài liệu gì",
        "có tài liệu nào",
        "có những tài liệu gì",
        "có những tài liệu nào",
        "đang có tài liệu gì",
        "đang có những tài liệu nào",
        "documents",
    ),
    chats=_ANYWHERE,
)
NEXT = Command(
    "tiếp",
    ("next", "more"),
    {Language.VI: "câu trả lời khác, hoặc trang sau", Language.EN: "the next answer, or the next page"},
    words=(
        "tiếp",
        "tiếp theo",
        "tiếp tục",
        "nữa",
        "câu tiếp",
        "câu tiếp theo",
        "câu khác",
        "câu trả lời khác",
        "còn nữa",
        "còn gì nữa",
        "còn gì khác",
        "còn câu nào khác",
        "còn câu trả lời nào khác",
        "next",
        "more",
    ),
)
CONTEXT = Command(
    "ngữ cảnh",
    ("context", "wider"),
    {Language.VI: "xem thêm đoạn trước và sau câu trả lời", Language.EN: "the answer in a wider context"},
    words=(
        "ngữ cảnh",
        "thêm ngữ cảnh",
        "rộng hơn",
        "dài hơn",
        "rõ hơn",
        "giải thích rõ hơn",
        "thêm",
        "thêm nữa",
        "chi tiết hơn",
        "cụ thể hơn",
        "đầy đủ hơn",
        "đoạn đầy đủ",
        "cả đoạn",
    ),
)
SUMMARY = Command(
    "tóm tắt",
    ("summary", "digest"),
    {
        Language.VI: "tóm tắt tài liệu hay một chủ đề; trong nhóm: cuộc trò chuyện",
        Language.EN: "a summary of the documents or a subject; in groups, of the talk",
    },
    in_console={
        Language.VI: "tóm tắt tài liệu hay một chủ đề",
        Language.EN: "a summary of the documents or a subject",
    },
    words=("tóm tắt",),
    chats=_ANYWHERE,
)
SCHEDULE = Command(
    "lịch",
    ("schedule",),
    {Language.VI: "tóm tắt mỗi ngày, như /lich 08:00", Language.EN: "a digest every day, as /schedule 08:00"},
    faces=_TELEGRAM,
    chats=frozenset({Chat.GROUP}),
)
KEEPING = Command(
    "lưu tin",
    ("keep", "keeping"),
    {Language.VI: "giữ hay không giữ tin nhắn để tóm tắt", Language.EN: "keep messages for digests, or not"},
    faces=_TELEGRAM,
    chats=frozenset({Chat.GROUP}),
)
LANGUAGE = Command(
    "ngôn ngữ",
    ("language", "lang"),
    {Language.VI: "chọn tiếng Việt hay tiếng Anh", Language.EN: "choose Vietnamese or English"},
    faces=_TELEGRAM,
    chats=_ANYWHERE,
)
PRIVACY = Command(
    "riêng tư",
    ("privacy",),
    {Language.VI: "mình lưu những gì", Language.EN: "what I keep"},
    faces=_TELEGRAM,
    chats=frozenset({Chat.PRIVATE}),
)
FORGET = Command(
    "xoá dữ liệu",
    ("forget",),
    {Language.VI: "xoá những gì mình đã lưu", Language.EN: "delete what I keep"},
    faces=_TELEGRAM,
    chats=_ANYWHERE,
)
REPORT = Command(
    "báo cáo",
    ("report",),
    {Language.VI: "câu hỏi chưa trả lời được, câu trả lời bị chấm 👎", Language.EN: "questions without a good answer"},
    faces=_TELEGRAM,
    chats=frozenset({Chat.PRIVATE}),
    owners=True,
)
ADD = Command(
    "thêm",
    ("add",),
    {
        Language.VI: "thêm tài liệu: tệp, link, hoặc trả lời một tin bằng lệnh này",
        Language.EN: "add a document: a file, an address, or the message replied to",
    },
    in_console={
        Language.VI: "thêm tài liệu: đường dẫn tới tệp, hoặc link trang web",
        Language.EN: "add a document: the path of a file, or an address",
    },
    chats=frozenset({Chat.PRIVATE}),
    owners=True,
)
REMOVE = Command(
    "xoá",
    ("remove", "delete"),
    {Language.VI: "xoá một tài liệu, như /xoa 2", Language.EN: "remove a document, as /remove 2"},
    chats=frozenset({Chat.PRIVATE}),
    owners=True,
)
UNDO = Command(
    "hoàn tác",
    ("undo",),
    {Language.VI: "trả lại như trước khi thêm hay xoá", Language.EN: "take back what was added or removed"},
    chats=frozenset({Chat.PRIVATE}),
    owners=True,
)
SOURCE = Command(
    "kênh nguồn",
    ("source",),
    {
        Language.VI: "đăng trong kênh của bạn: /kenhnguon bật để bài mới thành tài liệu",
        Language.EN: "posted in your channel: /source on makes new posts documents",
    },
    faces=_TELEGRAM,
    owners=True,
)
STATISTICS = Command(
    "thống kê",
    ("statistics", "stats"),
    {
        Language.VI: "số câu hỏi mỗi ngày trong 30 ngày qua",
        Language.EN: "questions a day in the last 30 days",
    },
    chats=frozenset({Chat.PRIVATE}),
    owners=True,
)
QUIT = Command(
    "thoát",
    ("quit", "exit"),
    {Language.VI: "kết thúc trò chuyện", Language.EN: "end the conversation"},
    faces=frozenset({Face.CONSOLE}),
    words=("thoát", "quit", "exit"),
)

COMMANDS = (
    START,
    HELP,
    ASK,
    SUMMARY,
    DOCUMENTS,
    NEXT,
    CONTEXT,
    SCHEDULE,
    KEEPING,
    LANGUAGE,
    PRIVACY,
    FORGET,
    ADD,
    REMOVE,
    UNDO,
    SOURCE,
    REPORT,
    STATISTICS,
    QUIT,
)
"""In the order that the help lists them."""

_LONGEST = max(len(command.spelling.split()) for command in COMMANDS)


@dataclass(frozen=True, slots=True)
class Call:
    """A command as it was called, with the text after it as it was written."""

    command: Command
    text: str

    @property
    def argument(self) -> str:
        """The text after it on one line."""
        return " ".join(self.text.split())


def commands_in(face: Face) -> tuple[Command, ...]:
    """The commands that exist in a face."""
    return tuple(command for command in COMMANDS if face in command.faces)


def find_call(text: str, face: Face) -> Call | None:
    """The command that a cleaned text calls, or ``None`` where it calls none that exists."""
    if not text.startswith("/"):
        return _find_words(text, face)
    for name, after in _readings(text):
        if command := _named(face).get(name):
            return Call(command, after)
    return None


def nearest_command(text: str, face: Face) -> Command | None:
    """The command that was probably meant by a text that begins with a slash."""
    known = _named(face)
    for name, _ in _readings(text):
        if names := difflib.get_close_matches(name, known, n=1, cutoff=0.7):
            return known[names[0]]
    return None


def _find_words(text: str, face: Face) -> Call | None:
    """The command that is said in words, or by its name in one word, which is no word of Vietnamese: "tomtat đất hiếm"."""
    name, *after = text.split(maxsplit=1) or [""]
    for command in commands_in(face):
        if " " in command.spelling and _plain(name) == command.name:
            return Call(command, "".join(after))
    phrases = _phrases(face)
    phrase = said(text, tuple(phrases))
    return Call(phrases[phrase], "") if phrase else None


@cache
def _phrases(face: Face) -> Mapping[str, Command]:
    """What may be said in words, with the command that it calls."""
    return {phrase: command for command in commands_in(face) for phrase in command.words}


def _named(face: Face) -> Mapping[str, Command]:
    return {name: command for command in commands_in(face) for name in command.names}


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """The names that a text may begin with, the longest first, each with what is left of it."""
    for count in range(min(_LONGEST, len(text.removeprefix("/").split())), 0, -1):
        words = text.removeprefix("/").split(maxsplit=count)
        yield _plain("".join(words[:count])), "".join(words[count:])


def _plain(text: str) -> str:
    return fold(text).lower()
