"""What the quarter's attacks show: who came back, what is new, what it is mostly."""

from __future__ import annotations

from collections import Counter
from zoneinfo import ZoneInfo

from bot.core.labeled import AttackKind
from bot.features.attacks.models import series_label
from bot.features.attacks.rules import chance
from bot.features.attacks.rules.counts import CLEAR
from bot.features.attacks.rules.events import events
from bot.features.attacks.rules.sources import MANY, Offender, by_source, undecided
from bot.features.attacks.rules.sources import campaigns as find_campaigns
from bot.features.attacks.rules.sources import offenders as find_offenders
from bot.features.attacks.rules.weeks import placed
from bot.features.reviews.models.facts import Facts, Weighed, counted, listed, some, written
from bot.features.reviews.models.reviews import Point


def intrusion(facts: Facts) -> Weighed | None:
    """Return that somebody was in the account: nothing else that is new weighs as much."""
    found = [each for each in facts.here if each.method is AttackKind.INTRUSION]
    if not found:
        return None
    told = listed(written(facts.day(each.at)) for each in found)
    point = Point(
        heading=f"Someone got into our account: {counted(len(found), 'time')}",
        says=f"Logged on {told}.",
        propose=DEFENCES[AttackKind.INTRUSION],
        refs=some(each.ref for each in found),
    )
    return Weighed(95, point)


def offenders(facts: Facts) -> Weighed | None:
    """Return the attackers who keep coming back, by the analysis's own rule."""
    found = find_offenders(by_source(facts.incidents), facts.span.begins)
    if not found:
        return None
    first = found[0]
    propose = (
        f"Report {first.source}: open the case and press 'File a report'. No report was filed "
        "before."
    )
    if first.reported:
        propose = (
            f"Report {first.source} again for the same violation and quote Amazon's complaint IDs. "
            "If it comes back after that, ask a lawyer."
        )
    point = Point(
        heading=f"Repeat attackers: {len(found)}, most active {first.source}",
        says=f"{listed(_told(each, facts) for each in found)}.",
        propose=propose,
        refs=some(first.refs),
        quotes=tuple(ref for each in found for ref in each.refs),
    )
    return Weighed(min(85, 60 + 2 * len(first.refs)), point)


def strangers(facts: Facts) -> Weighed | None:
    """Return unknown sellers who were seen often: lawful or not, somebody has to decide."""
    found = undecided(by_source(facts.incidents), facts.span.begins)
    if not found:
        return None
    first = found[0]
    point = Point(
        heading=f"Decide: lawful or not? Unknown sellers seen repeatedly: {len(found)}",
        says=f"{listed(_told(each, facts) for each in found)}.",
        propose=f"Order one product from {first.source}, compare it with yours, then press 'File a "
        "report' on the case. If it is genuine and new, close the case as lawful.",
        refs=some(first.refs),
    )
    return Weighed(min(84, 60 + 2 * len(first.refs)), point)


def campaigns(facts: Facts) -> Weighed | None:
    """Return who was on several products at about the same time."""
    found = find_campaigns(by_source(facts.incidents), facts.span.begins)
    if not found:
        return None
    widest = max(found, key=lambda each: len(each.asins))
    since, until = (written(facts.day(at)) for at in (widest.since, widest.until))
    propose = "File one report for all its products. One complaint ID can cover many ASINs."
    if widest.source not in _attackers(facts):
        propose = (
            f"Decide first whether {widest.source} is lawful: order one product and compare it. "
            "If not, file one report for all its products."
        )
    point = Point(
        heading=f"One source on {len(widest.asins)} products at once",
        says=f"{widest.source} was on {listed(widest.asins)} from {since} to {until}. "
        f"Campaigns like this in the quarter: {len(found)}.",
        propose=propose,
        refs=some(widest.refs),
        quotes=widest.refs,
    )
    return Weighed(min(82, 64 + len(widest.asins)), point)


