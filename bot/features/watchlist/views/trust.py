"""What is announced of whom the team trusts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core.cards import TITLE, Card, Tone
from bot.core.permissions import Permission, Person
from bot.core.team import Team
from bot.core.text import one_line
from bot.core.undo.models import Act, Image
from bot.core.when import day_of
from bot.features.watchlist.models.sellers import EVERYWHERE, Seller, Trust

NAMED = 3
"""So many products a sentence names; the rest is counted."""


def trust_act(who: Person, trust: Trust, image: Image, team: Team) -> Act:
    """Say whom a person trusts from now on, where and how long."""
    until = f" until {day_of(trust.until, team)}" if trust.until else ""
    if trust.authorised:
        title = f"{who.name} authorized {trust.seller} on {products(trust.authorised)}{until}."
    else:
        title = f"{who.name} decided to leave {trust.seller} alone on {products(trust.left_alone)}."
    proof = f"Based on {trust.document_name}." if trust.document_name else ""
    return Act(
        title=title,
        body=f"This seller no longer raises alerts on these products. {proof}".strip(),
        permission=Permission.AUTHORISE,
        images=(image,),
        instead=f"Type /withdraw {trust.seller}.",
        tone=Tone.WARNING,
    )


def withdraw_act(who: Person, known: Seller, image: Image) -> Act:
    """Say whom a person trusts no longer, and who did until now."""
    by = f"{known.by.name} trusted" if known.by else "You trusted"
    where = products(known.authorised or known.left_alone)
    return Act(
        title=f"{who.name} no longer trusts {known.id}.",
        body=f"{by} them on {where}. If they are still selling, the next check raises an alert.",
        permission=Permission.AUTHORISE,
        images=(image,),
        instead=f"Type /authorize {known.id}.",
    )


def reopen_act(
    who: Person, known: Seller, where: Sequence[str], image: Image, *, everywhere: bool
) -> Act:
    """Say where a person trusts a seller no longer, because their case was opened again."""
    act = withdraw_act(who, known, image)
    there = f"{who.name} no longer trusts {known.id} on {products(where)}."
    return act if everywhere else msgspec.structs.replace(act, title=there)


def trust_ended_card(seller: str, where: Sequence[str], end: datetime, team: Team) -> Card:
    """Say whose authorization has ended."""
    return Card(
        title=one_line(f"The authorization of {seller} expired on {day_of(end, team)}.", TITLE),
        body=f"It covered {products(where)}. If the seller is still selling, the next check raises "
        f"an alert. To keep trusting the seller, type /authorize {seller}.",
        tone=Tone.WARNING,
    )


def products(asins: Sequence[str]) -> str:
    """Name products in a sentence."""
    if EVERYWHERE in asins:
        return "all products"
    shown = ", ".join(asins[:NAMED])
    return shown if len(asins) <= NAMED else f"{shown} and {len(asins) - NAMED:,} more"
