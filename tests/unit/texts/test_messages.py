"""Messages to buyers and requests to support: complete in their languages, and free of remarks."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.cards import SNIPPET
from bot.core.forms import OPTION
from bot.core.languages import LANGUAGES, language_in, spoken
from bot.core.written import written_day
from bot.features.evidence.models.items import EvidenceKind
from bot.features.letters.flows.support_form import (
    ABOUT,
    COMPLAINANT,
    DONE,
    EARLIER,
    HAPPENED,
    ID,
    WISH,
)
from bot.features.letters.models.buyer_messages import (
    BuyerDraft,
    Message,
    Remedy,
    Shipping,
    Situation,
)
from bot.features.letters.models.support_requests import Request, SupportMatter
from bot.features.letters.models.support_requests import SupportDraft as RequestDraft
from bot.features.letters.rules import buyers, support
from bot.features.letters.texts.writing import (
    SUPPORT,
    SUPPORTED,
    buyer_message,
    steps,
    support_request,
    wishes,
)
from tests.cases import for_each
from tests.unit.texts.subjects import each_language_of, piece

ORDER = "123-1234567-1234567"
OURS = "A3ALDERFINCH01"
APOLOGY = re.compile(
    r"\bsorry\b|bitten wir um Entschuldigung|tut uns leid|prions de nous (?:en )?excuser"
    r"|sommes désolés|pedimos disculpas|Lamentamos|[Cc]i scusiamo|Ci dispiace"
    r"|申し訳ございません|お詫び申し上げ"
)
HOSTILE = "[brand] {{ 7 * 7 }} {% raw %} ______\nsecond line\u2028third \u202e@everyone"

each_language = each_language_of(LANGUAGES)
each_situation = for_each("situation", list(Situation))
each_remedy = for_each("remedy", list(Remedy))
each_need = for_each("need", list(SupportMatter))


def message(
    situation: Situation, remedy: Remedy, language: str, brand: str = "Alder & Finch"
) -> str:
    known = Message(brand=brand, order=ORDER, situation=situation, remedy=remedy)
    return buyer_message(known, language)


def request(need: SupportMatter, language: str, **changes: object) -> Request:
    facts = {
        "brand": "Alder & Finch",
        "need": need,
        "about": "B0ALDER001, our selling account",
        "since": date(2026, 11, 20),
        "happened": ("It began in the night.",),
        "done": ("We have changed all passwords.", "We removed two users."),
        "wish": (wishes()[language if language in SUPPORTED else "en"][need],),
        "site": "amazon.com",
        "complaint": "16872213344",
    }
    return Request(**{**facts, **changes})  # type: ignore[arg-type]


def draft_of(text: str, language: str) -> RequestDraft:
    return RequestDraft(text=text, language=language, grounds=False)


def remarks(text: str, language: str) -> tuple[object, ...]:
    return support.lint(draft_of(text, language))


@each_language
@each_situation
@each_remedy
def test_a_message_passes_its_own_lint(language: str, situation: Situation, remedy: Remedy) -> None:
    text = message(situation, remedy, language)
    day = date(2026, 11, 24)
    draft = BuyerDraft(
        text=text, order=ORDER, ordered_on=day, today=day, language=language, situation=situation
    )
    assert buyers.lint(draft) == ()
    assert language_in(text) == spoken(language)


@each_language
def test_a_late_order_that_amazon_ships_is_answered_for_by_amazon(language: str) -> None:
    known = Message(
        brand="Alder & Finch",
        order=ORDER,
        situation=Situation.LATE,
        remedy=Remedy.INFORMATION,
        shipping=Shipping.AMAZON,
    )
    text = buyer_message(known, language)
    assert text != message(Situation.LATE, Remedy.INFORMATION, language)
    assert text.count("Amazon") == 3
    day = date(2026, 11, 24)
    draft = BuyerDraft(
        text=text,
        order=ORDER,
        ordered_on=day,
        today=day,
        language=language,
        situation=Situation.LATE,
    )
    assert buyers.lint(draft) == ()
    assert len(APOLOGY.findall(text)) == 1


@each_language
@each_situation
def test_a_message_apologises_once_and_names_the_order_once(
    language: str, situation: Situation
) -> None:
    text = message(situation, Remedy.REFUND, language)
    assert len(APOLOGY.findall(text)) == 1
    assert text.count(ORDER) == 1
    assert text.splitlines()[-1].startswith("Alder & Finch")
    assert text.endswith("\nAlder & Finch") is (language != "ja")
    assert "!" not in text


@each_language
def test_every_situation_and_every_offer_has_words_of_its_own(language: str) -> None:
    texts = {message(each, Remedy.REFUND, language) for each in Situation}
    offers = {message(Situation.LATE, each, language) for each in Remedy}
    assert len(texts) == len(Situation)
    assert len(offers) == len(Remedy)


@pytest.mark.parametrize("language", SUPPORTED)
@each_need
def test_a_request_passes_its_own_lint(language: str, need: SupportMatter) -> None:
    text = support_request(request(need, language), language)
    assert remarks(text, language) == ()
    assert written_day(date(2026, 11, 20), language) in text
    assert "None" not in text
    assert "Other seller" not in text
    assert "Earlier" not in text


@pytest.mark.parametrize("language", SUPPORTED)
def test_a_request_tells_what_is_known(language: str) -> None:
    pieces = tuple(piece(place, kind, "x") for place, kind in enumerate(EvidenceKind, 1))
    known = request(
        SupportMatter.TAKEOVER,
        language,
        seller="A1QX7ZP9KD4W2M",
        earlier="12345678901",
        evidence=pieces[:6],
    )
    text = support_request(known, language)
    assert "A1QX7ZP9KD4W2M" in text
    assert "12345678901" in text
    assert all(f"- E-{place}: " in text for place in range(1, 7))
    assert (EvidenceKind.RECEIVED.label in text) is False
    assert "We have changed all passwords.\nWe removed two users." in text
    assert "It began in the night." in text
    assert remarks(text, language) == ()


@pytest.mark.parametrize("language", SUPPORTED)
@each_need
def test_a_request_tells_the_steps_of_its_own_matter(language: str, need: SupportMatter) -> None:
    """A team whose ads are clicked has not looked through its users."""
    offered = SUPPORT.words(language)["steps"]
    assert set(offered[need]) == set(steps()[need])
    text = support_request(request(need, language, steps=tuple(offered[need]), done=()), language)
    assert all(each in text for each in offered[need].values())
    assert remarks(text, language) == ()
    others = {each for other, said in offered.items() if other != need for each in said.values()}
    assert not [each for each in others - {*offered[need].values()} if each in text]
    assert all(len(each) <= OPTION for each in steps()[need].values())


@pytest.mark.parametrize("language", SUPPORTED)
def test_a_request_names_the_account_by_its_merchant_token(language: str) -> None:
    text = support_request(request(SupportMatter.ORDERS, language, merchant=OURS), language)
    assert f": {OURS} (amazon.com)" in text
    assert remarks(text, language) == ()


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "complaint 16872213344 of Nov 20, 2026 by Pan Rights Ltd"),
        ("de", "Beschwerde 16872213344 vom 20.11.2026 von Pan Rights Ltd"),
    ],
)
def test_a_dispute_names_the_complaint_its_day_and_who_complained(language: str, says: str) -> None:
    known = request(
        SupportMatter.COMPLAINT, language, about="B0ALDER001", complainant="Pan Rights Ltd"
    )
    text = support_request(known, language)
    assert says in text
    assert "B0ALDER001." in text
    unknown = support_request(request(SupportMatter.COMPLAINT, language, complaint=""), language)
    assert [each.rule for each in support.lint(draft_of(unknown, language))] == ["No blanks left"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "reason to believe"), ("de", "Grund zu der")]
)
def test_a_break_in_is_told_as_far_as_anybody_knows(language: str, said: str) -> None:
    """A phishing mail leads here as well, and is no proof that anybody got in."""
    assert said in support_request(request(SupportMatter.ACCOUNT, language), language)


def test_other_languages_fall_back_to_english() -> None:
    for language in ("fr", "nl", "", "../de"):
        text = support_request(request(SupportMatter.REVIEWS, language), language)
        assert text == support_request(request(SupportMatter.REVIEWS, "en"), "en")
    assert message(Situation.LATE, Remedy.REFUND, "nl") == message(
        Situation.LATE, Remedy.REFUND, "en"
    )


def test_every_need_has_a_wish_in_every_language() -> None:
    assert set(wishes()) == set(SUPPORTED)
    for known in wishes().values():
        assert set(known) == set(SupportMatter)
        assert all(len(wish) <= WISH for wish in known.values())


@pytest.mark.parametrize("language", SUPPORTED)
@each_need
def test_the_longest_answers_fit_into_one_request(language: str, need: SupportMatter) -> None:
    full = request(
        need,
        language,
        brand="b" * 500,
        about="a" * ABOUT,
        happened=("h" * HAPPENED,),
        steps=tuple(steps()[need]),
        done=("d" * DONE,),
        wish=("w" * WISH,),
        earlier="e" * EARLIER,
        merchant="A" * 21,
        complaint="i" * ID,
        complainant="c" * COMPLAINANT,
        seller="A" * 21,
        evidence=tuple(piece(n, EvidenceKind.RECEIVED, "c" * 500) for n in range(6)),
    )
    text = support_request(full, language)
    assert len(text) <= SNIPPET
    assert text.endswith("…")


@each_language
def test_a_hostile_brand_stays_on_its_line(language: str) -> None:
    plain = message(Situation.LATE, Remedy.REFUND, language)
    hostile = message(Situation.LATE, Remedy.REFUND, language, HOSTILE)
    assert len(hostile.splitlines()) == len(plain.splitlines())
    assert "49" not in hostile
    assert "[" not in hostile
    assert "\u202e" not in hostile


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_what_people_write_makes_no_blank_and_no_template(words: str) -> None:
    text = support_request(request(SupportMatter.OTHER, "en", about=words, done=(words,)), "en")
    assert not set("[]{}") & set(text)
    assert text.startswith("Hello,\n\nWe are writing on behalf of Alder & Finch")
