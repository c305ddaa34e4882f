"""How many questions were asked in Telegram, for who sits at the terminal. What is asked here is not counted."""

import asyncio
import datetime as dt

from bot.chats.counts import Counts
from bot.chats.database import ChatsError, Database
from bot.conversation import Answering, Message
from bot.counts import DAYS, last_days
from bot.data_folder import CHATS
from bot.replies import Line, QuestionChart, Reply
from bot.settings import Settings
from bot.texts import TEXTS


def statistics(settings: Settings) -> Answering:
    """What replies to the command: the counts that the bot keeps, which may be running beside."""

    async def reply(message: Message, _: str) -> Reply:
        path = settings.folders.data / CHATS
        today = dt.datetime.now(settings.time_zone).date()
        if not await asyncio.to_thread(path.exists):
            return Reply((QuestionChart(last_days([], today)),))
        try:
            async with Database.open(path) as database:
                counted = await Counts(database).since(today - dt.timedelta(days=DAYS))
        except ChatsError as error:
            return Reply((Line(TEXTS[message.language].chats_damaged(str(error))),))
        return Reply((QuestionChart(last_days(counted, today)),))

    return reply
