"""A product's prices and Buy Box over time, as the few bytes of each change. Pure.

A change is a head, the minutes since the change before it, and what is another than it was:

- head: three bits for who holds the Buy Box, a bit for each number that changed (our price, the
  lowest, the Buy Box's, sellers), and one that marks a record which begins anew;
- every number is a varint (seven bits a byte, the least first). A price is 0 where there is none,
  else one more than its zigzag difference to the last price that was known.

The first change of a record counts from nothing: from minute 0 of 1970 and prices of 0. So a record
is read alone, and more is added to it without reading it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from bot.core.money import LARGEST, Money

MOST_SELLERS = 9999
"""More are counted as so many."""
_POSSIBLE = range(100 * int(LARGEST) + 1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_HOLDER, _FIELDS, _ANEW = 0b111, 3, 0b1000_0000
_BITS, _MORE, _SEVEN = 7, 0b1000_0000, 0b0111_1111
_LONGEST = 10
"""Bytes of a number at most; a longer one is no record of ours."""


class BuyBoxHolder(enum.IntEnum):
    """Who holds the Buy Box, as it was judged then. Stored: a number never changes."""

    NOBODY = 0
    OURS = 1
    KNOWN = 2
    """Somebody whom the team trusted on this product then, or likely Amazon itself."""
    UNKNOWN = 3
    UNTOLD = 4
    """The answer named nobody, or contradicted itself."""
    UNCHECKED = 7
    """Nothing is known from here on: it could not be checked."""


class PriceState(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a product at a moment. Prices are hundredths of its currency; None: none."""

    holder: BuyBoxHolder
    ours: int | None = None
    """What a buyer pays at our cheapest offer."""
    lowest: int | None = None
    """What a buyer pays at the cheapest of all."""
    buy_box: int | None = None
    sellers: int | None = None

    @property
    def checked(self) -> bool:
        """Tell whether anything is known."""
        return self.holder is not BuyBoxHolder.UNCHECKED


class PriceChange(msgspec.Struct, frozen=True):
    """From when on a product was in that state."""

    at: datetime
    """In UTC, to the minute."""
    state: PriceState
    anew: bool = False
    """The record begins here: what was between the last one and this is not known."""


class PriceTail(msgspec.Struct, frozen=True, array_like=True):
    """The end of a record: the present state, and what is not yet in a block."""

    begun: int
    """The name of the block that this is the end of: about the minute of its first change."""
    minute: int
    """When the last change was, in minutes since 1970."""
    state: PriceState
    packed: bytes
    """The changes that are in no block yet."""


def minute_of(at: datetime) -> int:
    """Return the minute in which a moment lies, counted from 1970."""
    return (at - _EPOCH) // _MINUTE


def hundredths(money: Money | None, currency: str) -> int | None:
    """Return a price as it is kept; None for none, for another currency, and for no real price."""
    if money is None or money.currency != currency or not 0 <= money.amount <= LARGEST:
        return None
    return int((money.amount * 100).to_integral_value(ROUND_HALF_UP))


def as_money(kept: int, currency: str) -> Money:
    """Return a kept price as money."""
    return Money(Decimal(kept).scaleb(-2), currency)


def begin(minute: int, state: PriceState, after: PriceTail | None = None) -> PriceTail:
    """Begin a record with that state: the first of all, or the one behind a full one.

    Two records of one product never have one name, however many begin in a minute.
    """
    begun = minute if after is None else max(minute, after.begun + 1)
    if after is not None:
        minute = max(minute, after.minute)
    packed = _change(0, _NOTHING, minute, state, anew=after is None)
    return PriceTail(begun=begun, minute=minute, state=state, packed=packed)


def add(tail: PriceTail, minute: int, state: PriceState) -> PriceTail:
    """Add a change; a clock that was set back makes it as late as the one before it."""
    minute = max(minute, tail.minute)
    if not state.checked:
        # What comes behind it is most likely as it was.
        state = msgspec.structs.replace(tail.state, holder=state.holder)
    packed = tail.packed + _change(tail.minute, tail.state, minute, state)
    return PriceTail(begun=tail.begun, minute=minute, state=state, packed=packed)


def changes(record: bytes) -> Iterator[PriceChange]:
    """Read a whole record, from its first change.

    Raises:
        ValueError: it is no such record.
    """
    left = iter(record)
    minute, state = 0, _NOTHING
    for head in left:
        minute += _read(left)
        state = _state(head, state, left)
        told = state if state.checked else UNCHECKED
        yield PriceChange(_moment(minute), told, anew=bool(head & _ANEW))


def joined(known: Sequence[PriceChange], record: bytes) -> list[PriceChange]:
    """Add a record of a product to the ones before it, and say where nothing is known between.

    Raises:
        ValueError: it is no record.
    """
    every = [*known]
    for change in changes(record):
        last = every[-1] if every else None
        if last and change.anew and last.state.checked:
            every.append(PriceChange(last.at, UNCHECKED))
        if not last or change.anew or change.state != last.state:
            every.append(change)
    return every


UNCHECKED = PriceState(BuyBoxHolder.UNCHECKED)
_NOTHING = PriceState(BuyBoxHolder.NOBODY)
_ALL = ("ours", "lowest", "buy_box", "sellers")


def _change(
    since: int, before: PriceState, minute: int, now: PriceState, *, anew: bool = False
) -> bytes:
    head = now.holder.value | (_ANEW if anew else 0)
    written = bytearray(1)
    _write(written, minute - since)
    values = (
        (before.ours, now.ours),
        (before.lowest, now.lowest),
        (before.buy_box, now.buy_box),
        (before.sellers, now.sellers),
    )
    for place, (was, value) in enumerate(values, _FIELDS):
        if value != was:
            head |= 1 << place
            _write(written, 0 if value is None else 1 + _zigzag(value - (was or 0)))
    written[0] = head
    return bytes(written)


def _state(head: int, before: PriceState, left: Iterator[int]) -> PriceState:
    fields = {name: getattr(before, name) for name in _ALL}
    for place, name in enumerate(_ALL, _FIELDS):
        if head & 1 << place:
            number = _read(left)
            value = (fields[name] or 0) + _unzigzag(number - 1) if number else None
            if value is not None and value not in _POSSIBLE:
                message = "A record of prices has a number that none of ours has."
                raise ValueError(message)
            fields[name] = value
    return PriceState(BuyBoxHolder(head & _HOLDER), **fields)


def _zigzag(number: int) -> int:
    return 2 * number if number >= 0 else -2 * number - 1


def _unzigzag(number: int) -> int:
    return -(number + 1) // 2 if number & 1 else number // 2


def _write(to: bytearray, number: int) -> None:
    while number > _SEVEN:
        to.append(number & _SEVEN | _MORE)
        number >>= _BITS
    to.append(number)


def _read(left: Iterator[int]) -> int:
    number = 0
    for place, byte in zip(range(_LONGEST), left, strict=False):
        number |= (byte & _SEVEN) << _BITS * place
        if not byte & _MORE:
            return number
    message = "A record of prices ends in the middle of a number."
    raise ValueError(message)


def _moment(minute: int) -> datetime:
    try:
        return _EPOCH + minute * _MINUTE
    except OverflowError as error:
        message = "A record of prices has a moment that no calendar has."
        raise ValueError(message) from error
