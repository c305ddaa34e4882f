import asyncio
import datetime as dt

import pytest
from telegram import Update

from bot.commands import ADD, REMOVE
from bot.listing import short_name
from bot.telegram import bringing
from bot.texts import TEXTS, Language
from bot.turns import Changed, Turn
from index.adding import Page
from index.documents import Document
from index.readers import Contents
from tests.bot.telegram.offline import offline_bot
from tests.bot.telegram.talk import HANOI
from tests.telegram_server.server import TelegramServer

VI = TEXTS[Language.VI]
QUESTION = "giá gạo tăng bao nhiêu phần trăm?"
RICE = "Giá gạo xuất khẩu của các tỉnh đồng bằng tăng 5% trong tháng qua, theo hiệp hội lương thực."
RESTS = "Giá gạo xuất khẩu của các tỉnh đồng bằng đứng yên trong tháng qua, theo hiệp hội lương thực."
POST = f"Giá gạo tăng\n\n{RICE}"
ADDRESS = "https://bao.vn/gia-gao"


@pytest.fixture
def web():
    """What is at addresses: documents, by address."""
    return {ADDRESS: (Document(ADDRESS, "Giá gạo lên", RICE, url=ADDRESS, date=dt.date(2025, 2, 5)),)}


@pytest.fixture
async def owned(empty_collection, tmp_path, clock, web):
    """A bot without documents, whose owner An is."""
    server = TelegramServer(clock=clock)
    an = server.user("An")

    async def reading(address, _):
        return Page(address, Contents(web[address]), "")

    async with offline_bot(
        empty_collection, tmp_path, clock=clock, server=server, reading=reading, admins=frozenset({an.id})
    ) as offline:
        an.chat.started = an.user.seen = True
        offline.an = an
        yield offline


def sent_file(offline, text, name="gao.txt", by=None):
    person = by or offline.an
    return person.send_document(person.chat, text.encode(), name)


async def keys(collection):
    return [source.key for source in await collection.documents()]


# --- Files ------------------------------------------------------------------------------------------------------------


async def test_a_file_is_answered_from_and_not_after_it_was_undone(owned):
    sent_file(owned, POST)
    added = await owned.said_in(owned.an.chat)
    assert added.text.startswith(f"{VI.added_document}\n\nGiá gạo tăng · telegram/gao.txt · {VI.size(1, 22)}")
    assert added.labels == [VI.undo]
    assert "tăng 5%" in (await owned.says(QUESTION)).text

    await owned.press(added, VI.undo)
    assert added.text == VI.undone("Giá gạo tăng", False)
    assert not added.buttons
    assert (await owned.says(QUESTION)).text == VI.no_documents


async def test_a_file_of_the_same_name_takes_the_place_of_the_earlier_one_until_that_is_undone(owned, empty_collection):
    sent_file(owned, POST)
    sent_file(owned, f"Gạo đứng giá\n\n{RESTS}")
    replaced = await owned.said_in(owned.an.chat)
    assert replaced.text.startswith(VI.replaced_document("Giá gạo tăng"))
    assert await keys(empty_collection) == ["telegram/gao.txt"]

    await owned.press(replaced, VI.undo)
    assert replaced.text == VI.undone("Giá gạo tăng", True)
    assert (await empty_collection.document("telegram/gao.txt")).text == RICE


async def test_what_was_done_more_than_a_day_ago_is_not_undone(owned, empty_collection, monkeypatch):
    sent_file(owned, POST)
    added = await owned.said_in(owned.an.chat)
    before = added.text
    query = owned.an.press(added, VI.undo)
    monkeypatch.setattr("bot.adding._DAY", -1.0)
    await owned.handle()
    assert (await query.answer(within=0)).text == VI.nothing_to_undo
    assert added.text == before
    assert await keys(empty_collection) == ["telegram/gao.txt"]


async def test_the_same_file_again_changes_nothing(owned, empty_collection):
    sent_file(owned, POST)
    await owned.handle()
    sent_file(owned, POST)
    again = await owned.said_in(owned.an.chat)
    assert again.text.startswith(VI.unchanged_document)
    sent_file(owned, POST, "gao-2.txt")
    twin = await owned.said_in(owned.an.chat)
    assert twin.text.startswith(VI.duplicate_document)
    assert await keys(empty_collection) == ["telegram/gao.txt"]
    await owned.press(again, VI.remove_it)
    assert again.text.startswith(VI.documents_removed(1))
    assert await keys(empty_collection) == []


