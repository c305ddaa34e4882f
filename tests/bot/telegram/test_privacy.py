"""What people say stays where they said it, and what anybody writes is only ever text."""

import json
import logging
import sqlite3

import pytest

from bot.chats.requests import Request
from bot.commands import COMMANDS
from bot.settings import TelegramSettings
from bot.telegram.splitting import Run, pieces
from bot.texts import TEXTS, Language
from index.collection import Collection
from index.documents import Length
from tests.bot.telegram.offline import offline_bot
from tests.bot.telegram.talk import HOUR, Clock

VI = TEXTS[Language.VI]
OWNER = frozenset({5_120_000_001})
TOLD = "mật khẩu két sắt của gia đình là 314159 nhé"
SECRETS = ("314159", "két sắt", "Bình Bí Mật")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def owned(collection, tmp_path, clock):
    """A bot that An owns."""
    async with offline_bot(collection, tmp_path, clock=clock, admins=OWNER) as offline:
        yield offline


def shown_to(server, chats, since=0):
    """All that requests put before somebody: into some chats, or above an inline query."""
    requests = server.requests[since:]
    of_chats = [request for request in requests if request.chat_id in {chat.id for chat in chats}]
    asked = [request for request in requests if request.method in {"answerInlineQuery", "answerCallbackQuery"}]
    return json.dumps([request.parameters.fields for request in of_chats + asked], ensure_ascii=False)


class TestFromChatToChat:
    @pytest.fixture
    async def told(self, owned, clock):
        """Bình tells a secret in every way there is: in a group, in private, as a question without an answer, with votes."""
        binh = owned.person("Bình Bí Mật")
        group = owned.server.supergroup("Nhà két sắt", owner=binh, bot="administrator")
        for _ in range(4):
            binh.send(group, TOLD)
            clock.now += 60
        binh.send(group, f"/hoi {TOLD}")
        binh.write(TOLD)
        binh.write("trữ lượng đất hiếm của Nga là bao nhiêu?")
        answer = await owned.said_in(binh.chat)
        await owned.press(answer, "👎", binh)
        return group

    async def test_no_other_chat_is_shown_any_of_it(self, owned, told, clock):
        chi = owned.person("Chi")
        other = owned.server.supergroup("Nhóm khác", owner=chi, bot="administrator")
        channel = owned.server.channel("Kênh khác", owner=chi)
        since = len(owned.server.requests)
        for command in COMMANDS:
            for text in (f"/{command.name}", f"/{command.name} két sắt", f"/{command.name} 314159"):
                if command.name != "thoat":
                    chi.write(text)
                    chi.send(other, text)
                    chi.send(channel, text)
                    clock.now += HOUR
        for text in ("két sắt", "mật khẩu két sắt của gia đình là gì?", "còn Bình thì sao?", ""):
            chi.write(text or "?")
            chi.inline(text)
        await owned.handle()
        shown = shown_to(owned.server, [chi.chat, other, channel], since)
        assert "đất hiếm" in shown
        assert "Bình Bí Mật" not in shown
        assert TOLD not in shown
        assert "Nhà két sắt" not in shown
        assert "của gia đình" not in shown.replace("mật khẩu két sắt của gia đình là gì", "")

    async def test_where_it_was_said_it_is_told(self, owned, told, clock):
        member = owned.person("Chi")
        member.join(told)
        member.send(told, "/tomtat")
        await owned.handle()
        assert any(secret in shown_to(owned.server, [told]) for secret in SECRETS)

    async def test_a_digest_can_be_had_by_nobody_outside(self, owned, told):
        binh = next(member for member in told.members.values() if member.user.first_name.startswith("Bình"))
        chi = owned.person("Chi")
        token = await owned.chats.requests.keep(Request(str(told.id), str(binh.user.id), 0.0, 2e9, Length.NORMAL))
        chi.write(f"/start s-{token}")
        assert (await owned.said_in(chi.chat)).text == VI.request_gone

    async def test_the_owner_reads_texts_without_names(self, owned, told):
        report = (await owned.says("/baocao")).text
        assert "314159" in report
        assert "Bình" not in report
        assert str(next(iter(told.members))) not in report

    @pytest.mark.parametrize("language", Language)
    def test_and_everybody_is_told_that_the_owner_does(self, language):
        owner = {Language.VI: "chủ bot đọc", Language.EN: "the owner"}[language]
        texts = TEXTS[language]
        for said in (texts.nothing_kept, texts.kept(1, 1, 1, 1, 7)):
            assert owner in said
            assert "👎" in said

    async def test_nothing_of_it_is_logged(self, owned, told, caplog):
        caplog.set_level(logging.INFO)
        binh = owned.person("Bình Bí Mật")
        binh.write(TOLD)
        binh.write("/tomtat")
        binh.inline(TOLD)
        owned.server.faults.bad_gateway("sendMessage")
        owned.server.faults.refuse(400, "Bad Request: can't parse entities", "sendMessage")
        binh.write(f"/hoi {TOLD}")
        await owned.handle()
        assert not any(secret in caplog.text for secret in SECRETS)


