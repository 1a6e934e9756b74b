"""The lint's rules on the text: vague, or about more than one violation.

What they look for is in ``lint_text.toml``. Titles of products, brands and sellers are names, and
say nothing about a violation: "Fake Ivy" is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from bot.core.interface import listed, tr, tr_data
from bot.core.lint.phrases import flat, found, read_phrases, without
from bot.features.reports.models.claims import GOODS, PAGES, Claim
from bot.features.reports.models.lint_input import LintInput, Objection, stop, warn
from bot.features.reports.rules.dates import has_day
from bot.features.reports.rules.grounds import speaking

SHORTEST = 200
"""Characters in which nobody can say what was observed, when, and how it was verified."""
WIDE = 3
"""Characters of other languages that a Chinese or Japanese one is worth."""
EDIT = "edit-report"


class _Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of ``lint_text.toml``."""

    harmless: re.Pattern[str]
    counterfeit: re.Pattern[str]
    trademark: re.Pattern[str]
    copyright: re.Pattern[str]
    patent: re.Pattern[str]
    design: re.Pattern[str]
    used: re.Pattern[str]
    reviews: re.Pattern[str]
    page: re.Pattern[str]
    serial: re.Pattern[str]
    parts: re.Pattern[str]
    second: re.Pattern[str]
    disguise: re.Pattern[str]
    guessed: re.Pattern[str]
    unknown: re.Pattern[str]
    person: re.Pattern[str]
    contract: re.Pattern[str]
    genuine: re.Pattern[str]
    nothing: re.Pattern[str]
    vague: re.Pattern[str]
    insult: re.Pattern[str]
    threat: re.Pattern[str]
    buyer: re.Pattern[str]
    street: re.Pattern[str]
    of_buyer: re.Pattern[str]
    somebody: re.Pattern[str]
    private: re.Pattern[str]


_BLANK = re.compile(r"\[[^\]\n]{2,80}\]|_{4,}|\{\{")
_QUOTED = re.compile(
    r"[\"\u201c\u201e\u00ab][^\"\u201c-\u201f\u00ab\u00bb\n]{2,200}[\"\u201c\u201d\u00bb]"
)
_WORDS = re.compile(r"\w+")
_PAGES = frozenset({Claim.TAKEOVER, Claim.DUPLICATE, Claim.VARIATION, Claim.KEYWORDS})


@cache
def phrases() -> _Phrases:
    """Read the lists when a text is first looked at: a start of the program would wait for them."""
    return read_phrases(__file__, _Phrases)


@cache
def violations() -> tuple[tuple[re.Pattern[str], frozenset[Claim], str], ...]:
    """Return the words of each violation, the claims that they belong to, and what it is about."""
    lists = phrases()
    return (
        (lists.trademark, frozenset({Claim.COUNTERFEIT, Claim.TRADEMARK}), "a trademark"),
        (lists.copyright, frozenset({Claim.COPYRIGHT}), "a copyright"),
        (lists.patent, frozenset({Claim.PATENT, Claim.UTILITY_MODEL}), "a patent"),
        (lists.design, frozenset({Claim.DESIGN}), "a design"),
        (lists.used, frozenset({Claim.USED_AS_NEW}), "used goods"),
        (lists.reviews, frozenset({Claim.REVIEWS}), "reviews"),
        (lists.page, _PAGES, "the page"),
        (lists.serial, frozenset({Claim.TAMPERED_SERIAL, Claim.COUNTERFEIT}), "serial numbers"),
        (lists.parts, GOODS, "missing parts"),
    )


def plain(lint_input: LintInput) -> str:
    """Return the text without names, and without what only sounds like a violation."""
    named = without_names(lint_input.report.text, lint_input.names)
    return without(phrases().harmless, named, " ; ")


def without_names(text: str, names: Iterable[str]) -> str:
    """Return the text without these names, in whatever case, also where a long one was cut off.

    Words of a name that stand in quotation marks in another order are names, too: a search for it.
    """
    names = tuple(names)
    lines = "\n".join(flat(line) for line in text.splitlines())
    known = {word for name in names for word in _words(flat(name))}
    lines = _QUOTED.sub(lambda quote: " ; " if _words(quote[0]) <= known else quote[0], lines)
    for name in sorted({flat(name) for name in names}, key=len, reverse=True):
        folded = lines.casefold()
        part = next((each for each in _beginnings(name) if each.casefold() in folded), "")
        if part:
            whole = rf"(?<!\w){re.escape(part)}(?!\w)"
            lines = re.sub(whole, " ; ", lines, flags=re.IGNORECASE)
    return lines


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORDS.findall(text)}


def _beginnings(name: str) -> Iterator[str]:
    """Give the name, then what is left of it where a text has only its first words."""
    words = name.split()
    yield from (" ".join(words[:count]) for count in range(len(words), min(len(words), 3) - 1, -1))


