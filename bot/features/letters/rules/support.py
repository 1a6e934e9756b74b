"""What a request to Amazon's support needs, and what gets it sent back.

Amazon publishes no such list. The rules rest on what it rejects reports for (facts: what gets a
report rejected): vague, two matters in one, wrong words. A rule is a function, and a line in
``RULES``; the phrases that it looks for are in ``support.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import msgspec

from bot.core.identifiers import is_asin
from bot.core.interface import tr
from bot.core.lint.greetings import greets_by_name
from bot.core.lint.letters import blanks, secrets, tone
from bot.core.lint.phrases import flat, found, read_phrases, sentences
from bot.core.lint.remarks import Remark, stops_first
from bot.core.personal_data import personal_data
from bot.features.letters.models.support_requests import SupportDraft
from bot.features.letters.rules.likeness import Kind, likeness
from bot.features.letters.rules.support_persons import names_person
from bot.features.letters.rules.support_words import UNFIT

Rule = Callable[[SupportDraft], Iterable[Remark]]

SHORTEST = 150
LONGEST = 3000
MOST = 3
"""Sentences with a request from which on nobody knows what is wanted first."""


class _Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of ``support.toml``."""

    account: re.Pattern[str]
    done: re.Pattern[str]
    asks: re.Pattern[str]
    vague: re.Pattern[str]
    another: re.Pattern[str]
    fake: re.Pattern[str]
    denied: re.Pattern[str]


@cache
def _phrases() -> _Phrases:
    """Read the lists when a text is first looked at: a start of the program would wait for them."""
    return read_phrases(__file__, _Phrases)


_WORD = re.compile(r"[0-9A-Z]{10}", re.ASCII)
_SELLER = re.compile(r"\bA(?=[0-9A-Z]*[0-9])[0-9A-Z]{9,20}\b", re.ASCII)
_NUMBER = re.compile(
    r"(?<![\w.,-])(?:[0-9]{3}-[0-9]{7}-[0-9]{7}|[0-9]{8,20})(?![\w-]|,[0-9])", re.ASCII
)
"""An order, or the ID of a complaint or case."""
_MONTH = (
    r"(?:jan|feb|mar|mär|maer|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|dic|gen|mag"
    r"|giu|lug|set|ott|févr|fév|avr|juin|juil|août|déc)[^\W\d_]*\.?"
)
_DAY = re.compile(
    r"\b20[0-9]{2}[-/.][01]?[0-9][-/.][0-3]?[0-9]\b"
    r"|\b[0-3]?[0-9][./-] ?[01]?[0-9][./-] ?(?:20)?[0-9]{2}\b"
    r"|\b[01]?[0-9]/[0-3]?[0-9]/(?:20)?[0-9]{2}\b"
    rf"|\b[0-3]?[0-9](?:\.|st|nd|rd|th)? (?:de |of )?{_MONTH}(?:,| de)? 20[0-9]{{2}}\b"
    rf"|\b{_MONTH} [0-3]?[0-9](?:st|nd|rd|th)?,? 20[0-9]{{2}}\b"
    r"|20[0-9]{2}年[01]?[0-9]月[0-3]?[0-9]日",
    re.IGNORECASE,
)
_DONE_BELOW = re.compile(r"(?im)^(?:our steps so far|unsere schritte bisher) ?:[ \t]*\n?\S.{9,}")
"""Whatever stands below the template's own heading."""
_ASKED_BELOW = re.compile(r"(?im)^(?:our request|unser anliegen) ?:[ \t]*\n?(\S.{4,})")
"""The template's own heading: what stands below it asks, however it is said."""


def lint(draft: SupportDraft) -> tuple[Remark, ...]:
    """Return everything that speaks against the request, what stops it first."""
    remarks = [remark for rule in RULES for remark in rule(draft)]
    if not any(remark.stops for remark in remarks):
        # A rule says what is wrong; likeness would say of the same sentence that something is.
        remarks += likeness(draft, Kind.SUPPORT, draft.language)
    return stops_first(remarks)


