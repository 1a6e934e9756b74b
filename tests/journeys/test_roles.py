"""Who may do what: every command, button and flow, for every role, however it is done.

tests/contracts/chat/test_rights.py shows the same of each role over the real adapters.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.bootstrap.features import COLLECTIONS, COMMANDS, FEATURES
from bot.core.catalog_search import CatalogItem, ProductLikeness
from bot.core.collections import AUDIT, AUDIT_KEYS, SESSIONS, TEAMS, UNDOABLES
from bot.core.entrances import ALIASES, BACK, CONTINUE, SHOW
from bot.core.files import Upload
from bot.core.forms import Answers
from bot.core.interactions import Ask, Notice, Reply
from bot.core.labeled import Recommendation
from bot.core.listing import Watch, WatchStatus
from bot.core.page_accounts import add_account
from bot.core.permissions import NEEDED, Permission, Person, Role
from bot.core.spots import Spot
from bot.core.store import Collection
from bot.core.team import Team as Settings
from bot.core.undo.models import UNDO_FOR, Image, Undoable
from bot.errors import NotAllowed
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import Case, CloseReason, Entry, EntryKind, case_key
from bot.features.checklists.collections import ITEM_STATUSES, RUNS
from bot.features.copycats.collections import CANDIDATES, SEARCHES
from bot.features.copycats.models import Candidate, CopycatSearch, SearchState, Verdict
from bot.features.evidence.collections import COMPARISONS, EVIDENCE_ITEMS, PLANNED_BUYS
from bot.features.evidence.models.comparisons import Comparison, Difference
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.evidence.models.plans import BuyState, PlannedBuy
from bot.features.letters.collections import LETTERS
from bot.features.pages.collections import GUARDED_PAGES, PAGE_APPROVALS
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import Grounds
from bot.features.reports.models.reports import Report, ReportState, Version, report_key
from bot.features.reviews.collections import REVIEWS
from bot.features.setup.collections import FIRST_RUNS, TRIAL_ALERTS
from bot.features.setup.models import FirstRun, TrialAlert
from bot.features.watchlist.collections import LISTINGS_PREVIEWS, SELLERS, STATUSES, WATCHES
from bot.features.watchlist.models.own_listings import (
    ListingCounts,
    ListingsPreview,
    PreviewState,
)
from bot.features.watchlist.models.sellers import EVERYWHERE, Seller
from tests.unit.adapters.rendering.drawing import REVIEW
from tests.unit.conftest import (
    ANA,
    ASIN,
    BEN,
    EVE,
    OWN,
    SECOND,
    THIEF,
    VIK,
    Team,
    asked,
    offer,
    opened_team,
)
from tests.unit.features.checklists.guarding import changed, checklist_run, foreign
from tests.unit.features.letters import drafts
from tests.unit.features.letters.writing import three
from tests.unit.features.overview.test_sessions import links_of
from tests.unit.features.pages.guarded import page_documents

FRIEND = "A2FRIENDLY0001"
ONE = case_key(1)
OFFERED = "20261123100000000000"
"""A preview of the account's listings."""
LOOKS_LIKE = {verdict: f"US-B0LOOKS00{n}" for n, verdict in enumerate(Verdict)}
"""Products that look like ours, by what was said of them."""
NOWHERE = "B0NOTEXIST"
"""An ASIN that Amazon does not know."""
WHO: dict[Role, tuple[Person, Role]] = {
    role: (person, role) for person, role in (ANA, BEN, VIK, EVE)
}


@dataclass(frozen=True)
class Action:
    """Something that a role may do or not; ``changes`` if it writes when it is allowed."""

    right: Permission
    text: str = ""
    changes: bool = True
    closed: bool = False
    """It is done to a case that is closed."""
    on: int = 0
    """It is done to the report of this number; 0: to the case."""
    key: str = ""
    """It is done to what has this key in the store."""
    says: str = ""
    """A part of what is answered to whoever may do it."""