def precise(lint_input: LintInput) -> Iterator[Objection]:
    """Vague: date and time, ASIN, order ID stand in the text, and the seller where one is known.

    Nobody knows who changed a page or wrote a review: a name that is forced is an accusation.
    """
    report = lint_input.report
    missing = [asin for asin in report.asins if asin not in report.text]
    if missing:
        says = tr("Mention {asins} in the text.", asins=listed(*missing[:5]))
        yield stop("vague", says, EDIT)
    if report.claim not in PAGES and report.seller and report.seller not in report.text:
        says = tr("Mention the seller {seller} in the text.", seller=report.seller)
        yield stop("vague", says, EDIT)
    if not has_day(report.text, report.language):
        yield stop("vague", tr("Add the date and time to the text."), EDIT)
    orders = [bought.order for bought in speaking(lint_input)]
    if report.claim in GOODS and orders and not any(order in report.text for order in orders):
        yield stop("vague", tr("Mention the order {order} in the text.", order=orders[0]), EDIT)


def observed(lint_input: LintInput) -> Iterator[Objection]:
    """Vague: what was observed against what is genuine, and how it was verified."""
    text = without_names(lint_input.report.text, lint_input.names)
    if sum(WIDE if each > "\u2e80" else 1 for each in lint_input.report.text) < SHORTEST:
        says = tr("The text is too short. Say what you observed and how you verified it.")
        yield stop("vague", says, EDIT)
    if blank := _BLANK.search(text):
        yield stop("blank", tr("Fill in this blank: {blank}", blank=blank[0][:60]), EDIT)
    if lint_input.report.claim in GOODS and (words := found(phrases().nothing, text)):
        says = tr(
            "The text says '{words}'. Say what differs from the genuine product.", words=words
        )
        yield stop("vague", says, EDIT)
    elif words := found(phrases().vague, plain(lint_input)):
        says = tr("Replace '{words}' with what you saw, and how you know it.", words=words)
        yield warn("vague", says, EDIT)


def one_violation(lint_input: LintInput) -> Iterator[Objection]:
    """One violation per report, named by its own words alone."""
    claim, text = lint_input.report.claim, plain(lint_input)
    if claim is not Claim.COUNTERFEIT and (words := found(phrases().counterfeit, text)):
        says = tr(
            "The text says '{words}', but this report does not claim counterfeit.", words=words
        )
        yield stop("one-violation", says, EDIT)
    for pattern, own, about in _violations(claim):
        # Fake reviews are named by words that are harmless elsewhere.
        where = text if about != "reviews" else without_names(lint_input.report.text, ())
        if claim not in own and (words := found(pattern, where)):
            says = tr(
                "A report is about one violation. '{words}' is about {about}: leave it out.",
                words=words,
                about=tr_data(about),
            )
            yield warn("one-violation", says, EDIT)
            return
    if words := found(phrases().second, text):
        says = tr(
            "What follows '{words}' must not be a second violation. Report that separately.",
            words=words,
        )
        yield warn("one-violation", says, EDIT)


def _violations(claim: Claim) -> Iterable[tuple[re.Pattern[str], frozenset[Claim], str]]:
    """Return the other violations; what is on a page is part of a claim about its contents."""
    on_page = claim in _PAGES | {Claim.TRADEMARK, Claim.COPYRIGHT}
    return (each for each in violations() if not (on_page and each[0] is phrases().page))


def contract(lint_input: LintInput) -> Iterator[Objection]:
    """What the team has with its dealers is no violation at Amazon (facts: lawful)."""
    if words := found(phrases().contract, plain(lint_input)):
        says = tr(
            "Leave out '{words}'. Selling without permission or below a price is not a violation "
            "at Amazon, and weakens the report.",
            words=words,
        )
        yield warn("contract", says, EDIT)


def concedes(lint_input: LintInput) -> Iterator[Objection]:
    """A product that seems genuine is no counterfeit, whatever it costs."""
    text = plain(lint_input)
    words = found(phrases().genuine, text)
    if lint_input.report.claim is not Claim.COUNTERFEIT or not words:
        return
    says = tr(
        "The text says '{words}'. A counterfeit report needs differences from the genuine one.",
        words=words,
    )
    cheap = found(phrases().contract, text)
    yield stop("counterfeit-grounds", says, EDIT) if cheap else warn("conceded", says, EDIT)


def honest(lint_input: LintInput) -> Iterator[Objection]:
    """A report comes from the brand, and accuses only whom it can name."""
    text = plain(lint_input)
    if words := found(phrases().disguise, text):
        says = tr("Leave out '{words}'. Report as the brand that you are.", words=words)
        yield stop("honest", says, EDIT)
    if lint_input.report.claim not in PAGES:
        return
    words = found(phrases().guessed, text)
    if lint_input.report.seller and not words:
        words = found(phrases().unknown, text)
    if words:
        says = tr("'{words}': name no seller whose act you can't prove.", words=words)
        yield warn("accusation", says, EDIT)


def tone(lint_input: LintInput) -> Iterator[Objection]:
    """Facts convince; an insult or a threat is a reason to put the report aside."""
    text = plain(lint_input)
    for pattern in (phrases().insult, phrases().threat):
        if words := found(pattern, text):
            says = tr("Rephrase this without '{words}'. State facts only.", words=words)
            yield stop("tone", says, EDIT)
            return
    english = lint_input.report.language.startswith("en")
    if english and (words := found(phrases().person, text)):
        says = tr(
            "Write 'the seller' instead of '{words}'. A report is about an offer.", words=words
        )
        yield warn("tone", says, EDIT)
