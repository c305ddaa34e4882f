import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.commands import Face, commands_in
from bot.console.session import CommandCompleter, InputLine, converse
from bot.conversation import Conversation
from bot.settings import Settings
from bot.texts import TEXTS, Language
from bot.turns import RecentTurns
from index.settings import Folders

VI = TEXTS[Language.VI]
ENTER, CTRL_C, CTRL_D, UP = "\r", "\x03", "\x04", "\x1b[A"


@pytest.fixture
def keyboard():
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


@pytest.fixture
def talk(keyboard, collection, tmp_path, capsys):
    """Type some keys into a new session; gives what stood on the screen."""

    async def talk(*keys: str) -> str:
        keyboard.send_text("".join(keys))
        await converse(Conversation(collection, RecentTurns()), Settings(folders=Folders(data=tmp_path)))
        return " ".join(capsys.readouterr().out.split())

    return talk


async def test_a_person_is_welcomed_and_answered_and_bid_farewell(talk):
    screen = await talk("kirill dmitriev la ai", ENTER, "/thoat", ENTER)
    assert screen.startswith("Chào bạn.")
    assert "Kirill Dmitriev" in screen
    assert screen.endswith(VI.goodbye)


async def test_ctrl_d_leaves_kindly(talk):
    assert (await talk(CTRL_D)).endswith(VI.goodbye)


async def test_ctrl_c_clears_the_line(talk):
    assert VI.thanks in await talk("đất hiếm", CTRL_C, "cảm ơn", ENTER, CTRL_D)


async def test_ctrl_c_twice_leaves_kindly(talk):
    assert (await talk("đất hiếm", CTRL_C, CTRL_C, "cảm ơn", ENTER)).endswith(VI.goodbye)


async def test_typing_after_ctrl_c_stays(talk):
    assert VI.thanks in await talk(CTRL_C, "cảm", CTRL_C, "cảm ơn", ENTER, CTRL_D)


async def test_what_was_typed_is_there_in_the_next_session(keyboard, tmp_path):
    keyboard.send_text("cảm ơn" + ENTER)
    await InputLine(Language.VI, tmp_path / "history").read()
    keyboard.send_text(UP + ENTER)
    assert await InputLine(Language.VI, tmp_path / "history").read() == "cảm ơn"


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("/", [f"/{command.name}" for command in commands_in(Face.CONSOLE)]),
        ("/t", ["/trogiup", "/tomtat", "/tailieu", "/tiep", "/them", "/thongke", "/thoat"]),
        ("/tà", ["/tailieu"]),
        ("/tóm", ["/tomtat"]),
        ("/trợ g", ["/trogiup"]),
        ("/HE", ["/help"]),
        ("đất", []),
        ("", []),
    ],
)
def test_commands_are_completed(typed, completed):
    completions = CommandCompleter(Language.VI).get_completions(Document(typed), CompleteEvent())
    assert [completion.text for completion in completions] == completed


def test_a_command_is_completed_beside_what_it_does_here():
    (completion,) = CommandCompleter(Language.VI).get_completions(Document("/tom"), CompleteEvent())
    assert completion.display_meta_text == "tóm tắt tài liệu hay một chủ đề"


def test_english_comes_first_to_those_who_speak_it():
    completions = CommandCompleter(Language.EN).get_completions(Document("/d"), CompleteEvent())
    assert [completion.text for completion in completions] == ["/digest", "/documents", "/delete"]
