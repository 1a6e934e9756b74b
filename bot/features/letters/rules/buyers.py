"""Amazon's rules for messages to buyers (facts: messages to buyers).

A rule is a function, and a line in ``RULES``; the phrases that it looks for are in ``buyers.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import msgspec

from bot.core.interface import tr
from bot.core.lint.greetings import greets_by_name
from bot.core.lint.letters import blanks, secrets, tone
from bot.core.lint.phrases import SHOWN, flat, found, near, read_phrases, sentences
from bot.core.lint.remarks import Remark, stops_first
from bot.core.personal_data import personal_data
from bot.features.letters.models.buyer_messages import BuyerDraft
from bot.features.letters.rules import buyers_asks as asks
from bot.features.letters.rules.buyers_frame import language, length, order_missing, window
from bot.features.letters.rules.likeness import Kind, harmless, likeness
from bot.features.letters.rules.links import outside_link

Rule = Callable[[BuyerDraft], Iterable[Remark]]

REVISED = 120
"""The same between what was published and what would change it."""


class _Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of ``buyers.toml``."""

    contact: re.Pattern[str]
    site: re.Pattern[str]
    spelled: re.Pattern[str]
    marketing: re.Pattern[str]
    coupon: re.Pattern[str]
    redeemed: re.Pattern[str]
    gift: re.Pattern[str]
    gift_card: re.Pattern[str]
    paid: re.Pattern[str]
    about_review: re.Pattern[str]
    given: re.Pattern[str]
    steering: re.Pattern[str]
    published: re.Pattern[str]
    revised: re.Pattern[str]
    asking_again: re.Pattern[str]
    attached: re.Pattern[str]
    needed: re.Pattern[str]
    thanks: re.Pattern[str]
    matter: re.Pattern[str]
    crook: re.Pattern[str]
    fake: re.Pattern[str]
    not_ours: re.Pattern[str]
    admission: re.Pattern[str]


@cache
def _phrases() -> _Phrases:
    """Read the lists when a text is first looked at: a start of the program would wait for them."""
    return read_phrases(__file__, _Phrases)


_SELLER_ID = re.compile(r"\bA[0-9A-Z]{9,20}\b", re.ASCII)
_SELLER_NAMED = re.compile(
    r"\b[Ss]eller (?:called |named )?[\"'“]?(?!Central|Support)[A-Z][\w&]+"
    r"|\b(?:Verkäufer|Händler)s? (?:namens )?[\"'„]?(?!Amazon)[A-Z][\w&]{2,}"
    r"(?=(?: (?:GmbH|AG|KG|UG))? (?:hat|ist|verkauft|war))"
    r"|\b(?:vendeur|vendedor|venditore) (?:nommé |llamado |chiamato )?[\"'«]?"
    r"(?!Amazon)[A-Z][\w&]{2,}"
    r"|(?:出品者|販売者|販売元)(?:の|は|である)?「[^」]+」",
)


def lint(draft: BuyerDraft) -> tuple[Remark, ...]:
    """Return everything that speaks against the message, what stops it first."""
    remarks = [remark for rule in RULES for remark in weighed(rule, draft)]
    if not any(remark.stops for remark in remarks):
        # A rule says what is wrong; likeness would say of the same sentence that something is.
        remarks += likeness(draft, Kind.BUYERS, draft.language)
    return stops_first(remarks)


def weighed(rule: Rule, draft: BuyerDraft) -> Iterator[Remark]:
    """Give a rule's remarks: as advice if it goes by words, and the text is harmless with them."""
    for remark in rule(draft):
        if remark.stops and rule in WORDED and harmless(draft, Kind.BUYERS, draft.language):
            yield msgspec.structs.replace(remark, stops=False)
        else:
            yield remark


def repeat(draft: BuyerDraft) -> Iterator[Remark]:
    """Each order is written to once about a matter, and no message asks again."""
    if draft.earlier:
        says = tr(
            "{letter} already asks this buyer about it. Wait for the answer.", letter=draft.earlier
        )
        yield Remark(rule="No repeat requests", says=says)
    if words := found(_phrases().asking_again, draft.text):
        yield Remark(
            rule="No repeat requests", says=tr("'{words}' asks again. Ask once.", words=words)
        )


def persons(draft: BuyerDraft) -> Iterator[Remark]:
    """Nothing of a person is kept here."""
    if person := personal_data(draft.text):
        yield Remark(rule="No contact details", says=tr("Remove {person}.", person=person))


def contact_details(draft: BuyerDraft) -> Iterator[Remark]:
    """Buyers answer in Amazon's messages."""
    if words := found(_phrases().contact, draft.text):
        says = tr(
            "'{words}' takes the buyer off Amazon. Ask for a reply to this message.", words=words
        )
        yield Remark(rule="No contact details", says=says)


def names(draft: BuyerDraft) -> Iterator[Remark]:
    """A greeting calls nobody by name; the name is not said again here."""
    if greets_by_name(draft.text):
        says = tr("Don't greet the buyer by name. Amazon already shows it.")
        yield Remark(rule="Doesn't greet the buyer by name", says=says)


def links(draft: BuyerDraft) -> Iterator[Remark]:
    """A link to Amazon is allowed; a look-alike of its address is not one."""
    text = flat(draft.text)
    if outside := outside_link(text):
        says = tr("Remove '{link}'. Only links to Amazon are allowed.", link=outside[:SHOWN])
        yield Remark(rule="No external links", says=says)
    elif words := found(_phrases().site, text) or found(_phrases().spelled, text):
        says = tr("'{words}' takes the buyer off Amazon. Remove it.", words=words)
        yield Remark(rule="No external links", says=says)


