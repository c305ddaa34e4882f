import re

import pytest

from bot.commands import (
    COMMANDS,
    CONTEXT,
    DOCUMENTS,
    HELP,
    NEXT,
    QUIT,
    START,
    SUMMARY,
    UNDO,
    Call,
    Face,
    commands_in,
    find_call,
    nearest_command,
)
from bot.texts import Language


@pytest.mark.parametrize(
    "text", ["/trogiup", "/trợgiúp", "/trợ giúp", "/tro giup", "/TROGIUP", "/TRỢ GIÚP", "/help", "/ help"]
)
def test_a_command_is_found_however_it_is_typed(text):
    assert find_call(text, Face.CONSOLE) == Call(HELP, "")


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/batdau", START),
        ("/start", START),
        ("/tài liệu", DOCUMENTS),
        ("/documents", DOCUMENTS),
        ("/tiếp", NEXT),
        ("/next", NEXT),
        ("/ngữ cảnh", CONTEXT),
        ("/context", CONTEXT),
        ("/thoát", QUIT),
        ("/quit", QUIT),
        ("/exit", QUIT),
    ],
)
def test_each_command_has_its_names(text, command):
    assert find_call(text, Face.CONSOLE) == Call(command, "")


@pytest.mark.parametrize("text", ["/tailieu số 2", "/tài liệu  số 2", "/documents số 2"])
def test_what_follows_a_command_is_kept_as_it_was_typed(text):
    assert find_call(text, Face.CONSOLE) == Call(DOCUMENTS, "số 2")


@pytest.mark.parametrize("text", ["/abc", "/", "/ 2", "đất hiếm", "hoi", "tiep2"])
def test_what_is_not_a_command_calls_none(text):
    assert find_call(text, Face.CONSOLE) is None


@pytest.mark.parametrize(
    ("text", "command"),
    [("tiếp", NEXT), ("tiep theo", NEXT), ("Tiếppp", NEXT), ("Xem tiếp", NEXT), ("Thoát", QUIT), ("exit", QUIT)],
)
def test_some_commands_are_words_said_alone(text, command):
    assert find_call(text, Face.CONSOLE) == Call(command, "")


@pytest.mark.parametrize(
    ("command", "typed"),
    [
        (NEXT, "tiep di|tiếp đi bạn|con j nua k|còn gì nữa không|Câu khác đi!|cho mình xem tiếp nha b|next please"),
        (CONTEXT, "noi ro hon di|xem thêm|noi them di|chi tiet hon|cụ thể hơn|giải thích rõ hơn giúp mình"),
        (CONTEXT, "cho xem đoạn đầy đủ|dai hon di|Bạn ơi, nói rõ hơn được ko?"),
        (DOCUMENTS, "tai lieu|danh sach tai lieu|có tài liệu gì|ban co nhung tai lieu nao"),
        (SUMMARY, "tóm tắt đi|tom tat giup minh voi"),
    ],
)
def test_they_may_be_said_with_what_opens_and_closes_a_request(command, typed):
    assert [find_call(text, Face.CONSOLE) for text in typed.split("|")] == [Call(command, "")] * len(typed.split("|"))


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("tomtat", Call(SUMMARY, "")),
        ("Tomtat dat hiem", Call(SUMMARY, "dat hiem")),
        ("tailieu 2", Call(DOCUMENTS, "2")),
        ("trogiup", Call(HELP, "")),
        ("ngucanh", Call(CONTEXT, "")),
        ("hoantac", Call(UNDO, "")),
    ],
)
def test_a_name_in_one_word_that_is_no_word_needs_no_slash(text, call):
    assert find_call(text, Face.CONSOLE) == call


@pytest.mark.parametrize(
    "text",
    [
        "tiệp",
        "tiếp viên hàng không",
        "exit poll",
        "thoát vị đĩa đệm",
        "tài liệu nói gì",
        "tài liệu nào nói về Nga",
        "thêm gia vị gì",
        "còn không",
        "họ còn gì nữa",
        "Anh còn gì khác",
        "chợ tiếp theo",
        "xem đi",
        "đi",
        "tiếp " * 50,
    ],
)
def test_words_in_a_question_are_no_command(text):
    assert find_call(text, Face.CONSOLE) is None


@pytest.mark.parametrize("text", ["/thoat", "/quit", "thoát"])
def test_leaving_exists_only_in_the_terminal(text):
    assert find_call(text, Face.TELEGRAM) is None


@pytest.mark.parametrize(
    ("text", "command"),
    [("/trogup", HELP), ("/hepl", HELP), ("/tai lieuu 2", DOCUMENTS), ("/tiepp", NEXT), ("/ngũ cãnhh", CONTEXT)],
)
def test_a_misspelt_command_is_near_the_right_one(text, command):
    assert nearest_command(text, Face.CONSOLE) is command


@pytest.mark.parametrize("text", ["/", "/xyz", "/1"])
def test_nothing_is_near_to_nonsense(text):
    assert nearest_command(text, Face.CONSOLE) is None


def test_no_name_belongs_to_two_commands():
    names = [name for command in COMMANDS for name in command.names]
    assert len(names) == len(set(names))


def test_no_words_call_two_commands():
    words = [phrase for command in COMMANDS for phrase in command.words]
    assert len(words) == len(set(words))
    assert all(find_call(phrase, Face.CONSOLE) == Call(command, "") for command in COMMANDS for phrase in command.words)


@pytest.mark.parametrize("command", COMMANDS)
def test_names_are_what_telegram_takes(command):
    assert all(name.isascii() and name.isalnum() and name.islower() and len(name) <= 32 for name in command.names)


@pytest.mark.parametrize("command", commands_in(Face.CONSOLE))
@pytest.mark.parametrize(
    ("language", "words"), [(Language.VI, "nhóm|kênh|tin"), (Language.EN, "groups?|channels?|messages?")]
)
def test_in_the_terminal_no_command_speaks_of_what_is_only_in_telegram(command, language, words):
    assert not re.search(rf"\b(?:{words})\b", command.description(language, Face.CONSOLE))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_described_in_every_language(command):
    assert command.descriptions.keys() == set(Language)
    assert command.in_console is None or command.in_console.keys() == set(Language)
