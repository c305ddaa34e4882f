import pytest
from telegram.error import TelegramError

from bot.chats.places import Reach
from bot.commands import COMMANDS, Chat
from bot.settings import Settings, TelegramSettings
from bot.telegram.handlers import introduce
from bot.telegram.menu import menu
from bot.texts import TEXTS, Language

SETTINGS = Settings(telegram=TelegramSettings(admins=frozenset({5_120_000_001, 77})))


@pytest.fixture
def profile(offline):
    return offline.server.world.profile


async def introduced(offline, settings=SETTINGS):
    await introduce(offline.application.bot, settings, offline.chats.places)


def names(menu):
    return [each["command"] for each in menu]


def test_the_menu_says_what_the_help_says():
    for command in menu(Chat.PRIVATE, Language.VI):
        [known] = [each for each in COMMANDS if each.name == command.command]
        assert command.description == known.descriptions[Language.VI]


async def test_menus_are_set_by_kind_of_chat_and_language(offline, profile):
    await introduced(offline)
    in_private = "trogiup tomtat tailieu ngonngu riengtu xoadulieu", "help summary documents language privacy forget"
    for language, listed in zip(("vi", "en"), in_private, strict=True):
        assert names(profile.commands("all_private_chats", language)) == listed.split()
    in_groups = "trogiup hoi tomtat tailieu lich luutin ngonngu xoadulieu".split()
    assert names(profile.commands("all_group_chats", "vi")) == in_groups
    assert names(profile.commands("default", "")) == names(profile.commands("all_private_chats", "vi"))


async def test_people_of_other_languages_are_told_in_the_owners_choice(offline, profile):
    await introduced(offline, Settings(language=Language.EN))
    in_groups = "help ask summary documents schedule keep language forget".split()
    assert names(profile.commands("all_group_chats", "")) == in_groups


async def test_only_owners_who_have_written_get_their_menu(offline, profile):
    await offline.chats.places.note(offline.an.id, "private", Reach.REACHABLE)
    await introduced(offline)
    assert "baocao" in names(profile.commands({"type": "chat", "chat_id": offline.an.id}, "vi"))
    assert not profile.commands({"type": "chat", "chat_id": 77}, "vi")


async def test_descriptions_are_told_in_each_language(offline):
    await introduced(offline)
    bot = offline.application.bot
    for language in Language:
        assert (await bot.get_my_description(language)).description == TEXTS[language].introduction
        assert (await bot.get_my_short_description(language)).short_description == TEXTS[language].profile


async def test_what_is_as_it_should_be_is_not_set_again(offline):
    await introduced(offline)
    before = len(offline.server.calls("setMyCommands", "setMyDescription", "setMyShortDescription"))
    await introduced(offline)
    assert len(offline.server.calls("setMyCommands", "setMyDescription", "setMyShortDescription")) == before > 0


async def test_trouble_with_it_does_not_stop_the_bot(offline, monkeypatch, caplog):
    async def refuse(*_, **__):
        raise TelegramError("nein")

    monkeypatch.setattr(type(offline.application.bot), "get_my_commands", refuse)
    await introduced(offline)
    assert "the command menu could not be set: nein" in caplog.text
