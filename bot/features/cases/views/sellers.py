"""Who a case's seller is, as far as their own page says it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bot.core.cards import Field
from bot.core.findings import Fact
from bot.core.interface import tr, tr_data, tr_noted
from bot.core.text import at_word
from bot.core.views.context import field
from bot.core.when import day
from bot.features.cases.models.cases import Case
from bot.features.cases.models.profiles import SellerProfile, UnreadSellerPage, seller_called
from bot.features.cases.views.context import CaseContext

SHORT = 24
"""Characters of a seller's name in a title."""
SELLER = "Seller"
"""The label of the fact that names a seller, as the rules name it."""
HOW = "To show sellers' names, run `make browser` where Brandwarden runs. It installs Chromium."


def short_name(case: Case, view: CaseContext) -> str:
    """Return the seller's name for a title, in quotes because they chose it; empty: not known."""
    profile = view.profile(case)
    return f"'{at_word(profile.name, SHORT)}'" if profile else ""


def fact_fields(case: Case, facts: Iterable[Fact], view: CaseContext) -> list[Field]:
    """Show facts, with the name of the case's seller beside the ID."""
    profile = view.profile(case)
    shown = list(facts)
    if profile is None:
        return [view.field(said_fact(fact)) for fact in shown]
    named = field(tr_data(SELLER), _named(case, profile, view), wide=True)
    if not any(fact.label == SELLER for fact in shown):
        return [named, *(view.field(said_fact(fact)) for fact in shown)]
    ids = Fact(SELLER, seller_called(case.seller, None))
    return [named if fact == ids else view.field(said_fact(fact)) for fact in shown]


def said_fact(fact: Fact) -> Fact:
    """Return a fact as it is said to the team; what people wrote stays as it is."""
    label, value = (tr_noted(tr_data(each)) for each in (fact.label, fact.value))
    return msgspec.structs.replace(fact, label=label, value=value)


def seller_details(
    case: Case, view: CaseContext, failed: UnreadSellerPage | None, *, readable: bool
) -> list[Field]:
    """Show what else the seller's page says, or why it says nothing.

    ``failed``: that it could not be read, if it could not. ``readable``: something can read it.
    """
    profile = view.profile(case)
    if profile is not None:
        business = ", ".join(filter(None, (profile.business, *profile.address)))
        return [field("Business", business, wide=True)] if business else []
    if failed is not None:
        tried = f"The seller's page could not be read, {view.clock(failed.at)}."
        return [field("Seller's name", f"{tried} {failed.why}", wide=True)]
    return [] if readable or not case.seller else [field("Seller's name", HOW, wide=True)]


def _named(case: Case, profile: SellerProfile, view: CaseContext) -> str:
    read = day(profile.read_at, view.team)
    source = (
        tr("Name from the simulated seller's page, {day}", day=read)
        if profile.simulated
        else tr("Name from the seller's page, {day}", day=read)
    )
    return f"{seller_called(case.seller, profile)}\n{source}"
