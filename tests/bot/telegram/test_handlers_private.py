import datetime as dt

import pytest

from bot.chats.feedback import Asked
from bot.listing import short_name
from bot.telegram import links
from bot.telegram.splitting import LONGEST
from bot.texts import TEXTS, Language
from index.documents import Document
from tests.bot.telegram.offline import offline_bot

VI, EN = TEXTS[Language.VI], TEXTS[Language.EN]
SUPPLY = "trữ lượng đất hiếm của Nga là bao nhiêu?"


# --- Questions --------------------------------------------------------------------------------------------------------


async def test_a_question_is_answered_with_a_quotation_and_its_source(offline):
    answer = await offline.says(SUPPLY)
    assert "3,8 triệu tấn" in answer.text
    assert answer.marked("bold")
    assert answer.marked("expandable_blockquote")
    assert answer.links
    assert answer.content.link_preview == {"is_disabled": True}
    assert answer.reply_to is None


async def test_where_documents_disagree_both_are_shown_with_their_dates(empty_collection, tmp_path):
    told = {dt.date(2024, 1, 5): "12 ngày", dt.date(2025, 1, 5): "15 ngày"}
    await empty_collection.add(
        [
            Document(f"{day}.txt", f"Nội quy {day.year}", f"Mỗi năm nhân viên được nghỉ phép {leave}.", date=day)
            for day, leave in told.items()
        ]
    )
    async with offline_bot(empty_collection, tmp_path) as offline:
        answer = await offline.says("nhan vien dc nghi phep bao nhieu ngay moi nam")
    assert VI.otherwise(True) in answer.text or VI.otherwise(False) in answer.text
    assert all(f"({VI.day(day)})" in answer.text for day in told)
    assert set(answer.marked("bold")) == set(told.values())


async def test_a_caption_is_a_question(offline):
    offline.an.send_photo(offline.an.chat, caption=SUPPLY)
    answer = await offline.said_in(offline.an.chat)
    assert "3,8 triệu tấn" in answer.text


@pytest.mark.parametrize("send", ["send_sticker", "send_photo", "send_voice"])
async def test_what_holds_no_text_gets_a_kind_word(offline, send):
    getattr(offline.an, send)(offline.an.chat)
    answer = await offline.said_in(offline.an.chat)
    assert answer.text == VI.reads_text_only


async def test_a_file_gets_a_kind_word(offline):
    offline.an.send_document(offline.an.chat, b"a", "a.bin")
    assert (await offline.said_in(offline.an.chat)).text == VI.reads_text_only


async def test_an_album_gets_one_kind_word(offline):
    for _ in range(3):
        offline.an.send_photo(offline.an.chat)
    for _, update in offline.server.world.updates.pending:
        update["message"]["media_group_id"] = "1"
    await offline.handle()
    assert len(offline.an.chat.bot_messages) == 1


async def test_what_the_bot_itself_offered_inline_is_no_question(offline):
    query = offline.an.inline("đất hiếm")
    await offline.handle()
    offered = (await query.answer(within=0)).results[0]
    await offline.an.choose(query, offered["id"], offline.an.chat)
    assert await offline.said_in(offline.an.chat) is None


async def test_an_answer_in_english_to_who_speaks_it(offline):
    john = offline.person("John", language_code="en")
    john.write("giá vàng hôm nay")
    answer = await offline.said_in(john.chat)
    assert answer.text.startswith(EN.refusal)


@pytest.fixture
async def with_long_titles(empty_collection, tmp_path):
    """A bot whose list of documents takes two messages."""
    title = "cá tra sống ở sông Mê Kông " * 20
    await empty_collection.add([Document(f"{number}.txt", f"{title}{number}", "Một câu.") for number in range(10)])
    async with offline_bot(empty_collection, tmp_path) as offline:
        yield offline


async def test_a_long_answer_takes_several_messages_with_the_buttons_on_the_last(with_long_titles):
    last = await with_long_titles.says("/tailieu")
    first, _ = with_long_titles.an.chat.bot_messages
    assert not first.buttons
    assert last.labels == [str(number) for number in range(1, 11)]
    assert len(first.text) <= LONGEST


# --- Edits ------------------------------------------------------------------------------------------------------------


async def test_an_edited_question_edits_its_answer(offline):
    question = offline.an.write("Kirill Dmitriev là ai?")
    answer = await offline.said_in(offline.an.chat)
    offline.an.edit(question, SUPPLY)
    assert await offline.said_in(offline.an.chat) is None
    assert "3,8 triệu tấn" in answer.text
    assert answer.buttons


async def test_an_edit_that_changes_nothing_is_no_trouble(offline):
    question = offline.an.write(SUPPLY)
    answer = await offline.said_in(offline.an.chat)
    offline.an.edit(question, SUPPLY.upper())
    await offline.handle()
    assert "3,8 triệu tấn" in answer.text


