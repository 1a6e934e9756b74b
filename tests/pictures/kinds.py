"""One of each kind of card and form, as the views and the flows make it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from bot.bootstrap.features import COMMANDS
from bot.core.cards import Card, Tone
from bot.core.channels import ChannelBinding
from bot.core.dispatch.messages import Over
from bot.core.findings import Severity
from bot.core.forms import OPTION, Answers
from bot.core.interactions import Ask, Notice
from bot.core.listing import Offer
from bot.core.text import one_line
from bot.core.views.disk import failed_card
from bot.core.views.hello import hello_card
from bot.core.views.lists import ListPage
from bot.core.views.trouble import came_and_went_card, trouble_card, trouble_over_card
from bot.errors import SourceError
from bot.features.cases.models.alert_groups import AlertGroup
from bot.features.cases.models.profiles import SellerProfile
from bot.features.cases.models.seller_facts import LookAlike, SellerFacts, SharedTrait
from bot.features.cases.views.case import case_card, case_title
from bot.features.cases.views.lists import alert_group_card, cases_card
from bot.features.cases.views.timeline import entries_card
from bot.features.cases.views.title import point
from bot.features.overview.views.digest import digest_card
from bot.features.overview.views.team import help_card, settings_card, status_card
from bot.features.overview.views.todo import OpenCases, todo_card
from bot.features.watchlist.models.sellers import EVERYWHERE, Seller
from bot.features.watchlist.views.lists import sellers_card, watches_card
from bot.features.watchlist.views.offers import OffersSeen
from bot.features.watchlist.views.outages import outage_card
from bot.features.watchlist.views.product import check_card
from bot.features.watchlist.views.watched import anyway_card, unknown_card, watched_card
from tests.fakes import START as NOW
from tests.pictures import (
    account,
    acting,
    alerting,
    attacking,
    comparing,
    guard,
    guarding_pages,
    listings,
    reporting,
    reviewing,
    story,
    writing,
)
from tests.pictures.asking import asked
from tests.pictures.story import OWN, SCENE, ago

SELLERS = [
    Seller(id=story.FRIEND, authorised=(EVERYWHERE,), by=story.ANA, at=ago(days=30)),
    Seller(id=story.OTHER, left_alone=(story.TRAY.asin,), by=story.BEN, at=ago(days=2)),
    Seller(id="A9REGIONALDLR3", authorised=tuple(w.asin for w in story.WATCHES[:6]), by=story.ANA),
]
ROOMS = (
    ChannelBinding(chat="slack", channel="C1", name="brand-alerts"),
    ChannelBinding(chat="discord"),
)
PICTURE = "https://m.media-amazon.com/images/I/bowl.jpg"
WAVE = AlertGroup(
    message="wave-1", since=ago(minutes=6), last=NOW, count=14, worst=Severity.CRITICAL
)


def _simulated(card: Card) -> Card:
    return msgspec.structs.replace(card, simulated=True)


PROFILE = SellerProfile(
    seller=story.THIEF,
    marketplace="US",
    name="BrightLeaf Store 88 Kitchen and Home Outlet",
    source="",
    read_at=ago(minutes=3),
    simulated=True,
)
NAMED = msgspec.structs.replace(SCENE, profiles={PROFILE.key: PROFILE})
FACTS = SellerFacts(
    seller=story.THIEF,
    marketplace="US",
    source="Keepa",
    read_at=ago(minutes=2),
    told_at=ago(days=3),
    name="BrightLeaf Store 88",
    business="Example BrightLeaf Trading Co., Ltd.",
    company=True,
    place="Example Road 1, Example City, CN",
    vat="GB 000 1234 56",
    rating=33,
    ratings=3,
    ours=story.CRITICAL.asins,
    ours_in_all=len(story.CRITICAL.asins) + 7,
)
KNOWN = msgspec.structs.replace(
    NAMED,
    facts={FACTS.key: FACTS},
    look_alikes={
        FACTS.key: LookAlike(
            seller="A3V8MN2RT6YB0L",
            name="TopDeal Warehouse",
            case="C-4",
            by=SharedTrait.VAT,
        )
    },
    facts_source="Keepa",
)


def _cases() -> dict[str, Card]:
    return {
        "case-critical": _simulated(case_card(story.CRITICAL, SCENE)),
        "case-worked-on": case_card(story.WORKED, SCENE),
        "case-spread": case_card(story.SPREAD, SCENE),
        "case-snoozed": case_card(story.SNOOZED, SCENE),
        "case-quiet": case_card(story.QUIET, SCENE),
        "case-used": case_card(story.USED, SCENE),
        "case-outlet": case_card(story.OUTLET, SCENE),
        "case-closed": case_card(story.CLOSED, SCENE),
        "case-named": _simulated(case_card(story.CRITICAL, NAMED)),
        "case-who": case_card(story.CRITICAL, KNOWN),
        "case-spread-named": case_card(story.SPREAD, NAMED),
        "wave": alert_group_card(WAVE, SCENE),
        "entries": _simulated(entries_card(story.CRITICAL, story.ALL_ENTRIES, SCENE)),
    }


def _lists() -> dict[str, Card]:
    rows = [(watch, story.status(watch, minutes=4)) for watch in story.WATCHES[:7]]
    rows.append((story.WATCHES[7], story.status(story.WATCHES[7], story.WHY, hours=2)))
    return {
        "cases": cases_card(
            story.CASES, "all", ListPage.of(1, len(story.CASES), "cases all"), SCENE
        ),
        "watches": watches_card(list(rows), ListPage.of(1, 24, "watches"), SCENE),
        "sellers": sellers_card(SELLERS, ListPage.of(1, len(SELLERS), "sellers"), SCENE.team),
    }


def _checks() -> dict[str, Card]:
    friend = Offer(seller=story.FRIEND, price=story.usd("41"), shipping=None, fba=None)
    seen = story.reading(story.BOWL, NOW, [story.CHEAP, story.OURS, story.DEARER, friend], OWN)
    own, trusted = frozenset({OWN}), frozenset({story.FRIEND})
    failed = SourceError(story.WHY)
    ours = story.reading(story.BOWL, NOW, [story.OURS], OWN)
    clear = OffersSeen(ours, own, trusted)
    return {
        "check": check_card(story.BOWL, seen, SCENE, own=own, trusted=trusted, watched=False),
        "check-failed": check_card(
            story.BOWL, failed, SCENE, own=own, trusted=trusted, watched=True
        ),
        "watched": watched_card(story.BOWL, OffersSeen(seen, own, trusted), PICTURE, SCENE, None),
        "watched-clear": watched_card(story.BOWL, clear, PICTURE, SCENE, story.MISTYPED),
        "unknown": unknown_card(story.MISTYPED, None),
        "unknown-anyway": anyway_card(story.MISTYPED),
    }


def _team() -> dict[str, Card]:
    awake = [story.SPREAD, story.CRITICAL, story.WORKED]
    return {
        "todo": todo_card(
            OpenCases(
                awake=awake,
                waiting=3,
                worst=Severity.CRITICAL,
                asleep=[story.SNOOZED],
                sleeping=1,
            ),
            [],
            [],
            story.FAILING,
            SCENE,
        ),
        "health-good": status_card(story.FINE, story.HELD, SCENE),
        "health-failing": status_card(story.FAILING, story.OUT, SCENE),
        "health-work": status_card(story.FINE, story.HELD, SCENE, work=story.WORK),
        "health-pages": status_card(story.FINE, story.HELD, SCENE, pages=guarding_pages.HEALTH),
        "chat-out": trouble_card(story.OUT.troubles[0], SCENE),
        "chat-back": trouble_over_card(story.OUT.troubles[0], SCENE),
        "came-and-went": came_and_went_card(
            story.OUT.troubles[0], 20 * [Over(story.CLOSED.label, point(story.CLOSED))], SCENE
        ),
        "disk-failed": failed_card("The disk failed.", dead=True, simulated=True),
        "digest": digest_card(awake, 4, story.DAY, story.FAILING, SCENE, ago(days=1)),
        "settings": settings_card(SCENE.team, ROOMS),
        "hello": hello_card("Alder & Finch"),
        "outage": outage_card(story.FAILING, SCENE, ago(hours=2)),
        "outage-over": outage_card(story.FINE, SCENE, ago(hours=2), NOW),
        "help": help_card(COMMANDS),
    }


CARDS: Mapping[str, Card] = {
    **alerting.CARDS,
    **acting.CARDS,
    **_cases(),
    **_lists(),
    **_checks(),
    **_team(),
    **account.CARDS,
    **listings.CARDS,
    **reporting.CARDS,
    **guard.CARDS,
    **guarding_pages.CARDS,
    **attacking.CARDS,
    **comparing.CARDS,
    **writing.CARDS,
    **reviewing.CARDS,
}

SAID = {
    Tone.CRITICAL: "That seller is on 4 of your products.",
    Tone.WARNING: "Ana already closed C-12 (the seller has left). Reopen it to continue.",
    Tone.INFO: "C-12 is already assigned to you.",
    Tone.GOOD: "B0ALDER000 is watched from now on; its first look comes within a minute.",
    Tone.QUIET: "Nothing changed.",
}
NOTICES: Mapping[str, Notice] = {
    f"notice-{tone.value}": Notice(text, tone) for tone, text in SAID.items()
}


def _forms() -> dict[str, Ask]:
    case = {"case": story.CRITICAL.label, "headline": case_title(story.CRITICAL)}
    today = f"{NOW:%Y-%m-%d}"
    labels = tuple(
        (str(each.number), one_line(f"{each.label}: {case_title(each)}", OPTION))
        for each in story.CASES[:4]
    )
    product: Answers = {"product": story.BOWL.asin}
    floor: Answers = {"market": "US", "floor": "cheap", "sku": "", "units": ""}
    late = f"{NOW + timedelta(days=200):%Y-%m-%d}"
    return {
        "form-close-error": asked(
            "close",
            {**case, "seller": story.THIEF, "may_authorise": True},
            ("reason", {"reason": "other", "note": "no"}),
        ),
        "form-snooze-1": asked("snooze", {**case, "today": today}),
        "form-snooze-2": asked(
            "snooze",
            {**case, "today": today},
            ("how-long", {"hours": "day"}),
            ("day", {"day": late}),
        ),
        "form-watch-1": asked("watch", {"home": "US"}),
        "form-watch-2": asked("watch", {"home": "US"}, ("product", product), ("details", floor)),
        "form-note": asked(
            "note",
            {
                "about": "Message from Ben. Files added: 1.",
                "cases": labels,
                "case": "12",
            },
        ),
    }


FORMS: Mapping[str, Ask] = {
    **_forms(),
    **reporting.FORMS,
    **guard.FORMS,
    **attacking.FORMS,
    **writing.FORMS,
    **reviewing.FORMS,
}
