"""The A+ content that is published on the page says or shows something else.

Amazon may call the same document by another key, so documents are the same by what is in them. One
whose contents cannot be read is known by its key: it is 'could not check', and never a change by
itself, as long as there may be the same one on the other side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core.aplus import AplusDocument
from bot.core.findings import Severity
from bot.core.text import one_line
from checks.listings.comparison import ContentChange, ContentField, ListingPair
from checks.listings.excerpts import LONGEST, NOTHING, excerpts
from checks.listings.fingerprints import of_text
from checks.wording.wording import wording


def aplus_changed(pair: ListingPair) -> Iterator[ContentChange]:
    """Find A+ content that came, went, or says or shows something else."""
    before, after = pair.baseline.aplus, pair.page.aplus
    if before is None or after is None or before == after:
        return
    gone = _without(before, after, pair.tag)
    came = _without(after, before, pair.tag)
    gone, came = _surely(gone, came), _surely(came, gone)
    if not gone and not came:
        return
    was, says = _side_by_side(gone, came, pair.tag)
    yield ContentChange(
        field=ContentField.APLUS,
        severity=Severity.WARNING,
        summary=_summary(before, after),
        before=was,
        after=says if after else NOTHING,
        fingerprint=of_text(
            ContentField.APLUS, "\n".join(sorted(_print(each, pair.tag) for each in after))
        ),
    )


def _without(
    some: Sequence[AplusDocument], others: Sequence[AplusDocument], tag: str
) -> list[AplusDocument]:
    """Return the documents that are not among others, by what is in them or by their keys."""
    prints = {_print(each, tag) for each in others}
    keys = {(each.key, each.locale): each for each in others}
    left = []
    for each in some:
        same = keys.get((each.key, each.locale))
        unread = same is not None and not (same.read and each.read)
        if _print(each, tag) not in prints and not unread:
            left.append(each)
    return left


def _surely(some: list[AplusDocument], others: list[AplusDocument]) -> list[AplusDocument]:
    """Return those that cannot be one of the others under another key, unread on one side."""
    places = [each for each in others if not each.read]
    readable = [each for each in others if each.read]
    left = []
    for each in some:
        free = places if each.read else [*places, *readable]
        twin = next((other for other in free if _alike(each, other)), None)
        if twin is None:
            left.append(each)
        else:
            (places if twin in places else readable).remove(twin)
    return left


def _alike(one: AplusDocument, other: AplusDocument) -> bool:
    return (one.kind, one.locale) == (other.kind, other.locale)


def _print(document: AplusDocument, tag: str) -> str:
    """Return what is in a document, whatever it is called; an unread one is its key."""
    named = f"{document.kind}|{document.locale}|"
    if document.texts is None:
        return f"{named}{document.key}"
    said = wording("\n".join(document.texts), document.locale or tag).key
    return f"{named}{said}|{' '.join(document.pictures)}"


def _summary(before: Sequence[AplusDocument], after: Sequence[AplusDocument]) -> str:
    if not after:
        return "The A+ content is gone"
    return "The A+ content changed" if before else "A+ content was added"


def _side_by_side(
    gone: Sequence[AplusDocument], came: Sequence[AplusDocument], tag: str
) -> tuple[str, str]:
    """Return the texts where they differ; where they are the same, the pictures."""
    was, says = excerpts(_texts(gone), _texts(came), tag)
    return (was, says) if was != says else (_others(gone), _others(came))


def _texts(documents: Sequence[AplusDocument]) -> str:
    return "\n".join(text for each in documents for text in each.texts or ())


def _others(documents: Sequence[AplusDocument]) -> str:
    """Name pictures, and documents of which nothing more is known."""
    pictures = [picture for each in documents for picture in each.pictures]
    unread = [f"Document {each.key}" for each in documents if not each.read]
    told = [f"Pictures {', '.join(pictures)}"] if pictures else []
    return one_line("; ".join((*told, *unread)), LONGEST) or NOTHING
