"""What goes over the wire: a request as its handler reads it, and a refusal as Discord words it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

if TYPE_CHECKING:
    from tests.platforms.discord.world import World

Json = dict[str, Any]
File = tuple[str, str, bytes]
"""Name, content type, content."""

Problem = tuple[str, str]
"""Where in the body, and what is wrong there."""

INVALID = 50035
MEANINGS: Mapping[int, tuple[int, str]] = {
    0: (401, "401: Unauthorized"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    INVALID: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    160004: (400, "A thread has already been created for this message"),
    160005: (400, "Thread is locked"),
    160006: (400, "Maximum number of active threads reached"),
}


class Refusal(Exception):
    """Discord's answer to what it does not do."""

    def __init__(self, code: int, problems: list[Problem] | None = None) -> None:
        self.code = code
        self.status, self.text = MEANINGS[code]
        self.problems = problems or []
        super().__init__(f"{code} {self.text}")

    def to_json(self) -> Json:
        body: Json = {"message": self.text, "code": self.code}
        for path, text in self.problems:
            place = body.setdefault("errors", {})
            for step in path.split("."):
                place = place.setdefault(step, {})
            place.setdefault("_errors", []).append({"code": "INVALID", "message": text})
        return body


@dataclass(frozen=True)
class Call:
    """A request that has arrived whole."""

    method: str
    path: str
    template: str
    """The path as the specification writes it."""

    ids: Mapping[str, str]
    query: Mapping[str, str]
    token: str
    body: Any = None
    files: Mapping[int, File] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def json(self) -> Json:
        return self.body if isinstance(self.body, dict) else {}


Answer = Json | list[Json] | None
Handler = Callable[["World", Call], Awaitable[Answer]]
Routes = tuple[tuple[str, str, Handler], ...]


@dataclass
class Request:
    """A line of the log of requests."""

    method: str
    path: str
    body: Any
    at: float
    """Seconds of the monotonic clock."""

    status: int = 0
    """What it was answered with; 0 if it was not."""


async def read_call(request: web.Request, prefix: str) -> Call:
    """Read a request whole, its files too."""
    resource = request.match_info.route.resource
    body, files = await _read_body(request)
    return Call(
        method=request.method,
        path=request.path.removeprefix(prefix),
        template=resource.canonical.removeprefix(prefix) if resource else "",
        ids=dict(request.match_info),
        query=dict(request.query),
        token=request.headers.get("Authorization", ""),
        body=body,
        files=files,
    )


async def _read_body(request: web.Request) -> tuple[Any, dict[int, File]]:
    if request.content_type != "multipart/form-data":
        raw = await request.read()
        return (json.loads(raw) if raw else None), {}
    body: Any = {}
    files: dict[int, File] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read(decode=True))
        if part.name == "payload_json":
            body = json.loads(content)
        elif part.name and part.name.startswith("files["):
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files[int(part.name[6:-1])] = (part.filename or "", kind, content)
    return body, files
