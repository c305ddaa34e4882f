"""Who may speak to the bot, how often, and in which language they are answered."""

from contextlib import asynccontextmanager

import pytest
from telegram import Update, User

from bot.chats import Chats
from bot.settings import Settings, TelegramSettings
from bot.telegram.application import build_application
from bot.telegram.gatekeeper import is_addressed, person_of
from bot.texts import TEXTS, Language
from tests.bot.telegram.offline import Offline, OfflineRequest
from tests.telegram_server.server import TOKEN, TelegramServer

VI = TEXTS[Language.VI]
ME = User(7, "Hỏi tài liệu", is_bot=True, username="hoi_tai_lieu_bot")
GROUP = {"id": -5, "type": "supergroup", "title": "Nhóm"}
CHANNEL = {"id": -9, "type": "channel", "title": "Kênh"}
AN = {"id": 11, "is_bot": False, "first_name": "An"}
BOT = {"id": 7, "is_bot": True, "first_name": "Hỏi tài liệu"}


class Clock:
    def __init__(self):
        self.now = 1_760_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def open_bot(collection, tmp_path, clock):
    """A bot with these Telegram settings: `async with open_bot(...) as offline:`."""

    @asynccontextmanager
    async def open_bot(**telegram):
        server = TelegramServer()
        limits = {"token": TOKEN, "base_url": "nowhere://bot", "questions_per_minute": 0} | telegram
        settings = Settings(telegram=TelegramSettings(**limits))
        async with Chats.open(tmp_path / "chats.sqlite3") as chats:
            application = build_application(settings, collection, chats, clock=clock, request=OfflineRequest(server))
            async with application:
                yield Offline(server, application, chats)

    return open_bot


def update(kind="message", **fields):
    body = {"message_id": 1, "date": 1_760_000_000, "chat": GROUP, "from": AN, "text": "chào", **fields}
    return Update.de_json({"update_id": 1, kind: body}, None)


def mention(text, name):
    start = len(text[: text.index(name)].encode("utf-16-le")) // 2
    return {"text": text, "entities": [{"type": "mention", "offset": start, "length": len(name)}]}


class TestAddressed:
    @pytest.mark.parametrize(
        "fields",
        [
            {"chat": {"id": 11, "type": "private", "first_name": "An"}},
            {"text": "/hoi trữ lượng"},
            {"text": "/hoi@Hoi_Tai_Lieu_Bot trữ lượng"},
            {"text": None, "caption": "/hoi trữ lượng"},
            mention("😀 này @Hoi_tai_lieu_bot ơi", "@Hoi_tai_lieu_bot"),
            {"text": "bot ơi", "entities": [{"type": "text_mention", "offset": 0, "length": 3, "user": BOT}]},
            {"reply_to_message": {"message_id": 2, "date": 1, "chat": GROUP, "from": BOT, "text": "đáp"}},
        ],
    )
    def test_what_is_for_the_bot(self, fields):
        assert is_addressed(update(**fields).message, ME)

    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"text": "/hoi@bot_khac trữ lượng"},
            mention("hỏi @bot_khac đi", "@bot_khac"),
            {"text": "hoi_tai_lieu_bot"},
            {"reply_to_message": {"message_id": 2, "date": 1, "chat": GROUP, "from": AN, "text": "đáp"}},
            {
                "reply_to_message": {
                    "message_id": 2,
                    "date": 1,
                    "chat": GROUP,
                    "from": BOT,
                    "forum_topic_created": {"name": "Kinh tế", "icon_color": 1},
                }
            },
        ],
    )
    def test_what_is_not(self, fields):
        assert not is_addressed(update(**fields).message, ME)


class TestPerson:
    def test_someone(self):
        assert person_of(update()) == 11

    def test_an_anonymous_admin_is_the_group(self):
        assert person_of(update(sender_chat=GROUP)) == -5

    def test_a_post_is_the_channels(self):
        fields = {"chat": CHANNEL, "sender_chat": CHANNEL, "from": None}
        assert person_of(update("channel_post", **fields)) == -9

    def test_who_presses_a_button_counts_not_whose_message_it_is_on(self):
        post = {"message_id": 1, "date": 1, "chat": CHANNEL, "sender_chat": CHANNEL, "text": "đáp"}
        query = {"id": "1", "from": AN, "chat_instance": "1", "data": "next", "message": post}
        assert person_of(Update.de_json({"update_id": 1, "callback_query": query}, None)) == 11


class TestLanguage:
    @pytest.mark.parametrize(("code", "greeting"), [("vi", "Chào"), ("en-GB", "Hello"), ("fr", "Chào"), ("", "Chào")])
    async def test_at_first_it_is_the_clients_else_the_owners(self, open_bot, code, greeting):
        async with open_bot() as offline:
            person = offline.person("An", language_code=code)
            person.write("/start")
            assert (await offline.said_in(person.chat)).text.startswith(greeting)

    async def test_then_it_is_what_was_chosen(self, open_bot):
        async with open_bot() as offline:
            await offline.chats.places.choose_language(offline.an.id, Language.EN)
            assert (await offline.says("/start")).text.startswith("Hello")

    async def test_in_a_group_it_is_the_groups(self, open_bot):
        async with open_bot() as offline:
            english = offline.person("Ann", language_code="en")
            group = offline.server.supergroup("Nhóm", owner=english)
            english.send(group, "/trogiup")
            assert (await offline.said_in(group)).text.startswith(VI.help_in_group)
            await offline.chats.places.choose_language(group.id, Language.EN)
            english.send(group, "/trogiup")
            assert (await offline.said_in(group)).text.startswith(TEXTS[Language.EN].help_in_group)


