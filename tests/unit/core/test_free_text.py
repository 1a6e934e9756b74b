"""What tells of a person is asked about once, and a form that was refused is not typed again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.core.forms import Answers, Form, Paragraph, Text
from bot.core.free_text import AGAIN, DRAFTS, MOST, FreeTextDoor
from bot.core.interactions import Ask, Command, Place, Submission
from bot.core.permissions import Person, Role
from bot.errors import UserError

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
MAIL = "The buyer is jo@example.com"
FORM = Form(id="form", title="Title", inputs=(Paragraph(name="note", label="Note"),))


@dataclass
class Door:
    """The door, with a clock that a test moves, and deliveries that are numbered."""

    now: float = 0.0
    count: int = 0
    door: FreeTextDoor = field(init=False)

    def __post_init__(self) -> None:
        self.door = FreeTextDoor(lambda: self.now)

    def question(self, text: str, who: str = "ana", id: str = "") -> str:
        """Type it; return why it was refused."""
        self.count += 1
        command = Command(
            id=id or f"i{self.count}",
            who=Person(who, who),
            role=Role.ADMIN,
            where=Place(chat="web"),
            at=AT,
            name="note",
            text=text,
        )
        try:
            self.door.require(command)
        except UserError as refused:
            return str(refused)
        return ""

    def hold(self, session: str, who: str = "ana", step: str = "one", **answers: str) -> None:
        """Have what somebody sent at hand."""
        self.door.hold(sent(session, who, step, answers))

    def shown(self, session: str, who: str = "ana", step: str = "one") -> str:
        """Ask for it again; return what already stands in the form."""
        asked = self.door.filled(Ask(form=FORM, session=session, step=step), who)
        [note] = asked.form.inputs
        assert isinstance(note, Paragraph)
        return note.initial


def sent(session: str, who: str, step: str, answers: dict[str, str]) -> Submission:
    given: Answers = {**answers}
    return Submission(
        id="i0",
        who=Person(who, who),
        role=Role.ADMIN,
        where=Place(chat="web"),
        at=AT,
        session=session,
        step=step,
        answers=given,
    )


@pytest.fixture
def door() -> Door:
    return Door()


def test_what_tells_of_a_person_passes_when_it_is_sent_again(door: Door) -> None:
    assert "send it again as it is" in door.question(MAIL)
    assert door.question(MAIL) == ""


def test_the_same_delivery_twice_is_not_sent_again(door: Door) -> None:
    assert door.question(MAIL, id="once")
    assert door.question(MAIL, id="once")
    assert door.question(MAIL) == ""


def test_a_delivery_that_passed_passes_when_it_is_worked_on_once_more(door: Door) -> None:
    assert door.question(MAIL)
    assert door.question(MAIL, id="again") == ""
    assert door.question(MAIL, id="again") == ""


def test_one_persons_answer_is_not_anothers(door: Door) -> None:
    assert door.question(MAIL, "ana")
    assert door.question(MAIL, "ben")
    assert door.question(MAIL, "ana") == ""


def test_it_is_asked_again_after_a_while(door: Door) -> None:
    assert door.question(MAIL)
    door.now += AGAIN
    assert door.question(MAIL) == ""
    door.now += AGAIN + 1
    assert door.question(MAIL)


def test_the_newest_that_were_asked_about_are_remembered(door: Door) -> None:
    for number in range(MOST + 1):
        assert door.question(f"jo{number}@example.com")
    assert door.question(f"jo{MOST}@example.com") == ""
    assert door.question("jo1@example.com") == ""
    assert door.question("jo0@example.com")


@pytest.mark.parametrize("mail", ["notice@amazon.com", "Brand@Amazon.co.uk", "x@mail.amazon.de"])
def test_amazons_own_desks_are_nobodys_address(door: Door, mail: str) -> None:
    assert door.question(f"Written to {mail} today") == ""
    assert door.question(f"Written to {mail} and jo@example.com")


@pytest.mark.parametrize("mail", ["x1@marketplace.amazon.com", "jo@amazon.com.example"])
def test_an_address_that_only_looks_like_amazons_is_asked_about(door: Door, mail: str) -> None:
    assert door.question(f"Written to {mail} today")


def test_a_form_that_was_refused_is_shown_again_as_it_was_sent(door: Door) -> None:
    door.hold("s1", note="Ana wrote this")
    assert door.shown("s1") == "Ana wrote this"
    assert door.shown("s2") == ""
    assert door.shown("s1", who="ben") == ""
    assert door.shown("s1", step="two") == ""


def test_what_was_sent_last_is_shown_and_not_for_ever(door: Door) -> None:
    door.hold("s1", note="first")
    door.now += AGAIN
    door.hold("s1", note="second")
    door.now += AGAIN
    assert door.shown("s1") == "second"
    door.now += 1
    assert door.shown("s1") == ""


def test_the_newest_forms_are_at_hand(door: Door) -> None:
    for number in range(DRAFTS + 1):
        door.hold(f"s{number}", note="text")
    assert [door.shown("s0"), door.shown("s1"), door.shown(f"s{DRAFTS}")] == ["", "text", "text"]


def test_a_secret_is_not_kept_at_hand(door: Door) -> None:
    door.hold("s1", note="password: hunter2-Kx94mQz")
    assert door.shown("s1") == ""


def test_each_input_is_judged_by_its_label_and_a_personal_one_may_name_somebody() -> None:
    form = Form(
        id="form",
        title="Title",
        inputs=(
            Text(name="mail", label="Your mail", personal=True),
            Text(name="note", label="Note"),
            Text(name="more", label="More"),
        ),
    )
    door = FreeTextDoor(lambda: 0.0)
    answers = {"mail": "jo@example.com", "note": "jo@example.com", "more": "nothing"}
    assert list(door.stops(sent("s1", "ana", "one", answers), form)) == ["note"]
