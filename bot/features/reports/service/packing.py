"""Making a report's packet: a job. One PDF to read, one archive with everything sealed."""

from __future__ import annotations

from datetime import timedelta

from bot.core.collections import JOBS, Job
from bot.core.context import AppContext
from bot.core.files import Upload
from bot.core.findings import Fact
from bot.core.forgetting import release
from bot.core.interface import InterfaceLanguage, noted, speak
from bot.core.job_handlers import JobHandler
from bot.core.jobs import take_off
from bot.core.references import last_number
from bot.core.removed_words import REMOVALS
from bot.core.store import Transaction, run_in_transaction
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.service.working import note_failure
from bot.features.evidence.collections import EVIDENCE_LOGS
from bot.features.evidence.models.custody import CustodyAction
from bot.features.evidence.service.evidence import custody_of, items_of, log_deed, stamps_of
from bot.features.evidence.service.verifying import anchor_vault, head_of_vault
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.packets import PACKET, Bundle
from bot.features.reports.models.reports import Packet, Report, ReportState
from bot.features.reports.resources import PACKER
from bot.features.reports.rules import steps
from bot.features.reports.rules.lint import lint
from bot.features.reports.service.dossiers import write_dossier
from bot.features.reports.service.gathering import lint_input_of
from bot.features.reports.service.handover import hand_over, handed_over
from bot.features.reports.service.packets import sales_beside
from bot.features.reports.service.reports import case_of, find_report, keep, show

PDF = "application/pdf"
LIMIT = timedelta(minutes=15)


async def take_back(app: AppContext, tx: Transaction, report: Report) -> bool:
    """Make a confirmed report a draft again if it would be rejected by now; tell whether it was.

    After it was confirmed the team may have come to trust the seller, or evidence was deleted.
    """
    with speak(InterfaceLanguage.ENGLISH):
        against = [each for each in lint(await lint_input_of(app, tx, report)) if each.stops]
    if not against or report.state is not ReportState.CONFIRMED:
        return False
    told = noted(
        "{report} is a draft again. Do not file it. {remark}",
        report=report.label,
        remark=against[0].says,
    )
    await keep(app, tx, steps.revoke(report), told, None)
    return True


class PacketJob:
    """Does the job of making a packet."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def run(self, job: Job) -> None:
        """Write the archive and the PDF, and hand both over in the case's thread.

        Raises:
            StoreError: a piece is not what was kept, or the disk refused.
        """
        app = self._app
        removals = await last_number(app.store, REMOVALS)
        report = await run_in_transaction(app.store, lambda tx: find_report(tx, job.ref))
        packer = app.resources[PACKER]
        if report.state is not ReportState.CONFIRMED or packer is None:
            await self._drop(job)
            return
        if await run_in_transaction(app.store, lambda tx: self._stop(tx, job)):
            return
        case = await app.store.get(CASES, report.case)
        if case is None:
            await self._drop(job)
            return
        bundle = await self._bundle(case, report)
        archived = await packer.archive(bundle)
        dossier = await write_dossier(app, case, report, bundle, archived.seal)
        content = await packer.print(dossier)
        digest = await app.evidence.keep(
            content, {"kind": "packet's PDF", "at": bundle.made_at.isoformat()}
        )
        pdf = Upload(f"{case.label}-{report.label}.pdf", PDF, len(content), digest)
        packet = Packet(pdf=pdf, archive=archived.file, seal=archived.seal, made_at=bundle.made_at)
        await run_in_transaction(app.store, lambda tx: self._end(tx, job, packet, bundle, removals))

    async def _bundle(self, case: Case, report: Report) -> Bundle:
        app = self._app
        # The log first: whatever is added or deleted from now on makes it longer.
        custody = await custody_of(app.store, case.key)
        return Bundle(
            case=case.label,
            report=report.label,
            made_at=app.clock(),
            simulated=app.brand.simulated,
            statement=report.text,
            items=await items_of(app.store, case.key),
            custody=custody,
            stamps=await stamps_of(app.store, case.key),
            vault=await head_of_vault(app),
            tool=app.tool,
        )

    async def _end(
        self, tx: Transaction, job: Job, packet: Packet, bundle: Bundle, removals: int
    ) -> None:
        if await last_number(tx, REMOVALS) == removals:
            await self._hand_over(tx, job, packet, bundle)
            return
        # It may hold words that were removed meanwhile: the job stays, and the packet is made anew.
        contents = [packet.pdf.content, packet.archive.content]
        await release(self._app, tx, contents, f"{bundle.case} {bundle.report} packet")

    async def _hand_over(self, tx: Transaction, job: Job, packet: Packet, bundle: Bundle) -> None:
        if await tx.get(JOBS, job.key) != job:
            # It was confirmed anew meanwhile, perhaps with another text: that is the next job.
            return
        report = await find_report(tx, job.ref)
        log = await tx.get(EVIDENCE_LOGS, report.case)
        if log is not None and log.entries != len(bundle.custody):
            # Evidence came or went meanwhile: the job stays, and the packet is made anew.
            return
        tx.delete(JOBS, job.key)
        await anchor_vault(self._app, tx)
        if report.state is not ReportState.CONFIRMED or await take_back(self._app, tx, report):
            # Somebody changed the text meanwhile: it has to be confirmed again.
            return
        app = self._app
        case = await case_of(tx, report)
        packed = steps.pack(report, packet, [item.kind.value for item in bundle.items])
        packed = handed_over(packed, case, packet)
        says = f"{report.label} was sealed: {packet.seal}"
        await log_deed(
            app,
            tx,
            report.case,
            job.asked_by,
            CustodyAction.SEALED,
            packet.archive.content,
            says,
        )
        facts = [Fact("Seal", packet.seal), *await sales_beside(self._app, tx, packed, bundle)]
        told = _sealed(report, len(bundle.items))
        await keep(app, tx, packed, told, None, facts, asked=True)
        await hand_over(app, tx, case, packed)

    async def _stop(self, tx: Transaction, job: Job) -> bool:
        """End the job if the report would be rejected by now; tell whether it was ended."""
        stopped = await take_back(self._app, tx, await find_report(tx, job.ref))
        if stopped:
            await take_off(tx, job)
        return stopped

    async def _drop(self, job: Job) -> None:
        await run_in_transaction(self._app.store, lambda tx: take_off(tx, job))


def _sealed(report: Report, items: int) -> str:
    if items == 1:
        return noted("Sealed the packet of {report}: 1 item.", report=report.label)
    return noted(
        "Sealed the packet of {report}: {count} items.", report=report.label, count=f"{items:,}"
    )


def jobs(app: AppContext) -> dict[str, JobHandler]:
    """Return what does it."""

    async def gave_up(tx: Transaction, job: Job, why: str) -> None:
        """Make the report a draft again, or it would wait for its packet for ever."""
        report = await find_report(tx, job.ref)
        if report.state is ReportState.CONFIRMED:
            draft = steps.revoke(report)
            tx.put(REPORTS, draft)
            await show(app, tx, await case_of(tx, draft), draft)
        failed = noted(
            "Could not make the evidence packet: {why} The report is a draft again. Confirm it to "
            "retry.",
            why=why,
        )
        await note_failure(app, tx, report.case, job, failed)

    return {PACKET: JobHandler(PacketJob(app).run, limit=LIMIT, gave_up=gave_up)}
