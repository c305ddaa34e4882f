"""Digests of what is said in groups and channels: on command, every day, and privately for who wants one alone."""

import datetime as dt
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.chats.digests import LastDigest
from bot.chats.messages import AFTERWARDS
from bot.chats.requests import Request
from bot.chats.schedules import Schedule
from bot.chats.turns import chat_of, topic_of
from bot.commands import SCHEDULE, SUMMARY, Chat, Command
from bot.periods import MOST_POSTS, Latest, Period, Wrong, read_period, read_time
from bot.replies import Choice, Line, Part, Reply, TalkSummary
from bot.summaries import length_asked_for, lengths
from bot.texts import TEXTS, Language, Texts
from bot.turns import Summarised, Turn
from bot.wishes import Wish, privately, read_wish
from index.documents import Length, Post
from index.vietnamese import fold

if TYPE_CHECKING:
    from bot.chats import Chats
    from bot.conversation import Message
    from index.collection import Collection

PAUSE = 120.0
"""Seconds between two digests that are posted in one place."""

Visit = Callable[[int, int], Awaitable[str | None]]
"""The title of a chat for a person who is in it, both by number; ``None`` for anybody else."""

_DAY = 24 * 3600.0
_ECHO = 40
"""Characters of what could not be read that are repeated."""
_TOKEN = re.compile(r"s-([A-Za-z0-9_-]+)")
"""What a request for a private digest is called in commands and links."""
_OFF = {"tat", "off", "stop", "dung", "huy", "bo", "xoa", "thoi", "khong"}


@dataclass(frozen=True, slots=True)
class _Talk:
    """What was said in a place in a time.

    Attributes:
        place: The place.
        since: When the time begins, in seconds since 1970.
        until: When it ends.
        posts: What was said.
        cut: Whether more was said than can be told at once, so that only the latest of it is here.
    """

    place: str
    since: float
    until: float
    posts: Sequence[Post]
    cut: bool = False

    @property
    def told_until(self) -> float:
        """Just after the last of it: Telegram's clock may be behind this one, and more is said in the same second."""
        return min(self.until, self.posts[-1].sent.timestamp() + AFTERWARDS) if self.posts else self.until


