"""What a reading of a page comes to: its baseline at first, and later what changed. Pure.

What a reading shows as empty is told when a second reading shows it too; what it could not tell
ends nothing. What the team called its own doing is never told again, nor what the page said before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime

import msgspec

from bot.core.findings import Fact, Finding, Severity
from bot.core.listing_content import ListingContent, ListingPicture
from bot.features.pages.models import FIELD_NAMES, GuardedPage, PageChange, PageState
from checks.listings import compare_listing
from checks.listings.comparison import ContentChange, ContentField
from checks.listings.excerpts import NOTHING
from checks.listings.family import NO_FAMILY
from checks.listings.fingerprints import known
from checks.listings.main_image import NO_IMAGE

BEFORE, NOW = "Before", "Now"
"""Labels of the facts that say how a part was, and how it is."""
UNCHECKED = "Could not check"
BASELINE = "Approved"
NOT_YET = "Not yet. First read"
EMPTY = frozenset({NOTHING, NO_FAMILY, NO_IMAGE})
"""What a change says in place of a part that is gone."""
APLUS_DOUBT = f"{ContentField.APLUS}:"
"""What the fingerprints of A+ content begin with."""
TEXTS = (ContentField.TITLE, ContentField.BRAND, ContentField.BULLETS, ContentField.DESCRIPTION)
"""The parts that our own listing data has as well."""


class Judged(msgspec.Struct, frozen=True):
    """What a reading changed of what is known of a page, and what it found."""

    page: GuardedPage
    findings: tuple[Finding, ...] = ()
    doubtful: bool = False
    """It should be read again soon: something of it was empty."""


class Uncompared(msgspec.Struct, frozen=True):
    """Why there is nothing to compare a page with, and whether that may pass by itself."""

    why: str
    passing: bool = False


def first_reading(
    key: str, page: ListingContent, own: ListingContent | Uncompared, at: datetime
) -> GuardedPage:
    """Make what a page says at first its baseline, compared with our own listing data."""
    unread = dict.fromkeys(_unread(page), at)
    first = GuardedPage(
        key=key,
        state=PageState.UNCOMPARED,
        baseline=page,
        read_at=at,
        unchecked=unread,
        partly=bool(unread),
    )
    return compared(first, own)


def compared(page: GuardedPage, own: ListingContent | Uncompared) -> GuardedPage:
    """Compare the baseline, which nobody approved yet, with our own listing data."""
    if isinstance(own, Uncompared):
        return msgspec.structs.replace(page, uncompared=own.why, passing=own.passing)
    found = compare_listing(own, page.baseline)
    if all(field in found.unchecked for field in TEXTS):
        return msgspec.structs.replace(page, uncompared=NOTHING_TO_COMPARE, passing=False)
    differences = tuple(_told(each) for each in found.changes)
    return msgspec.structs.replace(
        page,
        state=PageState.DIFFERS if differences else PageState.AGREES,
        uncompared="",
        passing=False,
        own=own if differences else None,
        differences=differences,
    )


NOTHING_TO_COMPARE = "Your listing data has no texts of this product."


def judge_page(
    before: GuardedPage,
    page: ListingContent,
    at: datetime,
    name: str,
    digest: str = "",
    *,
    aplus: bool = False,
) -> Judged:
    """Compare a later reading with the baseline.

    ``name`` is what people call the product; ``digest`` names the answer that shows it. ``aplus``:
    A+ content alone was read now, else all but that; ``page`` has the rest as it was told last.
    """
    baseline = completed(before.baseline, page)
    found = compare_listing(baseline, page)
    unread = {str(field): before.unchecked.get(field, at) for field in found.unchecked}
    unchecked = before.unchecked if aplus else unread
    fresh = [each for each in found.changes if not known(each.fingerprint, before.accepted)]
    sure = [each for each in fresh if _sure(each, before)]
    doubts = tuple(each.fingerprint for each in fresh if each not in sure)
    elsewhere = tuple(each for each in before.doubts if each.startswith(APLUS_DOUBT) is not aplus)
    going_on = {each.field: each for each in before.changes}
    changes = [_same(going_on.get(str(each.field)), each) for each in sure]
    told = {each.field for each in changes}
    # What cannot be checked now, or is in doubt, is not over.
    held = {*unchecked, *(str(each.field) for each in fresh)}
    stays = [each for each in before.changes if each.field not in told and each.field in held]
    after = msgspec.structs.replace(
        before,
        baseline=baseline,
        changes=(*changes, *stays),
        doubts=(*doubts, *elsewhere),
        unchecked=unchecked,
        partly=bool(unchecked),
    )
    raised = [each for each in changes if each != going_on.get(each.field)]
    over = [each for each in before.changes if each not in stays and each.field not in told]
    if raised or over:
        after = msgspec.structs.replace(
            after,
            page=page.filled(before.page or baseline) if after.changes else None,
            before=_names(page, baseline) if after.changes else (),
        )
    finding = _Finder(after, at, name, digest)
    return Judged(
        after,
        (*(finding.raised(each) for each in raised), *(finding.ended(each) for each in over)),
        bool(doubts),
    )


def completed(baseline: ListingContent, page: ListingContent) -> ListingContent:
    """Return the baseline with those parts that no reading could tell before, as they are now.

    A picture that nobody had looked at is the same one as long as it has its address.
    """
    whole = baseline.filled(page)
    looks = {each.link: each for each in page.pictures or () if each.link and each.digest}
    pictures = tuple(_looked_at(each, looks.get(each.link)) for each in whole.pictures or ())
    return msgspec.structs.replace(whole, pictures=whole.pictures and pictures)


def _looked_at(picture: ListingPicture, found: ListingPicture | None) -> ListingPicture:
    if picture.digest or found is None:
        return picture
    return msgspec.structs.replace(picture, look=found.look, digest=found.digest)


def _sure(change: ContentChange, before: GuardedPage) -> bool:
    """Tell whether a reading is enough to tell of it: what is gone was gone before, too."""
    if change.after not in EMPTY:
        return True
    earlier = (*before.doubts, *(each.fingerprint for each in before.changes))
    return known(change.fingerprint, earlier)


def _same(going_on: PageChange | None, change: ContentChange) -> PageChange:
    """Return the change as it was told, where only drift came since."""
    if going_on is not None and known(change.fingerprint, (going_on.fingerprint,)):
        return going_on
    return _told(change)


def _told(change: ContentChange) -> PageChange:
    return PageChange(
        field=str(change.field),
        severity=change.severity,
        summary=change.summary,
        before=change.before,
        after=change.after,
        fingerprint=change.fingerprint,
    )


def _names(page: ListingContent, baseline: ListingContent) -> tuple[str, ...]:
    """Return what names the parts of the baseline that changed."""
    return tuple(each.fingerprint for each in compare_listing(page, baseline).changes)


def _unread(page: ListingContent) -> Iterator[str]:
    """Yield the parts that a reading could not tell."""
    for field in compare_listing(page, page).unchecked:
        yield str(field)


def named(fields: Iterable[str]) -> str:
    """Name parts of a page for people, in the order of cards."""
    wanted: Collection[str] = set(fields)
    return ", ".join(name for field, name in FIELD_NAMES.items() if field in wanted)


class _Finder:
    """Makes findings of one reading."""

    def __init__(self, page: GuardedPage, at: datetime, name: str, digest: str) -> None:
        self._page = page
        self._at = at
        self._name = name
        self._digest = digest

    def raised(self, change: PageChange) -> Finding:
        """Say what changed, with what it was and is."""
        return self._finding(
            change,
            severity=change.severity,
            headline=f"{change.summary}: {self._name}",
            brief=_lower(change.summary),
            mark=change.fingerprint,
            facts=tuple(self._facts(change)),
        )

    def ended(self, change: PageChange) -> Finding:
        """Say that a part is back as it was."""
        baseline = "as approved" if self._page.approved else "as first read"
        return self._finding(
            change,
            severity=Severity.INFO,
            headline=f"{BACK[change.field]} back {baseline}: {self._name}",
            ended=True,
            facts=(Fact(NOW, change.before),),
        )

    def _facts(self, change: PageChange) -> Iterator[Fact]:
        yield Fact(BEFORE, change.before)
        yield Fact(NOW, change.after)
        if self._page.unchecked:
            yield Fact(UNCHECKED, named(self._page.unchecked))
        if not self._page.approved:
            yield Fact(BASELINE, NOT_YET, self._page.read_at)

    def _finding(self, change: PageChange, **told: object) -> Finding:
        content = self._page.baseline
        make: Callable[..., Finding] = Finding
        return make(
            signal=change.signal,
            asin=content.asin,
            marketplace=content.marketplace,
            at=self._at,
            evidence=self._digest,
            **told,
        )


BACK = {
    "brand": "The brand is",
    "title": "The title is",
    "main-image": "The main image is",
    "family": "The variation family is",
    "bullets": "The bullets are",
    "description": "The description is",
    "images": "The other images are",
    "product-type": "The product type is",
    "aplus": "The A+ content is",
}
"""How it is said that a part is back, by the key of ``FIELD_NAMES``."""


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
