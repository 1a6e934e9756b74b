"""An alert's card in each state that it goes through, from new to closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from bot.core.cards import Card
from bot.core.team import Team
from bot.features.cases.models.cases import Case, CloseReason
from bot.features.cases.models.events import EvidenceNeed
from bot.features.cases.models.profiles import SellerProfile
from bot.features.cases.models.signals import Affected
from bot.features.cases.rules import transitions
from bot.features.cases.views.case import case_card
from bot.features.cases.views.context import CaseContext
from bot.features.reports.models.reports import Report, ReportState
from bot.features.reports.rules import steps
from bot.features.reports.views.standing import case_report
from tests.fakes import START as NOW
from tests.pictures import reporting
from tests.pictures.story import ANA, BEN, BOWL, CRITICAL, SCENE, THIEF, ago

PICTURE = "https://m.media-amazon.com/images/I/bowl.jpg"
PROFILE = SellerProfile(
    seller=THIEF,
    marketplace="US",
    name="BrightLeaf Store 88",
    source="",
    read_at=ago(minutes=3),
)


def _view(report: Report | None = None, evidence: int = 0) -> CaseContext:
    needs = tuple(
        EvidenceNeed(name=name, label=label, why="", has=evidence)
        for name, label in (("buy", "Test buy"), ("photo", "Photos"))
    )
    return msgspec.structs.replace(
        SCENE,
        team=Team(zone="America/New_York", margin=30),
        profiles={PROFILE.key: PROFILE},
        pictures={BOWL.key: PICTURE},
        needs={CRITICAL.key: needs},
        reports={CRITICAL.key: case_report(report)} if report else {},
    )


def ended(case: Case, view: CaseContext) -> tuple[Case, CaseContext]:
    """End all that goes on in a case, half a minute ago."""
    known: list[Affected] = []
    for on in view.affected[case.key]:
        after = on
        for signal in on.signals:
            end = msgspec.structs.replace(signal, ended_at=ago(seconds=30))
            case, after = case.with_signal(after, end)
        known.append(after)
    return case, msgspec.structs.replace(view, affected={case.key: tuple(known)})


_SEEN = transitions.acknowledge(CRITICAL, ANA, ago(minutes=1)).case
_OURS = transitions.assign(_SEEN, ANA, ago(minutes=1)).case
_BENS = transitions.assign(_SEEN, BEN, ago(seconds=40)).case
_WANTED = steps.answer(reporting.FILED, ago(hours=5), ReportState.WANTED)
_BACK = steps.returned(reporting.GONE, ago(minutes=3), ago(minutes=2)) or reporting.GONE


def cards() -> dict[str, Card]:
    """Return a card by the state, in the order in which a case goes through them."""
    over, what_was = ended(_OURS, _view(reporting.GONE, 1))
    until = NOW + timedelta(days=1)
    snoozed = transitions.snooze(_OURS, ANA, ago(minutes=1), until, "24 Nov 05:00").case
    return {
        "alert-new": case_card(CRITICAL, _view()),
        "alert-acknowledged": case_card(_OURS, _view()),
        "alert-assigned": case_card(_BENS, _view()),
        "alert-snoozed": case_card(snoozed, _view()),
        "alert-drafted": case_card(_OURS, _view(reporting.WEAK, 1)),
        "alert-confirmed": case_card(_OURS, _view(reporting.CONFIRMED, 1)),
        "alert-filed": case_card(_OURS, _view(reporting.FILED, 1)),
        "alert-wanted": case_card(_OURS, _view(_WANTED, 1)),
        "alert-refused": case_card(_OURS, _view(reporting.REFUSED, 1)),
        "alert-accepted": case_card(_OURS, _view(reporting.ACCEPTED, 1)),
        "alert-over": case_card(over, what_was),
        "alert-relisted": case_card(_OURS, _view(_BACK, 1)),
        "alert-closed": case_card(_closed(over, CloseReason.REPORTED), what_was),
        "alert-authorised": case_card(_closed(_OURS, CloseReason.AUTHORISED), _view()),
    }


def _closed(case: Case, reason: CloseReason) -> Case:
    note = "Accepted within a day." if reason is CloseReason.REPORTED else ""
    return transitions.close(case, BEN, ago(seconds=10), reason, note).case


CARDS: Mapping[str, Card] = cards()
