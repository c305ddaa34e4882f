import pytest

from bot.texts import TEXTS, Language

VI, EN = TEXTS[Language.VI], TEXTS[Language.EN]
SUPPLY = "trữ lượng đất hiếm của Nga là bao nhiêu?"
FACT = "3,8 triệu tấn"


@pytest.fixture
def binh(offline):
    return offline.person("Bình")


@pytest.fixture
def group(offline, binh):
    """A group in which the bot hears everything."""
    return offline.server.supergroup("Nhóm", owner=offline.an, members=[binh], bot="administrator")


@pytest.fixture
def forum(offline):
    return offline.server.supergroup("Diễn đàn", owner=offline.an, topics=["Đất hiếm", "Khác"])


# --- What is for the bot ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"/hoi {SUPPLY}",
        f"/hỏi {SUPPLY}",
        f"/ask {SUPPLY}",
        f"/hoi@hoi_tai_lieu_bot {SUPPLY}",
        f"@hoi_tai_lieu_bot {SUPPLY}",
        f"@Hoi_Tai_Lieu_Bot, {SUPPLY}",
        f"{SUPPLY} @hoi_tai_lieu_bot",
        f"@hoi_tai_lieu_bot /hoi {SUPPLY}",
    ],
)
async def test_a_question_for_the_bot_is_answered_as_a_reply(offline, group, text):
    question = offline.an.send(group, text)
    answer = await offline.said_in(group)
    assert FACT in answer.text
    assert answer.reply_to is question


@pytest.mark.parametrize(
    "text",
    [
        SUPPLY,
        "chào cả nhà",
        "tiếp",
        "/hoi@bot_khac ai",
        "/lenhkhac gì đó",
        "@bot_khac đất hiếm là gì",
        "thư gửi a@hoi_tai_lieu_bot.vn nhé",
    ],
)
async def test_other_talk_is_left_alone(offline, group, text):
    offline.an.send(group, text)
    assert await offline.said_in(group) is None


async def test_an_unknown_command_for_the_bot_gets_a_hint(offline, group):
    offline.an.send(group, "/tailie@hoi_tai_lieu_bot")
    assert (await offline.said_in(group)).text == VI.unknown_command("/\u2060tailie", "/tailieu")


async def test_a_reply_to_the_bot_is_a_question(offline, group):
    offline.an.send(group, "/hoi trữ lượng đất hiếm của Mỹ là bao nhiêu")
    answer = await offline.said_in(group)
    offline.an.send(group, "còn Nga thì sao?", reply_to=answer)
    text = (await offline.said_in(group)).text
    assert text.startswith(VI.understood(SUPPLY))
    assert FACT in text


async def test_somebody_else_may_follow_up_on_an_answer(offline, group, binh):
    offline.an.send(group, "/hoi trữ lượng đất hiếm của Mỹ là bao nhiêu")
    answer = await offline.said_in(group)
    binh.send(group, "còn Nga thì sao?", reply_to=answer)
    assert FACT in (await offline.said_in(group)).text


async def test_a_sticker_in_reply_to_the_bot_is_left_alone(offline, group):
    offline.an.send(group, f"/hoi {SUPPLY}")
    offline.an.send_sticker(group, reply_to=await offline.said_in(group))
    assert await offline.said_in(group) is None


async def test_a_captions_command_is_a_question(offline, group):
    offline.an.send_photo(group, caption=f"/hoi {SUPPLY}")
    assert FACT in (await offline.said_in(group)).text


async def test_a_mention_without_a_name_is_taken_out(offline, group):
    offline.an.send(group, f"Bot ơi {SUPPLY}", text_mentions={"Bot": offline.server.bot})
    assert FACT in (await offline.said_in(group)).text


async def test_without_the_right_to_hear_everything_it_works_as_well(offline):
    group = offline.server.group("Nhóm", owner=offline.an)
    offline.an.send(group, f"/hoi {SUPPLY}")
    offline.an.send(group, "chuyện khác")
    await offline.handle()
    assert [FACT in message.text for message in group.bot_messages] == [True]


# --- Asking without a question ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["/hoi", "/hoi@hoi_tai_lieu_bot", "@hoi_tai_lieu_bot", "@hoi_tai_lieu_bot ,"])
async def test_a_bare_call_asks_what_to_look_up_and_the_reply_is_the_question(offline, group, text):
    offline.an.send(group, text)
    prompt = await offline.said_in(group)
    assert prompt.text == VI.what_to_ask
    assert prompt.markup == {"force_reply": True, "selective": True, "input_field_placeholder": VI.your_question}
    offline.an.send(group, SUPPLY, reply_to=prompt)
    assert FACT in (await offline.said_in(group)).text


