"""What stands between the handlers and Telegram, in front of a Telegram that makes trouble."""

import asyncio
import math
import ssl

import pytest
from telegram import ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.chats import Chats
from bot.chats.places import Reach
from bot.telegram.gateway import Gateway
from bot.telegram.handling import Handling, in_hand
from bot.telegram.inbox import Inbox
from bot.texts import Language
from tests.bot.telegram.incoming import message
from tests.telegram_server.server import TelegramServer

NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Time:
    """A clock that only sleepers move."""

    def __init__(self):
        self.now = 100.0
        self.pauses = []

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.pauses.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture
def time():
    return Time()


@pytest.fixture
async def server():
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def chats(tmp_path):
    async with Chats.open(tmp_path / "chats.sqlite3") as chats:
        yield chats


@pytest.fixture
async def bot(server, chats, time):
    bot = ExtBot(
        server.token,
        base_url=server.base_url,
        base_file_url=server.base_file_url,
        request=HTTPXRequest(httpx_kwargs={"verify": NO_CERTIFICATES}, connection_pool_size=8),
        get_updates_request=HTTPXRequest(httpx_kwargs={"verify": NO_CERTIFICATES}),
        rate_limiter=Gateway(chats.places, clock=time, sleep=time.sleep),
    )
    async with bot:
        yield bot


def person(server, name):
    someone = server.user(name)
    someone.write("/start")
    return someone


@pytest.fixture
def an(server):
    return person(server, "An")


def texts(chat):
    return [message.text for message in chat.bot_messages]


class TestFlood:
    async def test_a_message_is_sent_when_telegram_lets_it(self, server, bot, an, time):
        server.faults.flood("sendMessage", retry_after=7)
        await bot.send_message(an.id, "chào")
        assert texts(an.chat) == ["chào"]
        assert time.pauses == [7]

    async def test_another_chat_does_not_wait(self, server, bot, an, time, chats):
        binh = person(server, "Bình")
        server.faults.flood("sendMessage", retry_after=7, chat=an.chat)
        held = asyncio.Event()

        async def sleep(seconds):
            await held.wait()
            time.now += seconds

        bot.rate_limiter._sleep = sleep
        sending = asyncio.create_task(bot.send_message(an.id, "một"))
        await server.called("sendMessage")
        await bot.send_message(binh.id, "hai")
        assert (texts(an.chat), texts(binh.chat)) == ([], ["hai"])
        held.set()
        await sending
        assert texts(an.chat) == ["một"]

    async def test_the_next_message_of_the_chat_waits_before_it_is_tried(self, server, bot, an, time):
        bot.rate_limiter._floods[an.id] = time.now + 3
        await bot.send_message(an.id, "chào")
        assert time.pauses == [3]
        assert len(server.calls("sendMessage")) == 1

    async def test_when_several_chats_must_wait_all_do(self, server, bot, time):
        people = [person(server, name) for name in ("An", "Bình", "Chi", "Dũng")]
        over = asyncio.Event()
        resting = []

        async def sleep(seconds):
            resting.append(seconds)
            server.world.watch.notify()
            await over.wait()

        bot.rate_limiter._sleep = sleep
        for one in people[:3]:
            server.faults.flood("sendMessage", retry_after=20, chat=one.chat)
        sending = [asyncio.create_task(bot.send_message(one.id, "chào")) for one in people[:3]]
        await server.wait_for(lambda: len(resting) == 3)
        sending.append(asyncio.create_task(bot.send_message(people[3].id, "chào")))
        await server.wait_for(lambda: len(resting) == 4)
        assert resting == [20, 20, 20, 5]
        assert not server.calls("sendMessage", chat=people[3].chat)
        time.now += 20
        over.set()
        await asyncio.gather(*sending)
        assert texts(people[3].chat) == ["chào"]

    async def test_patience_has_an_end(self, server, bot, an, time):
        server.faults.flood("sendMessage", retry_after=7, times=None)
        with pytest.raises(RetryAfter):
            await bot.send_message(an.id, "chào")
        assert len(time.pauses) == 5

    async def test_typing_is_left_out_rather_than_late(self, server, bot, an, time):
        server.faults.flood("sendChatAction", retry_after=7)
        assert await bot.send_chat_action(an.id, "typing") is False
        server.faults.flood("sendMessage", retry_after=7)
        await bot.send_message(an.id, "chào")
        bot.rate_limiter._floods[an.id] = time.now + 3
        assert await bot.send_chat_action(an.id, "typing") is False
        assert len(server.calls("sendChatAction")) == 1


class TestFailures:
    @pytest.mark.parametrize("trouble", ["bad_gateway", "drop"])
    async def test_a_message_that_failed_on_its_way_is_sent_again(self, server, bot, an, time, trouble):
        getattr(server.faults, trouble)("sendMessage", times=3)
        await bot.send_message(an.id, "chào")
        assert texts(an.chat) == ["chào"]
        assert time.pauses == [0.5, 1, 2]

    async def test_it_is_given_up_some_time(self, server, bot, an, time):
        server.faults.bad_gateway("sendMessage", times=None)
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(an.id, "chào")
        assert len(time.pauses) == 10
        assert max(time.pauses) == 30

    async def test_what_is_for_nobody_fails_at_once(self, server, bot, time):
        server.faults.bad_gateway("getMyCommands")
        with pytest.raises(NetworkError):
            await bot.get_my_commands()
        assert time.pauses == []