class TestAllowed:
    async def test_everyone_is_where_nobody_is_named(self, open_bot):
        async with open_bot() as offline:
            assert await offline.says("/start")

    async def test_who_is_not_named_is_told_so_once_an_hour(self, open_bot, clock):
        async with open_bot(users=frozenset({1})) as offline:
            assert (await offline.says("chào")).text == VI.not_allowed(offline.an.id)
            clock.now += 3599
            assert await offline.says("chào") is None
            clock.now += 1
            assert (await offline.says("chào")).text == VI.not_allowed(offline.an.id)

    async def test_a_button_says_so_too(self, open_bot):
        async with open_bot() as offline:
            number = offline.an.id
        async with open_bot(users=frozenset({number})) as offline:
            group = offline.server.supergroup("Nhóm", owner=offline.an)
            offline.an.send(group, "/hoi đất hiếm")
            answer, binh = await offline.said_in(group), offline.person("Bình")
            assert await offline.press(answer, "answer:2", binh) == VI.not_allowed(binh.id)
            assert answer.labels[0].startswith("1/")

    @pytest.mark.parametrize("setting", ["users", "admins"])
    async def test_who_is_named_may_speak_anywhere(self, open_bot, setting):
        async with open_bot(chats=frozenset({-1})) as offline:
            number = offline.an.id
        async with open_bot(**{"chats": frozenset({-1}), setting: frozenset({number})}) as offline:
            assert (await offline.says("chào")).text.startswith(VI.greeting)
            group = offline.server.supergroup("Nhóm", owner=offline.an)
            offline.an.send(group, "/hoi chào")
            assert await offline.said_in(group)

    async def test_in_a_group_that_is_named_everyone_may(self, open_bot):
        async with open_bot() as offline:
            number = offline.server.supergroup("Nhóm", owner=offline.an).id
        async with open_bot(chats=frozenset({number})) as offline:
            group = offline.server.supergroup("Nhóm", owner=offline.an)
            assert group.id == number
            offline.an.send(group, "/hoi chào")
            assert await offline.said_in(group)

    async def test_a_group_that_is_named_may_still_when_it_is_a_supergroup(self, open_bot):
        async with open_bot() as offline:
            number = offline.server.group("Nhóm", owner=offline.an).id
        async with open_bot(chats=frozenset({number})) as offline:
            group = offline.server.group("Nhóm", owner=offline.an)
            assert group.id == number
            large = offline.an.migrate(group)
            offline.an.send(large, "/hoi chào")
            assert await offline.said_in(large)

    async def test_other_groups_hear_nothing(self, open_bot):
        async with open_bot(users=frozenset({1})) as offline:
            group = offline.server.supergroup("Nhóm", owner=offline.an)
            offline.an.send(group, "/hoi chào")
            assert await offline.said_in(group) is None


class TestLimit:
    async def test_who_asks_too_fast_is_told_once_then_it_is_quiet(self, open_bot, clock):
        async with open_bot(questions_per_minute=2) as offline:
            said = [await offline.says("chào") for _ in range(4)]
            assert said[0].text == said[1].text
            assert said[2].text == VI.too_many_questions(60)
            assert said[3] is None
            clock.now += 60
            assert (await offline.says("chào")).text == said[0].text

    async def test_the_oldest_question_makes_room_first(self, open_bot, clock):
        async with open_bot(questions_per_minute=2) as offline:
            await offline.says("chào")
            clock.now += 40
            await offline.says("chào")
            assert (await offline.says("chào")).text == VI.too_many_questions(20)
            clock.now += 20
            assert (await offline.says("chào")).text != VI.too_many_questions(20)
            assert (await offline.says("chào")).text == VI.too_many_questions(40)

    async def test_each_person_has_a_limit_of_their_own(self, open_bot):
        async with open_bot(questions_per_minute=1) as offline:
            binh = offline.person("Bình")
            await offline.says("chào")
            binh.write("chào")
            assert (await offline.said_in(binh.chat)).text.startswith(VI.greeting)

    async def test_talk_among_people_does_not_count(self, open_bot):
        async with open_bot(questions_per_minute=1) as offline:
            group = offline.server.supergroup("Nhóm", owner=offline.an, bot="administrator")
            for _ in range(3):
                offline.an.send(group, "chuyện phiếm")
            offline.an.send(group, "/hoi chào")
            assert (await offline.said_in(group)).text.startswith(VI.greeting)

    async def test_zero_is_no_limit(self, open_bot):
        async with open_bot(questions_per_minute=0) as offline:
            for _ in range(30):
                assert (await offline.says("chào")).text.startswith(VI.greeting)
