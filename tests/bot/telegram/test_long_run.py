"""Under load and in trouble the bot answers every question, and keeps neither tasks nor updates of what is done.

``python -m benchmarks.long_run`` does the same for as long as you like, and measures memory.
"""

import asyncio
import datetime as dt
import gc
import random

import pytest
from telegram import Update

from bot.chats import Chats
from bot.settings import Settings, TelegramSettings
from bot.telegram.application import build_application
from bot.telegram.inbox import Inbox
from bot.telegram.processor import Processor
from tests.bot.telegram.offline import OfflineRequest
from tests.telegram_server.server import TOKEN, TelegramServer

PEOPLE, ROUNDS = 12, 6
QUESTIONS = [
    "đất hiếm gồm bao nhiêu nguyên tố?",
    "còn Nga thì sao?",
    "giá vàng hôm nay",
    "/tiep",
    "/tailieu",
    "chào bạn",
]


@pytest.fixture
def server():
    return TelegramServer()


@pytest.fixture
async def running(server, collection, tmp_path):
    """A bot that takes its updates from the server as the library does, and waits for nothing in trouble."""
    settings = Settings(telegram=TelegramSettings(token=TOKEN, base_url="nowhere://bot", questions_per_minute=0))
    async with Chats.open(tmp_path / "chats.sqlite3") as chats:
        processor = Processor(Inbox(chats.updates))
        application = build_application(
            settings, collection, chats, processor=processor, request=OfflineRequest(server)
        )
        application.bot.rate_limiter._sleep = lambda _: asyncio.sleep(0)
        application.bot.rate_limiter._clock = float("inf").__float__
        async with application:
            await application.start()
            yield application, chats
            await processor.finish(5)
            await application.stop()


async def test_every_question_is_answered_and_nothing_is_left_behind(server, running):
    application, chats = running
    people = [server.user(f"Người {number}") for number in range(PEOPLE)]
    before = asyncio.all_tasks()
    server.faults.at_random(0.1, random.Random(1))
    pending = server.world.updates.pending

    async def deliver():
        while pending:
            _, update = pending.popleft()
            await application.update_queue.put(Update.de_json(update, application.bot))

    for number in range(ROUNDS):
        asked = [person.write(QUESTIONS[(number + place) % len(QUESTIONS)]) for place, person in enumerate(people)]
        await deliver()
        for person, question in zip(people, asked, strict=True):
            await server.bot_message(person.chat, after=question)
    while await chats.updates.open():  # noqa: ASYNC110  # Nothing tells of it.
        await asyncio.sleep(0)
    messages = sum(len(person.chat.bot_messages) for person in people)
    assert messages == PEOPLE * ROUNDS + server.faults._chance.sent
    async with asyncio.timeout(10):
        while asyncio.all_tasks() != before:  # noqa: ASYNC110  # Nothing tells of it.
            await asyncio.sleep(0)
    gc.collect()
    held = [held for held in gc.get_objects() if isinstance(held, Update)]
    assert len(held) < PEOPLE  # The library holds the last one, and threads at rest what they did last.
    assert (await chats.counts.since(dt.date.min))[0].questions == PEOPLE * ROUNDS // 2
