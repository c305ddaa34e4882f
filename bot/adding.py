"""The owner adds documents to the collection and removes them; each of it can be undone for a day."""

import asyncio
import logging
import re
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from bot import commands
from bot.commands import Chat, Command, Face
from bot.faults import said_of_refused_writing
from bot.indexing import reason_of, said_of_skipped
from bot.listing import document_asked_for, is_number, is_short_name, show_document
from bot.replies import Choice, CommandList, Entries, Line, Part, Reply
from bot.texts import TEXTS, Texts
from bot.turns import Asker, Changed, Summarised, Turn
from index.adding import (
    Addition,
    Reading,
    add_address,
    add_bytes,
    add_file,
    add_post,
    keys_named,
)
from index.collection import Busy, CollectionError
from index.documents import Added, Entry, Length, Outcome, Replacement, Skipped
from index.readers import SUFFIXES, Reason, Unreadable
from index.store import is_outside
from index.vietnamese import clean

if TYPE_CHECKING:
    from bot.conversation import Message
    from index.collection import Collection

_LOGGER = logging.getLogger(__name__)

_DAY = 24 * 3600.0
"""Seconds for which something can be undone."""
_UNDONE_TOGETHER = 300
"""Documents for which what was done is remembered; of more, nothing can be undone at once."""
_REMEMBERED = 100
"""People whose last change is remembered."""
_SHOWN = 5
"""Documents that are named; others are counted."""
_TOLD_WITH_DETAIL = {Reason.REFUSED}
"""Reasons whose detail says something to a person."""
_LABEL, _ECHO = 40, 80
"""Characters of a title on a button, and of a name that is repeated."""
_SENT = "telegram/"
"""What the key of a file begins with that was sent."""
_ADDRESS = re.compile(r"https?://\S+|(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


Answering = Callable[["Message", str], Awaitable[Reply]]
"""What replies to a command, given the message and the text after the command."""


class NotFetched(Exception):
    """A file that was sent could not be had just now."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that somebody sent.

    Attributes:
        name: What it is called.
        fetch: Gives its bytes. Raises ``Unreadable`` where it is too large, :class:`NotFetched` where it cannot be had.
        link: Where it was posted, or ``None``.
        day: When it was posted, or ``None``.
    """

    name: str
    fetch: Callable[[], Awaitable[bytes]]
    link: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class SentPost:
    """A text that somebody sent.

    Attributes:
        text: What it says.
        key: The key that it has as a document.
        link: Where it can be read, or ``None``.
        day: When it was posted.
        publisher: The channel that posted it; empty where people wrote it, whose names are not kept.
    """

    text: str
    key: str
    link: str | None
    day: date | None
    publisher: str = ""


Given = SentFile | SentPost
"""What a message brings that can be added."""


def is_address(text: str) -> bool:
    """Whether a text is one web address, and nothing else."""
    text = text.strip()
    names_file = "/" not in text and Path(text).suffix.lower() in SUFFIXES
    return not names_file and _ADDRESS.fullmatch(text) is not None


class Adding:
    """Carries out the owner's commands that change the collection."""

    def __init__(
        self,
        collection: "Collection",
        reading: Reading,
        owns: Callable[[Asker], bool],
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Make it.

        Args:
            collection: The documents.
            reading: Reads addresses.
            owns: Whether somebody owns the bot.
            clock: The time, in seconds since 1970.
        """
        self._collection = collection
        self._reading = reading
        self.owns = owns
        self._clock = clock
        self._last: OrderedDict[Asker, Changed] = OrderedDict()
        self.commands: Mapping[Command, Callable[[Message, str], Awaitable[Reply]]] = {
            commands.ADD: told_if_not_written(self._add),
            commands.REMOVE: told_if_not_written(self._remove),
            commands.UNDO: told_if_not_written(self._undo),
        }

    def _refusal(self, message: "Message") -> Reply | None:
        """What somebody is told who may not do this, or not here."""
        texts = TEXTS[message.language]
        if not self.owns(message.asker):
            return _say(texts.owners_only)
        return None if message.chat is Chat.PRIVATE else _say(texts.in_private_only)

    # --- Adding ------------------------------------------------------------------------------------------------------

    async def _add(self, message: "Message", argument: str) -> Reply:
        if refusal := self._refusal(message):
            return refusal
        if message.earlier and message.earlier.changed and message.earlier.changed.replacements:
            return await self._told_again(message.earlier, message.earlier.changed, TEXTS[message.language])
        return await self._added(message, argument)

    async def _added(self, message: "Message", argument: str) -> Reply:
        texts, name = TEXTS[message.language], argument or _name_of(message.given)
        try:
            addition = await self._addition(message, argument)
        except Unreadable as error:
            why = _why(error, texts)
            return _say(texts.not_added(_shown(name), why), _shown(name), why)
        except NotFetched:
            return _say(texts.file_not_fetched(_shown(name)), _shown(name))
        if addition is None and argument and message.face is Face.CONSOLE:
            return _say(texts.no_such_file(_shown(name)), _shown(name))
        if addition is None:
            return _say(texts.how_to_add_here if message.face is Face.CONSOLE else texts.how_to_add)
        return self._told(addition, message.asker, texts)

    async def _addition(self, message: "Message", argument: str) -> Addition | None:
        """What came of adding what was brought, or ``None`` where nothing was."""
        collection, progress = self._collection, message.progress
        since = message.earlier.changed.at if message.earlier and message.earlier.changed else None
        path = await asyncio.to_thread(_file_at, argument) if message.face is Face.CONSOLE else None
        if path:
            return await add_file(collection, path, progress=progress)
        address = argument or (message.given.text if isinstance(message.given, SentPost) else "")
        if is_address(address):
            return await add_address(collection, address, self._reading, self._clock(), since=since, progress=progress)
        match message.given:
            case SentFile(name, fetch, link, day) if not argument:
                data = await fetch()
                key = f"{_SENT}{name}"
                return await add_bytes(collection, data, key, link=link, day=day, since=since, progress=progress)
            case SentPost(text, key, link, day, publisher) if not argument:
                return await add_post(collection, text, key, link=link, day=day, publisher=publisher, since=since)
        return None

    def _told(self, addition: Addition, asker: Asker, texts: Texts) -> Reply:
        only = addition.added[0] if len(addition.added) == 1 else None
        parts: list[Part] = []
        if only:
            parts += [_outcome(only, texts), Entries((only.entry,))]
        else:
            counts = {outcome: len(addition.of(outcome)) for outcome in Outcome}
            parts.append(Line(texts.several_added(_shown(addition.key), counts), (_shown(addition.key),)))
            parts += _named([one.entry for one in addition.of(Outcome.ADDED, Outcome.REPLACED)], texts)
        parts += [Line(line, (line,)) for line in said_of_skipped(addition.skipped, texts)]
        if addition.followed:
            parts.append(Line(texts.read_again))
        changed = self._remembered(asker, [one.replacement for one in addition.added if one.replacement])
        choices = [_undoing(texts)] if changed.replacements else []
        if not choices and addition.of(Outcome.ADDED, Outcome.REPLACED):
            parts.append(Line(texts.too_many_to_undo(addition.key), (addition.key,)))
        if only and only.outcome is Outcome.UNCHANGED:
            choices.append(Choice(texts.remove_it, show_document(commands.REMOVE, only.entry.source)))
        summarised = Summarised(document=only.entry.source.key, length=Length.SHORT) if only else None
        return Reply(tuple(parts), turn=Turn(summarised=summarised, changed=changed), choices=_rows(choices))

    async def _told_again(self, turn: Turn, changed: Changed, texts: Texts) -> Reply:
        """What is told of documents that were added, by what was noted of them."""
        entries = await self._collection.entries([one.key for one in changed.replacements if one.after])
        lead = texts.added_document if entries else texts.document_gone
        return Reply(
            (Line(lead), *_named(entries, texts)), turn=turn, choices=_rows([_undoing(texts)] if entries else [])
        )

    # --- Removing ----------------------------------------------------------------------------------------------------

    async def _remove(self, message: "Message", argument: str) -> Reply:
        if refusal := self._refusal(message):
            return refusal
        texts = TEXTS[message.language]
        if not (await self._collection.statistics()).documents:
            return _say(texts.no_documents)
        keys = await self._meant(argument) if argument else await self._shown_in(message.earlier)
        if not keys:
            return await self._ask_which(message, argument)
        removed = await self._collection.remove(keys)
        entries = [one.entry for one in removed]
        parts: list[Part] = [Line(texts.documents_removed(len(entries))), *_named(entries, texts)]
        if any(entry.origin and not is_outside(entry.origin) for entry in entries):
            parts.append(Line(texts.stays_in_folder))
        changed = self._remembered(message.asker, [one.replacement for one in removed])
        return Reply(
            tuple(parts), turn=Turn(changed=changed), choices=_rows([_undoing(texts)] if changed.replacements else [])
        )

    async def _meant(self, argument: str) -> list[str]:
        """The keys of what is meant by a number of the list, a short name, a link, an address or a file's name."""
        if is_number(argument) or is_short_name(argument):
            found = await document_asked_for(argument, self._collection)
            return [found[1].source.key] if found else []
        return await keys_named(self._collection, argument, [_SENT])

    async def _shown_in(self, turn: Turn | None) -> list[str]:
        """The keys of what a reply of the bot's shows: what was added, a summary's document, or an answer's."""
        if turn is None:
            return []
        if turn.changed and (added := [one.key for one in turn.changed.replacements if one.after]):
            return [entry.source.key for entry in await self._collection.entries(added)]
        if turn.summarised and turn.summarised.document:
            return [entry.source.key for entry in await self._collection.entries([turn.summarised.document])]
        if turn.place and turn.summarised is None:
            findings = await self._collection.ask(turn.question, first=turn.place - 1)
            return [answer.source.key for answer in findings.answers]
        return []

    async def _ask_which(self, message: "Message", argument: str) -> Reply:
        """Ask which document is meant, among those that come nearest or, where nothing was named, the newest."""
        texts = TEXTS[message.language]
        if argument:
            nearest = await self._collection.search_documents(argument, top=_SHOWN)
            entries = await self._collection.entries([source.key for source, _ in nearest])
        else:
            entries = await self._collection.page(0, _SHOWN)
        if not entries:
            return _say(texts.none_to_remove(_shown(argument)), _shown(argument))
        which = Line(texts.remove_which(_shown(argument)), (_shown(argument),))
        if message.face is Face.CONSOLE:
            return Reply((which, await self._numbered(entries, commands.REMOVE.typed(message.language))))
        choices = [
            Choice(shorten(entry.source.title, _LABEL, placeholder="…"), show_document(commands.REMOVE, entry.source))
            for entry in entries
        ]
        return Reply((which,), choices=tuple((choice,) for choice in choices))

    async def _numbered(self, entries: Sequence[Entry], command: str) -> CommandList:
        """What a person types to say a command of each document, by its number in the list, where there are no buttons."""
        places = [(await self._collection.place(entry.source.key), entry.source.title) for entry in entries]
        return CommandList(tuple((f"{command} {place + 1}", title) for place, title in places if place is not None))

    # --- Undoing -----------------------------------------------------------------------------------------------------

    async def _undo(self, message: "Message", _: str) -> Reply:
        if refusal := self._refusal(message):
            return refusal
        texts = TEXTS[message.language]
        last = None if message.in_place else self._last.get(message.asker)
        changed = message.earlier.changed if message.earlier else last
        if changed is None or self._clock() - changed.at > _DAY:
            return _say(texts.nothing_to_undo)
        undone = await self._collection.undo(changed.replacements)
        if not undone:
            return _say(texts.nothing_to_undo)
        self._last.pop(message.asker, None)
        if len(undone) > _SHOWN:
            return Reply((Line(texts.undone_many(len(undone))),), turn=Turn())
        return Reply(
            tuple(Line(texts.undone(one.source.title, one.there), (one.source.title,)) for one in undone), turn=Turn()
        )

    def _remembered(self, asker: Asker, replacements: Sequence[Replacement]) -> Changed:
        """What was done, remembered as the last that somebody did; nothing where it is too much."""
        changed = Changed(self._clock(), tuple(replacements) if len(replacements) <= _UNDONE_TOGETHER else ())
        if changed.replacements:
            self._last[asker] = changed
            self._last.move_to_end(asker)
            if len(self._last) > _REMEMBERED:
                self._last.popitem(last=False)
        return changed


def told_if_not_written(answering: Answering) -> Answering:
    """What replies to a command that writes to the collection; where that cannot be done now, it says so."""

    async def answer(message: "Message", argument: str) -> Reply:
        texts = TEXTS[message.language]
        try:
            return await answering(message, argument)
        except Busy:
            return _say(texts.busy_now)
        except (CollectionError, sqlite3.Error) as error:
            said = said_of_refused_writing(error, texts)
            if said is None:
                raise
            _LOGGER.error("the collection could not be written: %s", error)  # noqa: TRY400  # The trace would say no more.
            return _say(said)

    return answer


def _file_at(typed: str) -> Path | None:
    """The file of this machine that somebody typed the path of."""
    path = Path(typed.strip("'\"")).expanduser()  # Terminals put what is dropped on them in quotes.
    return path if typed and path.is_file() else None


def _outcome(added: Added, texts: Texts) -> Line:
    match added.outcome:
        case Outcome.UNCHANGED:
            return Line(texts.unchanged_document)
        case Outcome.DUPLICATE:
            return Line(texts.duplicate_document)
        case Outcome.REPLACED:
            title = added.replaced.title if added.replaced else ""
            return Line(texts.replaced_document(title), (title,))
        case _:
            return Line(texts.added_document)


def _why(error: Unreadable, texts: Texts) -> str:
    """Why something was not added, with what helps a person who sees neither a log nor the file."""
    if reason := texts.add_reasons.get(error.reason):
        return f"{reason} ({error.detail})" if error.detail and error.reason in _TOLD_WITH_DETAIL else reason
    return reason_of(Skipped("", error.reason, error.detail), texts)


def _named(entries: Sequence[Entry], texts: Texts) -> list[Part]:
    """The first few documents, and how many others there are."""
    named: list[Part] = [Entries(tuple(entries[:_SHOWN]))] if entries else []
    return named + ([Line(texts.other_many(len(entries) - _SHOWN))] if len(entries) > _SHOWN else [])


def _name_of(given: Given | None) -> str:
    return given.name if isinstance(given, SentFile) else ""


def _shown(name: str) -> str:
    """A name as it is repeated: on one line, and not too long."""
    return shorten(clean(name), _ECHO, placeholder="…")


def _undoing(texts: Texts) -> Choice:
    return Choice(texts.undo, f"/{commands.UNDO.name}")


def _rows(choices: Sequence[Choice]) -> tuple[tuple[Choice, ...], ...]:
    return (tuple(choices),) if choices else ()


def _say(text: str, *cited: str) -> Reply:
    return Reply((Line(text, cited),))