async def test_an_edit_that_makes_a_question_is_answered(offline):
    photo = offline.an.send_photo(offline.an.chat)
    await offline.handle()
    offline.an.edit(photo, SUPPLY)
    assert "3,8 triệu tấn" in (await offline.said_in(offline.an.chat)).text


async def test_an_answer_that_was_deleted_is_sent_anew(offline):
    question = offline.an.write("Kirill Dmitriev là ai?")
    offline.an.delete(await offline.said_in(offline.an.chat))
    offline.an.edit(question, SUPPLY)
    assert "3,8 triệu tấn" in (await offline.said_in(offline.an.chat)).text


async def test_an_edit_takes_as_many_messages_as_it_needs(with_long_titles):
    offline = with_long_titles
    question = offline.an.write("/tailieu")
    await offline.handle()
    first, _ = offline.an.chat.bot_messages
    offline.an.edit(question, "chào bạn")
    await offline.handle()
    assert offline.an.chat.bot_messages == [first]
    assert first.text.startswith(VI.greeting)
    offline.an.edit(question, "/tailieu")
    await offline.handle()
    assert len(offline.an.chat.bot_messages) == 2
    assert not first.buttons


# --- Follow-ups -------------------------------------------------------------------------------------------------------


async def test_a_follow_up_is_read_with_the_question_before_it(offline):
    await offline.says("Mỹ có đàm phán về đất hiếm không?")
    answer = await offline.says("còn Nga thì sao?")
    assert answer.text.startswith(VI.understood("Nga có đàm phán về đất hiếm không?"))
    assert answer.marked("italic") == [VI.understood("Nga có đàm phán về đất hiếm không?")]


async def test_a_reply_to_an_earlier_answer_wins_over_the_last_question(offline):
    first = await offline.says("trữ lượng đất hiếm của Mỹ là bao nhiêu?")
    await offline.says("Kirill Dmitriev là ai?")
    answer = await offline.says("còn Nga?", reply_to=first)
    assert answer.text.startswith(VI.understood(SUPPLY))


async def test_a_bare_command_asks_what_to_look_up(offline):
    prompt = await offline.says("/hoi")
    assert prompt.text == VI.what_to_ask
    assert prompt.markup["force_reply"]
    assert "3,8 triệu tấn" in (await offline.says(SUPPLY, reply_to=prompt)).text


async def test_the_bare_command_edited_into_a_question_is_answered(offline):
    command = offline.an.write("/hoi")
    await offline.handle()
    offline.an.edit(command, f"/hoi {SUPPLY}")
    assert "3,8 triệu tấn" in (await offline.said_in(offline.an.chat)).text


# --- Deep links -------------------------------------------------------------------------------------------------------


async def test_a_deep_link_to_a_question_asks_it(offline):
    assert "3,8 triệu tấn" in (await offline.says(f"/start {links.to_question(SUPPLY)}")).text


async def test_a_deep_link_to_a_document_shows_it(offline, collection):
    for source in await collection.documents():
        answer = await offline.says(f"/start {short_name(source.key)}")
        assert answer.text.startswith(source.title)


async def test_a_deep_link_to_a_command_says_it(offline):
    assert (await offline.says("/start trogiup")).text.startswith(VI.help)


async def test_start_alone_welcomes(offline):
    assert (await offline.says("/start")).text.startswith(VI.welcome(2))


# --- Commands ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["/trogiup", "/trợ giúp", "/help", "/trogiup@hoi_tai_lieu_bot"])
async def test_help_lists_what_exists_for_this_person(offline, command):
    text = (await offline.says(command)).text
    assert "/xoadulieu" in text
    assert "/baocao" not in text


async def test_documents_are_shown_by_their_buttons(offline, collection):
    listed = await offline.says("/tailieu")
    assert listed.labels == ["1", "2"]
    first, _ = await collection.documents()
    assert await offline.press(listed, "1") == ""
    assert listed.text.startswith(first.title)
    assert listed.labels == [VI.longer_summary, VI.all_documents]
    await offline.press(listed, VI.all_documents)
    assert listed.labels == ["1", "2"]


async def test_a_long_list_is_turned_by_its_buttons(empty_collection, tmp_path):
    await empty_collection.add([Document(f"{number:02}.txt", f"Tài liệu {number}", "Một.") for number in range(25)])
    async with offline_bot(empty_collection, tmp_path) as offline:
        listed = await offline.says("/tailieu")
        assert listed.labels[-1] == "▸ trang 2/3"
        await offline.press(listed, "▸ trang 2/3")
        assert listed.labels == [*map(str, range(11, 21)), "◂ trang 1/3", "▸ trang 3/3"]
        await offline.press(listed, "13")
        assert listed.text.startswith("Tài liệu 12")
        await offline.press(listed, VI.all_documents)
        assert "◂ trang 1/3" in listed.labels


