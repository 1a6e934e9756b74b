"""Letters that a person sends: the card that hands one over, the reminder, and the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from bot.core import cards
from bot.core.cards import Button, Card, Field, Snippet, Style, Tone
from bot.core.interface import tr, tr_data
from bot.core.lint.remarks import Remark
from bot.core.reminding import REMINDERS
from bot.core.team import Team
from bot.core.text import clip, one_line
from bot.core.views.context import field
from bot.core.views.lists import ListPage, counted
from bot.core.views.reading_aid import with_aid
from bot.core.when import moment
from bot.features.letters.models.letters import Letter, LetterKind, LetterState, Outcome, question
from bot.features.letters.models.support_requests import SupportMatter

ADVICE = 3
ROOM = 600
"""Characters of a card's text that stay free beside the letter."""

BY_HAND = "Brandwarden sends nothing to Amazon."
TO_BUYER = (
    "In Seller Central, open Orders, find the order, choose 'Contact buyer' and paste the text. "
    "Brandwarden sends nothing to buyers."
)
GET_SUPPORT = "In Seller Central, open Help, choose 'Get support' and paste the text."
DOORS: Mapping[SupportMatter, str] = {
    SupportMatter.ACCOUNT: "If you can sign in to Seller Central, open Help, choose 'Get support' "
    "and paste the text. If you are locked out, you can't reach Help: use the help on Amazon's "
    "sign-in page to recover the account. If Amazon offers to call you, accept.",
    SupportMatter.LEAKED_KEY: "Read Amazon's Data Protection Policy first: it says where and how "
    "fast a security incident is reported. Then open Help in Seller Central, choose 'Get support' "
    "and paste the text.",
    SupportMatter.COMPLAINT: "In Seller Central, open Performance, Account Health, and find the "
    "complaint. Appeal with the button next to it: paste the text and attach your documents. "
    "Don't use 'Get support' for it.",
    SupportMatter.TAKEOVER: "First submit your own product data for the page again. If that "
    "doesn't restore it, ask Brand Registry support and paste the text. Then use Report Abuse.",
    SupportMatter.REVIEWS: "Report each review on its own page first. Then open Report Abuse and "
    "paste the text.",
    SupportMatter.CLICKS: "In the advertising console, open its own support and paste the text. "
    "Don't send it from Seller Central.",
}
"""Where a request belongs, as facts and experience say; what is not named goes to support."""


class LetterContext(msgspec.Struct, frozen=True, kw_only=True):
    """What a letter's card shows besides the letter."""

    team: Team
    remarks: Sequence[Remark] = ()
    """Advice; what stops a letter never becomes one."""
    notices: Sequence[str] = ()
    """What should be known or done before it is sent."""
    pages: Sequence[tuple[str, str]] = ()
    """Pages on which it is sent, with their names, where they are surely known."""


def letter_card(letter: Letter, shown: LetterContext) -> Card:
    """Show a letter: what is to be done with it, and its text to be copied."""
    card = Card(
        title=_title(letter),
        body=clip("\n".join(_body(letter, shown)), ROOM),
        tone=_tone(letter),
        fields=_fields(letter, shown.team),
        snippets=(Snippet("Text", clip(letter.text, min(cards.SNIPPET, cards.TEXT - ROOM - 10))),),
        buttons=_buttons(letter, shown),
        footer=one_line(f"{letter.label} · written by {letter.written_by.name}", cards.FOOTER),
    )
    return with_aid(card, letter.english if letter.state is LetterState.READY else "")


def letter_reminder_card(letter: Letter, *, private: bool) -> Card:
    """Ask what became of a letter, with the buttons that say it.

    A private one stands in no thread: its card is opened by who wants to answer.
    """
    wanted = letter.outcome is Outcome.WANTED
    return Card(
        title=f"{letter.label} to {letter.kind.inside}: {'send more' if wanted else 'any answer?'}",
        body=question(letter),
        tone=Tone.WARNING if wanted else Tone.INFO,
        fields=_about(letter),
        buttons=(_open(letter),) if private else _sent_buttons(letter),
        footer=f"Reminder {letter.reminded} of {REMINDERS}",
    )


