"""Sellers as rows of a list, and the card about one of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.core.browse.models import TableCell, TableColumn, TableFilter, TableRow
from bot.core.browse.table import Labels
from bot.core.cards import Button, Card, Field, Style, Tone
from bot.core.forms import Option, options_of
from bot.core.identifiers import LONGEST_SELLER_ID
from bot.core.interface import tr, tr_count
from bot.core.text import at_word, one_line
from bot.core.views.context import ViewContext, field
from bot.features.cases.models.profiles import seller_called
from bot.features.cases.rules.seller_rows import (
    CASES,
    NONE,
    OPEN,
    TRUST,
    SellerRowFacts,
    TrustState,
    trust_state,
)
from bot.features.watchlist.models.sellers import EVERYWHERE

WRITE = "seller-note"
"""The button that writes notes on a seller."""
NAMED = 2
NAME = 40
NOTE = 120


def seller_columns() -> tuple[TableColumn, ...]:
    """Return the columns of the list."""
    return (
        TableColumn("seller", tr("Seller")),
        TableColumn("where", tr("On your products"), number=True),
        TableColumn("since", tr("First case")),
        TableColumn("cases", tr("Open cases"), number=True),
        TableColumn("trust", tr("Trust"), sortable=False),
        TableColumn("agreed", tr("Agreed price"), number=True),
        TableColumn("note", tr("Notes"), sortable=False),
    )


def seller_filters(_: Labels) -> tuple[TableFilter, ...]:
    """Return what the list can be narrowed by."""
    cases = (Option(OPEN, tr("With an open case")), Option(NONE, tr("Without an open case")))
    return (
        TableFilter(CASES, tr("Cases"), cases),
        TableFilter(TRUST, tr("Trust"), options_of(TrustState)),
    )


def seller_row(facts: SellerRowFacts, products: Mapping[str, str], now: datetime) -> TableRow:
    """Show a seller; ``products`` are names by ASIN."""
    note, newest = facts.note, facts.open[0] if facts.open else None
    called = seller_called(facts.id, facts.profile)
    named = [at_word(products.get(asin, asin), NAME) for asin in facts.asins[:NAMED]]
    return TableRow(
        facts.id,
        (
            TableCell(
                text=one_line(note.nickname, NAME) if note and note.nickname else called,
                note=called if note and note.nickname else "",
            ),
            TableCell(
                text=f"{len(facts.asins):,}",
                note=", ".join(named) + ("…" if len(facts.asins) > NAMED else ""),
            ),
            TableCell(at=facts.since, text=tr("none")),
            TableCell(
                text=f"{len(facts.open):,}",
                note=tr_count(len(facts.cases), "of {count} case", "of {count} cases"),
                row=("cases", newest.key) if newest else None,
                tone=Tone.WARNING if newest else None,
            ),
            TableCell(text=trust_state(facts.trust, now).said, note=_where(facts)),
            TableCell(text=str(note.agreed) if note and note.agreed else ""),
            TableCell(text=at_word(note.note, NOTE) if note else ""),
        ),
    )


def seller_card(facts: SellerRowFacts, view: ViewContext) -> Card:
    """Show what is known of a seller, and what the team wrote down."""
    note, profile = facts.note, facts.profile
    state = trust_state(facts.trust, view.now)
    fields: list[Field] = [field(tr("Trust"), f"{state.said} {_where(facts)}".strip())]
    if profile:
        business = ", ".join(filter(None, (profile.business, *profile.address)))
        fields += [field(tr("Business"), business, wide=True)] if business else []
    if note and note.agreed:
        fields.append(field(tr("Agreed price"), str(note.agreed)))
    if note:
        fields.append(field(tr("Written by"), f"{note.by.name}, {view.clock(note.at)}"))
    write = Button(label=tr("Edit notes"), action=WRITE, ref=facts.id, style=Style.PRIMARY)
    trust = Button(label=tr("Authorize"), action="run", ref=f"authorize {facts.id}")
    return Card(
        title=one_line(note.nickname, NAME) if note and note.nickname else _called(facts),
        body=note.note if note else tr("No notes yet."),
        tone=Tone.WARNING if facts.open else Tone.QUIET,
        fields=tuple(fields),
        buttons=(write, trust),
        footer=_called(facts),
    )


def _called(facts: SellerRowFacts) -> str:
    return seller_called(facts.id, facts.profile) or facts.id[:LONGEST_SELLER_ID]


def _where(facts: SellerRowFacts) -> str:
    trust = facts.trust
    asins = (trust.authorised or trust.left_alone) if trust else ()
    if EVERYWHERE in asins:
        return tr("on all products")
    return tr_count(len(asins), "on {count} product", "on {count} products") if asins else ""