class TestChats:
    async def test_a_message_follows_a_group_that_moved(self, server, bot, an, chats):
        group = server.group("Nhóm", owner=an)
        question = an.send(group, "/hoi gì đó")
        await chats.places.choose_language(group.id, Language.EN)
        large = an.migrate(group)
        sent = await bot.send_message(group.id, "chào", reply_to_message_id=question.id)
        assert sent.chat_id == large.id
        assert texts(large) == ["chào"]
        assert (await chats.places.get(large.id)).language is Language.EN

    async def test_a_message_in_a_group_that_moved_cannot_be_edited(self, server, bot, an, chats):
        group = server.group("Nhóm", owner=an)
        sent = await bot.send_message(group.id, "chào")
        large = an.migrate(group)
        with pytest.raises(ChatMigrated):
            await bot.edit_message_text("chào bạn", group.id, sent.id)
        assert texts(large) == []

    async def test_who_blocked_the_bot_is_noted(self, bot, an, chats):
        an.block_bot()
        with pytest.raises(Forbidden):
            await bot.send_message(an.id, "chào")
        assert (await chats.places.get(an.id)).reach is Reach.BLOCKED

    async def test_a_group_that_removed_the_bot_is_noted(self, server, bot, an, chats):
        group = server.supergroup("Nhóm", owner=an)
        an.remove_bot(group)
        with pytest.raises(Forbidden):
            await bot.send_message(group.id, "chào")
        assert (await chats.places.get(group.id)).reach is Reach.REMOVED


class TestRefusals:
    async def test_html_that_cannot_be_read_goes_as_plain_text(self, server, bot, an):
        await bot.send_message(an.id, "<b>3 &lt; 5</b> <i>và", parse_mode="HTML")
        assert texts(an.chat) == ["3 < 5 và"]

    async def test_other_refusals_are_raised_at_once(self, server, bot, an, time):
        with pytest.raises(BadRequest, match="empty"):
            await bot.send_message(an.id, "<b></b>", parse_mode="HTML")
        assert time.pauses == []

    async def test_an_edit_that_changes_nothing_is_no_error(self, bot, an):
        sent = await bot.send_message(an.id, "chào")
        assert await bot.edit_message_text("chào", an.id, sent.id) is True

    async def test_a_quote_that_does_not_stand_there_any_more_is_left_out(self, bot, an):
        said = an.write("Mai họp lúc 9 giờ.")
        await bot.send_message(an.id, "ok", reply_parameters=ReplyParameters(said.id, quote="lúc 8 giờ"))
        assert [(each.reply_to, each.quote) for each in an.chat.bot_messages] == [(said, "")]

    async def test_a_query_too_old_to_be_answered_is_no_error(self, server, bot):
        server.faults.refuse(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        assert await bot.answer_callback_query("1") is True


class TestUpdateInHand:
    """What the inbox knows while an answer is sent."""

    @pytest.fixture
    async def handling(self, chats):
        inbox = Inbox(chats.updates)
        await inbox.put(message(1))
        update = await inbox.get()
        handling = Handling(update, inbox)
        token = in_hand.set(handling)
        yield handling
        in_hand.reset(token)

    async def test_it_is_known_whether_an_answer_was_sent(self, server, bot, an, handling):
        fault = server.faults.hold("sendMessage")
        task = asyncio.create_task(bot.send_message(an.id, "chào"))
        await server.wait_for(lambda: fault.hits)
        assert not handling.has_sent
        fault.cancel()
        await task
        assert handling.has_sent

    async def test_others_are_worked_on_while_telegram_is_waited_for(self, server, bot, an, handling):
        inbox = handling._inbox
        for number in range(2, 7):
            await inbox.put(message(number, chat=number))
        while not inbox.empty():
            await inbox.get()
        waiting = inbox.qsize()
        fault = server.faults.hold("sendMessage")
        task = asyncio.create_task(bot.send_message(an.id, "chào"))
        await server.wait_for(lambda: fault.hits)
        await inbox.get()
        assert inbox.qsize() == waiting - 1
        fault.cancel()
        await task
        assert inbox.empty()

    async def test_none_is_sent_until_the_one_before_is_done_with(self, server, bot, an, handling):
        handling._inbox.flights.striking_off = math.inf
        await bot.send_message(an.id, "chào")
        other = Handling(message(2), handling._inbox)
        task = asyncio.create_task(other.begin_sending())
        for _ in range(5):
            await asyncio.sleep(0)
        assert not task.done()
        handling.end()
        await task

    async def test_where_one_is_refused_the_next_is_sent_at_once(self, bot, an, handling):
        flights = handling._inbox.flights
        flights.request = flights.striking_off = math.inf
        an.block_bot()
        with pytest.raises(Forbidden):
            await bot.send_message(an.id, "chào")
        async with asyncio.timeout(5):
            await Handling(message(2), handling._inbox).begin_sending()

    async def test_an_answer_given_up_is_to_be_given_later(self, server, bot, an, handling):
        server.faults.bad_gateway("sendMessage", times=None)
        with pytest.raises(NetworkError):
            await bot.send_message(an.id, "chào")
        assert handling.undelivered

    async def test_a_refusal_is_not(self, bot, an, handling):
        an.block_bot()
        with pytest.raises(Forbidden):
            await bot.send_message(an.id, "chào")
        assert not handling.undelivered
