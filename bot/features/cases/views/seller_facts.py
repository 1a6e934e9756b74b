"""Who a case's seller is by a third party's word, with its date, and never as Amazon's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.core import cards
from bot.core.cards import Field
from bot.core.interface import tr, tr_count, tr_noted
from bot.core.text import at_word, clip, one_line
from bot.core.views.context import field
from bot.core.when import day_in_year, month_of, whole_day
from bot.features.cases.models.cases import Case
from bot.features.cases.models.seller_facts import LookAlike, SellerFacts, UnreadFacts
from bot.features.cases.views.context import CaseContext
from bot.features.cases.views.title import capital

BUSINESS = 60
PLACE = 60
NAME = 24
NUMBER = 24
"""Characters of the seller's texts, so that all lines fit."""
WHY = 200


def who_it_is(case: Case, view: CaseContext) -> list[Field]:
    """Show in a few lines who the seller is; nothing where it is not known."""
    facts = view.facts.get(SellerFacts.key_of(case.marketplace, case.seller))
    if facts is None or not case.seller:
        return []
    source = _source(facts, view)
    told = _told(case, facts, view.look_alikes.get(facts.key), cards.FIELD_VALUE - len(source) - 1)
    return [field(tr("Who it is"), f"{told}\n{source}", wide=True)]


def _told(case: Case, facts: SellerFacts, look_alike: LookAlike | None, room: int) -> str:
    """Say it within the room; whose word it is stands below, and is never cut."""
    lines = [
        _identity(facts),
        tr("VAT number {number}", number=one_line(facts.vat, NUMBER)) if facts.vat else "",
        capital(" · ".join(_trade(case, facts))),
        _resembles(look_alike) if look_alike else "",
    ]
    whole = "\n".join(filter(None, lines))
    if len(whole) > room:
        # `/case` has it as well.
        whole = "\n".join(filter(None, (lines[0], *lines[2:])))
    return clip(whole, room)


def facts_details(
    case: Case, view: CaseContext, unread: UnreadFacts | None, *, askable: bool
) -> list[Field]:
    """Show what else was told, with the date of each, or why nothing was.

    ``askable``: somebody can be asked; without, nothing is said of it.
    """
    facts = view.facts.get(SellerFacts.key_of(case.marketplace, case.seller))
    if facts is not None:
        vat = tr("VAT number {number}", number=facts.vat) if facts.vat else ""
        address = "\n".join(filter(None, (", ".join(facts.address), vat)))
        shown = [field(tr("Business address"), address, wide=True)] if address else []
        return [*shown, field(tr("Dates of this data"), " · ".join(_dates(facts, view)), wide=True)]
    if unread is None or not askable:
        return []
    tried = tr("{source} told nothing, {time}.", source=unread.source, time=view.clock(unread.at))
    return [field(tr("Who it is"), f"{tried} {one_line(tr_noted(unread.why), WHY)}", wide=True)]


def _identity(facts: SellerFacts) -> str:
    """Say the business and where it is; of a possible private person the name and the country."""
    called = at_word(facts.business or facts.name, BUSINESS)
    return ", ".join(filter(None, (called, one_line(facts.place, PLACE))))


def _trade(case: Case, facts: SellerFacts) -> Iterator[str]:
    if facts.rating is not None:
        if facts.ratings is None:
            yield tr("{share}% positive", share=facts.rating)
        else:
            yield tr_count(
                facts.ratings,
                "{share}% positive of {count} rating",
                "{share}% positive of {count} ratings",
                share=facts.rating,
            )
    known = sum(asin in case.asins for asin in facts.ours)
    also = facts.ours_in_all - known
    if also > 0:
        yield tr("also sells {count} of yours", count=f"{also:,}")


def _resembles(other: LookAlike) -> str:
    """Say whom it looks like, and by what; it may be chance."""
    named = at_word(other.name, NAME)
    called = f"{named} ({other.seller})" if named else other.seller
    if not other.case:
        return tr("Looks like {seller}: {by}", seller=called, by=other.by.said)
    known = tr("open case {case}", case=other.case) if other.open else ""
    known = known or tr("closed case {case}", case=other.case)
    return tr("Looks like {seller}, {known}: {by}", seller=called, known=known, by=other.by.said)


def _source(facts: SellerFacts, view: CaseContext) -> str:
    when = _day(facts.as_of, view)
    if facts.simulated:
        return tr("From the simulated {source}, {day}", source=facts.source, day=when)
    return tr("From {source}, {day}. Not confirmed by Amazon", source=facts.source, day=when)


def _dates(facts: SellerFacts, view: CaseContext) -> Iterator[str]:
    """Say when each part was read by the source."""
    if facts.told_at:
        yield tr("business {day}", day=_day(facts.told_at, view))
    if facts.rated_at:
        yield tr("ratings {day}", day=_day(facts.rated_at, view))
    if facts.storefront_at and facts.storefront is not None:
        yield tr(
            "storefront of {count} products {day}",
            count=f"{facts.storefront:,}",
            day=_day(facts.storefront_at, view),
        )
    if facts.first_seen:
        seen = view.team.local(facts.first_seen)
        yield tr(
            "known to {source} since {month} {year}",
            source=facts.source,
            month=month_of(seen),
            year=seen.year,
        )
    yield tr("asked {day}", day=_day(facts.read_at, view))


def _day(at: datetime, view: CaseContext) -> str:
    """Say a day, with its year where that is another one than now."""
    local = view.team.local(at)
    same = local.year == view.team.local(view.now).year
    return day_in_year(local) if same else whole_day(local)
