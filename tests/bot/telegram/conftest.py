import pytest

from tests.bot.telegram.offline import offline_bot


@pytest.fixture
async def offline(collection, tmp_path):
    """A bot over seeds/ whose Telegram is in the same process."""
    async with offline_bot(collection, tmp_path) as bot:
        yield bot