NOTED = 140
"""The place of a note in the case's timeline."""
READING = Action(Permission.READ, changes=False)
TYPED: Mapping[str, Action] = {
    "watch": Action(Permission.WATCH, "B0PRODUC01"),
    "attack": Action(Permission.WORK_CASES, "takeover"),
    "attacks": READING,
    "copycats": READING,
    "todo": READING,
    "cases": READING,
    "health": READING,
    "history": Action(Permission.READ, ASIN, changes=False),
    "help": READING,
    "unwatch": Action(Permission.UNWATCH, SECOND),
    "watches": READING,
    "check": Action(Permission.READ, ASIN, changes=False),
    "conditions": Action(Permission.WATCH, f"{ASIN} new"),
    "case": Action(Permission.READ, "1", changes=False),
    "note": Action(Permission.WORK_CASES, "1 They answered"),
    "redact": Action(Permission.CONFIGURE, f"1 {NOTED}"),
    "authorize": Action(Permission.AUTHORISE, THIEF),
    "withdraw": Action(Permission.AUTHORISE, FRIEND),
    "sellers": READING,
    "reports": READING,
    "support": Action(Permission.WORK_CASES),
    "buyer": Action(Permission.WORK_CASES),
    "letters": READING,
    "review": READING,
    "evidence": Action(Permission.READ, "1", changes=False),
    "rights": READING,
    "papers": READING,
    "digest": READING,
    "security": READING,
    "duties": READING,
    "training": READING,
    "settings": READING,
    "people": Action(Permission.CONFIGURE, changes=False),
    "sessions": Action(Permission.CONFIGURE, changes=False),
    "start": Action(Permission.WORK_CASES),
}
FURTHER: Mapping[str, tuple[str, Action]] = {
    "due dates": ("todo", Action(Permission.READ, "calendar", changes=False)),
    "a form to watch": ("watch", Action(Permission.WATCH)),
    "a form for a note": ("note", Action(Permission.WORK_CASES)),
    "another digest hour": ("settings", Action(Permission.CONFIGURE, "digest 7")),
    "quiet hours": ("settings", Action(Permission.CONFIGURE, "quiet 22-7")),
    "a time zone": ("settings", Action(Permission.CONFIGURE, "zone Europe/Berlin")),
    "another who confirms": ("settings", Action(Permission.CONFIGURE, "confirm two")),
    "a form for a right": ("rights", Action(Permission.CONFIGURE, "add")),
    "a form for a paper": ("papers", Action(Permission.CONFIGURE, "add")),
    "a review of the running quarter": ("review", Action(Permission.CONFIGURE, "now")),
    "an end of the page's sessions": (
        "sessions",
        Action(Permission.CONFIGURE, "end all", changes=False),
    ),
    "an account": ("people", Action(Permission.CONFIGURE, "add Cleo viewer")),
    "a link of an account": ("people", Action(Permission.CONFIGURE, "link 1")),
    "the role of an account": ("people", Action(Permission.CONFIGURE, "role 1 viewer")),
    "an account to remove": ("people", Action(Permission.CONFIGURE, "remove Dora")),
    "one account": ("people", Action(Permission.CONFIGURE, "show 1", changes=False)),
    "a route": ("settings", Action(Permission.CONFIGURE, "route remove 1", changes=False)),
    "another channel": ("settings", Action(Permission.CONFIGURE, "channel here", changes=False)),
}
"""Commands that do more, or less, by what follows them."""

BARRED = "Only members of #brand-alerts can use Brandwarden here. Ask an admin to add you"
"""What a stranger hears, whatever they do."""

DONE = "0000000000000001-000001"
"""The key of an act that can be undone."""
TO_BUY, BOUGHT = case_key(2), case_key(3)
"""Cases with a test buy that is planned, and with one that is ordered."""
PAGE_CASE = 4
"""The number of a case about a page that was changed."""
PIECE = 150
"""The place of the case's evidence."""
PHOTOS = (EvidenceKind.RECEIVED, EvidenceKind.RECEIVED, EvidenceKind.GENUINE)
"""What the pieces after that show."""
COMPARED = Comparison(
    case=ONE,
    received=PIECE + 1,
    genuine=PIECE + 3,
    differences=(Difference(words="No seal", received=Spot(1, 2)),),
)
TRIAL = TrialAlert(id="1", sent_at=datetime(2026, 11, 23, tzinfo=UTC), sent_by=ANA[0])
DRAFT, FILED, REFUSED, CONFIRMED, RETURNED, WEAK = range(1, 7)
"""Numbers of the reports that the team has, by how far they are."""

