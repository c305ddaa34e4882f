"""What every handler needs, made once when the bot opens."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram import User
from telegram.ext import Application

from bot.chats import Chats
from bot.conversation import Conversation
from bot.publishing import Publishing
from bot.settings import Settings
from bot.telegram.gatekeeper import Gatekeeper

App = Application[Any, Any, Any, Any, Any, Any]
"""The application, whatever it keeps of users and chats: the bot keeps that in :class:`bot.chats.Chats`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What every handler needs.

    Attributes:
        settings: What the owner chose.
        conversation: Decides what is said.
        publishing: Takes the posts of channels that publish to the collection.
        chats: What is kept of chats and people.
        gatekeeper: Who may speak, how often, and in which language they are answered.
        me: The bot itself, as ``getMe`` told: its id, name and username.
        sleep: Waits so many seconds.
    """

    settings: Settings
    conversation: Conversation
    publishing: Publishing
    chats: Chats
    gatekeeper: Gatekeeper
    me: Callable[[], User]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
