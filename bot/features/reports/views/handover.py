"""The message that hands over a packet, and what takes its place."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Button, Card, Snippet, Style, Tone
from bot.core.interface import tr
from bot.core.text import clip
from bot.core.views.context import field
from bot.features.reports.models.reports import Packet, Report


def packet_card(
    report: Report, packet: Packet, numbers: Sequence[str], forms: Sequence[tuple[str, str]]
) -> Card:
    """Hand over a packet: what to paste, where, and the seal by which it is known again."""
    return Card(
        title=tr("{label} is ready to file", label=report.label),
        body=tr(
            "Open the form, paste the text, attach the PDF if the form accepts files, and "
            "submit it. Then press 'I filed it'. Brandwarden does not file it for you."
        ),
        tone=Tone.GOOD,
        fields=(
            field(tr("Form"), report.recommendation.said),
            field(tr("Archive seal"), packet.seal, wide=True),
        ),
        snippets=_to_paste(report, numbers),
        buttons=(
            *(Button(label=tr("Open: {form}", form=label), url=url) for label, url in forms),
            Button(
                label=tr("I filed it"), action="report-filed", ref=report.key, style=Style.PRIMARY
            ),
        ),
    )


def filed_card(report: Report, numbers: Sequence[str]) -> Card:
    """Take the place of a packet's message once it was filed: what was handed over stays."""
    seal = (field(tr("Archive seal"), report.packet.seal, wide=True),) if report.packet else ()
    return Card(
        title=tr("{label} was filed", label=report.label),
        body=tr("This packet was handed over to be filed."),
        tone=Tone.QUIET,
        fields=(field(tr("Form"), report.recommendation.said), *seal),
        snippets=_to_paste(report, numbers),
    )


def withdrawn_card(report: Report) -> Card:
    """Take the place of a packet's message whose report was discarded, so that nobody files it."""
    return Card(
        title=tr("{label} was withdrawn", label=report.label),
        body=tr("The report was discarded. Do not file its packet."),
        tone=Tone.QUIET,
    )


def draft_again_card(report: Report) -> Card:
    """Take the place of a packet's message whose report has to be confirmed again."""
    return Card(
        title=tr("{label} is a draft again", label=report.label),
        body=tr("Do not file this packet. Once the report is confirmed again, a new one follows."),
        tone=Tone.QUIET,
    )


def outdated_card(report: Report) -> Card:
    """Take the place of a packet's message whose text was changed, and its words removed."""
    return Card(
        title=tr("{label}: this text was replaced", label=report.label),
        body=tr(
            "Text was removed from the case, so this version is hidden. Confirm and file the new "
            "one."
        ),
        tone=Tone.QUIET,
    )


def removed_card(report: Report) -> Card:
    """Take the place of a packet's message whose text was removed after it was filed."""
    seal = (field(tr("Archive seal"), report.seal, wide=True),) if report.seal else ()
    return Card(
        title=tr("{label}: text removed", label=report.label),
        body=tr(
            "The evidence packet was deleted here. Its seal still shows whether an archive is the "
            "original. The case shows who removed the text and why."
        ),
        tone=Tone.QUIET,
        fields=seal,
    )


def _to_paste(report: Report, numbers: Sequence[str]) -> tuple[Snippet, ...]:
    """Return what the form asks for, a field each; ``numbers``: registration and order IDs."""
    ids = Snippet("ASINs", clip("\n".join(report.asins), 400))
    text = Snippet(tr("Description"), clip(report.text, cards.SNIPPET))
    if not numbers:
        return ids, text
    return ids, Snippet(tr("Registration and orders"), clip("\n".join(numbers), 300)), text