class TestNotAllowed:
    @pytest.fixture
    async def closed(self, collection, tmp_path, clock):
        """A bot for nobody but its owner."""
        async with offline_bot(collection, tmp_path, clock=clock, users=frozenset({1}), admins=OWNER) as offline:
            yield offline

    async def test_in_private_it_is_one_polite_line(self, closed):
        chi = closed.person("Chi")
        for text in ("đất hiếm", "/tailieu", "/tomtat", "/start"):
            chi.write(text)
        await closed.handle()
        assert [message.text for message in chi.chat.bot_messages] == [VI.not_allowed(chi.id)]

    async def test_in_a_group_and_a_channel_it_is_none(self, closed):
        chi = closed.person("Chi")
        group, channel = closed.server.supergroup("Nhóm", owner=chi), closed.server.channel("Kênh", owner=chi)
        chi.send(group, "/hoi đất hiếm")
        chi.send(channel, "/hoi đất hiếm")
        await closed.handle()
        assert not group.bot_messages + channel.bot_messages

    async def test_inline_it_is_a_line_without_any_result(self, closed):
        query = closed.person("Chi").inline("đất hiếm")
        await closed.handle()
        answer = await query.answer(within=0)
        assert answer.results == []
        assert answer.button["text"] == VI.not_for_all

    async def test_nothing_that_they_say_is_kept(self, closed, tmp_path):
        chi = closed.person("Chi")
        chi.write(TOLD)
        chi.send(closed.server.supergroup("Nhóm", owner=chi, bot="administrator"), TOLD)
        await closed.handle()
        with sqlite3.connect(tmp_path / "chats.sqlite3") as connection:
            assert not [line for line in connection.iterdump() if "314159" in line]
        connection.close()


HOSTILE = (
    "</a></b><a href='tg://user?id=1'>bấm</a> &amp; <script> [x](http://e.vn) \u202eĐẢO\u2066 /xoadulieu @an #tag $TON "
    "evil.com tg://x 1.2.3.4 thu@e.vn"
)
NAME = "/xoadulieu @an #x e.vn <b>"

MARKED_BY_THE_BOT = {"bold", "code", "expandable_blockquote", "italic"}


def tapped(message):
    """What in a message can be tapped that Telegram found by itself."""
    kinds = {"bot_command", "mention", "hashtag", "cashtag", "url", "email"}
    units = message.text.encode("utf-16-le")
    found = [units[2 * entity.offset : 2 * entity.end] for entity in message.entities if entity.type in kinds]
    return [text.decode("utf-16-le") for text in found]