def marketing(draft: BuyerDraft) -> Iterator[Remark]:
    """A message is about one order, and sells nothing."""
    kept = (each for each in sentences(draft.text) if not found(_phrases().redeemed, each))
    reduced = next(filter(None, (found(_phrases().coupon, each) for each in kept)), "")
    if words := found(_phrases().marketing, draft.text) or reduced:
        says = tr("'{words}' reads like marketing. Write only about this order.", words=words)
        yield Remark(rule="No marketing", says=says)


def incentives(draft: BuyerDraft) -> Iterator[Remark]:
    """What is offered mends the order; nothing is given besides, and nothing for a review."""
    words = found(_phrases().gift, draft.text)
    for sentence in sentences(flat(draft.text)):
        words = words or _card(sentence) or _for_review(sentence)
    if words:
        says = tr("'{words}' reads like an incentive. Offer what solves the problem.", words=words)
        yield Remark(rule="No incentives", says=says)


def _card(sentence: str) -> str:
    """Find a gift card, but not the one that the order was paid with."""
    return "" if found(_phrases().paid, sentence) else found(_phrases().gift_card, sentence)


def _for_review(sentence: str) -> str:
    """Find a review beside something that is given."""
    return found(_phrases().about_review, sentence) if found(_phrases().given, sentence) else ""


def review_change(draft: BuyerDraft) -> Iterator[Remark]:
    """A neutral request for a review is allowed; to steer one is not."""
    words = found(_phrases().steering, draft.text)
    if words := words or near(_phrases().published, _phrases().revised, draft.text, REVISED):
        says = tr("'{words}' tries to influence a review. Leave reviews out.", words=words)
        yield Remark(rule="Doesn't ask to change or remove a review", says=says)


def attachments(draft: BuyerDraft) -> Iterator[Remark]:
    """What is attached is needed for the order: an invoice, instructions, a warranty, a label."""
    told = sentences(draft.text)
    for before, sentence in zip(("", *told), told, strict=False):
        words = found(_phrases().attached, sentence)
        if words and not found(_phrases().needed, f"{before} {sentence}"):
            yield Remark(
                rule="No unnecessary attachments",
                says=tr(
                    "'{words}': attach only an invoice, instructions, a warranty or a label, "
                    "and say which.",
                    words=words,
                ),
            )
            return


def thanks_only(draft: BuyerDraft) -> Iterator[Remark]:
    """A message tells of a problem with the order, or of its solution."""
    if found(_phrases().thanks, draft.text) and not found(_phrases().matter, draft.text):
        says = tr("Say what happened with the order and what you offer.")
        yield Remark(rule="Not just a thank-you", says=says)


def blame(draft: BuyerDraft) -> Iterator[Remark]:
    """The item is talked about, and no seller; the word for fakes is the buyer's alone."""
    accused = _SELLER_ID.search(draft.text) or _SELLER_NAMED.search(draft.text)
    words = (accused[0] if accused else "") or found(_phrases().crook, draft.text)
    if words:
        yield Remark(
            rule="Doesn't blame other sellers",
            says=tr("Remove '{words}': talk about the item, not a seller.", words=words),
        )
    fake = found(_phrases().fake, draft.text)
    if fake and not draft.situation.doubted:
        says = tr(
            "Remove '{fake}': the buyer did not say that. Say that you will check it.", fake=fake
        )
        yield Remark(rule="Doesn't blame other sellers", says=says)
    elif fake and not words:
        says = tr(
            "'{fake}' is the buyer's word. Don't repeat it until you have seen the item.", fake=fake
        )
        yield Remark(rule="Doesn't blame other sellers", says=says, stops=False)


def not_ours(draft: BuyerDraft) -> Iterator[Remark]:
    """Our own buyer is not told that the item is not ours: it would say that we shipped it."""
    if words := found(_phrases().not_ours, draft.text):
        says = tr(
            "'{words}' admits that we shipped it. Say that you will check the item.", words=words
        )
        yield Remark(rule="Doesn't say that the item is not ours", says=says)


def admission(draft: BuyerDraft) -> Iterator[Remark]:
    """Advice only: sometimes it is known, and then it is said."""
    if words := found(_phrases().admission, draft.text):
        says = tr("'{words}': admit this only if you are sure. An apology is enough.", words=words)
        yield Remark(rule="Apologize without admitting what you don't know", says=says, stops=False)


RULES: tuple[Rule, ...] = (
    window,
    repeat,
    persons,
    contact_details,
    names,
    secrets,
    links,
    order_missing,
    language,
    blanks,
    marketing,
    incentives,
    review_change,
    asks.gating,
    asks.cancellation,
    asks.claim,
    asks.payment,
    asks.personal,
    asks.bargain,
    asks.pleading,
    attachments,
    thanks_only,
    blame,
    not_ours,
    tone,
    length,
    admission,
)
"""The gravest first: a field shows a few."""

WORDED = frozenset(
    (
        contact_details,
        marketing,
        incentives,
        review_change,
        asks.gating,
        asks.cancellation,
        asks.payment,
        asks.personal,
        asks.bargain,
        asks.pleading,
        attachments,
        thanks_only,
        not_ours,
        tone,
    )
)
"""The rules whose words stand in harmless messages, too: a gift set, the coupon that was used."""
