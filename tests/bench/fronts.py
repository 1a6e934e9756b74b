"""What stands behind a chat's adapter: nearly nothing, or the real router over a store on disk."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from types import SimpleNamespace
from typing import cast
from unittest.mock import patch

from bot.bootstrap.application import build_application, open_store
from bot.core.clocks import utc_now
from bot.core.feature import Feature, Features
from bot.core.gateway import ChatGateway
from bot.core.idempotency import Response
from bot.core.interactions import AnyInteraction, Notice, Reply
from bot.core.interface import InterfaceLanguage
from bot.core.links import Links
from bot.core.listing import Watch
from bot.core.monitoring import CatalogProduct, Reading
from bot.core.permissions import Permission, Role, Roster
from bot.core.request import CommandSpec, RequestContext
from bot.core.router import Router
from bot.core.spelling import AS_WRITTEN
from tests.bench.staff import scratch, settings_in

SAID = "Done."
"""What every bot answers that answers anything."""


def names(number: int) -> list[str]:
    """Return the names of so many commands."""
    return [f"command-{place}" for place in range(1, number + 1)]


def table(number: int, *, tells: bool) -> tuple[CommandSpec, ...]:
    """Return so many commands, all of which answer the same."""
    run = partial(_answer, tells=tells)
    return tuple(
        CommandSpec(name, f"/{name}", name, Permission.READ, run, alone=True)
        for name in names(number)
    )


async def _answer(_: RequestContext, *, tells: bool) -> Sequence[Reply]:
    return _replies(tells=tells)


def _replies(*, tells: bool) -> list[Reply]:
    return [Notice(SAID)] if tells else []


class _AtOnce:
    """As much of a front as an adapter asks for."""

    def __init__(self, commands: int, *, tells: bool) -> None:
        self.commands = table(commands, tells=tells)
        self.app = SimpleNamespace(
            clock=utc_now, monotonic=time.monotonic, spelling=lambda _: AS_WRITTEN
        )
        self._tells = tells
        self._workspace = ""

    def spell(self, *_: object) -> None:
        """Write every command as it is."""

    def intake(self) -> None:
        """Take no files in."""

    async def handle(self, _: AnyInteraction, **__: object) -> Response:
        """Answer everything alike."""
        return Response(_replies(tells=self._tells))

    async def language(self) -> InterfaceLanguage:
        """Return English."""
        return InterfaceLanguage.ENGLISH

    async def connected(self, _: str, workspace: str) -> None:
        """Remember it."""
        self._workspace = workspace

    async def workspace(self, _: str) -> str:
        """Return what was remembered."""
        return self._workspace

    async def channel(self, _: str) -> str:
        """Return none: alerts go nowhere."""
        return ""

    async def trouble(self, *_: str) -> None:
        """Pass it over."""

    async def trouble_over(self, *_: str) -> None:
        """Pass it over."""

    def role(self, _: str, natural: Role) -> Role:
        """Take the chat's word."""
        return natural


class _Silent:
    """A marketplace of which nothing is known."""

    simulated = True

    async def read(self, _: Sequence[Watch]) -> list[Reading]:
        """Read nothing."""
        return []

    async def products(self, _: Iterable[str], __: str) -> dict[str, CatalogProduct]:
        """Know nothing."""
        return {}


@dataclass(frozen=True)
class Behind:
    """What is behind the adapter, in words that can be pickled."""

    commands: int = 12
    """So many commands; 0 stands for the product's own."""
    tells: bool = True
    """The person is told something; otherwise there is an ack and nothing else."""
    router: bool = False
    """The real router and a store on disk, or what answers at once."""

    @asynccontextmanager
    async def gateway(self) -> AsyncIterator[ChatGateway]:
        """Open it for as long as the block lasts."""
        if not self.router:
            yield cast("ChatGateway", _AtOnce(self.commands, tells=self.tells))
            return
        # One person types all of it, far faster than the limit of a person lets through.
        with patch("bot.core.gateway.COMMANDS", sys.maxsize), scratch() as folder:
            settings = settings_in(folder)
            async with open_store(settings, simulated=True) as store:
                application = build_application(settings, store, _Silent(), Links(), {})
                app = application.app
                if self.commands:
                    commands = table(self.commands, tells=self.tells)
                    features = Features([Feature(name="bench", commands=tuple(commands))])
                    app = replace(app, features=features)
                router = Router(app, application.monitor)
                yield ChatGateway(app, router, Roster())
