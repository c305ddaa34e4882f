"""A real bot, killed at points of its work: every question is answered, twice at most what was just being sent.

``python -m benchmarks.kills`` does the same a hundred times, at random.
"""

from itertools import cycle
from pathlib import Path

import pytest

from benchmarks.kills import kill_bot
from tests.telegram_server.server import TelegramServer

PEOPLE = 3
QUESTIONS = cycle(
    [
        "đất hiếm gồm bao nhiêu nguyên tố?",
        "trữ lượng đất hiếm của Nga là bao nhiêu?",
        "Kirill Dmitriev là ai?",
        "đất hiếm",
    ]
)


@pytest.fixture
async def server():
    async with TelegramServer() as server:
        yield server
        assert not server.refusals


async def test_no_question_is_lost_and_none_counted_twice(server, data_dir):
    environment = {
        "DOCUMENTS_DIR": str(Path(__file__).parents[3] / "seeds"),
        "DATA_DIR": str(data_dir),
        "QUESTIONS_PER_MINUTE": "0",
    }
    answers = await kill_bot(environment, server, QUESTIONS.__next__, [(4, 0), (20, 0)], PEOPLE)
    assert len(answers.asked) >= PEOPLE
    assert answers.lost == 0
    assert answers.twice_unkilled == 0
    assert all(count <= PEOPLE for count in answers.twice.values())
    assert answers.counted == len(answers.asked)
