"""Whether the bot stays as it is over a long run with trouble: its memory, its tasks, and every question answered.

    python -m benchmarks.long_run [--minutes 10] [--people 60] [--trouble 0.1]

A Bot API server of our own on loopback, and the bot in a process of its own that notes each second how much memory it has
and how many asyncio tasks it runs. A tenth of all requests meets trouble: a proxy's 502, a cut connection, a request for
patience, each also where Telegram carried the request out and only its answer was lost: there a message comes twice.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.telegram import PLACES, SUBJECTS, Topic, prepare
from bot.settings import read_settings
from bot.telegram.running import run
from tests.telegram_server.people import Person
from tests.telegram_server.server import TelegramServer

_SAMPLES = "BENCHMARK_SAMPLES"
"""Names the file that the bot's process writes what it noted to: a line a second, megabytes and tasks."""
_STARTING, _ANSWERING = 120.0, 300.0
_STATUS = Path("/proc/self/statm")


async def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--trouble", type=float, default=0.1, help="the share of requests that meet it")
    options = parser.parse_args()
    chance = random.Random(1)  # noqa: S311
    topics = [Topic(chance.choice(SUBJECTS), chance.choice(PLACES), n) for n in range(1, options.documents + 1)]
    with tempfile.TemporaryDirectory() as folder:
        environment = await prepare(Path(folder), topics, chance)
        environment[_SAMPLES] = str(Path(folder, "samples"))
        async with TelegramServer() as server:
            bot = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", "from benchmarks.long_run import run_bot; run_bot()"),
                env=os.environ | environment | server.environment,
                stderr=asyncio.subprocess.DEVNULL,
            )
            await server.wait_for(lambda: server.calls("getUpdates"), within=_STARTING, what="a bot that listens")
            trouble = server.faults.at_random(options.trouble, chance)
            people = [server.user(f"Người {number}") for number in range(options.people)]
            until = time.monotonic() + 60 * options.minutes
            asked = await asyncio.gather(*(ask(server, person, topics, chance, until) for person in people))
            trouble.cancel()
            await asyncio.sleep(3)  # So that some samples are of a bot at rest.
            bot.send_signal(signal.SIGTERM)
            await bot.wait()
            samples = await asyncio.to_thread(_read, Path(environment[_SAMPLES]))
            twice = sum(len(person.chat.bot_messages) for person in people) - sum(asked)
            print(
                f"{sum(asked)} questions, each answered; {len(server.requests)} requests, {trouble.struck} of them in trouble; "
                f"{twice} messages twice, {trouble.sent} responses to messages lost; {len(server.refusals)} refusals"
            )
            report(samples)


async def ask(
    server: TelegramServer, person: Person, topics: Sequence[Topic], chance: random.Random, until: float
) -> int:
    """Ask one question after the other until a time; gives how many were asked, all of them answered."""
    asked = 0
    while time.monotonic() < until:
        asked += 1
        question = person.write(chance.choice(topics).question(chance))
        await server.bot_message(person.chat, after=question, within=_ANSWERING)
    return asked


def _read(path: Path) -> list[tuple[float, int]]:
    return [(float(memory), int(tasks)) for memory, tasks in map(json.loads, path.read_text().splitlines())]


def report(samples: Sequence[tuple[float, int]]) -> None:
    """Print how memory and tasks went, by fifths of the run."""
    fifth = max(1, len(samples) // 5)
    parts = [samples[start : start + fifth] for start in range(0, 5 * fifth, fifth)]
    print("memory, MB:", " ".join(f"{statistics.median(memory for memory, _ in part):.0f}" for part in parts if part))
    print("tasks:", " ".join(f"{statistics.median(tasks for _, tasks in part):.0f}" for part in parts if part), end="")
    print(f"; at rest at the end {samples[-1][1]}, at the beginning {samples[0][1]}")


def run_bot() -> None:
    """Run the bot, and write down every second how much memory it has and how many tasks."""
    loops: list[asyncio.AbstractEventLoop] = []

    class Policy(asyncio.DefaultEventLoopPolicy):
        """Remembers the loop that the bot runs in."""

        def new_event_loop(self) -> asyncio.AbstractEventLoop:
            loops.append(super().new_event_loop())
            return loops[-1]

    def sample() -> None:
        with Path(os.environ[_SAMPLES]).open("w", encoding="utf-8") as samples:
            while True:
                time.sleep(1)
                pages = int(_STATUS.read_text().split()[1])
                tasks = len(asyncio.all_tasks(loops[-1])) if loops else 0
                samples.write(f"{json.dumps([pages * os.sysconf('SC_PAGE_SIZE') / 1e6, tasks])}\n")
                samples.flush()

    asyncio.set_event_loop_policy(Policy())
    threading.Thread(target=sample, daemon=True).start()
    sys.exit(run(read_settings()))


if __name__ == "__main__":
    asyncio.run(main())
