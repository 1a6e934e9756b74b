"""The brand's register: what is entered, what is refused beside its input, what is taken out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.core.collections import AUDIT_KEYS
from bot.core.files import Upload
from bot.core.forms import Answers
from bot.core.interactions import Ask
from bot.core.sweeping import Sweeping
from bot.core.undo.announcing import end_undo
from bot.core.vault_sweep import VaultSweep
from bot.errors import StoreError
from bot.features.rights.collections import BRAND_RIGHTS, RIGHTS_DOCUMENTS
from bot.features.rights.models import BrandRightStatus, RightsDocumentKind
from tests.unit.conftest import (
    ANA,
    ASIN,
    BEN,
    THIEF,
    Team,
    asked,
    card_text,
    confirmed_after,
    notice,
)
from tests.unit.features.reports.reporting import RIGHT, answer
from tests.unit.redacted import TRACE, WORDS, assert_gone, on_disk

MARK: Answers = {"kind": "trademark", "name": "ALDER & FINCH"}
OFFICE: Answers = {"country": "us", "registration": "7123456", "status": "registered"}
OWNER: Answers = {"owner": "Alder & Finch Ltd", "classes": "8, 21", "expires": "2030-01-01"}
LETTER: Answers = {
    "kind": "authorisation",
    "name": "Letter of May",
    "party": f"https://www.amazon.com/sp?seller={THIEF}",
    "products": f"https://www.amazon.com/dp/{ASIN}",
    "file": (),
}
PERIOD: Answers = {"since": "2026-05-01", "until": "2027-04-30"}


async def test_a_right_is_entered_listed_and_taken_out(team: Team) -> None:
    owner = await entered(team, MARK, OFFICE)
    label = "Trademark ALDER & FINCH (US 7123456)"
    assert notice(await team.submit(owner, OWNER)) == f"Added {label}."
    [right] = await team.app.store.page(BRAND_RIGHTS)
    assert (right.country, right.status) == ("US", BrandRightStatus.REGISTERED)
    assert (right.expires, right.added_at) == (date(2030, 1, 1), team.clock.now)
    assert label in card_text(await team.type("/rights"))
    assert notice(await team.type("/rights remove #1")) == f"Removed {label}."
    assert "No rights yet" in card_text(await team.type("/rights"))


async def entered(team: Team, *steps: Answers) -> Ask:
    """Add a right as far as these steps go, and return what is asked then."""
    ask = asked(await team.type("/rights add"))
    for step in steps:
        ask = asked(await team.submit(ask, step))
    return ask


def inputs_of(ask: Ask) -> list[str]:
    return [each.name for each in ask.form.inputs]


async def test_a_copyright_is_asked_for_neither_registration_nor_country(team: Team) -> None:
    owner = await entered(team, {"kind": "copyright", "name": "Product photos"})
    assert inputs_of(owner) == ["owner"]
    assert notice(await team.submit(owner, {"owner": ""})) == "Added Copyright Product photos."
    [right] = await team.app.store.page(BRAND_RIGHTS)
    assert (right.country, right.registration, right.counts_in("JP")) == ("*", "", True)


async def test_an_international_mark_is_asked_in_which_countries_it_counts(team: Team) -> None:
    madrid: Answers = {**OFFICE, "country": "wo"}
    countries = await entered(team, MARK, madrid)
    assert inputs_of(countries) == ["countries"]
    again = asked(await team.submit(countries, {"countries": "Germany"}))
    assert "Enter two letters" in again.errors["countries"]
    owner = asked(await team.submit(again, {"countries": "de, fr UK"}))
    said = notice(await team.submit(owner, OWNER))
    assert said == "Added Trademark ALDER & FINCH (WO 7123456 in DE, FR, GB)."
    [right] = await team.app.store.page(BRAND_RIGHTS)
    assert right.countries == ("DE", "FR", "GB")


async def test_the_list_says_what_is_not_sure_of_a_right(team: Team) -> None:
    owner = await entered(team, MARK, {**OFFICE, "country": "WO"}, {"countries": ""})
    ended = team.clock.now.date() - timedelta(days=30)
    await team.submit(owner, {**OWNER, "expires": ended.isoformat()})
    await team.submit(await entered(team, {"kind": "copyright", "name": "Photos"}), {"owner": ""})
    listed = card_text(await team.type("/rights"))
    assert "! countries missing" in listed
    assert f"✗ expired {ended} · may still count for a while" in listed
    # A copyright is not registered anywhere, and need not be.
    assert listed.count("registered") == 1


async def test_uk_is_taken_for_the_country_that_is_called_gb(team: Team) -> None:
    owner = await entered(team, MARK, {**OFFICE, "country": "uk"})
    assert "(GB 7123456)" in notice(await team.submit(owner, OWNER))


async def test_a_patent_or_utility_model_is_asked_for_no_classes(team: Team) -> None:
    for kind in ("patent", "utility-model", "design"):
        owner = await entered(team, {"kind": kind, "name": "Hinge"}, {**OFFICE, "country": "DE"})
        assert inputs_of(owner) == ["owner", "expires"]


async def test_a_paper_is_entered_listed_and_taken_out(team: Team) -> None:
    period = asked(await team.submit(asked(await team.type("/papers add")), LETTER))
    assert notice(await team.submit(period, PERIOD)) == "Added Letter of May."
    [paper] = await team.app.store.page(RIGHTS_DOCUMENTS)
    assert paper.kind is RightsDocumentKind.AUTHORISATION
    assert (paper.party, paper.products) == (THIEF, (ASIN,))
    assert (paper.since, paper.until) == (date(2026, 5, 1), date(2027, 4, 30))
    assert "Letter of May" in card_text(await team.type("/papers"))
    assert "Removed Letter of May." in notice(await team.type("/papers remove 1"))
    assert await team.app.store.count(RIGHTS_DOCUMENTS) == 0


async def test_a_papers_file_goes_with_the_last_paper_once_undo_is_over(team: Team) -> None:
    content = await team.app.evidence.keep(b"letter", {"at": "now"})
    file = Upload("letter.pdf", "application/pdf", 6, content)
    for _ in range(2):
        step = {**LETTER, "file": (file,)}
        period = asked(await team.submit(asked(await team.type("/papers add")), step))
        await team.submit(period, PERIOD)
    await team.type("/papers remove 1")
    await undo_is_over(team)
    assert await team.app.evidence.read(content) == b"letter"
    await team.type("/papers remove 2")
    await team.work()
    assert await team.app.evidence.read(content) == b"letter"
    await undo_is_over(team)
    with pytest.raises(StoreError):
        await team.app.evidence.read(content)


async def test_a_clock_that_jumps_takes_no_file_from_undo(team: Team) -> None:
    await confirmed_after(team)
    content = await team.app.evidence.keep(b"letter", {"at": "now"})
    file = Upload("letter.pdf", "application/pdf", 6, content)
    step = asked(await team.type("/papers add"))
    await team.submit(asked(await team.submit(step, {**LETTER, "file": (file,)})), PERIOD)
    await team.type("/papers remove 1")
    team.clock.step(days=1)
    await end_undo(team.app)
    await team.work()
    team.clock.step(days=-1)
    await team.undo()
    assert await team.app.store.count(RIGHTS_DOCUMENTS) == 1
    assert await team.app.evidence.read(content) == b"letter"


async def test_of_a_removed_paper_no_name_and_no_key_of_its_hash_is_left(
    team: Team, tmp_path: Path
) -> None:
    step = asked(await team.type("/papers add"))
    await team.submit(asked(await team.submit(step, {**LETTER, "name": "Letter of Jane Roe"})), {})
    assert await team.app.store.count(AUDIT_KEYS) > 0
    await team.type("/papers remove 1")
    await undo_is_over(team)
    assert await team.app.store.count(AUDIT_KEYS) == 0
    assert "Jane Roe" not in repr(team.chat.cards)
    await VaultSweep(team.app).tick()
    assert b"Jane Roe" not in (tmp_path / "brandwarden.jsonl").read_bytes()


async def undo_is_over(team: Team) -> None:
    await confirmed_after(team, minutes=11)
    await end_undo(team.app)
    await team.work()


@pytest.mark.parametrize(
    ("answers", "name", "said"),
    [
        ({"country": "U"}, "country", "Enter two letters such as US"),
        ({"country": "*"}, "country", "Enter two letters such as US"),
        ({"country": "EP"}, "country", "EP does not register a trademark. Enter the country"),
        ({"registration": ""}, "registration", "Enter the registration number"),
    ],
)
async def test_what_is_wrong_with_a_right_is_said_beside_its_input(
    team: Team, answers: Answers, name: str, said: str
) -> None:
    again = await entered(team, MARK, {**OFFICE, **answers})
    assert list(again.errors) == [name]
    assert said in again.errors[name]


@pytest.mark.parametrize(
    ("answers", "name", "said"),
    [
        ({"party": ""}, "party", "Who is authorized?"),
        ({"party": "Kitchen World"}, "party", "is not a seller ID"),
        ({"products": "pan"}, "products", "an ASIN has 10"),
    ],
)
async def test_what_is_wrong_with_a_paper_is_said_beside_its_input(
    team: Team, answers: Answers, name: str, said: str
) -> None:
    again = asked(
        await team.submit(asked(await team.type("/papers add")), {**LETTER, **answers}),
    )
    assert list(again.errors) == [name]
    assert said in again.errors[name]


async def test_a_supplier_is_called_by_any_name(team: Team) -> None:
    invoice: Answers = {**LETTER, "kind": "invoice", "party": "Steelworks"}
    period = asked(await team.submit(asked(await team.type("/papers add")), invoice))
    again = asked(await team.submit(period, {"since": "2026-05-02", "until": "2026-05-01"}))
    assert again.errors == {"until": "The end date is before the start date. Correct one of them."}
    await team.submit(again, {"since": "2026-05-01", "until": "2026-05-01"})
    [paper] = await team.app.store.page(RIGHTS_DOCUMENTS)
    assert paper.party == "Steelworks"


@pytest.mark.parametrize("word", ["rights", "papers"])
async def test_only_an_admin_changes_the_register(team: Team, word: str) -> None:
    for change in ("add", "remove 1"):
        assert notice(await team.type(f"/{word} {change}", BEN)).startswith("Only admins can")
    assert "is not a number" in notice(await team.type(f"/{word} remove one"))
    assert notice(await team.type(f"/{word} remove 7")).startswith("There is no ")


async def test_a_removed_rights_words_go_when_undo_is_over(team: Team, tmp_path: Path) -> None:
    *first, last = RIGHT
    owned = {**last, "owner": WORDS, "classes": f"21, {TRACE}"}
    await answer(team, asked(await team.type("/rights add")), *first, owned, who=ANA)
    await team.type("/rights remove 1")
    # As long as it can be undone, it is there.
    assert on_disk(tmp_path)
    await confirmed_after(team, minutes=11)
    await Sweeping(team.app).tick()
    await team.dispatcher.deliver()
    await assert_gone(team, tmp_path)


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (
            (MARK, OFFICE),
            ({**MARK, "name": "Other words"}, {**OFFICE, "registration": "7 123-456"}),
        ),
        (
            ({"kind": "copyright", "name": "Product photos"},),
            ({"kind": "copyright", "name": "product  photos"},),
        ),
        (
            (MARK, {**OFFICE, "status": "pending", "registration": ""}),
            (MARK, {**OFFICE, "status": "pending", "registration": ""}),
        ),
    ],
    ids=["number", "copyright", "pending"],
)
async def test_what_was_entered_before_is_refused_beside_its_input(
    team: Team, first: tuple[Answers, ...], again: tuple[Answers, ...]
) -> None:
    await team.submit(await entered(team, *first), {"owner": ""})
    refused = await entered(team, *again)
    [says] = refused.errors.values()
    assert says.startswith("You already entered this: ")
    assert "/rights remove" in says
    await team.type("/rights remove 1")
    [*before, last] = again
    fresh = await entered(team, *before)
    assert inputs_of(asked(await team.submit(fresh, last)))[0] == "owner"


async def test_the_same_number_in_another_register_is_another_right(team: Team) -> None:
    await team.submit(await entered(team, MARK, OFFICE), OWNER)
    patent = await entered(team, {"kind": "patent", "name": "Hinge"}, OFFICE)
    assert "Added Patent Hinge" in notice(await team.submit(patent, OWNER))
    german = await entered(team, MARK, {**OFFICE, "country": "DE"})
    assert "Added Trademark" in notice(await team.submit(german, OWNER))


async def test_of_two_who_enter_the_same_right_at_once_one_is_told(team: Team) -> None:
    mine, yours = [await entered(team, MARK, OFFICE) for _ in range(2)]
    await team.submit(mine, OWNER)
    assert "You already entered this" in str(await team.submit(yours, OWNER))
    assert await team.app.store.count(BRAND_RIGHTS) == 1
