"""What the bot says about itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from telegram.constants import BotCommandLimit, BotCommandScopeType, BotDescriptionLimit, BotNameLimit

from tests.telegram_server.access import find_chat
from tests.telegram_server.entities import utf16_length
from tests.telegram_server.errors import bad_request
from tests.telegram_server.parameters import string_field
from tests.telegram_server.rendering import user_json

if TYPE_CHECKING:
    from tests.telegram_server.parameters import Parameters
    from tests.telegram_server.records import Json
    from tests.telegram_server.world import World

_OF_A_CHAT = {BotCommandScopeType.CHAT, BotCommandScopeType.CHAT_ADMINISTRATORS, BotCommandScopeType.CHAT_MEMBER}


def get_me(world: World, _parameters: Parameters) -> Json:
    return user_json(world.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": world.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(world: World, parameters: Parameters) -> bool:
    commands = parameters.json("commands", "commands JSON object") or []
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    checked = [_check_command(command) for command in commands]
    if len(checked) > BotCommandLimit.MAX_COMMAND_NUMBER:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile.set_commands(_read_scope(world, parameters), _read_language(parameters), checked)
    return True


def delete_my_commands(world: World, parameters: Parameters) -> bool:
    world.profile.set_commands(_read_scope(world, parameters), _read_language(parameters), [])
    return True


def get_my_commands(world: World, parameters: Parameters) -> list[Json]:
    return world.profile.commands(_read_scope(world, parameters), _read_language(parameters))


def set_my_name(world: World, parameters: Parameters) -> bool:
    return _keep(world.profile.names, parameters, "name", BotNameLimit.MAX_NAME_LENGTH)


def set_my_description(world: World, parameters: Parameters) -> bool:
    limit = BotDescriptionLimit.MAX_DESCRIPTION_LENGTH
    return _keep(world.profile.descriptions, parameters, "description", limit)


def set_my_short_description(world: World, parameters: Parameters) -> bool:
    limit = BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH
    return _keep(world.profile.short_descriptions, parameters, "short_description", limit)


def get_my_name(world: World, parameters: Parameters) -> Json:
    return {"name": _kept(world.profile.names, parameters) or world.bot.first_name}


def get_my_description(world: World, parameters: Parameters) -> Json:
    return {"description": _kept(world.profile.descriptions, parameters)}


def get_my_short_description(world: World, parameters: Parameters) -> Json:
    return {"short_description": _kept(world.profile.short_descriptions, parameters)}


def _check_command(command: Any) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = string_field(command, "command", required=True).removeprefix("/")
    description = string_field(command, "description", required=True).strip()
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= BotCommandLimit.MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _read_scope(world: World, parameters: Parameters) -> Json:
    scope = parameters.json("scope", "BotCommandScope JSON object") or {"type": BotCommandScopeType.DEFAULT}
    if not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = string_field(scope, "type", required=True)
    if kind not in set(BotCommandScopeType):
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if kind in _OF_A_CHAT:
        find_chat(world, string_field(scope, "chat_id", required=True))
    if kind == BotCommandScopeType.CHAT_MEMBER and not isinstance(scope.get("user_id"), int):
        raise bad_request("can't parse BotCommandScope: Invalid user_id specified")
    return scope


def _read_language(parameters: Parameters) -> str:
    language = parameters.text("language_code")
    if not re.fullmatch(r"(?:[a-z]{2})?", language):
        raise bad_request("LANG_CODE_INVALID")
    return language


def _keep(kept: dict[str, str], parameters: Parameters, name: str, limit: int) -> bool:
    value = parameters.text(name)
    if utf16_length(value) > limit:
        raise bad_request(f"bot {name.replace('_', ' ')} is too long")
    kept[_read_language(parameters)] = value
    return True


def _kept(kept: dict[str, str], parameters: Parameters) -> str:
    return kept.get(_read_language(parameters)) or kept.get("", "")
