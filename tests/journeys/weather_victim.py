"""The whole product between two real chats, born again and again on one folder, to be killed.

``python -m tests.journeys.weather_victim FOLDER SLACK DISCORD``, the chats as ``ChatAddress`` in
JSON. ``live`` lets a stranger come, another one go, and a person act; ``live quiet`` does so in the
quiet hours; ``drain`` sends what is left.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import ExitStack
from datetime import timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from pathlib import Path
from unittest.mock import patch

import discord
import msgspec

from adapters.capture.files import FileEvidence
from adapters.discord.connection import Discord, DiscordAccess
from adapters.slack.connection import Slack, SlackAccess
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.application import EVIDENCE, Application, build_application, running
from bot.bootstrap.chats import connected
from bot.bootstrap.features import COLLECTIONS
from bot.core.channel_bindings import open_room
from bot.core.chat_platform import Connection
from bot.core.clocks import utc_now
from bot.core.collections import OUTBOX, TEAMS
from bot.core.forms import Answers
from bot.core.interactions import Ask, Click, Command, Place, Submission
from bot.core.links import Links
from bot.core.listing import Offer, Snapshot, Watch
from bot.core.money import Money
from bot.core.permissions import Person, Role
from bot.core.team import Team
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.rules.correlation import correlate
from bot.features.watchlist.collections import WATCHES
from bot.settings import Settings
from tests.fakes import FakeSource
from tests.journeys.lives import obey, say
from tests.unit.adapters.discord.team import at_once

ANA = Person("UANA", "Ana")
ASIN, OWN = "B0ALDER001", "A3ALDERFINCH01"
NOTES = 3
STAYS = 1
"""So many lives long a stranger sells; in the next but one the case is closed."""
CALM = 3
"""Every so many strangers is no reason to wake anybody."""
UNLIMITED = 1_000_000
AGAIN = timedelta(milliseconds=100)
SETTLED_WITHIN = 60.0
"""Seconds in which the last life sends what is left."""


class ChatAddress(msgspec.Struct, frozen=True):
    """Where a chat is, and how to get in; ``door`` is Slack's app token or Discord's gateway."""

    token: str
    door: str
    endpoint: str
    workspace: str
    channel: str


def stranger(number: int) -> str:
    return f"A1STRANGER{number:04d}"


def note(life: int, number: int) -> str:
    return f"Note {life}.{number} of them."


async def live(word: str, life: int) -> None:
    """Do what there is to do in this life, and send until killed; or until nothing is left."""
    folder, *addresses = sys.argv[1:]
    slack, chat = (msgspec.json.decode(each, type=ChatAddress) for each in addresses)
    store = await TinyStore.open(Path(folder) / "store", COLLECTIONS)
    await open_room(store, "slack", slack.workspace, slack.channel)
    await open_room(store, "discord", chat.workspace, chat.channel)
    await _seed(store, quiet=word.endswith("quiet"))
    read = FileEvidence(Path(folder) / EVIDENCE).read
    linked: list[Connection] = [
        Slack(SlackAccess(slack.token, app_token=slack.door, endpoint=slack.endpoint), read),
        Discord(DiscordAccess(chat.token, "", chat.endpoint, chat.door), read),
    ]
    settings = Settings(_env_file=None).model_copy(
        update={"data_dir": Path(folder), "own_sellers": frozenset({OWN})}
    )
    source = FakeSource(simulated=True)
    source.put(_snapshot(life - 1))
    with ExitStack() as stack:
        _hurry(stack)
        chats = {each.name: each.chat for each in linked}
        application = build_application(settings, store, source, Links(), chats)
        async with connected(linked, application.gateway), running(application):
            if word == "drain":
                await _settle(application)
            else:
                await _act(application, source, life, slack, quiet=word.endswith("quiet"))
                await asyncio.Event().wait()
    await store.close()


def _hurry(stack: ExitStack) -> None:
    """Let every outage be a long one and every case be told by itself, without a pause."""
    for name, value in (
        ("adapters.slack.outbound.PACE", 0),
        ("bot.bootstrap.timetable.SENT_AGAIN", AGAIN),
        ("bot.core.dispatch.dispatcher.LONG", timedelta()),
        ("bot.features.cases.service.alerts.correlate", partial(correlate, cooldown=timedelta())),
        ("bot.features.cases.rules.correlation.FLIPS", UNLIMITED),
        ("bot.features.cases.models.alert_groups.ALONE", UNLIMITED),
        # So that the test reads in the card which cases it is about, however many they are.
        ("bot.core.views.trouble.NAMED", UNLIMITED),
    ):
        stack.enter_context(patch(name, value))
    stack.enter_context(patch.object(discord.Client, "before_identify_hook", at_once))


async def _seed(store: TinyStore, *, quiet: bool) -> None:
    hour = utc_now().hour
    async with store.transaction() as tx:
        team = Team(quiet_from=hour, quiet_to=(hour + 2) % 24) if quiet else Team()
        tx.put(TEAMS, team)
        if await tx.get(WATCHES, f"US-{ASIN}") is None:
            tx.put(WATCHES, Watch(asin=ASIN, marketplace="US", title="Pan", added_at=utc_now()))


def _snapshot(life: int) -> Snapshot:
    here = [number for number in range(life - STAYS + 1, life + 1) if number > 0]
    offers = [_offer(OWN, "24.99")]
    offers += [_offer(stranger(n), "18.70" if n % CALM else "24.90") for n in here]
    return Snapshot(
        asin=ASIN,
        marketplace="US",
        at=utc_now(),
        offers=tuple(offers),
        total=len(offers),
        holders=(OWN,),
        digest="ab" * 32,
    )


def _offer(seller: str, price: str) -> Offer:
    free = Money(Decimal(0), "USD")
    return Offer(seller=seller, price=Money(Decimal(price), "USD"), shipping=free, fba=True)


async def _act(
    application: Application, source: FakeSource, life: int, slack: ChatAddress, *, quiet: bool
) -> None:
    """Look twice, for a departure is believed then; acknowledge, write notes, close an old case."""
    watch = await application.app.store.get(WATCHES, f"US-{ASIN}")
    assert watch is not None
    for _ in range(2):
        source.put(_snapshot(life))
        await application.monitor.check([watch])
    hands = Hands(
        application, life, Place(chat="slack", workspace=slack.workspace, channel=slack.channel)
    )
    # What is calm and new is left alone at night, so that it is held.
    case = await _case_of(application, life - 1 if quiet and life % CALM == 0 else life)
    if case is not None:
        await hands.presses("acknowledge", case)
        for number in range(1, NOTES + 1):
            await hands.writes(note(life, number), case)
    old = await _case_of(application, life - STAYS - 1)
    if old is not None and old.open:
        await hands.closes(old)


async def _case_of(application: Application, life: int) -> Case | None:
    cases = await application.app.store.page(CASES, limit=4 * STAYS, newest=True)
    return next((case for case in cases if case.seller == stranger(life)), None)


class Hands:
    """What Ana does, confirmed to the test as soon as it was to her."""

    def __init__(self, application: Application, life: int, where: Place) -> None:
        self._house, self._life, self._where = application, life, where
        self._done = 0

    async def presses(self, action: str, case: Case) -> None:
        await self._house.router.handle(
            Click(**self._what(), action=action, ref=case.key)  # type: ignore[arg-type]
        )

    async def writes(self, words: str, case: Case) -> None:
        asked = Command(**self._what(), name="note", text=f"{case.number} {words}")  # type: ignore[arg-type]
        await self._house.router.handle(asked)
        say(f"noted {words}")

    async def closes(self, case: Case) -> None:
        [reply] = await self._house.router.handle(
            Click(**self._what(), action="close", ref=case.key)  # type: ignore[arg-type]
        )
        assert isinstance(reply, Ask)
        answers: Answers = {"reason": "false-alarm"}
        await self._house.router.handle(
            Submission(**self._what(), session=reply.session, step=reply.step, answers=answers)  # type: ignore[arg-type]
        )

    def _what(self) -> dict[str, object]:
        self._done += 1
        id = f"{self._life}-{self._done}"
        return {"id": id, "who": ANA, "role": Role.ADMIN, "where": self._where, "at": utc_now()}


async def _settle(application: Application) -> None:
    async with asyncio.timeout(SETTLED_WITHIN):
        for _ in count():
            if not await application.app.store.count(OUTBOX):
                return
            await asyncio.sleep(0.02)


if __name__ == "__main__":
    obey(live)
