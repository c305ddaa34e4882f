"""The conversation with a person at a terminal: line editing, history, completion, colour."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import FileHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from bot.commands import QUIT, START, Face, commands_in
from bot.console.plain import ASKER
from bot.console.rendering import show
from bot.conversation import Conversation, Message
from bot.replies import Reply
from bot.settings import Settings
from bot.texts import TEXTS, Language
from index.vietnamese import fold, words

_HISTORY = "console_history"
"""The file in the data folder that keeps what was typed."""


async def converse(conversation: Conversation, settings: Settings) -> None:
    """Reply to what the person types until they leave."""
    line = InputLine(settings.language, settings.folders.data / _HISTORY)
    reply = await _say(START.typed(settings.language), conversation, settings.language)
    line.when_shown(_warm_up)
    while not reply.leaves:
        reply = await _say(await line.read(), conversation, settings.language)


class InputLine:
    """The line that a person types in. Ctrl-C clears it, and once more leaves, as Ctrl-D does."""

    def __init__(self, language: Language, history: Path) -> None:
        self._language = language
        self._leaving = False
        self._session: PromptSession[str] = PromptSession(
            [("bold", "> ")],
            placeholder=self._placeholder,
            history=FileHistory(str(history)),
            completer=CommandCompleter(language),
            complete_while_typing=Condition(lambda: self._session.default_buffer.text.startswith("/")),
            key_bindings=self._keys(),
        )
        self._session.default_buffer.on_text_changed += lambda _: self._stay()

    async def read(self) -> str:
        """What the person typed; the command to leave where they pressed keys for it."""
        self._stay()
        try:
            return await self._session.prompt_async()
        except (EOFError, KeyboardInterrupt):
            return QUIT.typed(self._language)

    def _placeholder(self) -> StyleAndTextTuples:
        """What an empty line says; nothing once it is left."""
        texts = TEXTS[self._language]
        said = texts.press_again if self._leaving else texts.placeholder
        return [] if self._session.app.is_done else [("ansibrightblack", said)]

    def when_shown(self, work: Callable[[], None]) -> None:
        """Do some work in a thread as soon as a person can type."""

        def begin(application: Application[str]) -> None:
            application.after_render -= begin
            asyncio.get_running_loop().run_in_executor(None, work)

        self._session.app.after_render += begin

    def _stay(self) -> None:
        self._leaving = False

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("c-c")
        def _(event: KeyPressEvent) -> None:
            if self._leaving:
                event.app.exit(exception=KeyboardInterrupt)
            event.current_buffer.reset()
            self._leaving = True

        return keys


class CommandCompleter(Completer):
    """Completes a command from its beginning, typed with or without diacritics, in Vietnamese or English."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def get_completions(self, document: Document, _: CompleteEvent) -> Iterator[Completion]:
        """The commands that the text before the cursor begins."""
        text = document.text_before_cursor
        if not text.startswith("/"):
            return
        beginning = fold(text).lower().replace(" ", "")
        for command in commands_in(Face.CONSOLE):
            names = (command.typed(self._language), *(f"/{name}" for name in command.names))
            name = next((name for name in names if name.startswith(beginning)), None)
            if name:
                yield Completion(name, -len(text), display_meta=command.description(self._language, Face.CONSOLE))


async def _say(text: str, conversation: Conversation, language: Language) -> Reply:
    """Show the reply to a message."""
    reply = await conversation.reply(Message(text, ASKER, language, Face.CONSOLE))
    show(reply, language)
    return reply


def _warm_up() -> None:
    """Load underthesea's model while the person types the first question."""
    words("đất nước")