class TestOnlyText:
    @pytest.fixture
    async def hostile(self, tmp_path):
        """Documents whose every part means harm."""
        folder = tmp_path / "documents"
        folder.mkdir()
        matter = f'---\ntitle: "{HOSTILE}"\nurl: "javascript:alert(1)"\n---\n'
        (folder / "a<b>&.md").write_text(
            f"{matter}\n# {HOSTILE}\n\nCon trâu {HOSTILE} ăn cỏ non ngoài đồng mỗi sáng sớm.\n", encoding="utf-8"
        )
        async with Collection.open(tmp_path / "hostile") as collection:
            await collection.update(folder)
            async with offline_bot(collection, tmp_path) as offline:
                yield offline

    @pytest.mark.parametrize(
        "text", ["con trâu ăn gì", "/tailieu", "/tailieu 1", "/tomtat", "/tomtat con trâu", "trâu"]
    )
    async def test_documents_mark_and_link_nothing(self, hostile, text):
        said = await hostile.says(text)
        assert not said.links
        assert {entity.type for entity in said.entities} <= MARKED_BY_THE_BOT | {"bot_command"}
        assert set(tapped(said)) <= {"/tailieu", "/tomtat"}
        assert not set(said.text) & {"\u202e", "\u2066"}
        assert "<script>" in said.text

    async def test_nor_do_they_inline(self, hostile):
        query = hostile.an.inline("con trâu ăn gì")
        await hostile.handle()
        (result, *_) = (await query.answer(within=0)).results
        assert "url" not in result
        message = await hostile.an.choose(query, result["id"], hostile.an.chat)
        assert "<script>" in message.text
        assert not tapped(message)

    async def test_names_mark_and_link_nothing_in_a_digest(self, owned, clock):
        binh = owned.person(NAME)
        group = owned.server.supergroup(HOSTILE[:100], owner=binh, bot="administrator")
        for _ in range(3):
            binh.send(group, f"Cuối tuần này cả nhóm đi Ba Vì lúc 6 giờ nhé {HOSTILE}")
            clock.now += 60
        binh.send(group, "/tomtat")
        digest = await owned.said_in(group)
        assert "Ba Vì" in digest.text
        shared = {"http://e.vn/", "http://evil.com/", "http://1.2.3.4/"}
        assert all(link.startswith("https://t.me/c/") or link in shared for link in digest.links.values()), digest.links
        assert "text_mention" not in {entity.type for entity in digest.entities}
        assert tapped(digest) == ["/tomtat", "/luutin", "/xoadulieu"]  # in the bot's own notice
        assert not set(digest.text) & {"\u202e", "\u2066"}

    @pytest.mark.parametrize("typed", ["/xoadulieuu@hoi_tai_lieu_bot", "/tomtat {}", "/lich {}", "/hoi {}"])
    async def test_what_people_type_can_be_tapped_nowhere_in_a_reply(self, owned, typed):
        group = owned.server.supergroup("Nhóm", owner=owned.an, bot="administrator")
        owned.an.send(group, typed.format("@an e.vn /xoa #x"))
        said = await owned.said_in(group)
        assert {text.lstrip("/") for text in tapped(said)} <= {name for command in COMMANDS for name in command.names}
        assert not {"/xoa", "/xoadulieuu"} & set(tapped(said))

    @pytest.mark.parametrize(
        "typed", ["/xoa {}", "/them {}", "/tomtat {}", "/tomtat tài liệu {}", "/them http://e.vn/{}"]
    )
    async def test_nor_what_the_owner_types(self, owned, typed):
        said = await owned.says(typed.format("@an /xoadulieu #x $TON"))
        assert not {"@an", "/xoadulieu", "#x", "$TON"} & set(tapped(said))
        assert not any("." in text for text in tapped(said))

    async def test_nor_in_the_report(self, owned):
        binh = owned.person("Bình")
        binh.write("bao giờ @an mở e.vn /xoadulieu #x $TON?")
        report = await owned.says("/baocao")
        assert "bao giờ" in report.text
        assert not tapped(report)

    async def test_names_of_files_and_titles_of_chats_neither(self, owned, clock):
        binh = owned.person("Bình")
        group = owned.server.supergroup(NAME, owner=binh, bot="administrator", members=[owned.an])
        for _ in range(3):
            binh.send(group, "Cuối tuần này cả nhóm đi Ba Vì lúc 6 giờ nhé")
            clock.now += 60
        await owned.says("chào bạn")
        owned.an.send(group, "/tomtat riêng")
        await owned.handle()
        digest = owned.an.chat.bot_messages[-1]
        assert "#" in digest.text
        assert not tapped(digest)

    def test_no_text_turns_the_direction_of_what_follows(self):
        turning = "".join(map(chr, [0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
        (piece,) = pieces([Run(f"a{turning}b")])
        assert piece.html == piece.plain == "ab"

    def test_letters_that_join_stay(self):
        (piece,) = pieces([Run("👨\u200d👩\u200d👧")])
        assert piece.plain == "👨\u200d👩\u200d👧"


class TestNoCommandsOfOthers:
    """What somebody else wrote is no wish of who replies to it or forwards it."""

    async def test_a_reply_to_a_command_does_not_carry_it_out(self, owned):
        binh = owned.person("Bình")
        group = owned.server.supergroup("Nhóm", owner=owned.an, members=[binh])
        owned.an.send(group, "/ngonngu vi")
        trap = binh.send(group, "/xoadulieu canhom")
        await owned.handle()
        owned.an.send(group, "/hoi", reply_to=trap)
        assert (await owned.said_in(group)).text == VI.what_to_ask
        assert (await owned.chats.places.get(group.id)).language is Language.VI

    async def test_a_forwarded_command_is_none_in_private(self, owned):
        await owned.says("trữ lượng đất hiếm của Nga")
        binh = owned.person("Bình")
        trap = binh.write("/xoadulieu xacnhan")
        await owned.handle()
        owned.an.forward(trap, owned.an.chat)
        await owned.handle()
        assert (await owned.chats.privacy.stored_of_person(owned.an.id)).anything

    async def test_nor_in_a_group(self, owned):
        binh = owned.person("Bình")
        group = owned.server.supergroup("Nhóm", owner=owned.an, members=[binh])
        trap = binh.write("/ngonngu en")
        await owned.handle()
        owned.an.forward(trap, group)
        assert await owned.said_in(group) is None

    @pytest.mark.parametrize("command", [one for one in COMMANDS if one.name != "thoat"], ids=lambda one: one.name)
    async def test_a_command_that_a_tap_sends_deletes_nothing(self, owned, command):
        """Telegram makes every /word that anybody writes one that can be tapped."""
        await owned.says("trữ lượng đất hiếm của Nga")
        before = await owned.chats.privacy.stored_of_person(owned.an.id)
        await owned.says(f"/{command.name}")
        after = await owned.chats.privacy.stored_of_person(owned.an.id)
        assert (after.turns, after.answers, after.votes) >= (before.turns, before.answers, before.votes)


def test_the_token_is_in_no_repr():
    settings = TelegramSettings(token="1:SECRET", proxy="http://user:SECRET@proxy")  # noqa: S106
    assert "SECRET" not in repr(settings)
