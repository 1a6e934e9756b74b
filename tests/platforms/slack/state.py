"""What a workspace is made of: people, channels, messages, views and files."""

from __future__ import annotations

import html
import time
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Json = dict[str, Any]
"""An object as it crosses the wire."""

Answers = dict[str, dict[str, Json]]
"""What was filled in: by block_id, then by action_id."""


class Refused(Exception):
    """Slack's answer is ``{"ok": false}`` with this error."""

    def __init__(self, error: str, *, retry_after: int = 0, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.retry_after = retry_after
        self.more = more


class Invalid(Refused):
    """The request breaks a rule of Slack's, whatever the situation."""

    def __init__(self, error: str, complaints: list[str]) -> None:
        super().__init__(error, response_metadata={"messages": complaints})
        self.complaints = complaints


class Request(NamedTuple):
    """A request that arrived, whatever became of it."""

    method: str
    arguments: Json


@dataclass(eq=False)
class User:
    """Somebody with an account; ``team`` is another workspace's id if she comes from there.

    In an Enterprise Grid she may belong to several, ``teams``.
    """

    id: str
    name: str
    team: str
    admin: bool = False
    owner: bool = False
    guest: bool = False
    teams: tuple[str, ...] = ()
    enterprise: str = ""
    """The organization, if Slack tells of it."""
    org_admin: bool = False
    tz: str = "Europe/Berlin"
    bot: bool = False
    """An app's own account."""


@dataclass(eq=False)
class File:
    """A file; ``data`` is None until its bytes were uploaded."""

    id: str
    name: str
    size: int
    user: str
    mimetype: str = "application/octet-stream"
    data: bytes | None = None
    title: str = ""
    alt: str = ""
    shares: list[tuple[str, str]] = field(default_factory=list)
    """Where it was shared: channel and ts."""


@dataclass(eq=False)
class Message:
    """A message; ``only_for`` is the one person who sees an ephemeral one."""

    channel: str
    ts: str
    author: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    files: list[File] = field(default_factory=list)
    edited: str | None = None
    """The ts of the last edit."""
    only_for: str | None = None
    answers: Answers = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(eq=False)
class View:
    """A modal or a home; its definition has the ids that Slack adds."""

    id: str
    user: str
    definition: Json
    hash: str
    root: str
    previous: str | None = None
    answers: Answers = field(default_factory=dict)
    errors_by_block: dict[str, str] = field(default_factory=dict)
    trouble: bool = False
    """It says 'We had some trouble connecting': the submission was not acked in time."""

    @property
    def title(self) -> str:
        return str((self.definition.get("title") or {}).get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        return list(self.definition["blocks"])

    @property
    def errors(self) -> dict[str, str]:
        """What is written in red, by the label of the input above it."""
        labels = {b["block_id"]: b["label"]["text"] for b in self.blocks if b["type"] == "input"}
        return {html.unescape(labels[block]): text for block, text in self.errors_by_block.items()}


@dataclass(eq=False)
class Channel:
    """A channel; ``history`` holds all messages, oldest first, replies too."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    history: list[Message] = field(default_factory=list)
    direct: bool = False
    private: bool = False
    """Who is not in it does not learn that it is there."""
    archived: bool = False
    group: bool = False
    """It is a group message."""
    default: bool = False
    """Whoever gets an account is in it."""

    @property
    def messages(self) -> list[Message]:
        """What is seen in the channel itself, without the replies in threads."""
        return [m for m in self.history if not m.is_reply or m.broadcast]

    def thread(self, ts: str) -> list[Message]:
        """Return the replies to a message, oldest first, without the message."""
        return [m for m in self.history if m.is_reply and m.thread_ts == ts]

    def find(self, ts: str) -> Message | None:
        return next((m for m in self.history if m.ts == ts), None)


@dataclass(eq=False)
class Trigger:
    """The right to open one modal, for a few seconds."""

    user: str
    in_modal: bool
    born: float = field(default_factory=time.monotonic)
    used: bool = False


@dataclass(eq=False)
class ResponseUrl:
    """Where an interaction may be answered: five times in half an hour."""

    user: str
    channel: str
    message: Message | None
    born: float = field(default_factory=time.monotonic)
    uses: int = 0