def buyers_data(draft: SupportDraft) -> Iterator[Remark]:
    """No e-mail address, no phone number, no street and no name stands in the text."""
    person = personal_data(draft.text)
    if not person and names_person(draft.text):
        person = tr("the name or address of a person")
    if person:
        yield Remark(
            rule="No buyer data",
            says=tr("Remove {person}. Use the order ID instead.", person=person),
        )
    if greets_by_name(draft.text):
        yield Remark(rule="No buyer data", says=tr("Don't greet anyone by name."))


def about(draft: SupportDraft) -> Iterator[Remark]:
    """An ASIN, an order, a complaint or case ID, the account, or an ad campaign is named."""
    asin = any(is_asin(word) for word in _WORD.findall(draft.text))
    named = asin or _NUMBER.search(draft.text) or _SELLER.search(draft.text)
    if not (named or found(_phrases().account, draft.text)):
        says = tr("Add the ASIN, the order or the complaint ID, or say 'our account'.")
        yield Remark(rule="Says what it is about", says=says)


def when(draft: SupportDraft) -> Iterator[Remark]:
    """A day with its year stands in the text."""
    if not _DAY.search(flat(draft.text)):
        yield Remark(rule="Says when it started", says=tr("Say when it started, like 2026-11-23."))


def done(draft: SupportDraft) -> Iterator[Remark]:
    """A sentence tells of something that we did."""
    if not (_DONE_BELOW.search(draft.text) or found(_phrases().done, draft.text)):
        says = tr("Say what you have done so far: 'We have ...'.")
        yield Remark(rule="Says what was done", says=says, stops=False)


def request(draft: SupportDraft) -> Iterator[Remark]:
    """There is something to do that can be done and checked, and it is not one of many."""
    below = {each for line in _ASKED_BELOW.findall(draft.text) for each in sentences(line)}
    told = sentences(draft.text)
    asked = [each for each in told if each in below or found(_phrases().asks, each)]
    concrete = [sentence for sentence in asked if not found(_phrases().vague, sentence)]
    if not concrete:
        says = tr(
            "Say what Amazon should do, starting with 'Please'. Make it something you can check."
        )
        yield Remark(rule="Asks for one concrete thing", says=says)
    elif len(concrete) > MOST:
        says = tr(
            "{count} sentences ask for something. Keep the one that matters most.",
            count=len(concrete),
        )
        yield Remark(rule="Asks for one concrete thing", says=says)


def one_matter(draft: SupportDraft) -> Iterator[Remark]:
    """No second matter is brought up; it gets a request of its own."""
    if words := found(_phrases().another, draft.text):
        says = tr("'{words}' starts a second issue. Type /support again for it.", words=words)
        yield Remark(rule="One issue per request", says=says)


def counterfeit(draft: SupportDraft) -> Iterator[Remark]:
    """Nobody is called a counterfeiter on suspicion; to answer such a charge is another matter."""
    said = (each for each in sentences(flat(draft.text)) if not found(_phrases().denied, each))
    words = next(filter(None, (found(_phrases().fake, sentence) for sentence in said)), "")
    if words and not draft.grounds:
        yield Remark(
            rule="'Counterfeit' needs grounds",
            says=tr(
                "To write '{words}', add a test buy, or photos of their product and ours, to the "
                "case. Or say what you saw instead.",
                words=words,
            ),
        )


def length(draft: SupportDraft) -> Iterator[Remark]:
    """At most 3,000 characters; fewer than 150 cannot say all that a request has to say."""
    written = len(draft.text)
    if written < SHORTEST:
        says = tr(
            "It is too short. Say when it started, what happened, what you did and what you want."
        )
        yield Remark(rule="Short and complete", says=says)
    elif written > LONGEST:
        says = tr(
            "{count} of {most} characters. Shorten it.", count=f"{written:,}", most=f"{LONGEST:,}"
        )
        yield Remark(rule="Short and complete", says=says)


RULES: tuple[Rule, ...] = (
    secrets,
    buyers_data,
    blanks,
    about,
    when,
    done,
    request,
    one_matter,
    counterfeit,
    *UNFIT,
    tone,
    length,
)
"""The gravest first: a field shows a few."""
