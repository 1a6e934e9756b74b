"""What the analysis of attacks says, in sentences: each with its numbers, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo

from bot.core.labeled import AttackKind
from bot.core.text import at_word, one_line
from bot.core.views.lists import counted
from bot.features.attacks.models import Burst, series_label
from bot.features.attacks.rules.analysis import Analysis
from bot.features.attacks.rules.bursts import LEAST_PAST
from bot.features.attacks.rules.counts import Count
from bot.features.attacks.rules.sources import MANY, TOGETHER, Campaign, Offender

NAME = 40
"""Characters of a source or a product."""
REFS = 3
"""So many cases and attacks are named behind a result; the rest is counted."""
UNKNOWN = "unknown source"

_ADVICE = {
    AttackKind.FOLLOW_UP: "Collect evidence. 'File a report' helps you spot a lawful reseller.",
    AttackKind.TAKEOVER: "Keep your own text and images ready, and report each change.",
    AttackKind.COPYCAT: "Buy one before you report it, and save its page as evidence.",
    AttackKind.FAKE_REVIEWS: "Keep dated screenshots, and report the reviews.",
    AttackKind.REVIEW_BOMBING: "Keep dated screenshots, and report them all in one request.",
    AttackKind.FALSE_COMPLAINT: "Keep each complaint ID, and ask for a retraction.",
    AttackKind.RETURNS: "Photograph each return, and note the order IDs.",
    AttackKind.INTRUSION: "Check the bank account and the users first, then the passwords.",
    AttackKind.PHISHING: "Show everyone what it looks like, and forward it to "
    "stop-spoofing@amazon.com.",
    AttackKind.LEAKED_KEY: "Revoke the app's authorization first, then rotate its secret.",
    AttackKind.CLICK_FRAUD: "Save the hourly ad reports, and contact Amazon's support.",
    AttackKind.PRICE_WAR: "Check your price floors. Do not match every price cut.",
    AttackKind.OTHER: "Log the damage each time, so you can spot patterns.",
}


def title(analysis: Analysis) -> str:
    """Say how many attacks there were, in what time, and how many unknown sellers apart."""
    many = f"{analysis.attacks:,}" if analysis.attacks else "none"
    told = f"Attacks: {many} in {counted(len(analysis.weeks), 'week')}"
    unknown = len(analysis.strangers)
    return f"{told}. Unknown sellers: {unknown:,}" if unknown else told


def methods(analysis: Analysis) -> str:
    """Say which method leads, and what helps against it."""
    first = analysis.methods[0]
    kind = AttackKind(first.name)
    alone = sum(each.count == first.count for each in analysis.methods) == 1
    leads = "leads" if alone else "is among the most frequent"
    if len(analysis.methods) == 1:
        leads = "is the only kind"
    return f"{kind.label} {leads}: {_of(first, analysis)}. {_ADVICE[kind]}"


def sources(analysis: Analysis) -> str:
    """Say whether an attacker comes back, and what that is good for."""
    names = {each.name for each in analysis.sources}
    known = sum(map(bool, names))
    if not known:
        return "No source is known yet. Add what you find out to the case."
    returned = [each for each in analysis.offenders if each.source in names]
    back = len(returned)
    if not back:
        return f"0 of {counted(known, 'known source')} came back. Handle each as its own case."
    verb = "comes" if back == 1 else "come"
    told = f"{back:,} of {counted(known, 'known source')} {verb} back."
    if not any(each.reported for each in returned):
        return f"{told} None was reported yet: open the case and press 'File a report'."
    return f"{told} For the same violation, quote Amazon's complaint IDs in the next report."


def source(count: Count, analysis: Analysis) -> str:
    """Say how many attacks are one source's, and whether it comes back."""
    return f"{named(count.name, analysis)}: {_of(count, analysis)}{_back(count, analysis)}"


def named(source: str, analysis: Analysis) -> str:
    """Name a source: its ID, and what its storefront is called where that is known."""
    called = analysis.called.get(source)
    name = one_line(source, NAME) if source else UNKNOWN
    return f"{name} ({at_word(called, NAME)})" if called else name


