"""What the analysis of attacks says, in sentences: each with its numbers, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo

from bot.core.labeled import AttackKind
from bot.core.text import at_word, one_line
from bot.core.views.lists import counted
from bot.features.attacks.models import Burst
from bot.features.attacks.rules.analysis import Analysis
from bot.features.attacks.rules.bursts import LEAST_PAST
from bot.features.attacks.rules.chance import once_in
from bot.features.attacks.rules.counts import FEWEST, Count, Peak
from bot.features.attacks.rules.sources import MANY, TOGETHER, Campaign, Offender
from bot.features.attacks.rules.weeks import HOURS

NAME = 40
"""Characters of a source or a product."""
REFS = 3
"""So many cases and attacks are named behind a result; the rest is counted."""
UNKNOWN = "unknown source"
RAREST = 1e-6
"""What is rarer than this is not told more closely: a number that nobody can imagine says less."""

_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")

_ADVICE = {
    AttackKind.FOLLOW_UP: "Collect evidence. 'File a report' helps you spot a lawful reseller.",
    AttackKind.TAKEOVER: "Keep your own text and images ready, and report each change.",
    AttackKind.FAKE_REVIEWS: "Keep dated screenshots, and report the reviews.",
    AttackKind.REVIEW_BOMBING: "Keep dated screenshots, and report them all in one request.",
    AttackKind.FALSE_COMPLAINT: "Keep each complaint ID, and ask for a retraction.",
    AttackKind.RETURNS: "Photograph each return, and note the order IDs.",
    AttackKind.INTRUSION: "Change the passwords, and check all users with /security.",
    AttackKind.PHISHING: "Show everyone what it looks like. Do not open links in it.",
    AttackKind.CLICK_FRAUD: "Save the hourly ad reports, and contact Amazon's support.",
    AttackKind.PRICE_WAR: "Check your price floors. Do not match every price cut.",
    AttackKind.OTHER: "Log the damage each time, so you can spot patterns.",
}


def title(analysis: Analysis) -> str:
    """Say how many there were, and in what time."""
    many = f"{analysis.total:,}" if analysis.total else "none"
    return f"Attacks: {many} in {counted(len(analysis.weeks), 'week')}"


def trend(analysis: Analysis) -> str:
    """Say what changed since the month before."""
    change = analysis.change
    recent = f"{change.now:,} in the last 28 days"
    if not change.known:
        return f"{recent}. To show a trend, Brandwarden needs 8 weeks of history."
    both = f"{recent}, {change.before:,} in the 28 before"
    if change.few:
        return f"{both}: too few to tell."
    if not change.clear:
        return f"{both}: no clear change."
    more = "more" if change.now > change.before else "fewer"
    why = f"{both}: clearly {more} (chance alone: {_once(change.chance)})."
    return f"{why} {_above_all(analysis)}".rstrip()


def weeks(analysis: Analysis) -> str:
    """Say what changed, and which week to look at."""
    if not analysis.bursts:
        return trend(analysis)
    latest = day(max(burst.monday for burst in analysis.bursts))
    return f"{trend(analysis)} Unusually many in the week of {latest}: find out what caused them."


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
    """Say whether somebody comes back, and what that is good for."""
    known = sum(bool(each.name) for each in analysis.sources)
    if not known:
        return "No source is known yet. Add what you find out to the case."
    back = len(analysis.offenders)
    if not back:
        return f"0 of {counted(known, 'known source')} came back. Handle each as its own case."
    verb = "comes" if back == 1 else "come"
    told = f"{back:,} of {counted(known, 'known source')} {verb} back."
    return f"{told} Mention their earlier cases in each report."


def source(count: Count, analysis: Analysis) -> str:
    """Say how much one source did, and whether it comes back."""
    name = one_line(count.name, NAME) if count.name else UNKNOWN
    found = [each for each in analysis.offenders if each.source == count.name]
    back = f", comes back ({history(found[0])})" if found else ""
    return f"{name}: {_of(count, analysis)}{back}"


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
    return f"{at_word(names.get(count.name) or count.name, NAME)}: {_of(count, analysis)}"


def when(analysis: Analysis) -> str:
    """Say whether a weekday or an hour stands out."""
    if analysis.total < FEWEST:
        return f"{analysis.total} in total: too few to tell."
    told = []
    if analysis.day:
        told.append(_peak(f"{_DAYS[analysis.day.place]} stand out", analysis.day))
    if analysis.hour:
        first, last = analysis.hour.place, (analysis.hour.place + 1) % HOURS
        told.append(_peak(f"{first}:00 to {last}:00 stands out", analysis.hour))
    if not told:
        known = f"the hour is known for {analysis.timed:,} of {analysis.total:,}"
        return f"No weekday or hour stands out; {known}. You can treat all times alike."
    return f"{' '.join(told)} Check for new cases then."


def campaigns(analysis: Analysis, zone: tzinfo, most: int) -> list[str]:
    """Say of the latest campaigns and bursts what each is."""
    told = [
        *((each.until, _campaign(each, zone)) for each in analysis.campaigns[:most]),
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


def _above_all(analysis: Analysis) -> str:
    """Name the method that changed most clearly, if one did."""
    if not analysis.changes:
        return ""
    first = analysis.changes[0]
    label = first.method.label if first.method else ""
    return f"Biggest change: {label}, {first.now:,} now and {first.before:,} before."


def _campaign(campaign: Campaign, zone: tzinfo) -> str:
    since, until = (day(at.astimezone(zone)) for at in (campaign.since, campaign.until))
    period = f"on {since}" if since == until else f"{since} to {until}"
    who = one_line(campaign.source, NAME)
    many = counted(len(campaign.refs), "attack")
    where = f"on {counted(len(campaign.asins), 'product')}"
    return f"{who}: {many} {where}, {period} ({of_refs(campaign.refs)})"


def _burst(burst: Burst) -> str:
    what = burst.method.label if burst.method else "All methods"
    usual = f"{burst.usual:.1f} expected ({burst.past:,} in {burst.weeks} weeks)"
    if not burst.past:
        usual = f"none in the {burst.weeks} weeks before"
    told = f"{what}, week of {day(burst.monday)}: {burst.count:,}; {usual}; chance alone: "
    return f"{told}{_once(burst.chance)} weeks ({of_refs(burst.refs)})"


def _peak(what: str, peak: Peak) -> str:
    usual = f"{peak.usual:.1f} expected (chance alone: {_once(peak.chance)})"
    return f"{what}: {peak.count:,} of {peak.of:,}; {usual}."


def _once(chance: float) -> str:
    return f"once in {once_in(chance):,}" if chance > RAREST else "not once in a million"


def _of(count: Count, analysis: Analysis) -> str:
    return f"{count.count:,} of {analysis.total:,}"


def _noon(monday: date, zone: tzinfo) -> datetime:
    return datetime(monday.year, monday.month, monday.day, 12, tzinfo=zone)
