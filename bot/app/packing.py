"""Making a report's packet: an errand. One PDF to read, one archive with everything sealed."""

from __future__ import annotations

from bot.app.casebook import headline
from bot.app.collections import CASES, ERRANDS, RIGHTS, STAMPS, Errand
from bot.app.desk import Desk
from bot.app.dossiers import write_dossier
from bot.app.evidence import custody_of, log_deed, pieces_of
from bot.app.reports import find_report, keep
from bot.app.transact import transact
from bot.domain.cases import Case
from bot.domain.evidence.custody import Deed
from bot.domain.evidence.packets import Bundle
from bot.domain.files import Upload
from bot.domain.findings import Fact
from bot.domain.reports import steps
from bot.domain.reports.reports import Packet, Report, ReportState
from bot.ports import Transaction
from bot.ui.views.report import packet_card

PDF = "application/pdf"


class Packing:
    """Does the errand of making a packet."""

    def __init__(self, desk: Desk) -> None:
        """Work on the desk."""
        self._desk = desk

    async def run(self, errand: Errand) -> None:
        """Write the archive and the PDF, and hand both over in the case's thread.

        Raises:
            StoreError: a piece is not what was kept, or the disk refused.
        """
        desk = self._desk
        report = await transact(desk.store, lambda tx: find_report(tx, errand.ref))
        packer = desk.tools.packer
        if report.state is not ReportState.CONFIRMED or packer is None:
            await self._drop(errand)
            return
        case = await desk.store.get(CASES, report.case)
        if case is None:
            await self._drop(errand)
            return
        bundle = await self._bundle(case, report)
        archived = await packer.archive(bundle)
        dossier = await write_dossier(desk, case, report, bundle, archived.seal)
        content = await packer.print(dossier)
        digest = await desk.evidence.keep(
            content, {"kind": "packet's PDF", "at": bundle.made_at.isoformat()}
        )
        pdf = Upload(f"{case.label}-{report.label}.pdf", PDF, len(content), digest)
        packet = Packet(pdf=pdf, archive=archived.file, seal=archived.seal, made_at=bundle.made_at)
        await transact(desk.store, lambda tx: self._hand_over(tx, errand, packet, bundle))

    async def _bundle(self, case: Case, report: Report) -> Bundle:
        desk = self._desk
        return Bundle(
            case=case.label,
            report=report.label,
            made_at=desk.clock(),
            simulated=desk.brand.simulated,
            statement=report.text,
            pieces=await pieces_of(desk.store, case.key),
            custody=await custody_of(desk.store, case.key),
            stamps=tuple(await desk.store.find(STAMPS, "case", case.key)),
            tool=desk.tool,
        )

    async def _hand_over(
        self, tx: Transaction, errand: Errand, packet: Packet, bundle: Bundle
    ) -> None:
        if await tx.get(ERRANDS, errand.key) != errand:
            # It was confirmed anew meanwhile, perhaps with another text: that is the next errand.
            return
        tx.delete(ERRANDS, errand.key)
        report = await find_report(tx, errand.ref)
        if report.state is not ReportState.CONFIRMED:
            # Somebody changed the text meanwhile: it has to be confirmed again.
            return
        desk = self._desk
        packed = steps.pack(report, packet, [piece.kind.value for piece in bundle.pieces])
        says = f"{report.label} was sealed: {packet.seal}"
        await log_deed(
            desk, tx, report.case, errand.asked_by, Deed.SEALED, packet.archive.content, says
        )
        facts = [Fact("Seal", packet.seal)]
        told = f"The packet of {report.label} is sealed: {len(bundle.pieces)} pieces of evidence."
        await keep(desk, tx, packed, told, None, facts)
        case = await tx.get(CASES, report.case)
        if case is None:
            return
        desk.outbox.post(
            tx,
            f"{headline(case)}/{report.label}-{len(report.versions)}-{bundle.made_at:%H%M%S}",
            packet_card(
                packed,
                packet,
                await self._numbers(tx, packed),
                desk.links.report_forms(report.marketplace, report.door),
            ),
            thread=case.wave or headline(case),
            ping=True,
            files=(packet.pdf, packet.archive),
        )

    async def _numbers(self, tx: Transaction, report: Report) -> list[str]:
        """Return the registration number and the order IDs, which the form asks for."""
        right = await tx.get(RIGHTS, report.right) if report.right else None
        orders = [each.purchase.order for each in await pieces_of(tx, report.case) if each.purchase]
        return [*([right.registration] if right and right.registration else []), *orders]

    async def _drop(self, errand: Errand) -> None:
        async with self._desk.store.transaction() as tx:
            tx.delete(ERRANDS, errand.key)
