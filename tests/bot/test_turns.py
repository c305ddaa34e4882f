from bot.turns import Asker, RecentTurns, Turn

AN = Asker("chat", "an")
BINH = Asker("chat", "bình")
TURN = Turn("đất hiếm là gì", place=2)


class Clock:
    """Stands still until it is moved."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


async def test_the_last_turn_is_remembered():
    turns = RecentTurns()
    await turns.keep(AN, Turn("trữ lượng"))
    await turns.keep(AN, TURN)
    assert await turns.last(AN) == TURN


async def test_people_and_chats_are_kept_apart():
    turns = RecentTurns()
    await turns.keep(AN, TURN)
    assert await turns.last(BINH) is None
    assert await turns.last(Asker("another chat", "an")) is None


async def test_a_turn_expires():
    clock = Clock()
    turns = RecentTurns(lifetime=60, clock=clock)
    await turns.keep(AN, TURN)
    clock.now += 59
    assert await turns.last(AN) == TURN
    clock.now += 1
    assert await turns.last(AN) is None


async def test_the_longest_silent_are_forgotten_first():
    turns = RecentTurns(capacity=2)
    await turns.keep(AN, TURN)
    await turns.keep(BINH, TURN)
    await turns.keep(AN, TURN)
    await turns.keep(Asker("chat", "chi"), TURN)
    assert await turns.last(AN) == TURN
    assert await turns.last(BINH) is None
