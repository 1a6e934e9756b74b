"""Cards and forms of a report's way, for the pictures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from bot.core.cards import Card
from bot.core.files import Upload
from bot.core.forms import Answers
from bot.core.interactions import Ask
from bot.core.labeled import Recommendation
from bot.core.links import Links
from bot.core.money import Money
from bot.core.views.lists import ListPage
from bot.features.cases.views.case import case_title
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind, Purchase, needs
from bot.features.evidence.models.plans import PlannedBuy
from bot.features.evidence.views.evidence import evidence_card
from bot.features.evidence.views.test_buys import (
    buy_first_card,
    buy_reminder_card,
    planned_buy_card,
)
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.lint_input import LastObservation, LintInput
from bot.features.reports.models.observations import Grounds
from bot.features.reports.models.reports import (
    Packet,
    RejectionReason,
    Report,
    ReportState,
    Version,
)
from bot.features.reports.rules import steps
from bot.features.reports.rules.acceptance import AcceptanceRate, share
from bot.features.reports.rules.lint import lint
from bot.features.reports.rules.wording import ReportedProduct, Subject
from bot.features.reports.texts.writing import authorisation_letter, report_text
from bot.features.reports.views.handover import (
    draft_again_card,
    filed_card,
    packet_card,
    withdrawn_card,
)
from bot.features.reports.views.report import letter_card, reminder_card, report_card
from bot.features.reports.views.reports import ClaimCount, reports_card
from bot.features.rights.models import (
    BrandRight,
    BrandRightKind,
    BrandRightStatus,
    RightsDocument,
    RightsDocumentKind,
)
from bot.features.rights.views import documents_card, rights_card
from tests.fakes import START as NOW
from tests.pictures import story
from tests.pictures.asking import asked
from tests.pictures.story import ANA, BEN, SCENE, THIEF, ago, usd

MARK = BrandRight(
    number=1,
    kind=BrandRightKind.TRADEMARK,
    name="ALDER & FINCH",
    registration="7123456",
    country="US",
    owner="Alder & Finch Ltd",
    classes="8, 21",
    expires=date(2027, 1, 15),
)
PENDING = BrandRight(
    number=2,
    kind=BrandRightKind.TRADEMARK,
    name="ALDER & FINCH",
    country="EU",
    status=BrandRightStatus.PENDING,
)
LETTER = RightsDocument(
    number=1,
    kind=RightsDocumentKind.AUTHORISATION,
    name="Harbor Goods, letter of March",
    party="A2HARBORGOODS7",
    products=(story.BOWL.asin,),
    until=NOW.date() + timedelta(days=40),
)
BOUGHT = Purchase(
    order="123-1234567-1234567",
    ordered_on=date(2026, 11, 16),
    arrived_on=date(2026, 11, 20),
    observed="The logo is printed; on the genuine bowl it is embossed. The batch mark is missing.",
    verified="Compared side by side with a bowl of batch 7731 under a lens.",
)


def _piece(place: int, kind: EvidenceKind, caption: str) -> EvidenceItem:
    media = "text/csv" if kind is EvidenceKind.ORDERS else "image/png"
    bought = kind is EvidenceKind.TEST_BUY
    return EvidenceItem(
        case=story.CRITICAL.key,
        place=place,
        at=ago(hours=3),
        kind=kind,
        caption=caption,
        who=None if kind is EvidenceKind.CAPTURE else BEN,
        file=None if bought else Upload("x", media, 1, "ab" * 32),
        purchase=BOUGHT if bought else None,
    )


PIECES = (
    _piece(1, EvidenceKind.CAPTURE, "the offer's page with price and seller"),
    _piece(2, EvidenceKind.TEST_BUY, f"order {BOUGHT.order}"),
    _piece(3, EvidenceKind.RECEIVED, "logo printed, no batch mark"),
    _piece(4, EvidenceKind.GENUINE, "logo embossed, batch 7731"),
)
SUBJECT = Subject(
    brand="Alder & Finch",
    claim=Claim.COUNTERFEIT,
    site="amazon.com",
    products=(ReportedProduct(story.BOWL.asin, story.BOWL.title),),
    seller=THIEF,
    first_seen=ago(days=6),
    last_seen=ago(minutes=4),
    price=Money(Decimal("31.90"), "USD"),
    right=MARK,
    purchases=(BOUGHT,),
    evidence=tuple(PIECES),
)
WEAK = Report(
    number=3,
    case=story.CRITICAL.key,
    recommendation=Recommendation.INFRINGEMENT,
    claim=Claim.COUNTERFEIT,
    marketplace="US",
    asins=(story.BOWL.asin,),
    seller=THIEF,
    grounds=Grounds.TEST_BUY,
    right=MARK.key,
    versions=(Version(report_text(SUBJECT, "en"), NOW, BEN),),
    drafted_at=ago(hours=2),
    drafted_by=BEN,
)
CONFIRMED = steps.confirm(WEAK, ANA, ago(hours=1), two_persons=True)
PACKET = Packet(
    pdf=Upload("C-12-R-3.pdf", "application/pdf", 300_000, "ab" * 32),
    archive=Upload("C-12-R-3.zip", "application/zip", 4_000_000, "cd" * 32),
    seal="4f0c1d5e" * 8,
    made_at=NOW,
)
FILED = steps.file(CONFIRMED, BEN, ago(days=3, hours=4), "13579-2468")
REFUSED = steps.answer(FILED, ago(hours=5), ReportState.REFUSED, RejectionReason.VAGUE)
ACCEPTED = steps.answer(FILED, ago(hours=5), ReportState.ACCEPTED)
GONE = steps.removed(ACCEPTED, NOW) or ACCEPTED
SHARE = AcceptanceRate(9, 10)


def _card(report: Report, *pieces: EvidenceItem) -> Card:
    lint_input = LintInput(
        report=report,
        items=pieces,
        right=MARK,
        allowed=False,
        left_alone=False,
        last_observation=LastObservation(there=True, seen_at=ago(minutes=4)),
        now=NOW,
    )
    return report_card(lint_input, lint(lint_input), SHARE, SCENE)


def _list() -> Card:
    reports = [
        msgspec.structs.replace(GONE, number=3),
        msgspec.structs.replace(REFUSED, number=2, claim=Claim.USED_AS_NEW),
        msgspec.structs.replace(WEAK, number=1),
    ]
    tallies = [
        ClaimCount(
            claim=Claim.COUNTERFEIT, share=share(reports, NOW, Claim.COUNTERFEIT), removal=273600
        ),
        ClaimCount(
            claim=Claim.USED_AS_NEW, share=share(reports, NOW, Claim.USED_AS_NEW), removal=None
        ),
    ]
    states = {ReportState.ACCEPTED: 1, ReportState.REFUSED: 1, ReportState.DRAFT: 1}
    page = ListPage.of(1, 3, "reports")
    return reports_card(reports, share(reports, NOW), tallies, states, page, SCENE.team)


PLANNED = PlannedBuy(
    case=story.CRITICAL.key,
    entry=4,
    asin="B0ALDER000",
    buyer=BEN,
    place="Ben's home",
    budget=usd("40"),
    planned_by=ANA,
    planned_at=NOW,
    due_at=NOW + timedelta(days=2),
)
PRODUCTS = (
    ("B0ALDER000", "B0ALDER000 Walnut Salad Bowl"),
    ("B0ALDER002", "B0ALDER002 Tray"),
)


def cards() -> dict[str, Card]:
    """Return one of each kind, in the language that is spoken."""
    registry = Links().report_forms("US", Recommendation.INFRINGEMENT)[:1]
    [(_, page)] = registry
    return {
        "report-weak": _card(WEAK, PIECES[0]),
        "report-ready": _card(WEAK, *PIECES),
        "report-filed": _card(FILED, *PIECES),
        "report-refused": _card(REFUSED, *PIECES),
        "report-gone": _card(GONE, *PIECES),
        "report-reminder": reminder_card(steps.remind(FILED, NOW)),
        "report-packet": packet_card(CONFIRMED, PACKET, ["7123456", BOUGHT.order], registry),
        "report-packet-filed": filed_card(FILED, ["7123456", BOUGHT.order]),
        "report-packet-withdrawn": withdrawn_card(CONFIRMED),
        "report-packet-draft": draft_again_card(CONFIRMED),
        "report-letter": letter_card("C-12", authorisation_letter(SUBJECT, "en"), page),
        "reports": _list(),
        "test-buy": planned_buy_card(story.CRITICAL, PLANNED, SCENE.team, NOW),
        "test-buy-reminder": buy_reminder_card(story.CRITICAL, PLANNED),
        "test-buy-first": buy_first_card(story.CRITICAL),
        "evidence": evidence_card(
            story.CRITICAL, PIECES, needs(PIECES), ListPage.of(1, 4, "evidence 12"), SCENE
        ),
    }


def forms() -> dict[str, Ask]:
    """Return one of each kind, in the language that is spoken."""
    case = {"case": story.CRITICAL.label, "headline": case_title(story.CRITICAL)}
    about = {"label": "C-12", "marketplace": "US", "seller": story.THIEF}
    have = (f"{'✓' if each.met else '✗'} {each.label}" for each in needs(PIECES[:1]))
    bought: tuple[str, Answers] = ("what", {"what": "test-buy", "asin": "B0ALDER000"})
    order: Answers = {
        "order": "111-1234567-1234567",
        "seller": story.THIEF,
        "sold_by": "",
        "asin": "B0ALDER000",
        "price": "24.99",
    }
    test_buy = {"needs": "", "about": about, "products": PRODUCTS}
    return {
        "form-collect": asked(
            "collect",
            {
                "needs": "\n".join(("C-12", *have)),
                "missing": "test-buy",
                "camera": True,
                "products": PRODUCTS,
            },
        ),
        "form-test-buy": asked("collect", test_buy, bought),
        "form-test-buy-arrival": asked("collect", test_buy, bought, ("test-buy", order)),
        "form-plan-test-buy": asked("plan-test-buy", {"what": "plan", "people": [ANA, BEN]}),
        "form-report": asked("report", case),
        "form-report-detail": asked("report", case, ("matter", {"matter": "wrong"})),
    }


CARDS: Mapping[str, Card] = {
    **cards(),
    "rights": rights_card([MARK, PENDING], ListPage.of(1, 2, "rights"), NOW.date()),
    "papers": documents_card([LETTER], ListPage.of(1, 1, "papers"), NOW.date()),
}
FORMS: Mapping[str, Ask] = forms()