async def test_an_album_of_files_gets_a_reply_for_each(owned):
    for number in range(3):
        sent_file(owned, f"Tin {number}\n\n{number}. {RICE}", f"{number}.txt")
    for _, update in owned.server.world.updates.pending:
        update["message"]["media_group_id"] = "1"
    await owned.handle()
    assert [message.text.splitlines()[0] for message in owned.an.chat.bot_messages] == [VI.added_document] * 3


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [("", "trong.txt", "empty"), ("a", "a.bin", "format"), ("\0\1\2" * 99, "a.txt", "binary")],
)
async def test_a_file_that_cannot_be_read_is_told_why(owned, content, name, reason):
    sent_file(owned, content or " ", name)
    why = VI.add_reasons.get(reason) or VI.skip_reasons[reason]
    assert (await owned.said_in(owned.an.chat)).text.startswith(VI.not_added(name, why).rstrip("."))


async def test_a_file_that_is_too_large_for_telegram_is_told(owned):
    sent_file(owned, "a" * 21_000_000)
    assert (await owned.said_in(owned.an.chat)).text == VI.not_added(
        "gao.txt", f"{VI.skip_reasons['too_large']}: > 20 MB"
    )


async def test_a_file_that_telegram_does_not_give_is_told(owned):
    message = sent_file(owned, POST)
    owned.server.world.files.clear()
    assert message
    assert (await owned.said_in(owned.an.chat)).text == VI.file_not_fetched("gao.txt")


async def test_the_name_of_a_file_leads_nowhere_else(owned, empty_collection):
    sent_file(owned, POST, "../../etc/gạo \u202etxt.md")
    await owned.handle()
    (key,) = await keys(empty_collection)
    assert key.startswith("telegram/")
    assert ".." not in key
    assert "\u202e" not in key


async def test_a_file_from_anybody_else_is_left_alone(owned, empty_collection):
    binh = owned.person("Bình")
    sent_file(owned, POST, by=binh)
    assert (await owned.said_in(binh.chat)).text == VI.reads_text_only
    assert await keys(empty_collection) == []


async def test_many_files_in_a_minute_are_not_too_many(empty_collection, tmp_path):
    server = TelegramServer()
    an = server.user("An")
    async with offline_bot(
        empty_collection, tmp_path, server=server, admins=frozenset({an.id}), questions_per_minute=1
    ) as offline:
        an.chat.started = an.user.seen = True
        offline.an = an
        for number in range(3):
            sent_file(offline, f"Tin {number}\n\n{number}. {RICE}", f"{number}.txt")
        await offline.handle()
        assert len(await keys(empty_collection)) == 3


# --- Links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [ADDRESS, f"/them {ADDRESS}", f"/add {ADDRESS}", "bao.vn/gia-gao"])
async def test_an_address_alone_is_added_and_read_again(owned, empty_collection, text):
    added = await owned.says(text)
    assert added.text.startswith(f"{VI.added_document}\n\nGiá gạo lên (5/2/2025)")
    assert added.links == {"Giá gạo lên": ADDRESS}
    assert VI.read_again in added.text
    assert await keys(empty_collection) == [ADDRESS]
    assert [origin.key for origin in await empty_collection.addresses()] == [ADDRESS]


async def test_a_feed_is_told_as_several_documents_and_undone_at_once(owned, web, empty_collection):
    feed = "https://bao.vn/rss"
    web[feed] = tuple(Document(f"{feed}#{n}", f"Tin {n}", f"{n}. {RICE}", f"{ADDRESS}-{n}") for n in range(7))
    added = await owned.says(feed)
    assert added.text.startswith("Tài liệu trong https://\u2060bao.\u2060vn/rss: thêm 7.")
    assert VI.other_many(2) in added.text
    await owned.press(added, VI.undo)
    assert added.text == VI.undone_many(7)
    assert await empty_collection.addresses() == []


async def test_an_address_in_a_sentence_is_a_question(owned, empty_collection):
    await owned.says(f"trang {ADDRESS} nói gì?")
    assert await keys(empty_collection) == []


async def test_an_edited_address_is_added(owned, web, empty_collection):
    message = owned.an.write("bao.vn/gia")
    web["https://bao.vn/gia"] = web[ADDRESS]
    await owned.handle()
    owned.an.edit(message, f"{ADDRESS}")
    await owned.handle()
    assert len(owned.an.chat.bot_messages) == 1
    assert ADDRESS in await keys(empty_collection)


