"""A team that takes every case from the alert to a filed report, and sends again what it sent.

As a browser or a chat does: what was sent and not answered is delivered once more, the same; a
form that was not sent yet is begun anew.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable

from PIL import Image

from bot.bootstrap.application import Application
from bot.core.clocks import utc_now
from bot.core.collections import JOBS, OUTBOX
from bot.core.forms import Answers
from bot.core.interactions import AnyInteraction, Ask, Click, Notice, Place, Submission
from bot.core.listing import Watch
from bot.core.permissions import Person, Role
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Report
from bot.features.watchlist.collections import WATCHES
from tests.journeys.ledger import Heard, Ledger, Sent, of_kind
from tests.patience import PATIENCE

ANA = (Person("ana", "Ana"), Role.ADMIN)
BEN = (Person("ben", "Ben"), Role.MEMBER)
WHERE = Place(chat="web", channel="brand-alerts")
ALL = 100_000
AT_ONCE = 2
"""Cases at which the team works at a time."""
ORDER = "123-1234567-1234567"
DONE = "This was already done."
STEPS = {
    "received": "Added to",
    "genuine": "Added to",
    "orders": "Added to",
    "test-buy": "Added to",
    "capture": "Taking a screenshot",
    "draft": "Drafted",
    "confirm": "Confirmed",
    "filed": "as filed",
    "delete": "Deleted ",
}
"""What is done with each case, in this order, and what the team hears then."""
COPY: tuple[Answers, ...] = (
    {"matter": "doubt"},
    {"seen": "copy", "grounds": "test-buy"},
    {"draft": "yes"},
)


def photo(case: Case, kind: str) -> bytes:
    """Return a picture: of theirs one for each case, of the genuine product the same for all."""
    number = case.number if kind == "received" else 0
    out = io.BytesIO()
    Image.new("RGB", (32, 32), (number % 256, number // 256, 90)).save(out, "PNG")
    return out.getvalue()


def deleted_kind(case: Case) -> EvidenceKind:
    """Choose what is deleted in the end: bytes of this case alone, or those that others share."""
    return EvidenceKind.RECEIVED if case.number % 2 else EvidenceKind.GENUINE


class EvidenceTeam:
    """Does the next step of each case, for ever or until nothing is left to do."""

    def __init__(
        self, application: Application, ledger: Ledger, life: int, unheard: Callable[[], None]
    ) -> None:
        self._house = application
        self._app = application.app
        self._ledger = ledger
        self._life = life
        self._unheard = unheard
        self._clicks = 0
        self._done = {(line.case, line.step) for line in of_kind(ledger.lines, Sent)}

    async def work_for_ever(self) -> None:
        await self._send_again()
        while True:
            open_cases = [case for case in await self._cases() if not self._finished(case)]
            if len(open_cases) < AT_ONCE:
                await self._meet_a_stranger()
            for case in open_cases:
                await self._go_on(case)
            await asyncio.sleep(0.002)

    async def finish(self) -> None:
        """End what was begun, and wait until all jobs are done and all is told."""
        await self._send_again()
        async with asyncio.timeout(PATIENCE):
            while not await self._at_rest():
                for case in await self._cases():
                    await self._go_on(case)
                await asyncio.sleep(0.005)

    async def _at_rest(self) -> bool:
        store = self._app.store
        waiting = await store.count(JOBS) + await store.count(OUTBOX)
        return not waiting and all(self._finished(case) for case in await self._cases())

    async def _cases(self) -> list[Case]:
        return await self._app.store.page(CASES, limit=ALL)

    def _finished(self, case: Case) -> bool:
        return (case.key, [*STEPS][-1]) in self._done

    async def _meet_a_stranger(self) -> None:
        number = await self._app.store.count(WATCHES) + 1
        watch = Watch(
            asin=f"B0KILL{number:04d}",
            marketplace="US",
            title=f"Pan {number}",
            added_at=utc_now(),
        )
        async with self._app.store.transaction() as tx:
            tx.put(WATCHES, watch)
        await self._house.monitor.check([watch])

    async def _send_again(self) -> None:
        heard = {line.id for line in of_kind(self._ledger.lines, Heard)}
        for sent in of_kind(self._ledger.lines, Sent):
            if sent.interaction.id not in heard:
                await self._deliver(sent)

    async def _go_on(self, case: Case) -> None:
        step = next((step for step in STEPS if (case.key, step) not in self._done), "")
        if step in ("received", "genuine"):
            file = await self._house.gateway.intake().take(f"{step}.png", photo(case, step))
            await self._collect(case, step, {"files": (file,), "caption": "The logo"})
        elif step in ("orders", "test-buy"):
            await self._collect(case, step, self._words(step, case))
        elif step == "capture":
            ask = await self._ask("collect", case.key)
            await self._send(case, step, self._submission(ask, {"what": step}))
        elif step == "draft":
            ask = await self._ask("report", case.key)
            for answers in COPY[:-1]:
                ask = await self._next(ask, answers)
            await self._send(case, step, self._submission(ask, COPY[-1]))
        elif step:
            await self._go_on_with_report(case, step)

    async def _go_on_with_report(self, case: Case, step: str) -> None:
        [report] = await self._app.store.find(REPORTS, "case", case.key)
        if step == "confirm":
            await self._send(case, step, self._click("confirm-report", report.key, ANA))
        elif step == "filed" and report.packet is not None:
            ask = await self._ask("report-filed", report.key)
            await self._send(case, step, self._submission(ask, {"complaint": f"C{case.number}"}))
        elif step == "delete" and await self._told(report):
            pieces = await self._app.store.find(EVIDENCE_ITEMS, "case", case.key)
            piece = _one(pieces, deleted_kind(case))
            ask = await self._ask("delete-evidence", piece.key, ANA)
            await self._send(case, step, self._submission(ask, {"why": "A name."}, ANA))

    async def _told(self, report: Report) -> bool:
        """Tell whether the thread has everything: a chat that is late gets no deleted bytes."""
        rows = await self._app.store.page(OUTBOX, limit=ALL)
        return report.filed_at is not None and not any(row.files for row in rows)

    def _words(self, step: str, case: Case) -> Answers:
        today = utc_now().date().isoformat()
        if step == "orders":
            asin = case.asins[0]
            return {"files": (), "typed": f"{ORDER} {today} {asin} 1", "none": ""}
        return {
            "order": ORDER,
            "seller": case.seller,
            "sold_by": "",
            "asin": case.asins[0],
            "price": "18.70",
            "ordered": today,
            "arrived": today,
            "result": "different",
            "files": (),
            "observed": "The logo is printed; on the genuine pan it is embossed.",
            "verified": "Compared side by side.",
        }

    async def _collect(self, case: Case, what: str, answers: Answers) -> None:
        ask = await self._next(await self._ask("collect", case.key), {"what": what})
        for _ in range(2 if what == "test-buy" else 0):
            ask = await self._next(ask, answers)
        await self._send(case, what, self._submission(ask, answers))

    async def _ask(self, action: str, ref: str, who: tuple[Person, Role] = BEN) -> Ask:
        [reply] = await self._house.router.handle(self._click(action, ref, who))
        assert isinstance(reply, Ask), reply
        return reply

    async def _next(self, ask: Ask, answers: Answers) -> Ask:
        [reply] = await self._house.router.handle(self._submission(ask, answers))
        assert isinstance(reply, Ask), reply
        return reply

    async def _send(self, case: Case, step: str, interaction: AnyInteraction) -> None:
        sent = Sent(case.key, step, interaction)
        self._ledger.write(sent)
        self._done.add((case.key, step))
        await self._deliver(sent)

    async def _deliver(self, sent: Sent) -> None:
        """Send it; a chat brings the files each time."""
        files, case = self._house.gateway.intake(), await self._app.store.get(CASES, sent.case)
        if case is not None and sent.step in ("received", "genuine"):
            await files.take(f"{sent.step}.png", photo(case, sent.step))
        # What to do next may follow it.
        reply, *_ = await self._house.router.handle(sent.interaction, files)
        self._unheard()
        text = reply.text if isinstance(reply, Notice) else repr(reply)
        self._ledger.write(Heard(sent.interaction.id, text))

    def _id(self) -> str:
        self._clicks += 1
        return f"{self._life}-{self._clicks}"

    def _click(self, action: str, ref: str, who: tuple[Person, Role]) -> Click:
        person, role = who
        return Click(
            id=self._id(),
            who=person,
            role=role,
            where=WHERE,
            at=utc_now(),
            action=action,
            ref=ref,
        )

    def _submission(self, ask: Ask, answers: Answers, who: tuple[Person, Role] = BEN) -> Submission:
        person, role = who
        return Submission(
            id=self._id(),
            who=person,
            role=role,
            where=WHERE,
            at=utc_now(),
            session=ask.session,
            step=ask.step,
            answers=answers,
        )


def _one(pieces: list[EvidenceItem], kind: EvidenceKind) -> EvidenceItem:
    [piece] = [piece for piece in pieces if piece.kind is kind]
    return piece
