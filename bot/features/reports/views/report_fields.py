"""The facts on a report's card."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Field
from bot.core.interface import listed, tr
from bot.core.views.context import ViewContext, field
from bot.features.cases.models.profiles import SellerProfile, seller_called
from bot.features.cases.views.context import CaseContext
from bot.features.evidence.models.items import needs
from bot.features.reports.models.lint_input import LintInput
from bot.features.reports.models.reports import Report, ReportState
from bot.features.reports.rules.acceptance import ENOUGH, AcceptanceRate


def report_fields(
    lint_input: LintInput, share: AcceptanceRate, view: CaseContext
) -> tuple[Field, ...]:
    """Return the facts of a report: what it rests on, what is there, and what comes next."""
    report = lint_input.report
    shown = [
        field(tr("Form"), report.recommendation.said),
        field(tr("Products"), listed(*report.asins)),
    ]
    if report.seller:
        key = SellerProfile.key_of(report.marketplace, report.seller)
        called = seller_called(report.seller, view.profiles.get(key))
        shown.append(field(tr("Seller"), called))
    if lint_input.right is not None:
        shown.append(field(tr("Right"), lint_input.right.said))
    if report.state is ReportState.DRAFT:
        have = [f"{'✓' if need.met else '✗'} {need.label}" for need in needs(lint_input.items)]
        shown.append(field(tr("Evidence"), "\n".join(have), wide=True))
        shown.append(field(tr("Acceptance rate"), _rate(share)))
    if report.complaint:
        shown.append(field(tr("Complaint ID"), report.complaint))
    if report.refusal:
        shown.append(field(tr("Amazon's reason"), report.refusal.said))
    shown += _packet(report, view)
    if report.due_at is not None and report.open:
        shown.append(field(tr("Next check"), "", at=report.due_at))
    return tuple(shown)


def _rate(share: AcceptanceRate) -> str:
    if share.counts:
        return tr("{rate}, all claims", rate=share)
    return tr("{rate}, all claims, fewer than {enough} answers", rate=share, enough=ENOUGH)


def _packet(report: Report, view: ViewContext) -> Sequence[Field]:
    """Say that its packet was deleted; with its words removed, by which seal it is known."""
    if report.packet_deleted_at is None:
        return ()
    when = tr("deleted {time}", time=view.clock(report.packet_deleted_at))
    deleted = field(tr("Evidence packet"), when)
    if not report.seal:
        return (deleted,)
    return (deleted, field(tr("Packet seal"), report.seal, wide=True))
