"""How the bot comes by its updates and files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from telegram.constants import FileSizeLimit, WebhookLimit

from tests.telegram_server.errors import bad_request
from tests.telegram_server.rendering import file_json
from tests.telegram_server.updates import DEFAULT_TYPES, Webhook

if TYPE_CHECKING:
    import asyncio

    from tests.telegram_server.parameters import Parameters
    from tests.telegram_server.records import Json
    from tests.telegram_server.world import World

_WEBHOOK_PORTS = {80, 88, 443, 8443}


async def get_updates(world: World, parameters: Parameters, gone: asyncio.Future[None]) -> list[Json]:
    """Long polling; `gone` is done when the one who asks has hung up."""
    world.updates.allow(_read_allowed(parameters))
    return await world.updates.poll(
        parameters.integer("offset"), parameters.integer("limit", 100), parameters.integer("timeout"), gone
    )


def set_webhook(world: World, parameters: Parameters) -> bool:
    if not parameters.text("url"):
        return delete_webhook(world, parameters)
    webhook = Webhook(
        _read_url(parameters),
        _read_secret(parameters),
        min(max(parameters.integer("max_connections", 40), 1), WebhookLimit.MAX_CONNECTIONS_LIMIT),
    )
    world.updates.stop_poll("setWebhook request")
    if parameters.flag("drop_pending_updates"):
        world.updates.clear()
    world.updates.allow(_read_allowed(parameters))
    world.updates.webhook = webhook
    world.watch.notify()
    return True


def delete_webhook(world: World, parameters: Parameters) -> bool:
    if parameters.flag("drop_pending_updates"):
        world.updates.clear()
    world.updates.webhook = None
    world.updates.last_error = None
    return True


def get_webhook_info(world: World, _parameters: Parameters) -> Json:
    updates = world.updates
    webhook = updates.webhook
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates.pending),
    }
    if webhook:
        info["max_connections"] = webhook.max_connections
    if updates.last_error:
        info["last_error_date"], info["last_error_message"] = updates.last_error
    if updates.allowed != DEFAULT_TYPES:
        info["allowed_updates"] = sorted(updates.allowed)
    return info


def log_out(world: World, _parameters: Parameters) -> bool:
    world.logged_out = True
    return True


def close(_world: World, _parameters: Parameters) -> bool:
    return True


def get_file(world: World, parameters: Parameters) -> Json:
    file_id = parameters.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = world.files.get(file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > FileSizeLimit.FILESIZE_DOWNLOAD:
        raise bad_request("file is too big")
    return file_json(stored) | {"file_path": stored.path}


def _read_allowed(parameters: Parameters) -> list[str] | None:
    allowed: Any = parameters.json("allowed_updates", "allowed updates JSON object")
    if allowed is not None and not isinstance(allowed, list):
        raise bad_request("expected an Array of update types")
    return allowed


def _read_url(parameters: Parameters) -> str:
    """Telegram takes https on four ports; plain http is for a bot beside this server, on loopback."""
    url = parameters.text("url")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}:
        return url
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port is not None and port not in _WEBHOOK_PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    return url


def _read_secret(parameters: Parameters) -> str:
    secret = parameters.text("secret_token")
    if len(secret) > WebhookLimit.MAX_SECRET_TOKEN_LENGTH:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    return secret