# --- Posts that are forwarded -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("username", ["giagao", ""])
async def test_a_post_that_is_forwarded_from_a_channel_keeps_its_link_date_and_channel(
    owned, empty_collection, username
):
    channel = owned.server.channel("Giá Gạo Hôm Nay", owner=owned.an, username=username)
    post = owned.an.send(channel, POST)
    owned.server.world.updates.pending.clear()
    owned.an.forward(post, owned.an.chat)
    added = await owned.said_in(owned.an.chat)

    link = f"https://t.me/giagao/{post.id}" if username else f"https://t.me/c/{str(channel.id)[4:]}/{post.id}"
    (source,) = await empty_collection.documents()
    assert source.key == source.url == link
    assert source.title == "Giá gạo tăng – Giá Gạo Hôm Nay"
    assert source.date == dt.datetime.fromtimestamp(post.date, HANOI).date()
    assert added.links == {source.title: link}


async def test_a_long_message_of_a_person_is_added_without_their_name(owned, empty_collection):
    binh = owned.person("Bình Nguyễn")
    message = binh.send(binh.chat, f"{POST} {RESTS} {RICE}")
    owned.server.world.updates.pending.clear()
    owned.an.forward(message, owned.an.chat)
    added = await owned.said_in(owned.an.chat)
    assert added.text.startswith(VI.added_document)
    (source,) = await empty_collection.documents()
    assert (source.key.startswith("telegram/tin-"), source.url) == (True, None)
    assert "Bình" not in added.text


async def test_a_short_message_that_is_forwarded_is_a_question_and_can_be_added(owned, empty_collection):
    binh = owned.person("Bình")
    message = binh.send(binh.chat, RICE)
    owned.server.world.updates.pending.clear()
    forwarded = owned.an.forward(message, owned.an.chat)
    answer = await owned.said_in(owned.an.chat)
    assert answer.reply_to is forwarded
    assert answer.labels[-1] == VI.offer_adding
    await owned.press(answer, VI.offer_adding)
    assert answer.text.startswith(VI.added_document)
    assert (await empty_collection.statistics()).documents == 1


async def test_a_message_is_added_by_a_reply_to_it(owned, empty_collection):
    file = sent_file(owned, POST)
    owned.server.world.updates.pending.clear()
    note = owned.an.write(RESTS)
    link = owned.an.write(ADDRESS)
    owned.server.world.updates.pending.clear()
    assert (await owned.says("/them", reply_to=file)).text.startswith(VI.added_document)
    assert (await owned.says("/them", reply_to=note)).text.startswith(VI.added_document)
    assert VI.read_again in (await owned.says("/them", reply_to=link)).text
    assert (await empty_collection.statistics()).documents == 3


async def test_without_anything_to_add_it_is_said_how(owned):
    hello = await owned.says("/them")
    assert hello.text == VI.how_to_add
    assert (await owned.says("/them", reply_to=hello)).text == VI.how_to_add
    assert (await owned.says("/them giá gạo")).text == VI.how_to_add


# --- Whose it is ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [f"/them {ADDRESS}", "/them", "/xoa 1", "/hoantac"])
async def test_nobody_else_changes_the_documents(owned, empty_collection, text):
    binh = owned.person("Bình")
    binh.write(text)
    assert (await owned.said_in(binh.chat)).text == VI.owners_only
    assert await keys(empty_collection) == []


async def test_the_owner_does_so_in_private_alone(owned):
    group = owned.server.group("Nhóm", owner=owned.an)
    owned.an.send(group, "/xoa 1")
    assert (await owned.said_in(group)).text == VI.in_private_only


async def test_the_help_names_these_commands_to_the_owner_alone(owned):
    binh = owned.person("Bình")
    binh.write("/trogiup")
    others = (await owned.said_in(binh.chat)).text
    own = (await owned.says("/trogiup")).text
    for command in (ADD, REMOVE):
        assert f"/{command.name} –" in own
        assert f"/{command.name} –" not in others


# --- Removing ---------------------------------------------------------------------------------------------------------


async def test_a_document_is_removed_by_a_reply_to_an_answer_from_it(owned, empty_collection):
    sent_file(owned, POST)
    answer = await owned.says(QUESTION)
    removed = await owned.says("/xoa", reply_to=answer)
    assert removed.text.startswith(f"{VI.documents_removed(1)}\n\nGiá gạo tăng")
    assert await keys(empty_collection) == []
    await owned.press(removed, VI.undo)
    assert await keys(empty_collection) == ["telegram/gao.txt"]


