"""The chart of the owner's: an image that Telegram takes, whatever was counted."""

import datetime as dt
import io

import pytest
from PIL import Image

from bot.chats.feedback import Asked
from bot.counts import DayCount, last_days
from bot.replies import QuestionChart
from bot.telegram.chart import draw
from bot.texts import TEXTS, Language
from tests.bot.telegram.offline import offline_bot
from tests.bot.telegram.talk import DAY, Clock

VI = TEXTS[Language.VI]
TODAY = dt.date(2026, 11, 18)
OWNER = frozenset({5_120_000_001})
SUPPLY = "trữ lượng đất hiếm của Nga"


def chart(*counted):
    return QuestionChart(last_days(counted, TODAY))


def colours(image):
    """Which colours an image shows, each with its share of all dots."""
    with Image.open(io.BytesIO(image)) as opened:
        counted = opened.convert("RGB").getcolors(1 << 24)
        dots = opened.width * opened.height
    return {"#{:02x}{:02x}{:02x}".format(*colour): count / dots for count, colour in counted}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "counted",
    [
        (),
        (DayCount(TODAY, 1, 0, 0.01),),
        tuple(DayCount(TODAY - dt.timedelta(days=ago), 90_000, 80_000, 300.0) for ago in range(30)),
    ],
)
async def test_it_is_an_image_as_wide_as_a_phone(language, counted):
    with Image.open(io.BytesIO(await draw(chart(*counted), language))) as image:
        assert (image.format, image.width) == ("PNG", 1080)


async def test_bars_are_as_high_as_questions_were_answered_or_not():
    shown = colours(await draw(chart(DayCount(TODAY, 100, 75, 0.5)), Language.VI))
    assert shown["#2f7ed8"] > 2 * shown["#f4a259"] > 0
    assert shown["#6a4c93"] > 0
    none_refused = colours(await draw(chart(DayCount(TODAY, 100, 100, 0.5)), Language.VI))
    assert none_refused["#2f7ed8"] > shown["#2f7ed8"]


class TestInTelegram:
    @pytest.fixture
    def clock(self):
        return Clock()

    @pytest.fixture
    async def owned(self, collection, tmp_path, clock):
        async with offline_bot(collection, tmp_path, clock=clock, admins=OWNER) as offline:
            yield offline

    async def test_the_owner_has_it_with_what_it_says_in_words(self, owned, clock):
        binh = owned.person("Bình")
        for text in (SUPPLY, "giá vàng hôm nay", "/tiep", "chào bạn"):
            binh.write(text)
        await owned.handle()
        clock.now += DAY
        shown = await owned.says("/thống kê")
        assert shown.content.media["photo"]
        assert shown.text.startswith("30 ngày qua: 2 câu hỏi, trả lời được 50 %. Lâu nhất là ")
        assert shown.text.endswith(" giây, hôm 18/11.")
        assert (await owned.chats.feedback.report()).unanswered == [Asked("giá vàng hôm nay", 1)]

    async def test_without_questions_it_says_so(self, owned):
        assert (await owned.says("/thongke")).text == "30 ngày qua chưa có câu hỏi nào trên Telegram."

    async def test_a_question_that_is_edited_into_it_has_it_in_words(self, owned):
        question = owned.an.write("chào bạn")
        answer = await owned.said_in(owned.an.chat)
        owned.an.edit(question, "/thongke")
        await owned.handle()
        assert answer.text == "30 ngày qua chưa có câu hỏi nào trên Telegram."

    async def test_it_is_for_the_owner_alone_and_in_private(self, owned):
        binh = owned.person("Bình")
        binh.write("/thongke")
        assert (await owned.said_in(binh.chat)).text == VI.owners_only
        group = owned.server.supergroup("Nhóm", owner=owned.an)
        owned.an.send(group, "/thongke")
        assert (await owned.said_in(group)).text == VI.in_private_only

    async def test_the_help_names_it_to_the_owner(self, owned):
        assert "/thongke" in (await owned.says("/trogiup")).text
        binh = owned.person("Bình")
        binh.write("/trogiup")
        assert "/thongke" not in (await owned.said_in(binh.chat)).text