PRESSED: Mapping[str, Action] = {
    "correct-watch": Action(Permission.WATCH, key=f"US-{NOWHERE}"),
    "watch-anyway": Action(Permission.WATCH, changes=False, key=f"US-{NOWHERE}"),
    "watch-listings": Action(Permission.WATCH, key=OFFERED),
    "not-now": Action(Permission.WATCH, key=OFFERED),
    "copycat-compare": Action(Permission.READ, changes=False, key=LOOKS_LIKE[Verdict.OPEN]),
    "copycat-skip": Action(Permission.READ, changes=False, key=LOOKS_LIKE[Verdict.OPEN]),
    "copycat-ours": Action(Permission.WORK_CASES, key=LOOKS_LIKE[Verdict.OPEN]),
    "copycat-copy": Action(Permission.WORK_CASES, key=LOOKS_LIKE[Verdict.OPEN]),
    "copycat-other": Action(Permission.WORK_CASES, key=LOOKS_LIKE[Verdict.OPEN]),
    "copycat-undo": Action(Permission.WORK_CASES, key=LOOKS_LIKE[Verdict.OTHER]),
    "copycat-watch": Action(Permission.WATCH, key=LOOKS_LIKE[Verdict.OURS]),
    "acknowledge": Action(Permission.WORK_CASES),
    # Without the place of an alert it says nothing; test_seen.py of the contracts has the place.
    "seen": Action(Permission.WORK_CASES, changes=False),
    "playbook": Action(Permission.WORK_CASES, changes=False, says="There is no playbook"),
    "assign": Action(Permission.WORK_CASES),
    "assign-to": Action(Permission.WORK_CASES),
    "snooze": Action(Permission.WORK_CASES),
    "add-note": Action(Permission.WORK_CASES),
    "close": Action(Permission.WORK_CASES),
    "seller-note": Action(Permission.WORK_CASES, key=THIEF),
    "acknowledge-cases": Action(Permission.WORK_CASES),
    "assign-cases": Action(Permission.WORK_CASES),
    "snooze-cases": Action(Permission.WORK_CASES),
    "close-cases": Action(Permission.WORK_CASES),
    "authorise": Action(Permission.AUTHORISE),
    "undo": Action(Permission.CONFIGURE, key=DONE),
    "change-settings": Action(Permission.CONFIGURE),
    "add-person": Action(Permission.CONFIGURE),
    "remove-person": Action(Permission.CONFIGURE, key="page-1"),
    "send-held": Action(Permission.WORK_CASES, changes=False),
    "reopen": Action(Permission.WORK_CASES, closed=True),
    # This team has nobody to ask; tests/unit/features/cases shows a member who asks.
    "all-sellers": Action(Permission.WORK_CASES, changes=False),
    "log-attack": Action(Permission.WORK_CASES),
    "show-attacks": Action(Permission.WORK_CASES, says="appear in the channel in a moment"),
    "collect": Action(Permission.WORK_CASES),
    "plan-test-buy": Action(Permission.WORK_CASES),
    "test-buy-ordered": Action(Permission.WORK_CASES, key=TO_BUY),
    "test-buy-arrived": Action(Permission.WORK_CASES, key=BOUGHT),
    "record-test-buy": Action(Permission.WORK_CASES, key=BOUGHT),
    "cancel-test-buy": Action(Permission.WORK_CASES, key=BOUGHT),
    "delete-evidence": Action(Permission.CONFIGURE, key=f"{ONE}-{PIECE:04d}"),
    "compare": Action(Permission.WORK_CASES),
    "show-grid": Action(Permission.WORK_CASES),
    "add-difference": Action(Permission.WORK_CASES),
    "remove-difference": Action(Permission.WORK_CASES, key=f"C-1/1/{PIECE + 1}-{PIECE + 3}"),
    "report": Action(Permission.WORK_CASES),
    "confirm-report": Action(Permission.WORK_CASES, on=DRAFT),
    "edit-report": Action(Permission.WORK_CASES, on=DRAFT),
    "retract-report": Action(Permission.WORK_CASES, on=DRAFT),
    "report-filed": Action(Permission.WORK_CASES, on=FILED),
    "report-answer": Action(Permission.WORK_CASES, on=FILED),
    "close-report": Action(Permission.WORK_CASES, on=FILED),
    # This team has no lessons; tests/unit/features/training shows a viewer who learns.
    "lesson": Action(Permission.READ, changes=False, key="gone/0"),
    "practise": Action(Permission.READ, changes=False, key="gone/0"),
    "decide": Action(Permission.WORK_CASES, key="000003-1"),
    "leave-point": Action(Permission.WORK_CASES, key="000003-1"),
    "refile": Action(Permission.WORK_CASES, on=REFUSED),
    "report-return": Action(Permission.WORK_CASES, on=RETURNED),
    "support": Action(Permission.WORK_CASES),
    "letter-sent": Action(Permission.WORK_CASES, key="L-1"),
    "letter-answered": Action(Permission.WORK_CASES, key="L-3"),
    "change-letter": Action(Permission.WORK_CASES, key="L-2"),
    "drop-letter": Action(Permission.WORK_CASES, key="L-1"),
    "begin": Action(Permission.WORK_CASES, changes=False, key="K-1"),
    "show-item": Action(Permission.WORK_CASES, changes=False, key="K-1/users"),
    "item-done": Action(Permission.WORK_CASES, key="K-1/keys"),
    "item-problem": Action(Permission.WORK_CASES, key="K-1/keys"),
    "item-change": Action(Permission.WORK_CASES, key="K-1/seats"),
    "item-not-ours": Action(Permission.WORK_CASES, key="K-1/keys"),
    "item-explain": Action(Permission.READ, changes=False, key="K-1/keys"),
    "item-skip": Action(Permission.WORK_CASES, changes=False, key="K-1/users"),
    "item-take": Action(Permission.WORK_CASES, key="K-1/keys"),
    "take-duty": Action(Permission.WORK_CASES, key="account"),
    "ask-again": Action(Permission.WORK_CASES, key="account-security/mail"),
    "show-score": Action(Permission.WORK_CASES),
    "approve-pages": Action(Permission.WORK_CASES, key="1"),
    "review-pages": Action(Permission.READ, changes=False, key="1"),
    "approve-page": Action(Permission.WORK_CASES, key=f"US-{SECOND}"),
    "page-own-data": Action(Permission.WORK_CASES, key=f"US-{SECOND}"),
    "skip-page": Action(Permission.READ, changes=False, key=f"US-{SECOND}"),
    "page-ours": Action(Permission.WORK_CASES, key=case_key(PAGE_CASE)),
    "page-not-ours": Action(Permission.WORK_CASES, key=case_key(PAGE_CASE)),
    # This team has no account to ask; tests/unit/features/setup shows one.
    "check-login": Action(Permission.CONFIGURE, changes=False),
    "work-alone": Action(Permission.CONFIGURE),
    "hide-setup": Action(Permission.CONFIGURE),
    "send-test-alert": Action(Permission.WORK_CASES),
    "acknowledge-test": Action(Permission.WORK_CASES, key=TRIAL.id),
    "delete-test": Action(Permission.WORK_CASES, key=TRIAL.id),
    "price-history": Action(Permission.READ, changes=False, key=f"US-{ASIN}"),
    "post-prices": Action(Permission.WORK_CASES, key=f"US-{ASIN}"),
}


