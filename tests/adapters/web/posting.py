"""Posting as the page's script does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from aiohttp import ClientSession, FormData

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
