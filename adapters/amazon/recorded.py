"""Offers from a file of recorded snapshots, for replays and tests."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from adapters.amazon.buy_box import MOST_WINNERS
from adapters.amazon.values import (
    LONGEST_TEXT,
    MOST_COUNTED,
    MOST_OFFERS,
    is_readable_id,
    is_sound,
    whole,
)
from bot.core.identifiers import is_asin
from bot.core.listing import Offer, Snapshot, Watch
from bot.core.marketplaces import Marketplace
from bot.core.monitoring import CatalogProduct, Reading
from bot.core.text import one_line
from bot.errors import SourceError

LARGEST_FILE = 100_000_000
"""Bytes: some twenty thousand full snapshots."""
LONGEST_LINE = 100_000
"""Bytes: a snapshot of twenty offers has about five thousand."""

_DIGEST = re.compile(r"[0-9a-f]{0,64}", re.ASCII)
_read_snapshot = msgspec.json.Decoder(Snapshot).decode


class FileSource:
    """Snapshots as JSON, one a line in the order of time; each read gives each watch its next one.

    The file is read once, when the source is made. From a line that is no snapshot on nothing can
    be trusted: what stands before it is given out, and then every read says which line it is.
    """

    def __init__(self, path: Path, *, simulated: bool = True) -> None:
        """Read the file; if that fails, each reading will say so."""
        self.simulated = simulated
        self._next: defaultdict[str, deque[tuple[Snapshot, bytes]]] = defaultdict(deque)
        self._name = path.name
        self._fault = ""
        try:
            for snapshot, line in _snapshots(path):
                key = Watch.key_of(snapshot.marketplace, snapshot.asin)
                self._next[key].append((snapshot, line))
        except OSError as error:
            self._fault = f"{path.name} could not be read: {error.strerror}."
        except SourceError as error:
            self._fault = str(error)

    async def read(self, watches: Sequence[Watch]) -> list[Reading]:
        """Give each watch its next snapshot, in the order of the watches; past the end an error."""
        return [self._reading(watch) for watch in watches]

    async def products(self, asins: Iterable[str], code: str) -> dict[str, CatalogProduct]:  # noqa: ARG002 (the port's signature)
        """Return nothing: snapshots have neither titles nor pictures."""
        return {}

    def _reading(self, watch: Watch) -> Reading:
        snapshots = self._next[watch.key]
        if not snapshots:
            message = self._fault or f"{self._name} has no more snapshots of {watch.asin}."
            return Reading(watch, SourceError(message))
        snapshot, line = snapshots.popleft()
        return Reading(watch, snapshot, line)


def _snapshots(path: Path) -> Iterator[tuple[Snapshot, bytes]]:
    """Give the snapshots with their lines.

    Raises:
        SourceError: a line is none, or the file is too large; the sentence names the line.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        size = number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            size += len(line)
            if size > LARGEST_FILE:
                message = f"{path.name} exceeds {LARGEST_FILE:,} bytes at line {number}."
                raise SourceError(message)
            if not line.strip():
                continue
            snapshot = _snapshot(line)
            if snapshot is None:
                message = f"Line {number} of {path.name} is not a snapshot."
                raise SourceError(message)
            yield snapshot, line.rstrip(b"\r\n")


def _snapshot(line: bytes) -> Snapshot | None:
    """Read a line; None where it is no snapshot, or says what no answer of Amazon's can."""
    if len(line) > LONGEST_LINE:
        return None
    try:
        snapshot = _read_snapshot(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    market = Marketplace.find(snapshot.marketplace)
    possible = (
        is_asin(snapshot.asin)
        and market is not None
        and market.code == snapshot.marketplace
        and snapshot.at.tzinfo is not None
        and 0 <= snapshot.total <= MOST_COUNTED
        and len(snapshot.offers) <= MOST_OFFERS
        and all(map(_is_possible, snapshot.offers))
        and len(snapshot.holders or ()) <= MOST_WINNERS
        and all(map(is_readable_id, snapshot.holders or ()))
        and is_sound(snapshot.buy_box_price)
        and _DIGEST.fullmatch(snapshot.digest) is not None
    )
    return snapshot if possible else None


def _is_possible(offer: Offer) -> bool:
    return (
        is_readable_id(offer.seller)
        and is_sound(offer.price)
        and is_sound(offer.shipping)
        and is_sound(offer.points)
        and offer.feedback_count == whole(offer.feedback_count, MOST_COUNTED)
        and offer.positive_percent == whole(offer.positive_percent, 100)
        and offer.ships_from == one_line(offer.ships_from, LONGEST_TEXT)
    )
