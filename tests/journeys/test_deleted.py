"""What was written about a buyer is gone once it is deleted: every byte is searched for it."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bootstrap.application import EVIDENCE, WEB, WEB_CHANNEL, Application
from bot.cli.serving import OWNER
from bot.core.clocks import ConfirmedTime, utc_now
from bot.core.collections import CONFIRMED_TIMES
from bot.core.forgetting import documents
from bot.core.forms import Answers, Paragraph, Text
from bot.core.interactions import Ask, Click, Command, Notice, Place, Reply, Submission
from bot.core.naming import named
from bot.core.store import Naming
from bot.core.sweeping import Sweeping
from bot.core.vault_sweep import VaultSweep
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.service.deleting import Retention
from tests.files import jpeg, png
from tests.journeys.at_the_page import at_the_page
from tests.journeys.test_privacy import application, log, through_the_front, to_the_packet
from tests.journeys.traces import BUYER, all_reports, layers, traces, traces_under

__all__ = ["application", "log"]

SECRET = "password: Sommer-2026x"
PERSON = "Zo\u00eb Quillfeather, Kastanienweg 99b"
MAIL = BUYER["buyer-email"]
PHONE = BUYER["buyer-phone-number"]


class Hands:
    """Somebody who types and sends forms, as an adapter of a chat brings that."""

    def __init__(self, application: Application) -> None:
        self._house = application
        self.intake = application.gateway.intake()

    async def types(self, text: str) -> Reply:
        name, _, rest = text.partition(" ")
        return await self._handle(Command, name=name, text=rest)

    async def presses(self, action: str, ref: str) -> Reply:
        return await self._handle(Click, action=action, ref=ref)

    async def sends(self, ask: Reply, answers: Answers) -> Reply:
        assert isinstance(ask, Ask), ask
        return await self._handle(
            Submission, session=ask.session, step=ask.step, answers={**answers}
        )

    async def insists(self, ask: Reply, answers: Answers) -> Reply:
        """Send it, with a secret in each text, then as it is until it is taken."""
        assert isinstance(ask, Ask), ask
        for name, answer in answers.items():
            if isinstance(answer, str) and any(
                each.name == name and isinstance(each, Text | Paragraph) for each in ask.form.inputs
            ):
                again = await self.sends(ask, {**answers, name: f"{answer} {SECRET}"[:300]})
                assert isinstance(again, Ask)
        reply = await self.sends(ask, answers)
        return await self.sends(ask, answers) if isinstance(reply, Ask) and reply.errors else reply

    async def keeps(self, ask: Reply) -> None:
        """Want what a photo tells besides what it shows."""
        if isinstance(ask, Ask):
            assert isinstance(await self.sends(ask, {"hidden": "keep"}), Notice)

    async def _handle(self, kind: type[Click | Command | Submission], **more: object) -> Reply:
        [who, role] = OWNER["you"]
        asked = kind(
            id=uuid.uuid4().hex,
            who=who,
            role=role,
            where=Place(chat=WEB, channel=WEB_CHANNEL),
            at=utc_now(),
            **more,  # type: ignore[arg-type]
        )
        [reply, *_] = (await self._house.gateway.handle(asked, files=self.intake)).replies
        return reply


async def planted(application: Application, case: str) -> None:
    """Write the buyer into everything that takes words or files; the team asks for all of it."""
    hands = Hands(application)
    ingest = hands.intake.take
    photo = await ingest(f"{PERSON}.jpg", jpeg(PERSON))
    refused = await ingest("Quillfeather.jpg", jpeg(f"{PERSON}, refused"))
    asked = await hands.types(f"note 1 {PERSON} {MAIL}")
    assert isinstance(asked, Notice)
    assert "Remove it" in asked.text
    stopped = await hands.types(f"note 1 {PERSON} {SECRET}")
    assert isinstance(stopped, Notice)
    assert "looks like it contains" in stopped.text
    told = await hands.types(f"note 1 {PERSON} {MAIL}")
    assert isinstance(told, Notice)
    assert "Added to" in told.text
    form = await hands.sends(await hands.types(f"collect {case}"), {"what": "received"})
    added = await hands.insists(form, {"files": (photo,), "caption": f"{PERSON} {PHONE}"})
    await hands.keeps(added)
    form = await hands.sends(await hands.types(f"collect {case}"), {"what": "received"})
    refusal = await hands.sends(form, {"files": (refused,), "caption": ""})
    assert isinstance(refusal, Ask)
    paper = await hands.sends(
        await hands.types("papers add"),
        {
            "kind": "invoice",
            "name": f"Invoice of {PERSON}",
            "party": "",
            "products": "",
            "file": (await ingest(f"{PERSON}.png", png()),),
        },
    )
    await hands.sends(paper, {"since": "", "until": ""})
    form = await hands.types(f"close {case}")
    await hands.insists(form, {"reason": "other", "note": f"{PERSON} is happy"})


async def removed(application: Application, case: str) -> None:
    """Have all of it deleted, as an admin does."""
    app, hands = application.app, Hands(application)
    for entry in await app.store.find(ENTRIES, "case", case):
        if traces(entry.words.encode()):
            form = await hands.types(f"redact 1 {entry.place}")
            assert isinstance(await hands.sends(form, {"why": "A buyer is named."}), Notice)
    for piece in await app.store.find(EVIDENCE_ITEMS, "case", case):
        form = await hands.types(f"delete-evidence {piece.key}")
        await hands.sends(form, {"why": "A buyer is named."})
    await hands.types("papers remove 1")
    await hands.types("settings keep 30")


async def days_later(application: Application, days: int) -> None:
    """Let the periodic work run as it does after so many days beyond doubt."""
    app = application.app
    async with app.store.transaction() as tx:
        tx.put(CONFIRMED_TIMES, ConfirmedTime(at=utc_now() + timedelta(days=days)))
    for work in (Sweeping(app), Retention(app), VaultSweep(app)):
        await work.tick()


@pytest.mark.ci
async def test_what_was_written_about_a_buyer_is_gone_once_it_is_deleted(
    application: Application, tmp_path: Path, log: io.StringIO
) -> None:
    [case] = await application.app.store.page(CASES)
    async with at_the_page(application) as person:
        await through_the_front(application, case.key, all_reports()[0])
        await to_the_packet(person, application, case.key)
        await planted(application, case.key)
        await person.work()
        assert {"Quillfeather", "quillf@", "5550177", "Kastanienweg"} <= set().union(
            *traces_under(tmp_path).values()
        )
        assert [*named_after_a_buyer(tmp_path)] == []
        await removed(application, case.key)
        for day in range(31, 72):
            await days_later(application, day)
            await person.work()
        await person.look()
        assert traces(person.seen[-1].encode()) == set()
    await application.app.store.compact()
    assert traces_under(tmp_path) == {}
    assert traces(log.getvalue().encode()) == set()
    assert [*files_with(tmp_path, b"Sommer-2026x")] == []
    assert "Sommer-2026x" not in log.getvalue()
    left = {path.name for path in files_of(tmp_path / EVIDENCE)}
    async for each in documents(application.app.store, Naming.HOLDS, Naming.SHOWS):
        left -= set(named(each))
    assert left == set()


def files_of(vault: Path) -> list[Path]:
    return [*vault.glob("??/*")]


def files_with(folder: Path, secret: bytes) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and any(secret in layer for layer in layers(path.read_bytes())):
            yield path.name


def named_after_a_buyer(folder: Path) -> Iterator[str]:
    """Give the names of files that stand anywhere and tell of a buyer."""
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if re.search(rb"(?i)quillfeather[^\"]{0,40}\.(?:jpg|png)", content):
            yield path.name