async def test_a_document_is_removed_by_a_reply_to_what_told_of_it(owned, empty_collection):
    sent_file(owned, POST)
    added = await owned.said_in(owned.an.chat)
    assert (await owned.says("/xoa", reply_to=added)).text.startswith(VI.documents_removed(1))
    assert await keys(empty_collection) == []


async def test_what_is_to_be_removed_is_chosen_by_a_button(owned, empty_collection):
    sent_file(owned, POST)
    sent_file(owned, "Giá cà phê\n\nCà phê giảm giá mạnh ở Đắk Lắk trước vụ thu hoạch.", "ca-phe.txt")
    await owned.handle()
    asked = await owned.says("/xoa")
    assert asked.text == VI.remove_which("")
    assert asked.labels == ["Giá cà phê", "Giá gạo tăng"]
    assert asked.buttons[1]["callback_data"] == f"/xoa {short_name('telegram/gao.txt')}"
    await owned.press(asked, "Giá gạo tăng")
    assert asked.labels == [VI.undo]
    assert await keys(empty_collection) == ["telegram/ca-phe.txt"]


# --- While it takes long, and after a crash ---------------------------------------------------------------------------


async def test_who_waits_is_told_how_far_it_is_in_the_message_that_becomes_the_reply(owned, monkeypatch):
    monkeypatch.setattr(bringing, "_PATIENCE", 0.0)
    going_on = asyncio.Event()
    reply_to = bringing.reply_to

    async def slow(question, *arguments):
        question.progress(3, 7)
        await going_on.wait()
        return await reply_to(question, *arguments)

    monkeypatch.setattr(bringing, "reply_to", slow)
    sent_file(owned, POST)
    handling = asyncio.create_task(owned.handle())
    message = await owned.server.wait_for(lambda: next(iter(owned.an.chat.bot_messages), None), what="a word")
    told = message.text
    going_on.set()
    await handling
    assert told == VI.reading_document(3, 7)
    assert message.text.startswith(VI.added_document)
    assert owned.an.chat.bot_messages == [message]


async def test_what_was_added_before_a_crash_is_told_of_and_can_be_undone(owned, empty_collection):
    sent_file(owned, POST)
    _, update = owned.server.world.updates.pending[0]
    told = await owned.said_in(owned.an.chat)
    await owned.chats.answers.remove(owned.an.chat.id, told.id)  # It was not noted yet.
    await owned.application.process_update(Update.de_json(update, owned.application.bot))
    again = owned.an.chat.bot_messages[-1]
    assert again.text.startswith(VI.added_document)
    await owned.press(again, VI.undo)
    assert await keys(empty_collection) == []


async def test_what_was_added_just_before_a_crash_can_be_undone(owned, empty_collection, monkeypatch):
    message = sent_file(owned, POST)
    _, update = owned.server.world.updates.pending[0]
    await owned.handle()
    begun = Turn(changed=Changed(message.date, ()))
    await owned.chats.answers.show(owned.an.id, message.id, question=None, person=str(owned.an.id), turn=begun)
    await owned.application.process_update(Update.de_json(update, owned.application.bot))
    again = owned.an.chat.bot_messages[-1]
    assert again.text.startswith(VI.added_document)
    await owned.press(again, VI.undo)
    assert await keys(empty_collection) == []


async def test_what_was_told_while_it_took_long_before_a_crash_is_where_it_is_told_of(owned, monkeypatch):
    message = sent_file(owned, POST)
    waiting = await owned.application.bot.send_message(owned.an.id, VI.reading_document(0, 0))
    await owned.chats.answers.show(
        owned.an.id, waiting.id, question=message.id, person=str(owned.an.id), turn=None, at_once=True
    )
    await owned.handle()
    (told,) = owned.an.chat.bot_messages
    assert told.text.startswith(VI.added_document)


async def test_a_button_of_which_nothing_was_noted_undoes_nothing(owned, empty_collection):
    sent_file(owned, POST)
    told = await owned.said_in(owned.an.chat)
    await owned.chats.answers.remove(owned.an.chat.id, told.id)
    assert await owned.press(told, VI.undo) == VI.nothing_to_undo
    assert await keys(empty_collection) == ["telegram/gao.txt"]


async def test_a_document_is_removed_by_a_reply_to_the_message_that_brought_it(owned, empty_collection):
    file = sent_file(owned, POST)
    await owned.handle()
    assert (await owned.says("/xoa", reply_to=file)).text.startswith(VI.documents_removed(1))
    assert await keys(empty_collection) == []
