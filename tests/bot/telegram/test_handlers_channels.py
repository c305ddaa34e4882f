import pytest

from bot.texts import TEXTS, Language

VI, EN = TEXTS[Language.VI], TEXTS[Language.EN]
SUPPLY = "trữ lượng đất hiếm của Nga là bao nhiêu?"
FACT = "3,8 triệu tấn"


@pytest.fixture
def channel(offline):
    return offline.server.channel("Kênh", owner=offline.an)


@pytest.mark.parametrize("text", [f"/hoi {SUPPLY}", f"/ask@hoi_tai_lieu_bot {SUPPLY}"])
async def test_a_post_that_asks_is_answered(offline, channel, text):
    post = offline.an.send(channel, text)
    answer = await offline.said_in(channel)
    assert FACT in answer.text
    assert answer.reply_to is post
    assert "👍" in answer.labels


@pytest.mark.parametrize("text", [SUPPLY, "/lenhkhac", "@hoi_tai_lieu_bot chào"])
async def test_other_posts_are_left_alone(offline, channel, text):
    offline.an.send(channel, text)
    assert await offline.said_in(channel) is None


async def test_a_bare_command_asks_and_the_post_in_reply_is_the_question(offline, channel):
    offline.an.send(channel, "/hoi")
    prompt = await offline.said_in(channel)
    assert (prompt.text, prompt.markup) == (VI.what_to_ask, None)
    offline.an.send(channel, SUPPLY, reply_to=prompt)
    assert FACT in (await offline.said_in(channel)).text


async def test_a_reply_to_another_post_is_left_alone(offline, channel):
    post = offline.an.send(channel, "tin")
    offline.an.send(channel, SUPPLY, reply_to=post)
    assert await offline.said_in(channel) is None


async def test_an_edited_post_edits_its_answer(offline, channel):
    post = offline.an.send(channel, "/hoi Kirill Dmitriev là ai")
    answer = await offline.said_in(channel)
    offline.an.edit(post, f"/hoi {SUPPLY}")
    assert await offline.said_in(channel) is None
    assert FACT in answer.text


async def test_a_follow_up_is_read_with_the_post_before_it(offline, channel):
    offline.an.send(channel, "/hoi trữ lượng đất hiếm của Mỹ là bao nhiêu")
    offline.an.send(channel, "/hoi còn Nga thì sao?")
    assert FACT in (await offline.said_in(channel)).text


async def test_a_reader_turns_the_answers(offline, channel):
    offline.an.send(channel, "/hoi đất hiếm")
    answer = await offline.said_in(channel)
    first = answer.text
    await offline.press(answer, answer.labels[0], offline.person("Bình"))
    assert answer.text != first
    assert answer.labels[0] == "◂"
    offline.an.edit(answer.reply_to, f"/hoi {SUPPLY}")
    await offline.handle()
    assert FACT in answer.text


async def test_the_language_is_the_admins_to_choose_not_the_readers(offline, channel):
    offline.an.send(channel, "/ngonngu")
    question = await offline.said_in(channel)
    assert await offline.press(question, "English", offline.person("Bình")) == VI.not_yours
    assert question.text == VI.choose_language
    await offline.press(question, "English")
    assert question.text == EN.language_chosen


async def test_a_new_channel_is_told_how_to_ask(offline):
    channel = offline.server.channel("Kênh", owner=offline.an, bot=None)
    offline.an.add_bot(channel)
    assert (await offline.said_in(channel)).text.startswith(VI.joined_channel)