@dataclass(frozen=True)
class Walk:
    """A flow: what opens it, what is answered step by step, and the right to what it does."""

    rights: tuple[Permission, ...]
    start: str
    steps: tuple[Answers, ...]

    def missing(self, role: Role) -> Permission | None:
        """Return the first of its rights that the role has not."""
        return next((right for right in self.rights if not role.can(right)), None)


PAPER = Upload("invoice.pdf", "application/pdf", 3, "ab" * 32)
PHOTO = Upload("box.png", "image/png", 3, "ab" * 32)
MESSAGE: Answers = {
    "situation": "late",
    "first": "buyer",
    "shipping": "seller",
    "language": "en",
    "remedy": "refund",
}
ORDER: Answers = {"order": drafts.MESSAGE.order, "ordered_on": "2026-11-20"}
MATTER: Answers = {
    "need": "other",
    "about": ASIN,
    "since": "2026-11-20",
    "merchant": "",
    "language": "en",
}
STORY: Answers = {
    "happened": "The page was changed.",
    "steps": (),
    "done": "We have told them.",
    "wish": "Please check it.",
    "earlier": "",
}
WALKS: Mapping[str, Walk] = {
    "answer": Walk(
        (Permission.WORK_CASES,), f"report-answer {FILED}", ({"outcome": "accepted", "words": ""},)
    ),
    "attack": Walk(
        (Permission.WORK_CASES,),
        "attack takeover",
        (
            {"kind": "takeover", "day": "2026-11-23", "often": "once", "damage": ""},
            {"source_kind": "unknown", "source": "", "products": ASIN, "market": "US"},
        ),
    ),
    "collect": Walk(
        (Permission.WORK_CASES,),
        "collect 1",
        ({"what": "paper"}, {"files": (PAPER,), "caption": "An invoice"}),
    ),
    "confirm-act": Walk((Permission.UNWATCH,), f"unwatch {SECOND}", ({},)),
    "compare": Walk(
        (Permission.WORK_CASES,),
        "show-grid 1",
        ({"received": str(PIECE + 2), "genuine": str(PIECE + 3)},),
    ),
    "difference": Walk(
        (Permission.WORK_CASES,),
        "add-difference 1",
        ({"what": "No logo", "received": "A1", "genuine": "", "more": "no"},),
    ),
    "plan-test-buy": Walk(
        (Permission.WORK_CASES,),
        "plan-test-buy 1",
        ({"buyer": "ana", "place": "The office", "budget": "", "remind": "2026-11-25"},),
    ),
    "test-buy-ordered": Walk(
        (Permission.WORK_CASES,),
        f"test-buy-ordered {TO_BUY}",
        ({"order": "123-1234567-1234567", "ordered": "2026-11-23", "price": ""},),
    ),
    "test-buy-arrived": Walk(
        (Permission.WORK_CASES,),
        f"test-buy-arrived {BOUGHT}",
        ({"files": (PHOTO,), "caption": "The box"},),
    ),
    "delete": Walk(
        (Permission.CONFIGURE,), f"delete-evidence {ONE}-{PIECE:04d}", ({"why": "A mistake"},)
    ),
    "redact": Walk((Permission.CONFIGURE,), f"redact 1 {NOTED}", ({"why": "A buyer is named"},)),
    "decide": Walk(
        (Permission.WORK_CASES,),
        "decide 000003-1",
        ({"what": "Look", "owner": "me", "due": "2026-12-01"},),
    ),
    "leave": Walk((Permission.WORK_CASES,), "leave-point 000003-1", ({"why": "It is over"},)),
    "confirm-weak": Walk(
        (Permission.WORK_CASES,), f"confirm-report {WEAK}", ({"reason": "They sell out."},)
    ),
    "discard-report": Walk(
        (Permission.WORK_CASES,), f"retract-report {CONFIRMED}", ({"reason": ""},)
    ),
    "edit-report": Walk((Permission.WORK_CASES,), f"edit-report {DRAFT}", ({"text": "Another"},)),
    "filed": Walk((Permission.WORK_CASES,), f"report-filed {FILED}", ({"complaint": "C1"},)),
    "item-problem": Walk(
        (Permission.WORK_CASES,), "item-problem K-1/keys", ({"wrong": "Old keys"},)
    ),
    "item-change": Walk((Permission.WORK_CASES,), "item-change K-1/seats", ({"ours": ("0",)},)),
    "item-proof": Walk((Permission.WORK_CASES,), "item-done K-1/users", ({"proof": "ana"},)),
    "paper": Walk(
        (Permission.CONFIGURE,),
        "papers add",
        (
            {"kind": "invoice", "name": "Steel", "party": "", "products": "", "file": ()},
            {"since": "", "until": ""},
        ),
    ),
    "report": Walk(
        (Permission.WORK_CASES,),
        "report 1",
        ({"matter": "reviews"}, {"knows": "no"}, {"draft": "yes"}),
    ),
    "right": Walk(
        (Permission.CONFIGURE,),
        "rights add",
        (
            {"kind": "copyright", "name": "Photos"},
            {"owner": ""},
        ),
    ),
    "assign": Walk((Permission.WORK_CASES,), "assign-to 1", ({"assignee": "zoe"},)),
    "close": Walk(
        (Permission.WORK_CASES,),
        "close 1",
        ({"reason": CloseReason.FALSE_ALARM.value, "note": ""},),
    ),
    "seller-note": Walk(
        (Permission.WORK_CASES,),
        f"seller-note {THIEF}",
        ({"nickname": "Walter", "price": "", "note": ""},),
    ),
    "acknowledge-cases": Walk((Permission.WORK_CASES,), "acknowledge-cases 1", ({},)),
    "assign-cases": Walk((Permission.WORK_CASES,), "assign-cases 1", ({},)),
    "snooze-cases": Walk((Permission.WORK_CASES,), "snooze-cases 1", ({"hours": "4"},)),
    "close-cases": Walk(
        (Permission.WORK_CASES,),
        "close-cases 1",
        ({"reason": CloseReason.FALSE_ALARM.value, "note": ""},),
    ),
    "authorise": Walk(
        (Permission.AUTHORISE,),
        f"authorize {THIEF}",
        ({"where": "all", "products": "", "until": ""},),
    ),
    "settings": Walk(
        (Permission.CONFIGURE,),
        "change-settings",
        (
            {
                "zone": "Asia/Tokyo",
                "digest": "9",
                "language": "en",
                "quiet_from": "off",
                "quiet_to": "",
            },
            {"confirm": "two", "keep": "always", "margin": "off"},
            {"mention": "critical", "escalate": "", "calls": "3"},
            {"saved": "save"},
        ),
    ),
    "add-person": Walk(
        (Permission.CONFIGURE,), "add-person", ({"name": "Cleo", "role": "viewer"},)
    ),
    "reopen": Walk((Permission.AUTHORISE,), "reopen 2", ({"trust": "stop"},)),
    "buyer": Walk((Permission.WORK_CASES,), "buyer", (MESSAGE, ORDER)),
    "buyer-text": Walk(
        (Permission.WORK_CASES,), "change-letter L-1", ({"text": drafts.MESSAGE.text},)
    ),
    "letter-answer": Walk(
        (Permission.WORK_CASES,), "letter-answered L-3", ({"outcome": "solved", "words": ""},)
    ),
    "letter-sent": Walk((Permission.WORK_CASES,), "letter-sent L-2", ({"ticket": "1234"},)),
    "support": Walk((Permission.WORK_CASES,), "support", (MATTER, STORY)),
    "support-text": Walk(
        (Permission.WORK_CASES,), "change-letter L-2", ({"text": drafts.REQUEST.text},)
    ),
    "note": Walk(
        (Permission.WORK_CASES,), "add-note 1", ({"case": "1", "note": "Look", "files": ()},)
    ),
    "snooze": Walk((Permission.WORK_CASES,), "snooze 1", ({"hours": "day"}, {"day": "2026-12-01"})),
    "watch": Walk(
        (Permission.WATCH,),
        "watch",
        (
            {"product": "B0PRODUC01"},
            {"market": "US", "floor": "", "sku": "", "units": ""},
        ),
    ),
}
TRUST = Walk(
    (Permission.WORK_CASES, Permission.AUTHORISE),
    "close 1",
    ({"reason": CloseReason.AUTHORISED.value, "note": ""},),
)
"""A reason for closing that also authorises the seller."""