def strangers(analysis: Analysis) -> str:
    """Say how many unknown sellers came, and that they may be lawful."""
    visits = counted(analysis.visits, "case")
    return (
        f"{visits} of {counted(len(analysis.strangers), 'unknown seller')}. Reselling genuine "
        "products is often lawful, so decide first: press 'File a report' on the case."
    )


def stranger(count: Count, analysis: Analysis) -> str:
    """Say how often an unknown seller came."""
    name, back = named(count.name, analysis), _back(count, analysis)
    return f"{name}: {counted(count.count, 'case')}{back}"


def history(offender: Offender) -> str:
    """Say what is known of a source in all."""
    parts = [f"{len(offender.refs):,} in total"]
    if offender.asins:
        parts.append(f"on {counted(len(offender.asins), 'product')}")
    return ", ".join([*parts, f"in {counted(offender.weeks, 'week')}"])


def products(analysis: Analysis, names: Mapping[str, str]) -> str:
    """Say which product is hit most."""
    if not analysis.products:
        return "No product was named. These attacks were on the account or the brand."
    first = analysis.products[0]
    return f"{product(first, analysis, names)}. Check it first: /check {first.name}."


def product(count: Count, analysis: Analysis, names: Mapping[str, str]) -> str:
    """Say how often a product was hit."""
    name = at_word(names.get(count.name) or count.name, NAME)
    return f"{name}: {count.count:,} of {analysis.total:,}"


def campaigns(analysis: Analysis, zone: tzinfo, most: int) -> list[str]:
    """Say of the latest campaigns and bursts what each is."""
    told = [
        *((each.until, _campaign(each, zone, analysis)) for each in analysis.campaigns[:most]),
        *((_noon(each.monday, zone), _burst(each)) for each in analysis.bursts[:most]),
    ]
    latest = sorted(told, key=lambda one: one[0], reverse=True)[:most]
    return [text for _, text in latest]


def no_campaign(analysis: Analysis) -> str:
    """Say why there is none, or why nobody can tell."""
    alone = f"No single known source hit {MANY} or more products within {TOGETHER.days} days"
    if not analysis.testable:
        return f"{alone}. To spot unusual weeks, Brandwarden needs {LEAST_PAST} weeks of history."
    return f"{alone}, and no week was unusual. Nothing to do."


def day(moment: date) -> str:
    """Say a day: ``2 Nov``."""
    return f"{moment.day} {moment:%b}"


def of_refs(refs: Sequence[str]) -> str:
    """Name where it is told."""
    more = f" and {len(refs) - REFS:,} more" if len(refs) > REFS else ""
    return f"{', '.join(refs[:REFS])}{more}"


def _campaign(campaign: Campaign, zone: tzinfo, analysis: Analysis) -> str:
    since, until = (day(at.astimezone(zone)) for at in (campaign.since, campaign.until))
    period = f"on {since}" if since == until else f"{since} to {until}"
    who = named(campaign.source, analysis)
    many = counted(len(campaign.refs), "incident")
    where = f"on {counted(len(campaign.asins), 'product')}"
    return f"{who}: {many} {where}, {period} ({of_refs(campaign.refs)})"


def _burst(burst: Burst) -> str:
    what = "All kinds" if burst.method is None else series_label(burst.method)
    told = f"{what}, week of {day(burst.monday)}: {burst.says}"
    return f"{told} ({of_refs(burst.refs)})"


def _back(count: Count, analysis: Analysis) -> str:
    found = [each for each in analysis.offenders if each.source == count.name]
    return f", comes back ({history(found[0])})" if found else ""


def _of(count: Count, analysis: Analysis) -> str:
    return f"{count.count:,} of {analysis.attacks:,}"


def _noon(monday: date, zone: tzinfo) -> datetime:
    return datetime(monday.year, monday.month, monday.day, 12, tzinfo=zone)
