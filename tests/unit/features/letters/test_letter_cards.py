"""Cards of letters: within every chat's budget, whatever stands in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.cards import Style, Tone
from bot.core.lint.remarks import Remark
from bot.core.permissions import Person
from bot.core.team import Team
from bot.core.views.lists import PAGE, ListPage
from bot.features.letters.models.buyer_messages import Situation
from bot.features.letters.models.letters import Letter, LetterKind, LetterState, Outcome
from bot.features.letters.models.support_requests import SupportMatter
from bot.features.letters.views import (
    LetterContext,
    letter_card,
    letter_reminder_card,
    letters_card,
)
from tests.cases import for_each

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
TEAM = Team()
PAGES = (("Report Abuse", "https://sellercentral.amazon.com/abuse-submission/report-abuse"),)
REQUEST = Letter(
    number=4,
    kind=LetterKind.SUPPORT,
    situation="listing-taken-over",
    text="Hello,",
    written_by=Person("ben", "Ben"),
    written_at=NOW,
)
MESSAGE = msgspec.structs.replace(
    REQUEST, kind=LetterKind.BUYER, situation="late", order="123-1234567-1234567"
)


def changed(letter: Letter = REQUEST, **changes: object) -> Letter:
    return msgspec.structs.replace(letter, **changes)


@pytest.mark.parametrize(
    ("letter", "title", "tone", "first"),
    [
        (REQUEST, "L-4 is ready to send", Tone.INFO, "I sent it"),
        (MESSAGE, "L-4 is ready to send", Tone.INFO, "I sent it"),
        (
            changed(state=LetterState.SENT, due_at=NOW),
            "L-4 was sent to Amazon's support",
            Tone.INFO,
            "Amazon answered",
        ),
        (
            changed(state=LetterState.SENT, outcome=Outcome.WANTED, ticket="1234"),
            "L-4 was sent to Amazon's support",
            Tone.WARNING,
            "Amazon answered",
        ),
        (
            changed(MESSAGE, state=LetterState.SENT, open=False),
            "L-4 was sent to the buyer",
            Tone.QUIET,
            "",
        ),
        (
            changed(state=LetterState.ANSWERED, outcome=Outcome.SOLVED, open=False),
            "L-4: solved",
            Tone.GOOD,
            "",
        ),
        (
            changed(state=LetterState.ANSWERED, outcome=Outcome.REFUSED, open=False),
            "L-4: refused",
            Tone.WARNING,
            "",
        ),
        (changed(state=LetterState.DROPPED, open=False), "L-4: discarded", Tone.QUIET, ""),
    ],
)
def test_a_card_says_how_it_is_and_what_comes_next(
    letter: Letter, title: str, tone: Tone, first: str
) -> None:
    card = letter_card(letter, LetterContext(team=TEAM))
    assert (card.title, card.tone) == (title, tone)
    assert [each.label for each in card.buttons if each.style is Style.PRIMARY] == (
        [first] if first else []
    )
    assert bool(card.buttons) is letter.open


def test_a_page_is_opened_only_before_it_is_sent() -> None:
    assert letter_card(REQUEST, LetterContext(team=TEAM, pages=PAGES)).buttons[0].url == PAGES[0][1]
    sent = changed(state=LetterState.SENT)
    assert all(
        not each.url for each in letter_card(sent, LetterContext(team=TEAM, pages=PAGES)).buttons
    )


@settings(max_examples=60)
@given(
    st.text(min_size=1, max_size=3000),
    st.text(max_size=400),
    st.sampled_from([*SupportMatter]),
    st.sampled_from([*LetterState]),
)
def test_any_letter_fits_on_a_card(
    text: str, words: str, need: SupportMatter, state: LetterState
) -> None:
    letter = changed(
        text=text + "x" * (3000 - len(text)),
        situation=need.value,
        state=state,
        words=words * 3,
        ticket=words[:40],
        written_by=Person("ben", words),
        sent_at=NOW,
        due_at=NOW + timedelta(days=2),
    )
    remarks = [Remark(rule=words, says=words, stops=False)] * 9
    shown = LetterContext(team=TEAM, remarks=remarks, notices=[words, words], pages=PAGES)
    card = letter_card(letter, shown)
    assert len(card.snippets[0].text) == 3000
    letter_reminder_card(letter, private=False)


def test_a_full_page_of_letters_fits_on_a_card() -> None:
    letters = [changed(number=number) for number in range(1, PAGE + 1)]
    card = letters_card(letters, ListPage.of(2, 30, "letters"), TEAM)
    assert len(card.buttons) == PAGE + 2
    assert letters_card([], ListPage.of(1, 0, "letters"), TEAM).title == "No letters yet"


@for_each("name", [*Situation, *SupportMatter])
def test_every_matter_fits_on_a_line(name: Situation | SupportMatter) -> None:
    assert len(name.label) <= 60
