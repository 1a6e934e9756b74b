"""A shop that wants to hurt its visitor, and a bystander that nobody may reach."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

HOST = "127.0.0.1"
GOOD = "<title>Good</title><h1>Good</h1>" + "<p>Sold by somebody.</p>" * 5

PAGES = {
    "alerts": "<script>for (;;) alert(1)</script>",
    "bomb": "<script>const kept = []; for (;;) kept.push(new Uint8Array(5e7).fill(1))</script>",
    "tall": GOOD + "<div style='height: 900000px; background: linear-gradient(red, blue)'></div>",
    "liar": "<script>String.prototype.slice = () => 'x'.repeat(1e7);"
    "String = () => ({ slice: () => 7 })</script>" + GOOD,
    "out": "<script>location = '{bystander}/out'</script>" + GOOD,
    "reach": """<link rel=preconnect href="{bystander}"><link rel=prefetch href="{bystander}/1">
<img src="{bystander}/2"><iframe src="{bystander}/3"></iframe>
<iframe src="file:///etc/passwd"></iframe><script src="{bystander}/4"></script>
<img src="/moved"><script>
navigator.sendBeacon('{bystander}/5', 'x');
fetch('{bystander}/6', {{mode: 'no-cors'}}).catch(() => 0);
new WebSocket('ws://{authority}/7');
new EventSource('{bystander}/8');
navigator.serviceWorker.register('/worker.js').catch(() => 0);
new Worker(URL.createObjectURL(new Blob([`fetch('{bystander}/9', {{mode: 'no-cors'}})`])));
open('{bystander}/10');
const peer = new RTCPeerConnection({{iceServers: [{{urls: 'stun:{authority}'}}]}});
peer.createDataChannel('x'); peer.createOffer().then(o => peer.setLocalDescription(o));
</script>"""
    + GOOD,
}


@dataclass(frozen=True)
class Shop:
    """The hostile shop, who came to the bystander, and what the shop's visitors call themselves."""

    base_url: str
    reached: list[str]
    agents: list[str]


@asynccontextmanager
async def hostile() -> AsyncIterator[Shop]:
    """Serve both as long as the block lasts."""
    reached: list[str] = []
    agents: list[str] = []

    async def note(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reached.append((await reader.read(100)).decode("latin-1"))
        writer.close()

    bystander = await asyncio.start_server(note, HOST)
    port = int(bystander.sockets[0].getsockname()[1])
    loop = asyncio.get_running_loop()
    ear, _ = await loop.create_datagram_endpoint(lambda: _Ear(reached), (HOST, port))
    authority = f"{HOST}:{port}"
    runner = web.AppRunner(_app(authority, agents), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    try:
        yield Shop(f"http://{HOST}:{runner.addresses[0][1]}", reached, agents)
    finally:
        await runner.cleanup()
        bystander.close()
        ear.close()


class _Ear(asyncio.DatagramProtocol):
    """Notes what comes by UDP."""

    def __init__(self, reached: list[str]) -> None:
        self._reached = reached

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._reached.append("a datagram")


def _app(authority: str, agents: list[str]) -> web.Application:
    bystander = f"http://{authority}"

    async def page(request: web.Request) -> web.Response:
        agents.append(request.headers["User-Agent"])
        text = PAGES[request.match_info["name"]]
        text = text.replace("{bystander}", bystander).replace("{authority}", authority)
        text = text.replace("{{", "{").replace("}}", "}")
        return web.Response(text=f"<!DOCTYPE html>{text}", content_type="text/html")

    app = web.Application()
    app.router.add_get("/page/{name}", page)
    app.router.add_get("/moved", _redirect(lambda request: f"{bystander}/moved"))
    app.router.add_get("/away", _redirect(lambda request: "https://www.example.com/"))
    app.router.add_get("/inside", _redirect(lambda request: "http://10.0.0.1/"))
    app.router.add_get("/round", _redirect(lambda request: str(request.rel_url)))
    app.router.add_get("/stream", _stream)
    app.router.add_get("/download", _download)
    return app


def _redirect(
    where: Callable[[web.Request], str],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": where(request)})

    return answer


async def _stream(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    while True:
        try:
            await response.write(b"<p>more" * 10_000)
        except ConnectionError:
            return response
        await asyncio.sleep(0.01)


async def _download(request: web.Request) -> web.Response:
    headers = {"Content-Disposition": "attachment; filename=x.html"}
    return web.Response(body=b"x" * 1000, content_type="text/html", headers=headers)