async def test_who_asks_whether_they_may_ask_can_ask_in_reply(offline, group):
    offline.an.send(group, "@hoi_tai_lieu_bot cho mình hỏi")
    said = await offline.said_in(group)
    assert said.text.startswith(VI.go_ahead)
    assert said.markup["force_reply"]


@pytest.mark.parametrize("text", ["/hoi", "@hoi_tai_lieu_bot"])
async def test_a_bare_call_in_reply_to_somebody_looks_up_what_they_said(offline, group, binh, text):
    said = binh.send(group, SUPPLY)
    offline.an.send(group, text, reply_to=said)
    assert FACT in (await offline.said_in(group)).text


# --- Topics -----------------------------------------------------------------------------------------------------------


async def test_the_answer_stays_in_its_topic(offline, forum):
    thread = forum.topic("Đất hiếm")
    offline.an.send(forum, f"/hoi {SUPPLY}", thread=thread)
    assert (await offline.said_in(forum)).thread_id == thread


async def test_even_when_the_question_is_gone(offline, forum):
    thread = forum.topic("Đất hiếm")
    offline.an.delete(offline.an.send(forum, f"/hoi {SUPPLY}", thread=thread))
    answer = await offline.said_in(forum)
    assert (answer.thread_id, answer.reply_to) == (thread, None)


async def test_topics_do_not_share_their_follow_ups(offline, forum):
    offline.an.send(forum, f"/hoi {SUPPLY}", thread=forum.topic("Đất hiếm"))
    offline.an.send(forum, "/hoi còn Mỹ thì sao?", thread=forum.topic("Khác"))
    answer = await offline.said_in(forum)
    assert "Mình hiểu là" not in answer.text


async def test_the_message_that_opened_a_topic_is_no_reply_to_the_bot(offline, forum):
    offline.an.send(forum, "chuyện khác", thread=forum.topic("Khác"))
    assert await offline.said_in(forum) is None


# --- Edits ------------------------------------------------------------------------------------------------------------


async def test_an_edited_question_edits_its_answer(offline, group):
    question = offline.an.send(group, "/hoi Kirill Dmitriev là ai")
    answer = await offline.said_in(group)
    offline.an.edit(question, f"/hoi {SUPPLY}")
    assert await offline.said_in(group) is None
    assert FACT in answer.text


async def test_an_edit_that_calls_the_bot_is_answered(offline, group):
    message = offline.an.send(group, SUPPLY)
    await offline.handle()
    offline.an.edit(message, f"@hoi_tai_lieu_bot {SUPPLY}")
    answer = await offline.said_in(group)
    assert answer.reply_to is message


async def test_an_edit_of_other_talk_is_left_alone(offline, group):
    message = offline.an.send(group, "chuyện khác")
    offline.an.edit(message, "chuyện khác nữa")
    assert await offline.said_in(group) is None


# --- Without an author ------------------------------------------------------------------------------------------------


async def test_an_anonymous_admin_and_a_channel_are_answered(offline, group, binh):
    channel = offline.server.channel("Kênh", owner=offline.an)
    offline.an.promote(group, binh, anonymous=True)
    binh.send(group, "/hoi trữ lượng đất hiếm của Mỹ là bao nhiêu")
    offline.an.send(group, f"/hoi {SUPPLY}", as_channel=channel)
    offline.an.send(group, "/hoi Kirill Dmitriev là ai")
    binh.send(group, "/hoi còn Nga thì sao?")
    await offline.handle()
    assert len(group.bot_messages) == 4
    assert group.bot_messages[-1].text.startswith(VI.understood("trữ lượng đất hiếm của Nga là bao nhiêu?"))


# --- Discussion groups ------------------------------------------------------------------------------------------------


async def test_a_post_copied_from_the_channel_is_not_answered_twice(offline):
    group = offline.server.supergroup("Bàn luận", owner=offline.an, bot="administrator")
    channel = offline.server.channel("Kênh", owner=offline.an, discussion=group)
    post = offline.an.send(channel, f"/hoi {SUPPLY}")
    await offline.handle()
    assert [FACT in message.text for message in channel.bot_messages] == [True]
    offline.an.edit(post, "/hoi Kirill Dmitriev là ai")
    await offline.handle()
    assert not group.bot_messages


async def test_a_question_below_a_post_is_answered_there(offline):
    group = offline.server.supergroup("Bàn luận", owner=offline.an, bot="administrator")
    channel = offline.server.channel("Kênh", owner=offline.an, discussion=group)
    post = offline.an.send(channel, "Tin mới về đất hiếm")
    comment = offline.an.send(group, f"/hoi {SUPPLY}", reply_to=post.forwarded_as)
    answer = await offline.said_in(group)
    assert FACT in answer.text
    assert answer.reply_to is comment
    assert answer.thread_id == comment.thread_id
    offline.an.send(group, "/hoi", reply_to=post.forwarded_as)
    assert (await offline.said_in(group)).text == VI.what_to_ask