class Digests:
    """Carries out the commands about the talk of groups and channels.

    What is said in one place (a chat, in a forum a topic) is told there, and privately to members of the chat.
    """

    def __init__(
        self,
        collection: "Collection",
        chats: "Chats",
        time_zone: dt.tzinfo,
        visit: Visit,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Make it.

        Args:
            collection: Makes digests out of messages.
            chats: What is kept: messages, last digests, schedules, requests.
            time_zone: In which times of day are read and shown.
            visit: Tells members of a chat from others.
            clock: The time, in seconds since 1970.
        """
        self._collection = collection
        self._chats = chats
        self._time_zone = time_zone
        self._visit = visit
        self._clock = clock
        self.commands: Mapping[Command, Callable[[Message, str], Awaitable[Reply]]] = {
            SUMMARY: self._summarise,
            SCHEDULE: self._schedule,
        }

    async def new_talk(self, place: str, language: Language) -> Reply | None:
        """A digest of what is new in a place, or ``None`` where nothing is that counts."""
        now = self._now()
        talk = await self._between(place, _since_last(await self._chats.digests.of(place), now), now)
        reply = await self._told(talk, Length.NORMAL, TEXTS[language])
        return await self._with_notice(reply, place, TEXTS[language]) if reply else None

    # --- On command --------------------------------------------------------------------------------------------------

    async def _summarise(self, message: "Message", argument: str) -> Reply:
        if message.chat is Chat.PRIVATE:
            return await self._open(message, argument)
        texts, wish, place = TEXTS[message.language], read_wish(argument), message.asker.chat
        last = await self._chats.digests.of(place)
        same = await self._same_talk(message, wish)
        asked = same or self._asked_for(wish.period, last)
        if isinstance(asked, Wrong):
            return _mistake(asked, wish.period, texts)
        length = wish.length or (same.length if same else Length.NORMAL)
        if wish.privately:
            return await self._hand_over(message, argument, await self._talk(place, asked), length)
        since_then = self._clock() - last.posted if last else PAUSE
        if last and 0.0 <= since_then < PAUSE and not message.in_place:  # Below 0 the clock was set back.
            said = texts.pause(self._moment(last.posted), last.link, max(1, round(PAUSE - since_then)))
            return Reply((Line(said),), choices=_privately(argument, texts))
        talk = await self._talk(place, asked)
        reply = await self._told(talk, length, texts)
        if reply is None:
            return _say(texts.talk_gone) if same else await self._nothing_said(message, talk)
        before = await self._chats.turns.last(message.asker) or Turn()
        told = reply.turn.summarised if reply.turn else None
        await self._chats.turns.keep(message.asker, replace(before, page=0, summarised=told))
        again = message.in_place and same is not None and same.tells_of_keeping
        return await self._with_notice(reply, place, texts, again=again)

    async def _same_talk(self, message: "Message", wish: Wish) -> Summarised | None:
        """The talk that was told before, where it is asked for in another way; ``None`` where other talk is.

        That is the talk of the digest that is answered, or for another length of the last one that the person had there.
        """
        if wish.period or not (message.in_place or wish.privately or wish.length):
            return None
        turn = message.earlier or (await self._chats.turns.last(message.asker) if wish.length else None)
        return turn.summarised if turn and turn.summarised and turn.summarised.of_talk else None

    def _asked_for(self, period: str, last: LastDigest | None) -> Period | Latest | Wrong:
        now = self._now()
        if period:
            return read_period(period, self._moment(now))
        return Period(self._moment(_since_last(last, now)), self._moment(now))

    async def _talk(self, place: str, asked: Period | Latest | Summarised) -> _Talk:
        match asked:
            case Latest(count):
                until = self._now()
                posts = await self._chats.messages.latest(chat_of(place), topic_of(place), count, until)
                since = posts[0].sent.timestamp() if posts else until - self._chats.messages.days * _DAY
                return _Talk(place, since, until, posts)
            case Period(since=begin, until=end):
                return await self._between(place, begin.timestamp(), end.timestamp())
            case Summarised():
                return await self._between(place, asked.since, asked.until)

    async def _between(self, place: str, since: float, until: float) -> _Talk:
        chat, topic = chat_of(place), topic_of(place)
        posts = await self._chats.messages.between(chat, topic, since, until, limit=MOST_POSTS + 1)
        return _Talk(place, since, until, posts[-MOST_POSTS:], cut=len(posts) > MOST_POSTS)

    async def _told(self, talk: _Talk, length: Length, texts: Texts) -> Reply | None:
        """A talk's digest, with buttons; ``None`` where nothing was said that counts."""
        digest = await self._collection.digest(talk.posts, length) if talk.posts else None
        if digest is None or not (digest.posts or digest.shared):
            return None
        oldest = self._clock() - self._chats.messages.days * _DAY
        begin = talk.posts[0].sent.timestamp() if talk.cut else max(talk.since, oldest)
        most = MOST_POSTS if talk.cut else None
        parts: list[Part] = [TalkSummary(digest, self._moment(begin), self._moment(talk.until), most)]
        if talk.since < oldest:
            parts.append(Line(texts.kept_only(self._chats.messages.days)))
        return Reply(
            tuple(parts),
            turn=Turn(summarised=Summarised(since=talk.since, until=talk.told_until, length=length)),
            choices=(lengths(length, texts), *_privately("", texts)),
        )

    async def _with_notice(self, reply: Reply, place: str, texts: Texts, *, again: bool = False) -> Reply:
        """A digest that tells those who were not told yet that what they say is kept, or ``again`` where it did."""
        if not again and (await self._chats.places.get(chat_of(place))).told_of_keeping:
            return reply
        turn = reply.turn or Turn()
        summarised = replace(turn.summarised or Summarised(), tells_of_keeping=True)
        notice = Line(texts.kept_for_digests(self._chats.messages.days))
        return replace(reply, parts=(*reply.parts, notice), turn=replace(turn, summarised=summarised))

    async def _nothing_said(self, message: "Message", talk: _Talk) -> Reply:
        """Why there is no digest."""
        texts, place = TEXTS[message.language], message.asker.chat
        if silenced := await self._silenced(message):
            return Reply(tuple(map(Line, silenced)))
        kept = await self._chats.messages.latest(chat_of(place), topic_of(place), 1, self._now())
        return _say(self._nothing_in(talk, texts) if kept else texts.nothing_said_at_all)

    def _nothing_in(self, talk: _Talk, texts: Texts) -> str:
        """That nothing was said in a time, as far back as messages are kept."""
        since = max(talk.since, self._clock() - self._chats.messages.days * _DAY)
        past = since < talk.until < self._clock()
        return texts.nothing_said(self._moment(since), self._moment(talk.until) if past else None)

    async def _silenced(self, message: "Message") -> list[str]:
        """What keeps digests from being made in a chat at all; empty where nothing does."""
        texts, chat = TEXTS[message.language], chat_of(message.asker.chat)
        if not self._chats.messages.days:
            return [texts.never_kept_for_digests]
        if not (await self._chats.places.get(chat)).keeps_talk:
            return [texts.not_kept_for_digests]
        return [] if message.hears_all else [texts.cannot_hear, texts.how_to_hear]

    # --- Privately ---------------------------------------------------------------------------------------------------

    async def _hand_over(self, message: "Message", argument: str, talk: _Talk, length: Length) -> Reply:
        """What has the face send a digest to the person who asks, in their private chat."""
        texts, asker = TEXTS[message.language], message.asker
        if not talk.posts:
            return await self._nothing_said(message, talk)
        if int(asker.person) < 0:  # An anonymous admin, or a channel.
            return Reply((Line(texts.who_asks),), choices=_privately(argument, texts))
        token = await self._chats.requests.keep(Request(asker.chat, asker.person, talk.since, talk.told_until, length))
        return Reply((Line(texts.open_privately),), privately=f"s-{token}")

    async def _open(self, message: "Message", argument: str) -> Reply:
        """The digest that a token stands for, in the private chat of who asked for it."""
        texts = TEXTS[message.language]
        named = _TOKEN.fullmatch(argument)
        shown = message.earlier.summarised if message.earlier else None
        token = named[1] if named else shown.request if shown else ""
        request = await self._chats.requests.find(token, message.asker.person)
        if request is None:
            return _say(texts.request_gone)
        title = await self._visit(chat_of(request.place), int(request.person))
        if title is None:
            return _say(texts.not_a_member)
        length = (None if named else length_asked_for(argument)) or request.length
        talk = await self._between(request.place, request.since, request.until)
        reply = await self._told(talk, length, texts)
        if reply is None or reply.turn is None or reply.turn.summarised is None:
            return _say(self._nothing_in(talk, texts) if talk.posts else texts.talk_gone)
        summarised = replace(reply.turn.summarised, request=token)
        return replace(
            reply,
            parts=(Line(texts.talk_of(title), (title,)), *reply.parts),
            turn=Turn(summarised=summarised),
            choices=reply.choices[:1],
        )

    # --- Every day ---------------------------------------------------------------------------------------------------

    async def _schedule(self, message: "Message", argument: str) -> Reply:
        texts, place = TEXTS[message.language], message.asker.chat
        if message.chat is Chat.PRIVATE:
            return _say(texts.in_groups_only)
        if not argument:
            schedule = await self._chats.schedules.of(place)
            return _say(texts.schedule_is(schedule.time) if schedule else texts.no_schedule)
        if not message.manages:
            return _say(texts.admins_only)
        if fold(argument).lower() in _OFF:
            return _say(texts.schedule_ended if await self._chats.schedules.remove(place) else texts.no_schedule)
        time_of_day = read_time(argument)
        if time_of_day is None:
            return _say(texts.wrong_time(_echo(argument)), _echo(argument))
        now = self._moment(self._clock())
        today = now.time() < time_of_day
        handled = now.date() - dt.timedelta(days=1) if today else now.date()
        await self._chats.schedules.choose(Schedule(place, time_of_day, handled, message.asker.person))
        said = (texts.scheduled(time_of_day, today), *await self._silenced(message))
        return Reply(tuple(map(Line, said)))

    def _now(self) -> float:
        """The end of this second: Telegram tells the times of messages in whole seconds."""
        return self._clock() // 1 + 1

    def _moment(self, seconds: float) -> dt.datetime:
        return dt.datetime.fromtimestamp(seconds, self._time_zone)


def is_request(argument: str) -> bool:
    """Whether what follows the command names a digest that somebody asked to have in private."""
    return _TOKEN.fullmatch(argument) is not None


def _since_last(last: LastDigest | None, now: float) -> float:
    """When what is new begins: at the end of the last digest, or a day ago."""
    return last.until if last else now - _DAY


def _mistake(wrong: Wrong, typed: str, texts: Texts) -> Reply:
    match wrong:
        case Wrong.ZERO:
            return _say(texts.nothing_to_tell_of)
        case Wrong.TOO_MANY:
            return _say(texts.too_many_posts(MOST_POSTS))
        case Wrong.AHEAD:
            return _say(texts.still_ahead)
        case Wrong.UNCLEAR:
            return _say(texts.unclear_period(_echo(typed)), _echo(typed))


def _privately(argument: str, texts: Texts) -> tuple[tuple[Choice, ...], ...]:
    """What has the same sent privately, as long as it can be said in short."""
    said = privately(argument)
    return ((Choice(texts.send_privately, said),),) if said else ()


def _echo(text: str) -> str:
    return text if len(text) <= _ECHO else text[:_ECHO] + "…"


def _say(text: str, *cited: str) -> Reply:
    return Reply((Line(text, cited),))