async def test_a_document_that_is_gone_is_not_another(offline, collection):
    answer = await offline.says(f"/tailieu {short_name('không có')}")
    assert answer.text == VI.choose_document(2)


@pytest.mark.parametrize("typed", ["/ngonngu en", "/ngôn ngữ tiếng Anh", "/language english", "/ngon ngu tieng anh"])
async def test_a_language_is_chosen_by_words(offline, typed):
    assert (await offline.says(typed)).text == EN.language_chosen
    assert (await offline.says("chào")).text.startswith(EN.greeting)


async def test_a_language_is_chosen_by_a_button(offline):
    question = await offline.says("/ngonngu")
    assert question.labels == ["Tiếng Việt", "English"]
    await offline.press(question, "English")
    assert (question.text, question.labels) == (EN.language_chosen, [])


async def test_what_is_stored_is_told_and_deleted(offline):
    assert (await offline.says("/riengtu")).text == f"{VI.nothing_kept}\n\n{VI.becomes_documents}"
    await offline.says(SUPPLY)
    told = await offline.says("/riêng tư")
    assert told.text == f"{VI.kept(1, 2, 0, 0, 7)}\n\n{VI.becomes_documents}"
    await offline.press(told, VI.forget_mine)
    assert told.text == VI.forget
    await offline.press(told, VI.forget_nothing)
    assert told.text == VI.not_forgotten
    asked = await offline.says("/xoá dữ liệu")
    await offline.press(asked, VI.forget_mine)
    assert (asked.text, asked.labels) == (VI.forgotten, [])
    assert (await offline.says("/riengtu")).text == f"{VI.nothing_kept}\n\n{VI.becomes_documents}"


async def test_deleting_leaves_nothing_behind_even_when_it_is_typed(offline):
    await offline.says(SUPPLY)
    assert (await offline.says("/xoadulieu xác nhận")).text == VI.forgotten
    assert not (await offline.chats.privacy.stored_of_person(offline.an.id)).anything


# --- The owner --------------------------------------------------------------------------------------------------------


async def test_the_report_is_not_for_everybody(offline):
    assert (await offline.says("/baocao")).text == VI.owners_only


async def test_the_report_tells_the_owner_of_bad_answers_without_names(collection, tmp_path):
    async with offline_bot(collection, tmp_path, admins=frozenset({5_120_000_001})) as offline:
        binh = offline.person("Bình")
        binh.write("giá vàng hôm nay")
        binh.write("Giá vàng hôm nay?")
        binh.write(SUPPLY)
        answer = await offline.said_in(binh.chat)
        assert await offline.press(answer, "👎", binh) == VI.voted_down
        text = (await offline.says("/báo cáo")).text
        assert text == "\n".join(
            [
                VI.report(0, 1),
                f"\n{VI.report_unanswered}",
                "• Giá vàng hôm nay? (2 lần)",
                f"\n{VI.report_disliked}",
                f"• {SUPPLY}",
            ]
        )
        assert "Bình" not in text
        assert "/baocao" in (await offline.says("/trogiup")).text


async def test_an_unanswered_question_is_counted_once_for_each_time_it_is_asked(offline):
    refused = await offline.says("giá vàng hôm nay")
    await offline.says("/tiep")
    assert refused.text.startswith(VI.refusal)
    assert (await offline.chats.feedback.report()).unanswered == [Asked("giá vàng hôm nay", 1)]


async def test_the_owners_menu_is_set_when_they_start(collection, tmp_path):
    async with offline_bot(collection, tmp_path, admins=frozenset({5_120_000_001})) as offline:
        await offline.says("/start")
        scope = {"type": "chat", "chat_id": offline.an.id}
        menu = offline.server.world.profile.commands(scope, "vi")
        assert "baocao" in [command["command"] for command in menu]


# --- Waiting ----------------------------------------------------------------------------------------------------------


async def test_who_waits_sees_the_bot_typing(offline, monkeypatch, collection):
    monkeypatch.setattr("bot.telegram.asking._A_MOMENT", 0)
    ask = collection.ask

    async def ask_slowly(question, **kwargs):
        await offline.server.wait_for(lambda: offline.an.chat.actions)
        return await ask(question, **kwargs)

    monkeypatch.setattr(collection, "ask", ask_slowly)
    await offline.says(SUPPLY)
    assert offline.an.chat.actions == ["typing"]


async def test_a_quick_answer_shows_no_typing(offline):
    await offline.says("chào bạn")
    assert not offline.an.chat.actions
