"""Sending updates to the bot's webhook, one after the other, each until it is taken."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from tornado.httpclient import AsyncHTTPClient, HTTPError

if TYPE_CHECKING:
    from tests.telegram_server.updates import Webhook
    from tests.telegram_server.world import World


class WebhookSender:
    """Telegram's side of a webhook.

    Attributes:
        routes: where public addresses really lead, as a proxy in front of the bot would have it; from the beginning
            of the public address to that of the local one.
        retry_delay: seconds until an update that was not taken is sent again.
    """

    def __init__(self, world: World) -> None:
        self.routes: dict[str, str] = {}
        self.retry_delay = 0.05
        self._world = world

    async def run(self) -> None:
        """Send whatever comes while a webhook is set; ends by cancellation."""
        client = AsyncHTTPClient(force_instance=True)
        try:
            await self._send_all(client)
        finally:
            client.close()

    async def _send_all(self, client: AsyncHTTPClient) -> None:
        updates = self._world.updates
        while True:
            await self._world.watch.wait(lambda: bool(updates.webhook and updates.pending), within=None, describe=str)
            webhook = updates.webhook
            if webhook is None:
                continue
            update_id, update = updates.pending[0]
            if await self._send(client, webhook, update):
                updates.forget(update_id + 1)
            else:
                await asyncio.sleep(self.retry_delay)

    async def _send(self, client: AsyncHTTPClient, webhook: Webhook, update: dict[str, object]) -> bool:
        headers = {"Content-Type": "application/json"}
        if webhook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret_token
        try:
            await client.fetch(
                self._route(webhook.url), method="POST", headers=headers, body=json.dumps(update, ensure_ascii=False)
            )
        except HTTPError as error:
            self._keep_error(f"Wrong response from the webhook: {error.code} {error.message}")
        except OSError as error:
            self._keep_error(f"Connection failed: {error}")
        else:
            return True
        return False

    def _route(self, url: str) -> str:
        for public, local in self.routes.items():
            if url.startswith(public):
                return local + url.removeprefix(public)
        return url

    def _keep_error(self, message: str) -> None:
        self._world.updates.last_error = (self._world.now, message)
        self._world.watch.notify()
