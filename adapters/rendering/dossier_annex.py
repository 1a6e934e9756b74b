"""The dossier's annex: sources with their content, the custody log, limits. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from adapters.rendering.dossier_rows import Kept, Pictured, Row, Source, name
from adapters.rendering.sanitize import plain
from adapters.rendering.words import Words
from bot.features.evidence.models.items import Purchase
from bot.features.reports.models.dossier import CustodyLine, Exhibit, Limit, OfferRow

NOTE = 140
"""Characters of an address beside a picture."""


def offer_row(offer: OfferRow, words: Words) -> Row:
    """Return an offer as a row of the table of offers."""
    missing = words.say("not_given")
    rated = missing
    if offer.positive_percent is not None and offer.feedback_count is not None:
        rated = words.say("rated", percent=offer.positive_percent, count=offer.feedback_count)
    called = f"{plain(offer.name)} ({plain(offer.seller)})" if offer.name else plain(offer.seller)
    marks = [words.say("reported")] if offer.accused else []
    marks += [words.say("ours")] if offer.ours else []
    return Row(
        cells=(
            name(offer.asin),
            called,
            name(offer.price),
            shipping(offer.shipping, words) or missing,
            name(offer.ships_from) or missing,
            {True: "FBA", False: "FBM", None: missing}[offer.fba],
            rated,
            words.say("yes") if offer.buy_box else "",
        ),
        mark=", ".join(marks),
        accused=offer.accused,
    )


def shipping(said: str, words: Words) -> str:
    """Return what shipping costs; empty where it was not given."""
    free = said and not any(digit in said for digit in "123456789")
    return words.say("free") if free else name(said)


def buying(bought: Purchase, words: Words) -> Iterator[str]:
    """Say when, from whom, of what and for how much something was bought, a line each."""
    yield words.say("ordered", day=words.day(bought.ordered_on))
    if bought.arrived_on:
        yield words.say("arrived", day=words.day(bought.arrived_on))
    if bought.seller:
        called = bought.seller_name or bought.seller
        yield words.say("bought", seller=name(called), asin=name(bought.asin))
    if bought.price:
        yield words.say("paid", price=words.money(bought.price))


def pictured(exhibit: Exhibit, words: Words) -> Pictured:
    """Return a piece as a picture with what has to be known of it."""
    notes = [words.say("captured", at=words.moment(exhibit.at))] if exhibit.url else []
    notes += [plain(exhibit.url, NOTE)] if exhibit.url else []
    names = words.catalog.elements
    boxes = (f"{number} {names[each]}" for number, each in enumerate(exhibit.boxed, start=1))
    notes += [words.say("boxed", boxes=", ".join(boxes))] if exhibit.boxed else []
    missing = ", ".join(names[each] for each in exhibit.unboxed)
    notes += [words.say("unboxed", elements=missing)] if missing else []
    return Pictured(
        head=f"{name(exhibit.label)} {name(exhibit.name)}",
        caption=plain(exhibit.caption),
        notes=tuple(notes),
        picture=exhibit.picture,
    )


def source(exhibit: Exhibit, words: Words) -> Source:
    """Return a piece with its content, as far as words say it."""
    at = words.moment(exhibit.at)
    return Source(
        label=name(exhibit.label),
        name=name(exhibit.name),
        caption=plain(exhibit.caption),
        recorded=words.say("recorded", at=at, who=plain(exhibit.who)),
        notes=tuple(_notes(exhibit, words)),
        sha256=name(exhibit.sha256),
        lines=tuple(plain(line) for line in exhibit.lines),
        offers=tuple(offer_row(offer, words) for offer in exhibit.offers),
    )


def _notes(exhibit: Exhibit, words: Words) -> Iterator[str]:
    if exhibit.url:
        yield plain(exhibit.url)
    if exhibit.kept is not None:
        yield words.say("kept", kept=exhibit.kept[0], lines=exhibit.kept[1])
    bought = exhibit.purchase
    if bought is not None:
        yield " · ".join((f"{words.say('test_buy')} {plain(bought.order)}", *buying(bought, words)))
        yield from (
            f"{words.say(key)}: {plain(said)}"
            for key, said in (("observed", bought.observed), ("verified", bought.verified))
            if said
        )
    yield from map(plain, exhibit.notes)


def kept(line: CustodyLine, words: Words) -> Kept:
    """Return a line of the custody log, with its copy in the same line."""
    what = f"{words.catalog.deeds[line.deed]}: {_detail(line, words)}"
    return Kept(
        f"{line.number}, {line.copy}" if line.copy else str(line.number),
        words.moment(line.at),
        plain(line.who),
        f"{what}, {words.say('copy')}" if line.copy else what,
        name(line.sha256),
    )


def _detail(line: CustodyLine, words: Words) -> str:
    if line.note is None:
        return plain(line.detail)
    template = words.catalog.notes[line.note]
    known = {"about": line.about, "by": line.by, "more": line.more}
    return template.format_map({name: plain(each) for name, each in known.items()})


def limits(found: Iterable[Limit], words: Words) -> Iterator[str]:
    """Return what was not seen or checked, a sentence each."""
    for limit in found:
        template = words.catalog.limits[limit.kind]
        at = words.moment(limit.at) if limit.at else ""
        yield template.format_map({"about": plain(limit.about), "count": limit.count, "at": at})


def gallery(exhibits: Sequence[Exhibit], shown: Iterable[str], words: Words) -> Iterator[Pictured]:
    """Return the pictures that stand nowhere else."""
    before = set(shown)
    for exhibit in exhibits:
        if exhibit.picture and exhibit.label not in before:
            yield pictured(exhibit, words)