@asynccontextmanager
async def busy_team(folder: Path) -> AsyncIterator[Team]:
    """A team with an open case and a seller whom it trusts."""
    async with opened_team(folder) as team:
        await prepare(team)
        await set_up(team)
        await open_page(team)
        yield team


async def open_page(team: Team) -> None:
    """Serve the local page, as far as links go, and give Dora the first account on it."""
    links_of(team)
    async with team.app.store.transaction() as tx:
        await add_account(tx, "Dora", Role.MEMBER, team.clock.now)


@pytest.fixture
async def busy(tmp_path: Path) -> AsyncIterator[Team]:
    async with busy_team(tmp_path) as team:
        yield team


def looking_alike(team: Team) -> list[Candidate]:
    ours = CatalogItem(asin=ASIN, marketplace="US", title="Pan")
    return [
        Candidate(
            item=msgspec.structs.replace(ours, asin=key.removeprefix("US-")),
            ours=ours,
            likeness=ProductLikeness(name=1.0, score=0.9),
            found_at=team.clock.now,
            verdict=verdict,
        )
        for verdict, key in LOOKS_LIKE.items()
    ]


def offered(team: Team) -> ListingsPreview:
    """Return what the account lists, and that nobody decided on yet."""
    return ListingsPreview(
        id=OFFERED,
        asked_at=team.clock.now,
        state=PreviewState.OFFERED,
        counts={"US": ListingCounts(products=1, offered=1)},
    )