# --- Choosing for all -------------------------------------------------------------------------------------------------


async def test_only_admins_choose_the_language_of_a_group(offline, group, binh):
    binh.send(group, "/ngonngu en")
    assert (await offline.said_in(group)).text == VI.admins_only
    offline.an.send(group, "/ngonngu en")
    assert (await offline.said_in(group)).text == EN.language_chosen
    binh.send(group, "/hoi giá vàng hôm nay")
    assert (await offline.said_in(group)).text.startswith(EN.refusal)


async def test_who_telegram_does_not_tell_of_is_no_admin(offline, group):
    offline.server.faults.refuse(400, "Bad Request: member list is inaccessible", "getChatMember")
    offline.an.send(group, "/ngonngu en")
    assert (await offline.said_in(group)).text == VI.admins_only


async def test_an_anonymous_admin_chooses_by_command_and_by_button(offline, group, binh):
    offline.an.promote(group, binh, anonymous=True)
    binh.send(group, "/ngonngu")
    question = await offline.said_in(group)
    await offline.press(question, "English", binh)
    assert question.text == EN.language_chosen
    binh.send(group, "/ngonngu tiếng Việt")
    assert (await offline.said_in(group)).text == VI.language_chosen


async def test_an_anonymous_admins_button_is_for_admins(offline, group, binh):
    chi = offline.person("Chi")
    chi.join(group)
    offline.an.promote(group, binh, anonymous=True)
    binh.send(group, "/ngonngu")
    question = await offline.said_in(group)
    assert await offline.press(question, "English", chi) == VI.not_yours
    assert question.labels


async def test_a_button_is_for_who_typed_the_command(offline, group, binh):
    offline.an.send(group, "/ngonngu")
    question = await offline.said_in(group)
    assert await offline.press(question, "English", binh) == VI.not_yours
    assert question.labels
    await offline.press(question, "English", offline.an)
    assert question.text == EN.language_chosen


async def test_a_member_deletes_what_is_theirs(offline, group, binh):
    binh.send(group, f"/hoi {SUPPLY}")
    offline.an.send(group, f"/hoi {SUPPLY}")
    binh.send(group, "/xoadulieu")
    asked = await offline.said_in(group)
    assert asked.labels == [VI.forget_mine, VI.forget_nothing]
    await offline.press(asked, VI.forget_mine, binh)
    assert not (await offline.chats.privacy.stored_of_person(binh.id)).anything
    assert (await offline.chats.privacy.stored_of_person(offline.an.id)).anything
    binh.send(group, "/xoadulieu canhom")
    assert (await offline.said_in(group)).text == VI.admins_only


async def test_an_admin_deletes_what_is_the_groups(offline, group, binh):
    binh.send(group, f"/hoi {SUPPLY}")
    offline.an.send(group, "/xoadulieu")
    asked = await offline.said_in(group)
    assert [len(row) for row in asked.rows] == [1, 1, 1]  # As wide as a phone, so that whose it is can be read.
    await offline.press(asked, VI.forget_group)
    assert not (await offline.chats.privacy.stored_of_person(binh.id)).anything


async def test_an_anonymous_admin_deletes_what_is_the_groups(offline, group, binh):
    offline.an.send(group, f"/hoi {SUPPLY}")
    offline.an.promote(group, binh, anonymous=True)
    binh.send(group, "/xoadulieu")
    asked = await offline.said_in(group)
    await offline.press(asked, VI.forget_group, binh)
    assert asked.text == VI.forgotten
    assert not (await offline.chats.privacy.stored_of_person(offline.an.id)).anything


async def test_the_owners_report_is_not_told_in_a_group(offline, group):
    offline.an.send(group, "/baocao")
    assert (await offline.said_in(group)).text == VI.owners_only


# --- Being added ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rights", "hears_all"), [(None, False), (["can_pin_messages"], True)])
async def test_a_new_group_is_told_once_how_to_ask(offline, rights, hears_all):
    group = offline.server.supergroup("Nhóm", owner=offline.an, bot=None)
    offline.an.add_bot(group, rights=rights)
    await offline.handle()
    [hello] = group.bot_messages
    assert hello.text.startswith(VI.joined_group("@hoi_tai_lieu_bot", hears_all))
    offline.an.demote(group, offline.server.bot)
    assert await offline.said_in(group) is None


async def test_leaving_is_taken_in_silence(offline, group):
    offline.an.remove_bot(group)
    assert await offline.said_in(group) is None


async def test_a_private_chat_that_is_opened_again_is_not_greeted(offline):
    offline.an.block_bot()
    offline.an.unblock_bot()
    assert await offline.said_in(offline.an.chat) is None
