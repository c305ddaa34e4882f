"""How many answers a second the bot gives in Telegram, and how long each takes.

    python -m benchmarks.telegram

A Bot API server of our own on loopback, without limits, and the bot in a process of its own. Each person asks the next
question when the one before is answered, so there are always as many questions in the air as people. Answered once:
every question has one message of the bot's after it. A time runs from taking an update off the queue until it is struck
off, its answer sent. Sustained: all answers over all the time. Absolute times depend on the machine and on its disk.
"""

import argparse
import asyncio
import json
import logging
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.settings import read_settings
from bot.telegram.running import run
from index.collection import Collection
from index.settings import Folders
from tests.telegram_server.people import Person
from tests.telegram_server.server import TelegramServer

_TIMES = "BENCHMARK_TIMES"
"""Names the file that the bot's process writes its times to."""
_STARTING = 60.0
_ANSWERING = 120.0

PLACES = (
    """
Hà Nội, Hải Phòng, Đà Nẵng, Cần Thơ, Huế, Nha Trang, Đà Lạt, Vũng Tàu, Quy Nhơn, Buôn Ma Thuột, Thái Nguyên, Nam Định,
Vinh, Thanh Hóa, Hạ Long, Lào Cai, Điện Biên, Sơn La, Hòa Bình, Phú Quốc, Rạch Giá, Cà Mau, Bạc Liêu, Sóc Trăng, Tây Ninh
""".replace("\n", " ")
    .strip()
    .split(", ")
)
SUBJECTS = (
    """
nhà máy giấy, bệnh viện nhi, trường dạy nghề, bến cảng, chợ nổi, hồ chứa nước, vườn quốc gia, thư viện, bảo tàng,
nhà máy thủy điện, trạm khí tượng, đường sắt, sân vận động, làng gốm, xưởng đóng tàu, trại giống, nhà hát, khu công nghệ
""".replace("\n", " ")
    .strip()
    .split(", ")
)
_QUANTITIES = {
    "số nhân viên": "người",
    "diện tích": "hecta",
    "kinh phí xây dựng": "tỷ đồng",
    "sản lượng hằng năm": "tấn",
    "số khách mỗi tháng": "lượt",
    "số phòng": "phòng",
    "tổng chiều dài": "mét",
    "số cây đã trồng": "cây",
}
_REMARKS = """
Người dân quanh vùng đã quen với cảnh xe cộ ra vào từ sáng sớm.
Công trình được sửa chữa sau mùa mưa bão và hoạt động ổn định từ đó.
Nhiều đoàn khách từ nơi khác tới tham quan và học hỏi kinh nghiệm.
Ban quản lý cho biết kế hoạch mở rộng còn chờ ý kiến của các bên.
Báo cáo thường niên được công bố vào cuối năm và gửi tới mọi thành viên.
""".strip().split("\n")


@dataclass(frozen=True)
class Topic:
    """What one document is about, and what can be asked of it."""

    subject: str
    place: str
    number: int

    @property
    def name(self) -> str:
        """What it is called, in its document and in questions."""
        return f"{self.subject} {self.place} số {self.number}"

    def text(self, chance: random.Random) -> str:
        """The document."""
        lines = [f"{self.name[0].upper()}{self.name[1:]}", ""]
        for quantity, unit in _QUANTITIES.items():
            lines.append(f"Theo thống kê, {quantity} của {self.name} là {chance.randint(20, 9000)} {unit}.")
            lines.append(chance.choice(_REMARKS))
            lines.append("")
        return "\n".join(lines)

    def question(self, chance: random.Random) -> str:
        """A question that the document answers."""
        return f"{chance.choice(list(_QUANTITIES))} của {self.name} là bao nhiêu?"


async def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--questions", type=int, default=10)
    parser.add_argument("--documents", type=int, default=500)
    options = parser.parse_args()
    chance = random.Random(1)  # noqa: S311
    topics = [Topic(chance.choice(SUBJECTS), chance.choice(PLACES), n) for n in range(1, options.documents + 1)]
    with tempfile.TemporaryDirectory() as folder:
        environment = await prepare(Path(folder), topics, chance)
        async with TelegramServer() as server:
            people = [server.user(f"Người {number}") for number in range(options.people)]
            questions = [[chance.choice(topics).question(chance) for _ in range(options.questions)] for _ in people]
            before = processor_time()
            bot = await start_bot(environment | server.environment)
            await server.wait_for(lambda: server.calls("getUpdates"), within=_STARTING, what="a bot that listens")
            began = time.perf_counter()
            await asyncio.gather(*(ask(server, *asked) for asked in zip(people, questions, strict=True)))
            took = time.perf_counter() - began
            bot.send_signal(signal.SIGTERM)
            await bot.wait()
        spent = (processor_time() - before) / (options.people * options.questions)
        times = json.loads(await asyncio.to_thread(Path(environment[_TIMES]).read_text))
        report(server, people, options.questions, took, times)
        print(f"processor time of the bot's process, its start included: {spent * 1000:.1f} ms an answer")


async def prepare(folder: Path, topics: Sequence[Topic], chance: random.Random) -> dict[str, str]:
    """Write and index the documents; gives the settings of a bot that answers from them."""
    documents, data = folder / "documents", folder / "data"
    await asyncio.to_thread(documents.mkdir)
    for topic in topics:
        (documents / f"{topic.number}.txt").write_text(topic.text(chance), encoding="utf-8")
    async with Collection.open(Folders(documents, data).collection) as collection:
        await collection.update(documents)
    return {
        "DOCUMENTS_DIR": str(documents),
        "DATA_DIR": str(data),
        "QUESTIONS_PER_MINUTE": "0",
        _TIMES: str(folder / "times.json"),
    }


async def start_bot(environment: dict[str, str]) -> asyncio.subprocess.Process:
    """Start the bot in a process of its own, which notes its times."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from benchmarks.telegram import run_bot; run_bot()", env=os.environ | environment
    )


def processor_time() -> float:
    """Seconds that processes ended by now have spent."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def run_bot() -> None:
    """Run the bot, and write down how long each update took, in milliseconds."""
    times: list[float] = []

    class Noted(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if isinstance(record.args, tuple):
                times.append(float(str(record.args[1])))

    logger = logging.getLogger("bot.telegram.processor")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    logger.addHandler(Noted())
    run(read_settings())
    Path(os.environ[_TIMES]).write_text(json.dumps(times), encoding="utf-8")


async def ask(server: TelegramServer, person: Person, questions: Sequence[str]) -> None:
    """Ask one question after the other."""
    for question in questions:
        asked = person.write(question)
        await server.bot_message(person.chat, after=asked, within=_ANSWERING)


def report(server: TelegramServer, people: Sequence[Person], each: int, took: float, times: list[float]) -> None:
    """Print the figures."""
    once = sum(
        before.author is person.user and after.by_bot
        for person in people
        for before, after in zip(person.chat.messages[::2], person.chat.messages[1::2], strict=False)
    )
    messages = sum(len(person.chat.messages) for person in people)
    asked = len(people) * each
    times.sort()
    print(f"{asked} questions, {once} answered once, {messages - 2 * asked} messages too many, {took:.1f} s")
    print(f"{asked / took:.0f} answers a second")
    print(
        f"off the queue until sent: median {times[len(times) // 2]:.0f} ms, p95 {times[len(times) * 95 // 100]:.0f} ms"
    )
    print(f"refusals: {len(server.refusals)}")


if __name__ == "__main__":
    asyncio.run(main())
