import time

import pytest

from tests.bot.telegram.offline import offline_bot
from tests.bot.telegram.talk import MINUTE


@pytest.fixture
def clock():
    """The time, in Telegram and for the bot."""
    return time.time


@pytest.fixture
async def offline(collection, tmp_path, clock):
    """A bot over seeds/ whose Telegram is in the same process."""
    async with offline_bot(collection, tmp_path, clock=clock) as bot:
        yield bot


@pytest.fixture
def talk(offline, clock, binh):
    """Lets An and Bình say things in turn, a minute apart; in a channel An alone."""

    def say(chat, texts, **kwargs):
        for number, text in enumerate(texts):
            person = offline.an if chat.is_channel or number % 2 == 0 else binh
            person.send(chat, text, **kwargs)
            clock.now += MINUTE

    return say