def bursts(facts: Facts) -> Weighed | None:
    """Return the least likely of the unusual weeks."""
    if not facts.bursts:
        return None
    burst = min(facts.bursts, key=lambda each: each.chance)
    what = series_label(burst.method) if burst.method else "All kinds"
    point = Point(
        heading=f"Unusual week: {counted(burst.count, 'incident')} in the week of "
        f"{written(burst.monday)}",
        says=f"{what}: {burst.says}.",
        propose="Find out what changed that week: a price, an offer, a supplier, a colleague.",
        refs=some(burst.refs),
    )
    return Weighed(65, point)


def rise(facts: Facts) -> Weighed | None:
    """Return that there were clearly more than in the quarter before; one event counts once."""
    now, before = _separate(facts)
    if now <= before or not before or chance.of_change(now, before) >= CLEAR:
        return None
    once = now + before < len(facts.here) + len(facts.before)
    point = Point(
        heading=f"More attacks and unknown sellers: {now}, up from {before}",
        says=f"{now} in {facts.span.quarter}, {before} in {facts.span.quarter.before}: hardly a "
        f"coincidence.{' Entries about one event count once.' if once else ''}",
        propose="Agree on who checks new cases each day, and how fast.",
    )
    return Weighed(62, point)


def mostly(facts: Facts) -> Weighed | None:
    """Return the most frequent kind of attack, and what is done against it."""
    here = facts.attacks
    counts = Counter(each.method for each in here).most_common(1)
    if not counts or counts[0][1] < MANY:
        return None
    method, count = counts[0]
    earlier = [each for each in facts.before if each.decided]
    before = sum(each.method is method for each in earlier)
    point = Point(
        heading=f"Most common attack: {method.label}, {count} of {len(here)}",
        says=f"{count} of {len(here)} in {facts.span.quarter}; {before} of {len(earlier)} in "
        f"{facts.span.quarter.before}.",
        propose=DEFENCES[method],
        refs=some(each.ref for each in here if each.method is method),
    )
    return Weighed(min(59, 40 + count), point)


DEFENCES = {
    AttackKind.FOLLOW_UP: "Find out what they ship. Copies: add a hard-to-copy mark. Genuine "
    "products: no mark helps, so agree in writing with suppliers and dealers on who may sell.",
    AttackKind.TAKEOVER: "Save the page text and images as evidence every month, so you can prove "
    "a change on the day it happens.",
    AttackKind.COPYCAT: "Register trademarks, designs and images before the next launch, so a "
    "report has a right to rest on.",
    AttackKind.FAKE_REVIEWS: "Report the pattern and its dates to Amazon. Never ask a buyer to "
    "change a review.",
    AttackKind.REVIEW_BOMBING: "Log the hours of every wave, and report the pattern instead of "
    "single reviews.",
    AttackKind.FALSE_COMPLAINT: "Keep your registration, invoices and letters in /papers, so you "
    "can answer the same day.",
    AttackKind.RETURNS: "Photograph returns next to what you sent, and keep the order IDs.",
    AttackKind.INTRUSION: "Review the account's users, apps, passwords and two-step sign-in now, "
    "then every week.",
    AttackKind.PHISHING: "Repeat the phishing lessons with everyone who can sign in: email, texts, "
    "calls.",
    AttackKind.LEAKED_KEY: "Keep keys in one file that only the program can read, and give each "
    "app only the roles that it needs.",
    AttackKind.CLICK_FRAUD: "Record the days, hours and costs of the clicks, and ask Amazon's "
    "support to review them.",
    AttackKind.PRICE_WAR: "Set a price floor for every product with /watch, and find out who "
    "supplies the sellers below it.",
    AttackKind.OTHER: "Describe each attack in more detail with /attack, so you recognize the next "
    "one.",
}
"""What is done against each method; from the brand's guard (the article's sections)."""


def _attackers(facts: Facts) -> frozenset[str]:
    """Return the sources that people logged or reported."""
    return frozenset(each.source for each in facts.incidents if each.decided)


def _separate(facts: Facts) -> tuple[int, int]:
    """Count the events of the quarter, and of the one before."""
    zone = ZoneInfo(facts.zone)
    here, before = (
        len(events(placed(each, facts.now, zone))) for each in (facts.here, facts.before)
    )
    return here, before


def _told(offender: Offender, facts: Facts) -> str:
    since = written(facts.day(offender.first))
    return f"{offender.source}: {counted(len(offender.refs), 'incident')} since {since}"
