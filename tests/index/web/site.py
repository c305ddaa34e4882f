"""A web site on this machine, which remembers what it was asked."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from index.web import Reach


@dataclass
class Site:
    """Answers by path; ``asked`` holds the path and headers of each request; those of ``silent`` get no answer."""

    port: int = 0
    pages: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    busy: int = 0
    busiest: int = 0
    silent: set = field(default_factory=set)

    def add(self, path, body=b"", status=200, **headers):
        """A page; headers are named with underscores."""
        content = body if isinstance(body, bytes) else body.encode()
        self.pages[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, content)

    def url(self, path, host="cho.example"):
        return f"http://{host}:{self.port}{path}"

    def reach(self, **hosts):
        """Lets this machine alone be reached, by the name ``cho.example`` and those of ``hosts``."""
        known = {"cho.example": ["127.0.0.1"], **{name.replace("_", "."): found for name, found in hosts.items()}}

        async def resolver(host, port):
            if host not in known:
                raise OSError(-2, "Name or service not known")
            return known[host]

        return Reach(allows=lambda address: address.is_loopback, ports=frozenset({self.port, 80}), resolver=resolver)

    @property
    def paths(self):
        return [path for path, _ in self.asked]

    async def answer(self, reader, writer):
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            request, *lines = head.strip().split("\r\n")
            path = request.split(" ")[1]
            headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
            self.asked.append((path, headers))
            if path in self.silent:
                await reader.read()
            status, own, body = self.pages.get(path, (404, {}, b""))
            if own.get("ETag") and headers.get("if-none-match") == own["ETag"]:
                status, body = 304, b""
            shown = {"Content-Length": str(len(body)), "Connection": "close", **own}
            written = "".join(f"{name}: {value}\r\n" for name, value in shown.items() if value is not None)
            writer.write(f"HTTP/1.1 {status} X\r\n{written}\r\n".encode() + body)
            await writer.drain()
        except ConnectionError:
            return
        finally:
            self.busy -= 1
            writer.close()


@asynccontextmanager
async def opened():
    """A site that is open."""
    site = Site()
    server = await asyncio.start_server(site.answer, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    async with server:
        yield site