async def prepare(team: Team) -> None:
    """Give it one of everything that a role may do something to."""
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    friend = Seller(id=FRIEND, authorised=(EVERYWHERE,), by=ANA[0], at=team.clock.now)
    async with team.app.store.transaction() as tx:
        tx.put(SELLERS, friend)
        tx.put(UNDOABLES, changed_hour(team))
        tx.put(TEAMS, Settings(digest_hour=8, duties={"supply": Person("zoe", "Zoe")}))
        for number in (2, 3):
            tx.put(CASES, trusted_case(team, number))
        for key, bought in ((TO_BUY, BuyState.PLANNED), (BOUGHT, BuyState.ORDERED)):
            tx.put(PLANNED_BUYS, planned_buy(team, key, bought))
        tx.put(WATCHES, Watch(asin=NOWHERE, marketplace="US", added_at=team.clock.now))
        tx.put(STATUSES, WatchStatus(key=f"US-{NOWHERE}", unknown=True))
        tx.put(LISTINGS_PREVIEWS, offered(team))
        tx.put(SEARCHES, CopycatSearch(id=OFFERED, asked_at=team.clock.now, state=SearchState.DONE))
        for candidate in looking_alike(team):
            tx.put(CANDIDATES, candidate)
        tx.put(EVIDENCE_ITEMS, picture(team))
        for number, kind in enumerate(PHOTOS, start=1):
            photo = msgspec.structs.replace(picture(team), place=PIECE + number, kind=kind)
            tx.put(EVIDENCE_ITEMS, photo)
        tx.put(COMPARISONS, COMPARED)
        tx.put(ENTRIES, noted(team))
        run = checklist_run(team.clock.now)
        tasks = (*run.tasks, changed(team.clock.now))
        tx.put(RUNS, msgspec.structs.replace(run, tasks=tasks))
        tx.put(ITEM_STATUSES, foreign(team.clock.now))
        tx.put(REVIEWS, REVIEW)
        changed_page, differing, request, about_page = page_documents(team, PAGE_CASE)
        for page in (changed_page, differing):
            tx.put(GUARDED_PAGES, page)
        tx.put(PAGE_APPROVALS, request)
        tx.put(CASES, about_page)
        for letter in three(team.clock.now):
            tx.put(LETTERS, letter)
        for filed in reports(team):
            tx.put(REPORTS, filed)


async def set_up(team: Team) -> None:
    """Begin the first run, with a test alert."""
    async with team.app.store.transaction() as tx:
        tx.put(FIRST_RUNS, FirstRun(message="setup-1"))
        tx.put(TRIAL_ALERTS, TRIAL)


def changed_hour(team: Team) -> Undoable:
    image = Image.of(TEAMS, Settings(), Settings(digest_hour=8))
    return Undoable(
        key=DONE,
        who=BEN[0],
        at=team.clock.now,
        until=team.clock.now + UNDO_FOR,
        title="Ben changed a setting.",
        permission=Permission.CONFIGURE,
        images=(image,),
    )


def planned_buy(team: Team, case: str, state: BuyState) -> PlannedBuy:
    at = team.clock.now
    return PlannedBuy(
        case=case, entry=1, buyer=BEN[0], planned_by=BEN[0], planned_at=at, state=state
    )


