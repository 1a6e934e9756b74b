"""The lint: what each rule catches, and what it must let through."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec

from bot.core.labeled import Recommendation
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.lint_input import LastObservation, LintInput, Objection
from bot.features.reports.models.observations import Grounds
from bot.features.reports.models.reports import ReportState
from bot.features.reports.rules.lint import RULES, lint
from bot.features.reports.rules.repeats import earlier, precedes
from bot.features.rights.models import BrandRight, BrandRightKind, BrandRightStatus
from tests.cases import for_each
from tests.unit.features.reports.dockets import (
    ALL,
    CLEAN_TEXT,
    GOOD,
    MARK,
    NOW,
    ORDER,
    REPORT,
    TEXT,
    changed,
    found,
    piece,
    policy,
    with_report,
    with_text,
    without,
)


def test_a_report_with_everything_passes() -> None:
    assert lint(GOOD) == ()
    assert lint(policy()) == ()


GONE = LastObservation(there=False, seen_at=NOW, gone_at=NOW - timedelta(hours=1))


def bought(**changes: object) -> tuple[EvidenceItem, ...]:
    """Return all evidence, with a test buy that is otherwise."""
    return tuple(
        msgspec.structs.replace(each, purchase=msgspec.structs.replace(each.purchase, **changes))
        if each.purchase
        else each
        for each in ALL
    )


def beside(**changes: object) -> LintInput:
    """Return a report beside an earlier one on the same."""
    before = msgspec.structs.replace(REPORT, **{"number": 1, "state": ReportState.FILED, **changes})
    lint_input = with_report(number=2)
    known = earlier(before) if precedes(before, lint_input.report) else None
    return msgspec.structs.replace(lint_input, others=(known,) if known else ())


def policy_with(words: str) -> LintInput:
    """Return a report on used goods that says something more."""
    report = with_text(CLEAN_TEXT + words, claim=Claim.USED_AS_NEW, right="").report
    report = msgspec.structs.replace(report, recommendation=Recommendation.POLICY)
    return msgspec.structs.replace(policy(), report=report)


def with_text_of(claim: Claim, text: str) -> LintInput:
    """Return a policy report with such a claim and text."""
    report = with_text(text, claim=claim, right="").report
    report = msgspec.structs.replace(report, recommendation=Recommendation.POLICY)
    return msgspec.structs.replace(policy(), report=report)


def policy_page(words: str) -> LintInput:
    """Return a report on a page that says something more."""
    lint_input = policy_with(words)
    report = msgspec.structs.replace(lint_input.report, claim=Claim.TAKEOVER)
    return msgspec.structs.replace(lint_input, report=report)


STOP, WARN = True, False
CATCHES: list[tuple[str, LintInput, str, bool]] = [
    ("left alone", changed(left_alone=True), "lawful-reseller", STOP),
    ("authorised", changed(allowed=True), "authorised-distributor", STOP),
    (
        "authorised, by policy",
        msgspec.structs.replace(policy(), allowed=True),
        "authorised-distributor",
        WARN,
    ),
    (
        "no pictures",
        without(EvidenceKind.CAPTURE, EvidenceKind.RECEIVED, EvidenceKind.GENUINE),
        "picture",
        STOP,
    ),
    (
        "deleted picture",
        changed(items=tuple(piece(each.kind, place=each.place, gone=True) for each in ALL)),
        "picture",
        STOP,
    ),
    (
        "no order record",
        without(EvidenceKind.ORDERS, EvidenceKind.TEST_BUY),
        "order-record",
        STOP,
    ),
    (
        "counterfeit without grounds",
        without(EvidenceKind.TEST_BUY, EvidenceKind.RECEIVED),
        "counterfeit-grounds",
        STOP,
    ),
    (
        "photos without stated differences",
        msgspec.structs.replace(
            without(EvidenceKind.TEST_BUY),
            report=msgspec.structs.replace(REPORT, grounds=Grounds.TEST_BUY),
        ),
        "counterfeit-grounds",
        STOP,
    ),
    ("nothing beside", without(EvidenceKind.GENUINE), "counterfeit-photos", WARN),
    ("said, not shown", without(EvidenceKind.TEST_BUY), "test-buy", STOP),
    (
        "differences alone",
        msgspec.structs.replace(
            without(EvidenceKind.TEST_BUY),
            report=msgspec.structs.replace(REPORT, grounds=Grounds.DIFFERENCES),
        ),
        "test-buy",
        WARN,
    ),
    (
        "one of two products",
        msgspec.structs.replace(
            with_text(TEXT + " B0ALDER002.", asins=("B0ALDER001", "B0ALDER002")),
            items=tuple(msgspec.structs.replace(each, asin="B0ALDER001") for each in ALL),
        ),
        "each-product",
        STOP,
    ),
    (
        "bought before they came",
        changed(last_observation=LastObservation(there=True, seen_at=NOW, first_seen=NOW)),
        "test-buy-date",
        WARN,
    ),
    ("no right", changed(right=None), "right", STOP),
    (
        "wrong kind",
        changed(right=msgspec.structs.replace(MARK, kind=BrandRightKind.PATENT)),
        "right",
        STOP,
    ),
    ("another country", changed(right=msgspec.structs.replace(MARK, country="DE")), "right", STOP),
    (
        "pending",
        changed(right=msgspec.structs.replace(MARK, status=BrandRightStatus.PENDING)),
        "right",
        STOP,
    ),
    (
        "expired",
        changed(right=msgspec.structs.replace(MARK, expires=date(2026, 11, 23))),
        "right",
        STOP,
    ),
    ("no number", changed(right=msgspec.structs.replace(MARK, registration="")), "right", STOP),
    (
        "gone",
        msgspec.structs.replace(without(EvidenceKind.TEST_BUY), last_observation=GONE),
        "live",
        STOP,
    ),
    ("gone, but bought", changed(last_observation=GONE), "live", WARN),
    (
        "a page whose seller has gone",
        msgspec.structs.replace(policy(Claim.TAKEOVER), last_observation=GONE),
        "live",
        WARN,
    ),
    (
        "gone for long",
        msgspec.structs.replace(
            with_report(claim=Claim.TRADEMARK),
            items=without(EvidenceKind.TEST_BUY).items,
            last_observation=msgspec.structs.replace(GONE, gone_at=NOW - timedelta(days=9)),
        ),
        "live",
        STOP,
    ),
    (
        "never seen",
        changed(last_observation=LastObservation(there=False, seen_at=None)),
        "live",
        WARN,
    ),
    (
        "seen long ago",
        changed(last_observation=LastObservation(there=True, seen_at=NOW - timedelta(hours=25))),
        "live",
        WARN,
    ),
    ("no ASIN", with_text(TEXT.replace("B0ALDER001", "it")), "vague", STOP),
    ("one of two ASINs", with_report(asins=("B0ALDER001", "B0ALDER002")), "vague", STOP),
    ("no seller", with_text(TEXT.replace("A1QX7ZP9KD4W2M", "them")), "vague", STOP),
    ("no date", with_text(TEXT.replace("2026-11", "Week")), "vague", STOP),
    ("no order ID", with_text(TEXT.replace(ORDER, "made")), "vague", STOP),
    (
        "short",
        with_text(f"Fake B0ALDER001 by A1QX7ZP9KD4W2M, {ORDER}, 2026-11-24."),
        "vague",
        STOP,
    ),
    ("a blank", with_text(TEXT + " It [what differs]."), "blank", STOP),
    (
        "another claim's word",
        with_text(TEXT, claim=Claim.TRADEMARK),
        "one-violation",
        STOP,
    ),
    (
        "in German",
        with_text(CLEAN_TEXT + " Das ist eine Produktfälschung.", claim=Claim.TRADEMARK),
        "one-violation",
        STOP,
    ),
    (
        "not an infringement",
        with_text(TEXT + " They are an unauthorized seller."),
        "contract",
        WARN,
    ),
    (
        "a minimum price in a policy report",
        policy_with(" Their offer is below our minimum advertised price."),
        "contract",
        WARN,
    ),
    (
        "left alone, by policy",
        msgspec.structs.replace(policy(), left_alone=True),
        "lawful-reseller",
        WARN,
    ),
    ("reported already", beside(), "duplicate", STOP),
    (
        "reported already on one product",
        beside(asins=("B0ALDER001", "B0ALDER002")),
        "duplicate",
        STOP,
    ),
    ("accepted already", beside(state=ReportState.ACCEPTED), "duplicate", STOP),
    ("refused, to be filed again", beside(state=ReportState.REFUSED), "duplicate", STOP),
    (
        "accepted and closed",
        beside(state=ReportState.CLOSED, open=False, verdict=ReportState.ACCEPTED),
        "duplicate",
        STOP,
    ),
    ("drafted already", beside(state=ReportState.DRAFT), "duplicate", STOP),
    (
        "the order of a test buy that counts is missing",
        msgspec.structs.replace(
            with_text(TEXT.replace("123-1234567-1234567", "123-7654321-7654321")),
            items=(
                *bought(seller="A2OTHERSELLER", order="123-7654321-7654321"),
                *bought(seller=REPORT.seller),
            ),
        ),
        "vague",
        STOP,
    ),
    ("bought from another", changed(items=bought(seller="A2OTHERSELLER")), "stray-test-buy", STOP),
    ("bought of another product", changed(items=bought(asin="B0ALDER002")), "stray-test-buy", STOP),
    ("bought, and genuine", changed(items=bought(genuine=True)), "stray-test-buy", STOP),
    (
        "seems genuine, and is cheap",
        with_text(TEXT + " It seems genuine but is offered below our price."),
        "counterfeit-grounds",
        STOP,
    ),
    (
        "wirkt echt, und ist billig",
        with_text(TEXT + " Die Ware wirkt echt, liegt aber unter unserem Preis."),
        "counterfeit-grounds",
        STOP,
    ),
    ("may be genuine", with_text(TEXT + " It may be genuine."), "conceded", WARN),
    ("an insult", with_text(TEXT + " This criminal scammer must go."), "tone", STOP),
    ("eine Beleidigung", with_text(TEXT + " Dieser Betrüger muss weg."), "tone", STOP),
    ("une insulte", with_text(TEXT + " C'est un escroc."), "tone", STOP),
    ("un insulto", with_text(TEXT + " Es un estafador."), "tone", STOP),
    ("un insulto", with_text(TEXT + " È un truffatore."), "tone", STOP),
    ("\u4fae\u8fb1", with_text(TEXT + "この詐欺師を削除してください。"), "tone", STOP),
    ("a threat", with_text(TEXT + " Act now or we will sue you."), "tone", STOP),
    ("eine Drohung", policy_with(" Sonst werden wir rechtliche Schritte einleiten."), "tone", STOP),
    ("a person", with_text(TEXT + " We asked him twice."), "tone", WARN),
    (
        "photos in a report on used goods",
        policy_with(" They have also stolen our product photos."),
        "one-violation",
        WARN,
    ),
    (
        "a patent in a report on used goods",
        policy_with(" They infringe our US patent as well."),
        "one-violation",
        WARN,
    ),
    (
        "Fotos in einer Meldung über Gebrauchtes",
        policy_with(" Unsere Produktbilder wurden ohne Erlaubnis übernommen."),
        "one-violation",
        WARN,
    ),
    ("no differences", with_text(TEXT + " Observed: no differences."), "vague", STOP),
    ("keine Unterschiede", with_text(TEXT + " Unterschiede: keine."), "vague", STOP),
    ("a hunch", with_text(TEXT + " We believe that it is a copy."), "vague", WARN),
    ("a buyer's e-mail", with_text(TEXT + " Ask jane@example.com."), "personal", STOP),
    ("a buyer's name", with_text(TEXT + " The buyer, Jane Roe, sent it back."), "personal", STOP),
    ("ein Name", with_text(TEXT + " Die Kundin Frau Schmidt hat es geprüft."), "personal", STOP),
    ("a buyer's phone", with_text(TEXT + " Call +1 555 010 1234."), "personal", STOP),
    (
        "a buyer's address",
        with_text(TEXT + " It was sent to a customer at 12 Elm Street."),
        "personal",
        STOP,
    ),
    ("a disguise", with_text(TEXT + " I am an ordinary customer."), "honest", STOP),
    (
        "a name that was guessed",
        policy_page(" We had to enter a name, so we put theirs."),
        "accusation",
        WARN,
    ),
]


@for_each(
    ("lint_input", "rule", "stops"), [row[1:] for row in CATCHES], ids=[r[0] for r in CATCHES]
)
def test_what_would_be_rejected_is_caught(lint_input: LintInput, rule: str, stops: bool) -> None:
    assert found(lint_input).get(rule) is stops


ABOUT_PAGES = (
    Claim.TAKEOVER,
    Claim.REVIEWS,
    Claim.DUPLICATE,
    Claim.KEYWORDS,
    Claim.VARIATION,
)
PASSES: list[tuple[str, LintInput]] = [
    *(
        (f"no order record of {claim.value}", msgspec.structs.replace(policy(claim), items=ALL[:1]))
        for claim in (
            Claim.TAKEOVER,
            Claim.REVIEWS,
            Claim.DUPLICATE,
            Claim.KEYWORDS,
            Claim.VARIATION,
        )
    ),
    *(
        (
            f"no seller named for {claim.value}",
            with_text_of(claim, CLEAN_TEXT.replace("A1QX7ZP9KD4W2M", "an unknown account")),
        )
        for claim in (
            Claim.TAKEOVER,
            Claim.REVIEWS,
            Claim.DUPLICATE,
            Claim.KEYWORDS,
            Claim.VARIATION,
        )
    ),
    ("fake reviews", with_text_of(Claim.REVIEWS, CLEAN_TEXT + " There are 40 fake reviews.")),
    ("fälschlicherweise", policy_with(" Die Seite gilt fälschlicherweise als neu.")),
    ("no counterfeit is claimed", policy_with(" We do not claim that it is counterfeit.")),
    (
        "a title that is pasted",
        msgspec.structs.replace(
            with_text(TEXT.replace("side by side", "with Fake Ivy [2-Pack] side by side")),
            names=("Fake Ivy [2-Pack]",),
        ),
    ),
    (
        "a title that was cut off",
        msgspec.structs.replace(
            policy_with(" Title: Fake Ivy Garland 12 Pack."),
            names=("Fake Ivy Garland 12 Pack 84 ft Artificial Vines",),
        ),
    ),
    (
        "names of brands and sellers",
        msgspec.structs.replace(
            policy_with(" Knock-Off Wood by Scam Artists Ltd is the brand."),
            names=("Knock-Off Wood", "Scam Artists Ltd"),
        ),
    ),
    ("retracted before", beside(state=ReportState.RETRACTED, open=False)),
    ("closed before", beside(state=ReportState.CLOSED, open=False)),
    ("came back since", beside(state=ReportState.ACCEPTED, returned_at=NOW)),
    ("another claim before", beside(claim=Claim.TRADEMARK)),
    ("another seller before", beside(seller="A2OTHERSELLER")),
    ("another product before", beside(asins=("B0ALDER002",))),
    ("drafted later", msgspec.structs.replace(beside(number=3, state=ReportState.DRAFT))),
    ("bought from them", changed(items=bought(seller=REPORT.seller, asin="B0ALDER001"))),
    (
        "bought twice, once from another, whose order is not told",
        changed(items=(*bought(seller="A2OTHERSELLER"), *bought(seller=REPORT.seller))),
    ),
    (
        "a copyright that is nowhere registered",
        msgspec.structs.replace(with_text(CLEAN_TEXT, claim=Claim.COPYRIGHT), right=None),
    ),
    (
        "a copyright, used without our permission",
        msgspec.structs.replace(
            with_text(CLEAN_TEXT + " Used without our permission.", claim=Claim.COPYRIGHT),
            right=None,
        ),
    ),
    ("a test buy is an order record", without(EvidenceKind.ORDERS)),
    (
        "no order record, and why",
        msgspec.structs.replace(
            policy(Claim.TAKEOVER, no_orders="Never sold there"),
            items=(piece(EvidenceKind.CAPTURE),),
        ),
    ),
    (
        "a copyright needs no number",
        msgspec.structs.replace(
            with_text(CLEAN_TEXT, claim=Claim.COPYRIGHT),
            right=BrandRight(number=2, kind=BrandRightKind.COPYRIGHT, name="Photos", country="*"),
        ),
    ),
    (
        "about a page nobody has to be there",
        msgspec.structs.replace(
            policy(Claim.TAKEOVER, seller=""),
            last_observation=LastObservation(there=False, seen_at=None),
        ),
    ),
    (
        "bought on the day they came",
        changed(
            last_observation=LastObservation(
                there=True, seen_at=NOW, first_seen=datetime(2026, 11, 10, 23, tzinfo=UTC)
            )
        ),
    ),
    (
        "evidence of no product in particular",
        with_text(TEXT + " B0ALDER002.", asins=("B0ALDER001", "B0ALDER002")),
    ),
    (
        "seen within a day",
        changed(last_observation=LastObservation(there=True, seen_at=NOW - timedelta(hours=23))),
    ),
    ("the word in its own report", with_text(TEXT + " A fake, that is.")),
    ("a right that ends today", changed(right=msgspec.structs.replace(MARK, expires=NOW.date()))),
]


@for_each("lint_input", [row[1] for row in PASSES], ids=[row[0] for row in PASSES])
def test_what_amazon_takes_is_let_through(lint_input: LintInput) -> None:
    assert lint(lint_input) == ()


def test_each_rule_of_the_table_catches_something() -> None:
    for rule in RULES:
        assert any(list(rule(lint_input)) for _, lint_input, _, _ in CATCHES), rule.__name__


def test_errors_come_first_and_every_one_says_what_to_do() -> None:
    objections = lint(
        changed(items=(), right=None, last_observation=LastObservation(there=True, seen_at=None))
    )
    stops = [each.stops for each in objections]
    assert stops == sorted(stops, reverse=True)
    assert all(each.says.endswith(".") for each in objections)


def test_a_lawful_resellers_case_can_make_no_infringement_packet() -> None:
    for claim in (Claim.COUNTERFEIT, Claim.TRADEMARK, Claim.COPYRIGHT, Claim.PATENT):
        lint_input = msgspec.structs.replace(with_report(claim=claim), left_alone=True)
        assert any(each.stops for each in lint(lint_input))


def test_an_objection_leads_to_its_mending() -> None:
    [objection] = [each for each in lint(without(EvidenceKind.GENUINE)) if not each.stops]
    assert isinstance(objection, Objection)
    assert objection.fix == "collect"


INNOCENT = {
    Claim.COUNTERFEIT: (
        "Observed: no serial number on the base; the genuine one has ten digits.",
        "The box shows the same colors, but the hologram is missing.",
        "It weighs 40 g less than the genuine unit.",
        "Customer Service Team inspected it.",
        "We bought it as a customer would, and filmed the unboxing.",
        "Abweichungen: keine Prägung am Boden, Etikett ohne Chargennummer.",
        "Das Gehäuse ist hell, unseres ist dunkel.",
        "Zudem fehlt das Siegel.",
        "Als Kunde bestellt und vor der Kamera geöffnet.",
    ),
    Claim.USED_AS_NEW: (
        "No difference to a genuine unit, but the seal is cut.",
        "The pan of forged steel has scratches.",
        "This is a pack of 6, and two are opened.",
        "A damaged cell endangers the safety of their pets.",
        "Es ist besser für die Umwelt, aber geöffnet.",
        "Die Mutter an der Schraube hat Kratzer.",
    ),
    Claim.TAKEOVER: (
        "The brand name was changed to that of another company.",
        "The mark is registered in the name of Fernwick LLC.",
        "The new page pretends to be ours.",
        "Der Name wurde geändert.",
        "Mother's Day gifts are shown there now.",
    ),
    Claim.MISSING_PARTS: (
        "The charger and its cable are missing (photo 2).",
        "10000 Kunden haben das Set mit acht Teilen erhalten.",
    ),
}


@for_each(
    ("claim", "words"), [(claim, each) for claim, texts in INNOCENT.items() for each in texts]
)
def test_what_a_good_report_says_raises_no_error(claim: Claim, words: str) -> None:
    whole = CLEAN_TEXT if claim.right is None else TEXT
    lint_input = with_text(f"{whole} {words}", claim=claim)
    right = MARK if claim.right else None
    objections = lint(msgspec.structs.replace(lint_input, right=right))
    assert [each for each in objections if each.stops] == []


PARAPHRASED = {
    "contract": (
        "We never opened an account for this company.",
        "Keiner unserer Händler hat sie beliefert, das ist unser Vertriebsweg.",
    ),
    "conceded": ("It came out of one of our own cartons.", "Das Siegel war unversehrt."),
    "tone": (
        "Such people should be locked up.",
        "Sonst schicken wir jemanden vorbei.",
    ),
    "one-violation": (
        "They also show two photos that our photographer took.",
        "Zweiter Verstoß: Bewertungen.",
    ),
    "vague": ("It somehow feels wrong.", "Es ist irgendwie anders."),
}


@for_each(
    ("rule", "words"), [(rule, each) for rule, texts in PARAPHRASED.items() for each in texts]
)
def test_what_is_said_in_a_roundabout_way_is_heard(rule: str, words: str) -> None:
    assert rule in found(with_text(f"{TEXT} {words}"))


def test_nothing_is_told_as_amazons_rule_that_others_tell() -> None:
    inputs = [lint_input for _, lint_input, _, _ in CATCHES]
    inputs += [beside(), msgspec.structs.replace(GOOD, allowed=True)]
    told = " ".join(each.says for lint_input in inputs for each in lint(lint_input))
    for words in ("Amazon accepts", "Amazon rejects", "Amazon wants", "Amazon asks", "Amazon may"):
        assert words not in told


def test_a_word_of_another_language_is_no_person() -> None:
    assert "tone" in found(with_text(TEXT + " We asked him."))
    assert "tone" not in found(with_text(TEXT + " Lo he comprado.", language="es"))


@for_each(
    "day",
    [
        "2026-11-23",
        "23.11.2026",
        "23/11/2026",
        "11/23/2026",
        "Nov 23, 2026",
        "November 23rd, 2026",
        "23 November 2026",
        "23. November 2026",
        "23 novembre 2026",
        "1er d\u00e9cembre 2026",
        "23 de noviembre de 2026",
        "2026\u5e7411\u670823\u65e5",
    ],
)
def test_a_day_is_a_day_in_whatever_language(day: str) -> None:
    assert "vague" not in found(with_text(TEXT.replace("2026-11-24", day)))
