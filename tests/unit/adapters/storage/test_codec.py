from __future__ import annotations

import enum
from decimal import Decimal

import msgspec
import pytest

from adapters.storage.codec import decode, encode
from bot.core.cards import BUTTONS, Button, Card
from bot.core.money import Money
from bot.core.stored import as_stored, is_stored
from bot.errors import BudgetError, StoreError
from tests.cases import for_each


class Old(msgspec.Struct, frozen=True):
    name: str
    forgotten: str = "x"


class Colour(enum.StrEnum):
    RED = "red"


class New(msgspec.Struct, frozen=True):
    name: str
    count: int = 3
    colour: Colour = Colour.RED


class Limited(msgspec.Struct, frozen=True):
    name: str

    def __post_init__(self) -> None:
        if not is_stored():
            raise BudgetError


class Choosy(msgspec.Struct, frozen=True):
    name: str

    def __post_init__(self) -> None:
        raise BudgetError


def read(data: bytes, kind: type[msgspec.Struct]) -> msgspec.Struct:
    return decode(data, kind, collection="things", key="k-1")


def test_a_field_that_the_type_no_longer_knows_is_passed_over() -> None:
    assert read(encode(Old("a", "y")), New) == New("a")


def test_a_new_field_takes_its_default() -> None:
    assert read(b'{"name":"a"}', New) == New("a", 3, Colour.RED)


def test_money_keeps_every_digit() -> None:
    money = Money(Decimal("24.10"), "USD")
    back = read(encode(money), Money)
    assert str(back) == str(money)
    assert back == money


@for_each(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b'{"name":1}',
        b'{"name":"a"',
        b'{"name":"\xff"}',
        b'{"count":1}',
        b'{"name":"a","count":"many"}',
        b'{"name":"a","colour":"blue"}',
        b'{"name":"a"}trailing',
        b'{"name":' + b"[" * 100_000,
        b'{"x":' + b"[" * 100_000,
        bytes(range(256)),
    ],
)
def test_what_cannot_be_read_is_an_error_that_names_the_document(data: bytes) -> None:
    with pytest.raises(StoreError, match=r"'k-1' of 'things'"):
        read(data, New)


def test_limits_of_the_day_do_not_decide_what_can_be_read() -> None:
    assert msgspec.to_builtins(read(b'{"name":"a"}', Limited)) == {"name": "a"}
    with pytest.raises(BudgetError):
        Limited("a")


def test_a_stored_card_with_more_buttons_than_today_is_read() -> None:
    with as_stored():
        card = Card(title="Title", buttons=(Button(label="Go", action="go"),) * (BUTTONS + 1))
    assert read(encode(card), Card) == card
    with pytest.raises(BudgetError):
        msgspec.structs.replace(card, title="New title")


def test_a_type_that_refuses_the_document_is_an_error_that_names_it_too() -> None:
    with pytest.raises(StoreError, match=r"'k-1' of 'things'"):
        read(b'{"name":"a"}', Choosy)


@pytest.mark.parametrize("value", [object(), "\ud800", {object(): 1}])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(StoreError, match="cannot be stored"):
        encode({"value": value})