def letters_card(letters: Sequence[Letter], page: ListPage, team: Team) -> Card:
    """List letters to buyers and to Amazon's support, the newest first."""
    if not page.total:
        return Card(
            title="No letters yet",
            body="Type /buyer to write to a buyer, or /support to ask Amazon's support.",
        )
    return Card(
        title=counted(page.total, "letter"),
        fields=tuple(_line(letter, team) for letter in letters),
        buttons=(*(_open(letter) for letter in letters), *page.buttons),
        footer=page.footer,
    )


def _open(letter: Letter) -> Button:
    return Button(label=f"Open {letter.label}", action="run", ref=f"letters {letter.label}")


def _title(letter: Letter) -> str:
    match letter.state:
        case LetterState.READY:
            return f"{letter.label} is ready to send"
        case LetterState.SENT if letter.kind is LetterKind.BUYER:
            return f"{letter.label} was sent to the buyer"
        case LetterState.SENT:
            return f"{letter.label} was sent to Amazon's support"
        case LetterState.ANSWERED if letter.outcome:
            return f"{letter.label}: {letter.outcome.label.lower()}"
        case _:
            return f"{letter.label}: {letter.state.label.lower()}"


def _body(letter: Letter, shown: LetterContext) -> list[str]:
    if letter.state is not LetterState.READY:
        return [question(letter)]
    advice = [
        tr("! {rule}. {remark}", rule=tr_data(each.rule), remark=each.says)
        for each in shown.remarks[:ADVICE]
    ]
    return [_how(letter), *(f"! {each}" for each in shown.notices), *advice]


def _how(letter: Letter) -> str:
    if letter.kind is LetterKind.BUYER:
        return TO_BUYER
    return f"{DOORS.get(SupportMatter(letter.situation), GET_SUPPORT)} {BY_HAND}"


def _tone(letter: Letter) -> Tone:
    if letter.outcome in (Outcome.WANTED, Outcome.REFUSED) and letter.state in _WITH_AMAZON:
        return Tone.WARNING
    if letter.outcome is Outcome.SOLVED:
        return Tone.GOOD
    return Tone.INFO if letter.open else Tone.QUIET


_WITH_AMAZON = (LetterState.SENT, LetterState.ANSWERED)


def _fields(letter: Letter, team: Team) -> tuple[Field, ...]:
    shown = [*_about(letter)]
    if letter.sent_at is not None:
        shown.append(field("Sent", moment(letter.sent_at, team)))
    if letter.due_at is not None and letter.open:
        shown.append(field("Next check", moment(letter.due_at, team)))
    if letter.words:
        shown.append(field("In Amazon's words", letter.words, wide=True))
    if letter.removed is not None:
        shown.append(field("Text removed", letter.removed.line(team), wide=True))
    return tuple(shown)


def _about(letter: Letter) -> tuple[Field, ...]:
    shown = [field("To", letter.kind.label), field("About", letter.about)]
    if letter.order:
        shown.append(field("Order", letter.order))
    if letter.ticket:
        shown.append(field("Amazon's case ID", letter.ticket))
    return tuple(shown)


def _buttons(letter: Letter, shown: LetterContext) -> tuple[Button, ...]:
    if letter.state is LetterState.READY:
        return (
            *(Button(label=f"Open: {label}", url=url) for label, url in shown.pages),
            Button(label="I sent it", action="letter-sent", ref=letter.key, style=Style.PRIMARY),
            Button(label="Edit text", action="change-letter", ref=letter.key),
            Button(label="Discard", action="drop-letter", ref=letter.key),
        )
    return _sent_buttons(letter) if letter.open else ()


def _sent_buttons(letter: Letter) -> tuple[Button, ...]:
    ref = letter.key
    answered = Button(
        label="Amazon answered", action="letter-answered", ref=ref, style=Style.PRIMARY
    )
    later = Button(label="Amazon's case ID", action="letter-sent", ref=ref)
    drop = Button(label="Discard", action="drop-letter", ref=ref)
    return (answered, drop) if letter.ticket else (answered, later, drop)


def _line(letter: Letter, team: Team) -> Field:
    state = letter.outcome.label if letter.outcome else letter.state.label
    if letter.kind is LetterKind.BUYER and letter.state is LetterState.SENT:
        state = "Sent"
    parts = [state, letter.order or letter.ticket]
    if letter.sent_at is not None:
        parts.append(moment(letter.sent_at, team))
    told = " · ".join(part for part in parts if part)
    return field(f"{letter.label} · {letter.kind.label}", f"{letter.about}\n{told}", wide=True)
