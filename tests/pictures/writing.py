"""Cards and forms of letters, of lessons and of help by need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from bot.core.cards import Card
from bot.core.forms import Answers
from bot.core.interactions import Ask
from bot.core.lint.remarks import Remark
from bot.core.views.lists import ListPage
from bot.features.letters.models.buyer_messages import Message, Remedy, Situation
from bot.features.letters.models.letters import Letter, LetterKind, LetterState, Outcome
from bot.features.letters.models.support_requests import Request, SupportMatter
from bot.features.letters.texts.writing import buyer_message, steps, support_request, wishes
from bot.features.letters.views import (
    LetterContext,
    letter_card,
    letter_reminder_card,
    letters_card,
)
from bot.features.overview.views.help import found_card, needs_card
from bot.features.overview.views.needs import NEEDS
from tests.fakes import START as NOW
from tests.pictures import teaching
from tests.pictures.asking import asked
from tests.pictures.story import BEN, BOWL, SCENE, THIEF, ago

ORDER = "123-1234567-1234567"
MESSAGE = buyer_message(
    Message(
        brand="Alder & Finch",
        order=ORDER,
        situation=Situation.COUNTERFEIT,
        remedy=Remedy.REPLACEMENT,
    ),
    "en",
)
REQUEST = support_request(
    Request(
        brand="Alder & Finch",
        need=SupportMatter.TAKEOVER,
        about=BOWL.asin,
        since=NOW.date(),
        happened=("Title and main image now show a bowl of another brand.",),
        steps=("saved", "submitted"),
        wish=(wishes()["en"]["listing-taken-over"],),
        site="amazon.com",
        seller=THIEF,
    ),
    "en",
)
TO_BUYER = Letter(
    number=4,
    kind=LetterKind.BUYER,
    situation=Situation.COUNTERFEIT.value,
    text=MESSAGE,
    order=ORDER,
    ordered_on=ago(days=6).date(),
    written_by=BEN,
    written_at=NOW,
)
TO_AMAZON = msgspec.structs.replace(
    TO_BUYER,
    number=5,
    kind=LetterKind.SUPPORT,
    situation=SupportMatter.TAKEOVER.value,
    text=REQUEST,
    order="",
    ordered_on=None,
)
SENT = msgspec.structs.replace(
    TO_AMAZON,
    state=LetterState.SENT,
    sent_at=ago(days=2),
    ticket="13579246801",
    due_at=NOW + timedelta(days=2),
    reminded=1,
)
WANTED = msgspec.structs.replace(
    SENT, outcome=Outcome.WANTED, words="Please send photos of the packaging and an invoice."
)
SOLVED = msgspec.structs.replace(
    SENT, state=LetterState.ANSWERED, outcome=Outcome.SOLVED, open=False
)
ADVICE = Remark(rule="Be brief", says="Say it in fewer than 900 characters.", stops=False)
NOTICE = (
    f"{ORDER} is not in the order records of your cases. The records may be incomplete, so "
    "make sure the order is yours."
)
PAGES = (("Report Abuse", "https://sellercentral.amazon.com/abuse-submission/report-abuse"),)


def _letters() -> dict[str, Card]:
    shown = LetterContext(team=SCENE.team)
    known = [WANTED, TO_BUYER, msgspec.structs.replace(SOLVED, number=3)]
    return {
        "letter-buyer": letter_card(
            TO_BUYER, LetterContext(team=SCENE.team, remarks=[ADVICE], notices=[NOTICE])
        ),
        "letter-support": letter_card(TO_AMAZON, LetterContext(team=SCENE.team, pages=PAGES)),
        "letter-sent": letter_card(SENT, shown),
        "letter-wanted": letter_card(WANTED, shown),
        "letter-solved": letter_card(SOLVED, shown),
        "letter-reminder": letter_reminder_card(SENT, private=False),
        "letters": letters_card(known, ListPage.of(1, 3, "letters"), SCENE.team),
    }


def _forms() -> dict[str, Ask]:
    bad = f"{MESSAGE}\n\nPlease change your review; see https://alder.example or call 555 0100."
    text = {
        "draft": MESSAGE,
        "notice": "",
        "order": ORDER,
        "ordered_on": ago(days=6).date().isoformat(),
        "today": NOW.date().isoformat(),
        "language": "en",
        "situation": Situation.COUNTERFEIT.value,
    }
    matter = {
        "about_case": "C-12: Unknown seller on Walnut Salad Bowl",
        "need": SupportMatter.TAKEOVER.value,
        "about": BOWL.asin,
        "since": NOW.date().isoformat(),
        "today": NOW.date().isoformat(),
        "wishes": wishes(),
        "offered": steps(),
    }
    chosen: Answers = {
        "need": SupportMatter.TAKEOVER.value,
        "about": BOWL.asin,
        "since": NOW.date().isoformat(),
        "merchant": "A3ALDERFINCH01",
        "language": "en",
    }
    disputed = {**matter, "need": SupportMatter.COMPLAINT.value}
    dispute = {**chosen, "need": SupportMatter.COMPLAINT.value}
    title = {"title": "L-5 Our listing was taken over", "ticket": ""}
    return {
        "form-buyer": asked("buyer", {"spoken": "en"}),
        "form-buyer-text": asked("buyer-text", {**text, "notice": NOTICE}),
        "form-buyer-error": asked("buyer-text", text, ("text", {"text": bad})),
        "form-support-1": asked("support", matter),
        "form-support-2": asked("support", matter, ("matter", chosen)),
        "form-support-complaint": asked("support", disputed, ("matter", dispute)),
        "form-letter-sent": asked("letter-sent", title),
        "form-letter-answer": asked("letter-answer", title),
    }


CARDS: Mapping[str, Card] = {
    **_letters(),
    **teaching.cards(),
    "needs": needs_card(),
    "needs-missed": needs_card("teapot"),
    "need": found_card(NEEDS[:1]),
    "need-account": found_card(NEEDS[4:5]),
}
FORMS: Mapping[str, Ask] = _forms()
