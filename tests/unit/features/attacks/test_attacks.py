"""An attack from its logging to its case, its playbook, the analysis and the pictures."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from bot.core.collections import SESSIONS
from bot.core.findings import Severity
from bot.core.forms import Answers
from bot.core.interactions import Notice, Reply
from bot.core.labeled import AttackKind, Duty
from bot.core.team import Team as Chosen
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.flows import DAMAGE
from bot.features.attacks.models import Attack, Frequency, SourceKind
from bot.features.attacks.service.charts import attack_pictures
from bot.features.cases.collections import AFFECTED, CASES, SELLER_PROFILES
from bot.features.cases.models.cases import Case, CloseReason, case_key
from bot.features.cases.models.profiles import SellerProfile
from bot.features.checklists.models.definitions import Area, Checklist, Item
from tests.signals import signals_in, with_signals
from tests.unit.conftest import (
    ASIN,
    BEN,
    OWN,
    PLACE,
    SECOND,
    THIEF,
    VIK,
    Team,
    asked,
    card_text,
    notice,
    offer,
)
from tests.unit.features.checklists.guarding import choose, guarded

WHAT: Answers = {"kind": "review-bombing", "day": "2026-11-23", "often": "daily", "damage": ""}
WHO: Answers = {"source_kind": "unknown", "source": "", "products": "", "market": "US"}
PLAYBOOK = Checklist(
    id="any-attack",
    title="An attack",
    area=Area.READINESS,
    why="It helps to know what comes first.",
    section="Analysing attacks",
    owner=Duty.LEAD,
    attacks=("other",),
    items=(Item(id="keep", title="Keep the evidence", why="Pages change."),),
)


async def log(
    team: Team, start: str = "/attack", *, what: Answers | None = None, who: Answers | None = None
) -> list[Reply]:
    """Log an attack as Ben does, who changes some of the answers."""
    first = asked(await team.type(start, BEN))
    second = asked(await team.submit(first, {**WHAT, **(what or {})}, BEN))
    return await team.submit(second, {**WHO, **(who or {})}, BEN)


async def logged(team: Team, number: int = 1) -> Attack:
    found = await team.app.store.get(ATTACKS, f"{number:06d}")
    assert found is not None
    return found


async def case(team: Team, number: int = 1) -> Case:
    found = await team.app.store.get(CASES, case_key(number))
    assert found is not None
    return found


async def test_a_typed_attack_gets_a_case_of_its_own(team: Team) -> None:
    products = f"{ASIN}, https://www.amazon.com/dp/{SECOND}"
    said = notice(await log(team, who={"products": products}, what={"damage": "Stars fell"}))
    assert said == "Logged A-1 in C-1."
    attack, opened = await logged(team), await case(team)
    assert (attack.kind, attack.frequency) == (AttackKind.REVIEW_BOMBING, Frequency.DAILY)
    assert (attack.asins, attack.case, attack.damage) == ((ASIN, SECOND), 1, "Stars fell")
    assert (attack.logged_by, attack.source_kind) == (BEN[0], SourceKind.UNKNOWN)
    assert attack.began_at == team.clock.now
    assert (opened.fingerprint, opened.severity) == ("US/attack-1", Severity.WARNING)
    card = team.chat.cards["C-1"]
    assert card.title == "Review bombing: Pan 1"
    assert "Ask Amazon's support" in [button.label for button in card.pressable]
    assert "Log as attack" not in [button.label for button in card.pressable]


async def test_two_attacks_that_nobody_knows_the_source_of_are_two_cases(team: Team) -> None:
    await log(team)
    assert notice(await log(team)) == "Logged A-2 in C-2."


async def test_a_named_kind_is_filled_in(team: Team) -> None:
    ask = asked(await team.type("/attack takeover", BEN))
    assert {each.name: getattr(each, "initial", "") for each in ask.form.inputs} == {
        "kind": "takeover",
        "day": "2026-11-23",
        "often": "once",
        "damage": "",
    }


async def test_a_kind_that_does_not_exist_is_told_what_there_is(team: Team) -> None:
    said = notice(await team.type("/attack theft", BEN))
    assert said.startswith("Unknown kind of attack 'theft'. Choose one of: follow-up, takeover")


async def test_from_a_case_what_is_known_is_filled_in_and_it_joins_that_case(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    first = asked(await team.press("log-attack", case_key(1), BEN))
    second = asked(await team.submit(first, WHAT, BEN))
    known = {each.name: getattr(each, "initial", "") for each in second.form.inputs}
    assert known == {"source_kind": "seller", "source": THIEF, "products": ASIN}
    answers: Answers = {name: str(value) for name, value in known.items()}
    assert notice(await team.submit(second, answers, BEN)) == "Logged A-1 in C-1."
    joined = await case(team)
    assert set(joined.tally.kinds) == {"seller", "attack"}
    assert (await logged(team)).source == THIEF
    assert await team.app.store.count(CASES) == 1
    assert any(
        "Review bombing" in card.title for key, card in team.chat.cards.items() if "/" in key
    )


async def test_from_a_case_a_seller_who_has_a_marketplaces_id_is_taken(team: Team) -> None:
    itself = "ATVPDKIKX0DER"
    await team.look(offer(OWN, "24.99"), offer(itself, "18.70"))
    first = asked(await team.press("log-attack", case_key(1), BEN))
    second = asked(await team.submit(first, WHAT, BEN))
    by: Answers = {"source_kind": "seller", "source": itself, "products": ASIN}
    assert notice(await team.submit(second, by, BEN)) == "Logged A-1 in C-1."
    assert (await logged(team)).source == itself


async def test_from_a_case_it_joins_that_case_though_somebody_else_did_it(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    first = asked(await team.press("log-attack", case_key(1), BEN))
    second = asked(await team.submit(first, {**WHAT, "kind": "phishing"}, BEN))
    other: Answers = {"source_kind": "address", "source": "Mail@Phish.example", "products": ""}
    assert notice(await team.submit(second, other, BEN)) == "Logged A-1 in C-1."
    assert (await logged(team)).source == "mail@phish.example"


async def test_from_a_products_case_without_a_seller_it_joins_that_case(team: Team) -> None:
    await team.look(offer(OWN, "9.99"))
    found = await case(team)
    assert (found.seller, found.fingerprint) == ("", f"US/{ASIN}/price-floor")
    said = notice(await log(team, "/log-attack 1", who={"products": ASIN}))
    assert said == "Logged A-1 in C-1."
    assert set((await case(team)).tally.kinds) == {"price-floor", "attack"}


async def test_a_typed_attack_of_a_seller_joins_the_sellers_case(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    link = f"https://www.amazon.com/sp?seller={THIEF}"
    said = notice(await log(team, who={"source_kind": "seller", "source": link}))
    assert said == "Logged A-1 in C-1."
    assert (await logged(team)).source == THIEF


async def test_a_sellers_next_attack_goes_into_the_same_case_and_is_told(team: Team) -> None:
    by: Answers = {"source_kind": "seller", "source": THIEF, "products": ASIN}
    await log(team, who=by)
    team.clock.advance(hours=1)
    assert notice(await log(team, who=by, what={"kind": "takeover"})) == "Logged A-2 in C-1."
    [signal] = await signals_in(team.app.store, await case(team))
    assert (signal.mark, signal.severity) == ("A-2", Severity.CRITICAL)
    assert (await logged(team, 1)).kind is AttackKind.REVIEW_BOMBING


async def test_a_closed_case_takes_no_attack(team: Team) -> None:
    await log(team)
    first = asked(await team.press("log-attack", case_key(1), BEN))
    second = asked(await team.submit(first, WHAT, BEN))
    closing = asked(await team.press("close", case_key(1), BEN))
    await team.submit(closing, {"reason": CloseReason.SOLVED.value, "note": ""}, BEN)
    assert "Reopen it to continue" in notice(await team.submit(second, WHO, BEN))
    assert "Reopen it to continue" in notice(await team.press("log-attack", case_key(1), BEN))
    assert await team.app.store.count(ATTACKS) == 1


async def test_an_attack_by_a_seller_whose_case_was_closed_opens_a_new_one(team: Team) -> None:
    by: Answers = {"source_kind": "seller", "source": THIEF}
    await log(team, who=by)
    closing = asked(await team.press("close", case_key(1), BEN))
    await team.submit(closing, {"reason": CloseReason.SOLVED.value, "note": ""}, BEN)
    team.clock.advance(days=3)
    assert notice(await log(team, who=by)) == "Logged A-2 in C-2."
    assert (await case(team, 2)).earlier == 1


async def test_the_playbook_begins_in_the_cases_thread(team: Team) -> None:
    team = guarded(team, PLAYBOOK)
    said = notice(await log(team, what={"kind": "intrusion"}))
    assert said == "Logged A-1 in C-1. The playbook is in its thread."
    assert team.chat.messages["K-1"].thread is not None
    assert (await case(team)).severity is Severity.CRITICAL


async def test_typed_in_a_cases_thread_it_belongs_to_that_case(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    where = msgspec.structs.replace(PLACE, thread="C-1")
    first = asked(await team.type("/attack", BEN, where=where))
    assert first.form.intro.startswith("C-1: ")


async def test_the_day_is_the_teams_and_an_earlier_one_is_kept_at_noon(team: Team) -> None:
    await choose(team, Chosen(zone="Pacific/Kiritimati"))
    team.clock.now = datetime(2026, 11, 23, 20, tzinfo=UTC)
    ask = asked(await team.type("/attack", BEN))
    assert ask.form.inputs[1] == msgspec.structs.replace(ask.form.inputs[1], initial="2026-11-24")
    await log(team, what={"day": "2026-11-20"})
    assert (await logged(team)).began_at == datetime(2026, 11, 19, 22, tzinfo=UTC)
    assert "20 Nov 2026" in "".join(field.value for field in team.chat.cards["C-1"].fields)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("jo@example.com wrote to us", "an email address"),
        ("call 0170 5550123", "a phone number"),
        ("our password is hunter22!", "a password"),
    ],
)
async def test_what_tells_of_a_person_is_refused_and_kept_nowhere(
    team: Team, damage: str, said: str
) -> None:
    first = asked(await team.type("/attack", BEN))
    again = asked(await team.submit(first, {**WHAT, "damage": damage}, BEN))
    assert said in again.errors["damage"]
    assert [getattr(each, "initial", "") for each in again.form.inputs][3] == damage
    kept = msgspec.json.encode(await team.app.store.page(SESSIONS)).decode()
    assert damage not in kept
    asked(await team.submit(again, {**WHAT, "damage": "A buyer wrote to us"}, BEN))


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"source_kind": "seller", "source": "nobody"}, "source", "is not a seller ID"),
        ({"source_kind": "seller"}, "source", "Enter it here"),
        ({"source_kind": "address"}, "source", "Enter it here"),
        ({"source_kind": "address", "source": "a b"}, "source", "without spaces"),
        ({"source": THIEF}, "source", "Choose seller or address above"),
        ({"products": "pan"}, "products", "an ASIN has 10"),
        ({"products": f"https://www.amazon.de/dp/{ASIN}"}, "products", "amazon.de"),
        ({"products": " ".join(f"B0{n:08d}" for n in range(51))}, "products", "hit hardest"),
        ({"source_kind": "address", "source": "jo@example.com"}, "source", "a buyer's"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_input(
    team: Team, answers: Answers, field: str, said: str
) -> None:
    first = asked(await team.type("/attack", BEN))
    second = asked(await team.submit(first, WHAT, BEN))
    again = asked(await team.submit(second, {**WHO, **answers}, BEN))
    assert said in again.errors[field]
    assert await team.app.store.count(ATTACKS) == 0
    assert "jo@example.com" not in repr(await team.app.store.page(SESSIONS))


async def test_a_phishers_address_is_kept_in_small_letters(team: Team) -> None:
    by: Answers = {"source_kind": "address", "source": "Support@Amaz0n.example"}
    await log(team, what={"kind": "phishing"}, who=by)
    assert (await logged(team)).source == "support@amaz0n.example"


async def test_a_day_to_come_is_refused(team: Team) -> None:
    first = asked(await team.type("/attack", BEN))
    again = asked(await team.submit(first, {**WHAT, "day": "2026-11-24"}, BEN))
    assert again.errors == {"day": "That day is in the future."}


async def test_a_form_that_comes_twice_logs_once(team: Team) -> None:
    first = asked(await team.type("/attack", BEN))
    second = asked(await team.submit(first, WHAT, BEN))
    await team.submit(second, WHO, BEN, id="twice")
    assert notice(await team.submit(second, WHO, BEN, id="twice")) == "This was already done."
    assert await team.app.store.count(ATTACKS) == 1


async def test_a_case_on_very_many_products_fills_in_as_many_as_one_attack_takes(
    team: Team,
) -> None:
    await log(team)
    busy = await case(team)
    [signal] = await signals_in(team.app.store, busy)
    signals = [msgspec.structs.replace(signal, asin=f"B0{n:08d}") for n in range(90)]
    busy, products = with_signals(busy, *signals)
    async with team.app.store.transaction() as tx:
        tx.put(CASES, busy)
        for each in products:
            tx.put(AFFECTED, each)
    first = asked(await team.press("log-attack", case_key(1), BEN))
    second = asked(await team.submit(first, {**WHAT, "damage": "x" * DAMAGE}, BEN))
    shown = {each.name: getattr(each, "initial", "") for each in second.form.inputs}
    assert len(str(shown["products"]).split()) == 50


async def test_viewers_see_the_analysis_but_log_nothing(team: Team) -> None:
    assert notice(await team.type("/attack", VIK)).startswith("Only members can")
    assert "none in 12 weeks" in card_text(await team.type("/attacks", VIK))
    assert notice(await team.press("show-attacks", "", VIK)).startswith("Only members can")


async def test_the_analysis_tells_what_was_logged_and_what_the_watch_found(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    await log(team, who={"products": ASIN})
    text = card_text(await team.type("/attacks", BEN))
    assert text.startswith(
        "Attacks: 1 in 12 weeks. Unknown sellers: 1\n"
        "Attacks and unknown sellers: 2 in the last 28 days. To show a trend"
    )
    assert "Pan 1: 2 of 2" in text
    assert f"{THIEF}: 1 case" in text
    assert "unknown source: 1 of 1" in text


async def test_a_storefront_is_named_where_it_is_known(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    profile = SellerProfile(
        seller=THIEF, marketplace="US", name="Gray Market", source="s", read_at=team.clock.now
    )
    async with team.app.store.transaction() as tx:
        tx.put(SELLER_PROFILES, profile)
    assert f"{THIEF} (Gray Market): 1 case" in card_text(await team.type("/attacks", BEN))


async def test_days_are_looked_at_as_whole_weeks(team: Team) -> None:
    await log(team)
    assert card_text(await team.type("/attacks 8")).startswith("Attacks: 1 in 2 weeks")
    assert card_text(await team.type("/attacks 728")).startswith("Attacks: 1 in 104 weeks")


@pytest.mark.parametrize("words", ["0", "729", "week", "7 7", "-1", "٣"])
async def test_what_is_no_number_of_days_is_told_how_to_type_it(team: Team, words: str) -> None:
    assert "Type it like this: /attacks" in notice(await team.type(f"/attacks {words}"))


async def test_the_list_shows_the_newest_first_in_pages(team: Team) -> None:
    for day in range(10, 20):
        await log(team, what={"day": f"2026-11-{day}"})
    text = card_text(await team.type("/attacks list"))
    assert text.startswith("Attacks and unknown sellers: 10")
    assert text.index("A-10") < text.index("A-9 ") < text.index("A-3 ")
    assert "A-2 " not in text
    assert "A-2 " in card_text(await team.press("run", "attacks list 2"))


async def test_nothing_known_is_no_proof_that_nothing_was(team: Team) -> None:
    assert "does not prove" in card_text(await team.type("/attacks"))
    assert "No attacks yet" in card_text(await team.type("/attacks list"))


async def test_the_pictures_are_asked_for_once_and_say_their_numbers(team: Team) -> None:
    await log(team, who={"products": ASIN})
    [said] = await team.press("show-attacks", "", BEN)
    assert said == Notice("The charts will appear in the channel in a moment.")
    await team.work()
    [card] = [card for key, card in team.chat.cards.items() if key.startswith("pictures/")]
    assert card.title == "Attacks: 1 in 12 weeks"
    assert "How we are attacked: Review bombing is the only kind: 1 of 1." in card.body


async def test_pictures_show_what_there_is_to_see(team: Team) -> None:
    assert (await attack_pictures(team.app))[1] == ()
    await log(team)
    card, charts = await attack_pictures(team.app)
    assert [chart.title for chart in charts] == ["How we are attacked", "Attacks by week"]
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    _, charts = await attack_pictures(team.app)
    assert [chart.title for chart in charts] == [
        "How we are attacked",
        "Unknown sellers to decide about",
        "Attacks and unknown sellers by week",
    ]
    assert card.body
