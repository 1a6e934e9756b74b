"""Posting as the page's script does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import NamedTuple

from aiohttp import ClientSession, FormData

from tests.patience import PATIENCE

JSON = {"Accept": "application/json"}


class Got(NamedTuple):
    status: int
    kinds: list[str]
    html: str


async def send(client: ClientSession, path: str, data: Mapping[str, str] | FormData) -> Got:
    async with client.post(path, data=data, headers=JSON) as answer:
        replies = (await answer.json())["replies"]
        kinds = [reply["kind"] for reply in replies]
        return Got(answer.status, kinds, "".join(reply["html"] for reply in replies))


def form(fields: Mapping[str, str], *files: tuple[str, bytes]) -> FormData:
    data = FormData(quote_fields=False, default_to_multipart=True)
    for name, value in {"session": "s1", "step": "two", **fields}.items():
        data.add_field(name, value)
    for filename, content in files:
        data.add_field("file.photos", content, filename=filename, content_type="image/png")
    return data


async def open_second_step(client: ClientSession) -> None:
    """Walk to the step that asks for files."""
    data = form({"step": "one", "one.claim": "counterfeit", "one.order": "111-1"})
    assert (await send(client, "/submissions", data)).kinds == ["ask"]


async def raw(port: int, *pieces: bytes) -> bytes:
    """Send bytes as they are, piece by piece, and return what comes back first."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for piece in pieces:
        writer.write(piece)
        # So that the server reads each piece by itself; no test depends on it.
        await asyncio.sleep(0.05)
    try:
        async with asyncio.timeout(PATIENCE):
            return await reader.read(65_536)
    finally:
        writer.close()