def trusted_case(team: Team, number: int) -> Case:
    """Return a case that was closed because its seller is trusted."""
    return Case(
        number=number,
        fingerprint=f"US/{FRIEND}",
        marketplace="US",
        seller=FRIEND,
        opened_at=team.clock.now,
        closed_at=team.clock.now,
        open=False,
        reason=CloseReason.AUTHORISED,
        asins=(ASIN,),
    )


def noted(team: Team) -> Entry:
    at = team.clock.now
    return Entry(
        case=ONE,
        place=NOTED,
        at=at,
        day=at.date().isoformat(),
        kind=EntryKind.NOTE,
        text="Eve: Jane Roe called",
        who=Person("eve", "Eve"),
    )


def picture(team: Team) -> EvidenceItem:
    file = Upload("page.png", "image/png", 1, "ab" * 32)
    return EvidenceItem(
        case=ONE, place=PIECE, at=team.clock.now, kind=EvidenceKind.CAPTURE, file=file
    )


def reports(team: Team) -> list[Report]:
    """Return one report of each kind, and enough refused ones to make a weak one need a reason."""
    now, change = team.clock.now, msgspec.structs.replace
    weak = change(report(team, WEAK, ReportState.DRAFT), claim=Claim.DUPLICATE)
    refused = report(team, 10, ReportState.CLOSED)
    return [
        report(team, DRAFT, ReportState.DRAFT),
        report(team, FILED, ReportState.FILED),
        report(team, REFUSED, ReportState.REFUSED),
        report(team, CONFIRMED, ReportState.CONFIRMED),
        change(
            report(team, RETURNED, ReportState.ACCEPTED),
            filed_at=now,
            removed_at=now,
            returned_at=now,
        ),
        change(weak, versions=(change(weak.versions[0], text=f"{weak.text} Just look."),)),
        *(change(refused, number=number, open=False, answered_at=now) for number in range(10, 20)),
    ]


def report(team: Team, number: int, state: ReportState) -> Report:
    """Return a report that nothing speaks against, drafted by somebody who is not here."""
    now, author = team.clock.now, Person("eve", "Eve")
    text = f"{ASIN} by {THIEF} on {now:%Y-%m-%d}: the brand of our page was changed. " * 4
    return Report(
        number=number,
        case=ONE,
        recommendation=Recommendation.POLICY,
        claim=Claim.TAKEOVER,
        marketplace="US",
        asins=(ASIN,),
        seller=THIEF if state is ReportState.DRAFT else FRIEND,
        grounds=Grounds.SUSPICION,
        no_orders="It is about our page.",
        versions=(Version(text, now, author),),
        state=state,
        drafted_at=now,
        drafted_by=author,
    )


async def kept(team: Team) -> dict[str, list[msgspec.Struct]]:
    """Return all that is stored but the audit record, which a refusal stands in as well."""
    record = (AUDIT, AUDIT_KEYS)
    collections: list[Collection[Any]] = [each for each in COLLECTIONS if each not in record]
    return {one.name: await team.app.store.page(one, limit=1000) for one in collections}


def refused(replies: list[Reply], right: Permission | None) -> bool:
    """Tell whether the answer is that this right is missing; without one, that any is.

    A stranger hears one sentence and sees nothing else.
    """
    if [text for text in texts(replies) if text.startswith(BARRED)]:
        assert len(replies) == 1
        return True
    rights = (right,) if right else tuple(Permission)
    sentences = [f"Only {NEEDED[each].label}s can {each.label}" for each in rights]
    return any(text.startswith((*sentences, str(NotAllowed()))) for text in texts(replies))


def texts(replies: list[Reply]) -> list[str]:
    return [reply.text for reply in replies if isinstance(reply, Notice)]


async def in_each_role(
    folder: Path, writes: Callable[[Role], bool], attempt: Callable[[Team, Role], Awaitable[None]]
) -> None:
    """Let each role try it; who may write does so to a team where nobody else has written."""
    writers = [role for role in Role if writes(role)]
    async with busy_team(folder / "shared") as team:
        for role in [role for role in Role if role not in writers] + writers[:1]:
            await attempt(team, role)
    for role in writers[1:]:
        async with busy_team(folder / role.name) as team:
            await attempt(team, role)


async def check(
    folder: Path, action: Action, act: Callable[[Team, Role], Awaitable[list[Reply]]]
) -> None:
    """Let each role do it, and compare what came of it with what the role may do."""

    async def attempt(team: Team, role: Role) -> None:
        case = await team.app.store.get(CASES, ONE)
        if action.closed and case and case.open:
            await run(team, WALKS["close"], ANA)
        before = await kept(team)
        replies = await act(team, role)
        allowed = role.can(action.right)
        assert refused(replies, action.right) is not allowed, (role, replies)
        assert not allowed or action.says in "\n".join(texts(replies)), (role, replies)
        changed = await kept(team) != before
        assert changed is (allowed and action.changes), (role, replies)

    await in_each_role(folder, lambda role: action.changes and role.can(action.right), attempt)


