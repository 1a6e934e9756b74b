"""The brand's register: rights and papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.core.cards import Card, Field, Tone
from bot.core.permissions import Permission, Person
from bot.core.undo.models import Act, Image
from bot.core.views.context import field
from bot.core.views.lists import ListPage, counted
from bot.features.rights.models import NAMING, BrandRight, BrandRightKind, RightsDocument

SOON = timedelta(days=90)
"""So long before a right or paper ends the list warns of it."""


def rights_card(rights: Sequence[BrandRight], page: ListPage, today: date) -> Card:
    """Show what the brand owns, and what of it ends soon."""
    if not page.total:
        return Card(
            title="No rights yet",
            body="Type /rights add to add one. To report an infringement, you need one.",
        )
    ends = any(_ends(right.expires, today) for right in rights)
    return Card(
        title=counted(page.total, "right"),
        tone=Tone.WARNING if ends else Tone.INFO,
        fields=tuple(_right_line(right, today) for right in rights),
        buttons=page.buttons,
        footer=page.footer,
    )


def documents_card(papers: Sequence[RightsDocument], page: ListPage, today: date) -> Card:
    """Show which papers there are, and what of them ends soon."""
    if not page.total:
        return Card(
            title="No documents yet",
            body="Type /papers add to add letters of authorization, invoices and registrations.",
        )
    ends = any(_ends(paper.until, today) for paper in papers)
    return Card(
        title=counted(page.total, "document"),
        tone=Tone.WARNING if ends else Tone.INFO,
        fields=tuple(_document_line(paper, today) for paper in papers),
        buttons=page.buttons,
        footer=page.footer,
    )


def added_act(who: Person, what: str, image: Image) -> Act:
    """Say what a person entered into the register."""
    return Act(
        title=f"{who.name} added {what}.",
        body="You can now use it in reports.",
        permission=Permission.CONFIGURE,
        images=(image,),
        instead="Type /rights or /papers to see the register.",
    )


def removed_act(who: Person, what: str, image: Image) -> Act:
    """Say what a person took out of the register."""
    return Act(
        title=f"{who.name} removed {what}.",
        body="You can no longer use it in reports.",
        permission=Permission.CONFIGURE,
        images=(image,),
        instead="Type /rights add or /papers add to add it again.",
        tone=Tone.WARNING,
    )


def _right_line(right: BrandRight, today: date) -> Field:
    copyright_ = right.kind is BrandRightKind.COPYRIGHT
    parts = [
        "" if copyright_ else right.status.value,
        right.owner,
        f"classes {right.classes}" if right.classes else "",
        "! countries missing" if right.country in NAMING and not right.countries else "",
        "" if copyright_ else _until(right.expires, today),
        "may still count for a while" if right.in_grace(today) else "",
    ]
    return field(f"{right.number}", _joined(right.label, parts), wide=True)


def _document_line(paper: RightsDocument, today: date) -> Field:
    where = ", ".join(paper.products) or "all products"
    parts = [paper.kind.label, paper.party, where, _until(paper.until, today)]
    return field(f"{paper.number}", _joined(paper.name, parts), wide=True)


def _joined(name: str, parts: Sequence[str]) -> str:
    return f"{name}\n{' · '.join(part for part in parts if part)}"


def _until(day: date | None, today: date) -> str:
    if day is None:
        return ""
    if day < today:
        return f"✗ expired {day}"
    return f"! expires {day}" if _ends(day, today) else f"valid until {day}"


def _ends(day: date | None, today: date) -> bool:
    return day is not None and day - today <= SOON
