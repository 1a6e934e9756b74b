"""Whatever is typed passes one door: secrets stop, what tells of a person is asked about once."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.collections import SESSIONS
from bot.core.entrances import CONTINUE
from bot.core.forms import Answers, Date, Form, Paragraph, Text
from bot.core.interactions import Ask, Command, Notice, Quote, Reply
from bot.features.cases.collections import ENTRIES
from tests.journeys.test_roles import PRESSED, TYPED, WALKS, busy, kept, words
from tests.unit.conftest import ANA, BEN, PLACE, Team, asked, notice

__all__ = ["busy"]

SECRET = "password: Sommer-2026x"
MAIL = "jane.roe@mail.example"
ASKED = "This looks like an email address (jan...)"
STOPPED = "This looks like it contains a password"


def typed(form: Form) -> list[str]:
    return [each.name for each in form.inputs if isinstance(each, Text | Paragraph | Date)]


def holds(stored: object, words: str) -> bool:
    return words.encode() in msgspec.json.encode(stored)


def steps() -> list[tuple[str, int]]:
    return [(name, place) for name, walk in WALKS.items() for place in range(len(walk.steps))]


async def at_step(team: Team, name: str, place: int) -> Ask:
    ask = asked(await team.type(WALKS[name].start, yes=False))
    for answers in WALKS[name].steps[:place]:
        ask = asked(await team.submit(ask, answers))
    return ask


def planted(answers: Answers, asks: str, text: str) -> Answers:
    before = answers.get(asks, "")
    return {**answers, asks: f"{before} {text}".strip() if isinstance(before, str) else text}


@pytest.mark.parametrize(("name", "place"), steps())
async def test_a_secret_stops_at_every_input_of_every_flow(
    busy: Team, name: str, place: int
) -> None:
    ask = await at_step(busy, name, place)
    for asks in typed(ask.form):
        again = asked(await busy.submit(ask, planted(WALKS[name].steps[place], asks, SECRET)))
        assert (again.step, asks in again.errors) == (ask.step, True)
        assert not holds(await kept(busy), "Sommer")


@pytest.mark.parametrize(("name", "place"), steps())
async def test_what_tells_of_a_person_is_asked_about_at_every_input_of_every_flow(
    busy: Team, name: str, place: int
) -> None:
    """A text for buyers or Amazon is refused; any other is taken when it is sent once more."""
    form = (await at_step(busy, name, place)).form
    inputs = [
        each.name
        for each in form.inputs
        if each.name in typed(form) and not (isinstance(each, Text) and each.personal)
    ]
    for asks, ask in [(each, await at_step(busy, name, place)) for each in inputs]:
        mail = f"{asks}.{MAIL}"
        answers = planted(WALKS[name].steps[place], asks, mail)
        again = asked(await busy.submit(ask, answers))
        assert (again.step, asks in again.errors) == (ask.step, True)
        assert not holds(await kept(busy), mail)
        once_more, *_ = await busy.submit(again, answers)
        if isinstance(once_more, Ask) and asks in once_more.errors:
            assert "send it again" not in once_more.errors[asks]
            assert not holds(await kept(busy), mail)


async def test_a_secret_or_a_person_stops_every_typed_command(busy: Team) -> None:
    """All in one team: what is stopped leaves nothing behind for the next."""
    before = await kept(busy)
    for name in [*TYPED, *PRESSED]:
        said = words(name, TYPED[name]) if name in TYPED else f"{name} 1"
        assert notice(await busy.type(f"/{said} {SECRET}")).startswith(STOPPED), said
        assert notice(await busy.type(f"/{said} {SECRET}")).startswith(STOPPED), said
        assert notice(await busy.type(f"/{said} {MAIL}")).startswith(ASKED), said
        assert await kept(busy) == before, said
        # By then it is forgotten that the address was asked about.
        busy.clock.advance(minutes=11)


async def test_a_note_is_taken_when_it_is_typed_again(busy: Team) -> None:
    question = notice(await busy.type(f"/note 1 Write to {MAIL}"))
    assert question == (
        f"{ASKED}. Remove it, or, if it is the seller's or your own, send it again as it is."
    )
    assert not holds(await kept(busy), MAIL)
    assert notice(await busy.type(f"/note 1 Write to {MAIL}")) == "Added to C-1."
    assert holds(await kept(busy), MAIL)


async def test_an_attackers_address_needs_no_question(busy: Team) -> None:
    ask = await at_step(busy, "attack", 1)
    answers: Answers = {**WALKS["attack"].steps[1], "source_kind": "address", "source": MAIL}
    [reply] = await busy.submit(ask, answers)
    assert not (isinstance(reply, Ask) and "Remove it" in reply.errors.get("source", ""))


async def test_everybody_is_asked(busy: Team) -> None:
    await busy.type(f"/note 1 Write to {MAIL}", ANA)
    assert notice(await busy.type(f"/note 1 Write to {MAIL}", BEN)).startswith(ASKED)


async def test_it_is_asked_again_after_a_while(busy: Team) -> None:
    await busy.type(f"/note 1 Write to {MAIL}")
    busy.clock.advance(minutes=11)
    assert notice(await busy.type(f"/note 1 Write to {MAIL}")).startswith(ASKED)


async def test_another_person_in_the_text_is_asked_about(busy: Team) -> None:
    await busy.type(f"/note 1 Write to {MAIL}")
    told = notice(await busy.type(f"/note 1 Write to {MAIL} or call +49 170 5550123"))
    assert told.startswith("This looks like a phone number (...123).")


async def test_all_of_them_are_asked_about_at_once(busy: Team) -> None:
    said = f"/note 1 Write to {MAIL} or call +49 170 5550123"
    assert " and a phone number" in notice(await busy.type(said))
    assert notice(await busy.type(said)) == "Added to C-1."


async def test_a_delivery_that_comes_twice_is_no_second_time(busy: Team) -> None:
    for _ in range(2):
        told = notice(await busy.type(f"/note 1 Write to {MAIL}", id="the same"))
        assert told.startswith(ASKED)


async def test_a_wrong_answer_beside_it_keeps_nothing_of_a_person(busy: Team) -> None:
    """What was asked about once is not kept as a draft either."""
    ask = asked(await busy.press("add-note", "1"))
    wrong: Answers = {"case": "77", "note": f"Write to {MAIL}"}
    ask = asked(await busy.submit(ask, wrong))
    ask = asked(await busy.submit(ask, wrong))
    assert [*ask.errors] == ["case"]
    [note] = [each for each in ask.form.inputs if each.name == "note"]
    assert isinstance(note, Paragraph)
    assert note.initial == f"Write to {MAIL}"
    assert not holds(await kept(busy), MAIL)


async def test_who_sent_it_finds_it_in_the_form_again_and_nobody_else(busy: Team) -> None:
    """Some chats show a refused form by a button alone."""
    ask = asked(await busy.press("add-note", "1"))
    await busy.submit(ask, {"case": "1", "note": f"Write to {MAIL}"})
    assert note_in(await busy.press(CONTINUE, ask.session, BEN)) == ""
    again = await busy.press(CONTINUE, ask.session)
    assert note_in(again) == f"Write to {MAIL}"
    assert "note" in asked(again).errors
    busy.clock.advance(minutes=11)
    assert note_in(await busy.press(CONTINUE, ask.session)) == ""
    await busy.submit(ask, {"case": "1", "note": SECRET})
    assert note_in(await busy.press(CONTINUE, ask.session)) == ""


def note_in(replies: list[Reply]) -> str:
    [note] = [each for each in asked(replies).form.inputs if each.name == "note"]
    assert isinstance(note, Paragraph)
    return note.initial


async def chosen_on(team: Team, quote: Quote, id: str) -> list[Reply]:
    return await team.router.handle(
        Command(
            id=id,
            who=ANA[0],
            role=ANA[1],
            where=PLACE,
            at=team.clock.now,
            name="add-to-case",
            quote=quote,
        )
    )


async def test_a_message_that_holds_a_secret_is_not_taken_over(busy: Team) -> None:
    quote = Quote(text=SECRET, author="Eve")
    for id in ("q1", "q2"):
        assert notice(await chosen_on(busy, quote, id)).startswith(STOPPED)
    assert not holds(await kept(busy), "Sommer")


async def test_a_message_that_tells_of_a_person_is_taken_over_when_it_is_chosen_again(
    busy: Team,
) -> None:
    quote = Quote(text=f"She is {MAIL}", author="Eve")
    assert "choose 'Add to case' in the message's menu" in notice(
        await chosen_on(busy, quote, "q1")
    )
    assert await busy.app.store.count(SESSIONS) == 0
    ask = asked(await chosen_on(busy, quote, "q2"))
    answers: Answers = {"case": "1", "note": f"Eve wrote: She is {MAIL}", "files": ()}
    assert notice(await busy.submit(ask, answers)) == "Added to C-1."


async def test_a_message_in_the_thread_can_be_taken_over_from_its_menu(busy: Team) -> None:
    dropped = Quote(text=f"She is {MAIL}", author="Eve", dropped=True)
    entries = await busy.app.store.count(ENTRIES)
    assert "choose 'Add to case'" in notice(await chosen_on(busy, dropped, "q1"))
    assert await busy.app.store.count(ENTRIES) == entries
    asked(await chosen_on(busy, Quote(text=dropped.text, author="Eve"), "q2"))


@pytest.mark.parametrize(
    "link",
    [
        "https://www.amazon.com/dp/B0PRODUC01?dib=eyJ2IjoiMSJ9.Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv.x1",
        "https://www.amazon.co.uk/Pan/dp/B0PRODUC01/ref=sr_1_5?crid=2A&pf_rd_p=0170-5550123",
        "<https://www.amazon.de/dp/B0PRODUC01#a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6>",
    ],
)
async def test_a_link_of_amazons_is_no_secret(busy: Team, link: str) -> None:
    [reply] = await busy.type(f"/watch {link} US")
    assert not (isinstance(reply, Notice) and reply.text.startswith("This looks like"))


@pytest.mark.parametrize(
    "said",
    [
        "https://drive.google.com/file/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456/view?usp=sharing",
        "https://docs.google.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2up/edit#gid=0",
        "https://alder.sharepoint.com/:x:/g/EaBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789?e=Ab1",
        "notice-dispute@amazon.com answered, seller-performance@amazon.co.jp did not",
        "Merchant token: A1QX7ZP9KD4W2M",
    ],
)
async def test_what_a_team_writes_every_day_passes(busy: Team, said: str) -> None:
    assert notice(await busy.type(f"/note 1 {said}")) == "Added to C-1."


@pytest.mark.parametrize(
    "said",
    [
        "https://docs.google.com/d/1aB, password: hunter22",
        "https://hooks.slack.com/services/T0123/B0123/aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV",
        "x9q8w7@marketplace.amazon.com",
        "eve@amazon.com.example.net",
    ],
)
async def test_what_is_like_it_is_stopped_or_asked_about(busy: Team, said: str) -> None:
    assert notice(await busy.type(f"/note 1 {said}")).startswith("This looks like")


async def test_a_registration_number_is_no_telephone(busy: Team) -> None:
    ask = await at_step(busy, "right", 0)
    answers = {**WALKS["right"].steps[0], "registration": "018123456"}
    assert asked(await busy.submit(ask, answers)).errors == {}
