"""A form as the browser sends it, turned into answers; files are handed on one by one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import PurePath
from typing import Final

import msgspec
from aiohttp import BodyPartReader, web

from adapters.web.site import Keep, Limits
from bot.errors import UserError
from bot.ui.forms import Answers, Upload
from bot.ui.text import one_line

PARTS: Final = 300
"""Inputs of a form, each option that is chosen and each file counted."""

FILE_NAME: Final = 150
MEDIA_TYPE: Final = 100

_CHUNK: Final = 65_536


class Sent(msgspec.Struct):
    """What a form brought: its own fields by name, and the person's answers."""

    fields: dict[str, str] = {}
    texts: dict[str, str] = {}
    chosen: dict[str, tuple[str, ...]] = {}
    files: dict[str, tuple[Upload, ...]] = {}

    @property
    def answers(self) -> Answers:
        """All answers by the name of their input."""
        return {**self.texts, **self.chosen, **self.files}


async def read_form(request: web.Request, keep: Keep, limits: Limits) -> Sent:
    """Read the parts of a form as they come, so that no more than one file is in memory.

    Raises:
        UserError: it has too many files, or one that is too large.
        web.HTTPException: it is no form, or much larger than any form.
    """
    sent = Sent()
    async for part in _parts(request):
        await _take(sent, part, keep, limits)
    return sent


async def _parts(request: web.Request) -> AsyncIterator[BodyPartReader]:
    if request.content_type != "multipart/form-data":
        raise web.HTTPBadRequest
    number = 0
    try:
        async for part in await request.multipart():
            number += 1
            if number > PARTS:
                raise web.HTTPRequestEntityTooLarge(PARTS, number)
            if isinstance(part, BodyPartReader):
                yield part
    except ValueError as error:
        raise web.HTTPBadRequest from error


async def _take(sent: Sent, part: BodyPartReader, keep: Keep, limits: Limits) -> None:
    kind, dot, name = (part.name or "").partition(".")
    if kind == "file":
        before = sent.files.setdefault(name, ())
        if part.filename:
            _check_number(sent, limits)
            sent.files[name] = (*before, await _upload(part, keep, limits))
        return
    text = await _text(part, limits)
    if kind == "one":
        sent.texts[name] = text
    elif kind == "many":
        # An empty one is always sent, because no box that is ticked would send nothing at all.
        sent.chosen[name] = (*sent.chosen.get(name, ()), *((text,) if text else ()))
    elif not dot:
        sent.fields[kind] = text


def _check_number(sent: Sent, limits: Limits) -> None:
    if sum(map(len, sent.files.values())) >= limits.files:
        message = f"Hand in at most {limits.files} files at once."
        raise UserError(message)


async def _upload(part: BodyPartReader, keep: Keep, limits: Limits) -> Upload:
    name = one_line(PurePath(part.filename or "").name, FILE_NAME) or "file"
    content = await _bytes(part, limits.file)
    if content is None:
        message = f"{name} is larger than {limits.file // 1_000_000} MB. Choose a smaller file."
        raise UserError(message)
    kind = one_line(part.headers.get("Content-Type", "application/octet-stream"), MEDIA_TYPE)
    return Upload(name=name, kind=kind, size=len(content), content=await keep(content))


async def _text(part: BodyPartReader, limits: Limits) -> str:
    content = await _bytes(part, limits.text)
    if content is None:
        raise web.HTTPRequestEntityTooLarge(limits.text, limits.text)
    # A browser sends line breaks as the network once wrote them, whatever was typed.
    return content.decode(errors="replace").replace("\r\n", "\n")


async def _bytes(part: BodyPartReader, most: int) -> bytes | None:
    content = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        content += chunk
        if len(content) > most:
            return None
    return bytes(content)