def words(name: str, action: Action) -> str:
    return f"{name} {action.text}".strip()


def test_every_command_button_and_flow_is_in_these_tables() -> None:
    assert set(TYPED) == {spec.name for spec in COMMANDS}
    assert set(PRESSED) == set(FEATURES.buttons)
    assert set(WALKS) == set(FEATURES.flows)
    assert set(NEEDED) == set(Permission)
    assert set(ALIASES.values()) <= set(TYPED)


COMMANDED = [(name, action) for name, action in TYPED.items()] + list(FURTHER.values())


@pytest.mark.parametrize("surface", ["typed", pytest.param("pressed", marks=pytest.mark.ci)])
@pytest.mark.parametrize(("name", "action"), COMMANDED, ids=lambda one: getattr(one, "text", one))
async def test_a_command_is_for_who_has_its_right(
    tmp_path: Path, name: str, action: Action, surface: str
) -> None:
    async def act(team: Team, role: Role) -> list[Reply]:
        text = words(name, action)
        if surface == "typed":
            return await team.type(f"/{text}", WHO[role])
        return await team.press(SHOW, text, WHO[role])

    await check(tmp_path, action, act)


@pytest.mark.parametrize(
    "surface",
    ["pressed", *(pytest.param(each, marks=pytest.mark.ci) for each in ("typed", "shown"))],
)
@pytest.mark.parametrize("name", PRESSED)
async def test_a_case_button_is_for_who_has_its_right(
    tmp_path: Path, name: str, surface: str
) -> None:
    action = PRESSED[name]

    async def act(team: Team, role: Role) -> list[Reply]:
        number = action.on or 1
        if surface == "pressed":
            ref = report_key(number) if action.on else ONE
            return await team.press(name, action.key or ref, WHO[role])
        said = f"{name} {action.key or number}"
        if surface == "shown":
            return await team.press(SHOW, said, WHO[role])
        return await team.type(f"/{said}", WHO[role])

    typed = TYPED.get(ALIASES.get(name, name)) if surface != "pressed" else None
    # /authorise names a seller, the button of that name a case.
    if typed is None:
        await check(tmp_path, action, act)
    else:
        assert typed.right is action.right


async def run(team: Team, flow: Walk, last: tuple[Person, Role]) -> list[Reply]:
    """Let an admin go through a flow, and somebody hand in its last form."""
    ask = await opened(team, flow)
    return await team.submit(ask, flow.steps[-1], last)


async def opened(team: Team, flow: Walk) -> Ask:
    """Let an admin open a flow and go to its last step."""
    ask = asked(await team.type(flow.start, yes=False))
    for answers in flow.steps[:-1]:
        ask = asked(await team.submit(ask, answers))
    return ask


@pytest.mark.parametrize("name", [*WALKS, "trust"])
async def test_a_form_is_finished_by_who_has_its_right(tmp_path: Path, name: str) -> None:
    flow = WALKS.get(name, TRUST)

    async def attempt(team: Team, role: Role) -> None:
        ask = await opened(team, flow)
        before = await kept(team)
        replies = await team.submit(ask, flow.steps[-1], WHO[role])
        missing = flow.missing(role)
        allowed = missing is None
        outcome = [refused(replies, missing), await kept(team) == before]
        assert outcome == [not allowed] * 2, (role, replies)
        assert (await team.app.store.get(SESSIONS, ask.session) is None) is allowed, role

    await in_each_role(tmp_path, lambda role: flow.missing(role) is None, attempt)


@pytest.mark.parametrize("name", WALKS)
async def test_a_form_goes_on_for_who_has_its_right(tmp_path: Path, name: str) -> None:
    flow = WALKS[name]

    async def attempt(team: Team, role: Role) -> None:
        ask = asked(await team.type(flow.start, yes=False))
        before = await kept(team)
        again = await team.press(CONTINUE, ask.session, WHO[role])
        before_it = await team.press(BACK, ask.session, WHO[role])
        onward = await team.submit(ask, flow.steps[0], WHO[role])
        missing = flow.missing(role)
        allowed = missing is None
        tried = (again, before_it, onward)
        assert [refused(each, missing) for each in tried] == [not allowed] * 3, role
        assert (await kept(team) == before) is not allowed, role

    await in_each_role(tmp_path, lambda role: flow.missing(role) is None, attempt)


@pytest.mark.parametrize("name", WALKS)
async def test_each_input_of_a_flow_is_a_field_of_its_form(busy: Team, name: str) -> None:
    """What has no field would be asked and forgotten."""
    flow = WALKS[name]
    ask = asked(await busy.type(flow.start, yes=False))
    form = busy.app.features.flows[name].form
    for answers in flow.steps:
        inputs = {each.name for each in ask.form.inputs}
        assert inputs <= set(form.__struct_fields__)
        if answers is flow.steps[-1]:
            break
        ask = asked(await busy.submit(ask, answers))
