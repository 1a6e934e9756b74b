"""Cards and forms of the quarterly review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from bot.core.cards import Card
from bot.core.files import Upload
from bot.core.flows.forms import known_in
from bot.core.forms import Option
from bot.core.interactions import Ask
from bot.features.checklists.models.decisions import Decision
from bot.features.reviews.flows import DecideForm
from bot.features.reviews.models.reviews import Point, Review
from bot.features.reviews.views import overview_card, point_card, review_card
from tests.fakes import START as NOW
from tests.pictures.asking import asked
from tests.pictures.story import ANA, BEN, THIEF

OFFENDER = Point(
    heading=f"3 sources that came back, first {THIEF}",
    says=f"{THIEF}: 14 incidents since 31 Jul 2026, A2KITCHENNOOK7: 5 incidents since 29 Jun 2026, "
    "A9REGIONALDLR3: 2 incidents since 16 Sep 2026.",
    propose=f"Report {THIEF} and list all its cases. If it comes back again, ask a lawyer.",
    refs=("C-2", "A-4", "C-4", "C-5", "A-6", "C-7"),
)
DRIFT = Point(
    heading="Unexpected changes: 1",
    says="'We know every user, and what each may do': 1 user that you did not have at the last "
    "review: temp-va (all permissions).",
    propose="Find the reason for each change. Remove users and apps that do not belong.",
    refs=("K-10",),
)
MISSED = Point(
    heading="1 of 8 checklists not completed",
    says="4 of 48 items were left: Account security (1 time).",
    propose="Assign 'Account and access' to someone who has time, or run it less often.",
    refs=("K-7",),
)
DECISION = Decision(
    number=3,
    review="000002",
    text="Remove temp-va, and ask the agency who asked for that user",
    owner=BEN,
    due=NOW.date() + timedelta(days=28),
    decided_by=ANA,
    decided_at=NOW,
)
LATE = msgspec.structs.replace(
    DECISION,
    number=1,
    text="Give the box a mark that a copy cannot have",
    due=NOW.date() - timedelta(days=12),
)
REVIEW = Review(
    number=2,
    quarter="2026 Q4",
    since=date(2026, 10, 1),
    until=date(2026, 12, 31),
    points=(
        OFFENDER,
        msgspec.structs.replace(DRIFT, decision=3),
        msgspec.structs.replace(MISSED, left="Ben was on leave", left_by=ANA),
    ),
    numbers=(
        ("Attacks", "5 (3 in the previous quarter)"),
        ("Unknown sellers", "12 cases (9 in the previous quarter)"),
        ("Accepted this quarter", "67% (2 of 3)"),
        ("Time to removal", "5 d 12 h, median of 2"),
        ("Checklists", "7 of 8 completed"),
        ("Unsolved problems", "0"),
        ("Security score", "64% to 89%"),
        ("Products", "6 watched"),
        ("Letters to Amazon", "0 sent"),
        ("Lessons", "not measured: none answered"),
    ),
    unseen=(
        "No lessons were answered, so the team's knowledge was not measured.",
        "Attacks count only if a rule detects them or someone logs them with /attack.",
    ),
    made_at=NOW,
    file=Upload("review-2026-Q4.pdf", "application/pdf", 60_000, "ab" * 32),
)


def _forms() -> dict[str, Ask]:
    today = NOW.date()
    owners = (
        Option("me", "Me"),
        Option("lead", "Lead: Ana Alder"),
        Option("account", "Account and access: Ben"),
    )
    title = f"1. {OFFENDER.heading}"
    known = DecideForm(
        title=title,
        what=OFFENDER.propose,
        owners=owners,
        due=today + timedelta(days=28),
        today=today,
    )
    return {
        "form-decide": asked("decide", known_in(known)),
        "form-leave": asked("leave", {"title": title}),
    }


CARDS: Mapping[str, Card] = {
    "review": review_card(REVIEW),
    "review-point": point_card(REVIEW, 0, None),
    "review-point-decided": point_card(REVIEW, 1, DECISION),
    "review-point-left": point_card(REVIEW, 2, None),
    "review-overview": overview_card(REVIEW, [LATE, DECISION], NOW.date()),
    "review-none": overview_card(None, [], NOW.date()),
}
FORMS: Mapping[str, Ask] = _forms()
