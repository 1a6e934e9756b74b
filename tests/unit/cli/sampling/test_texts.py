from __future__ import annotations

from datetime import date
from functools import cache

from bot.cli.sampling.texts import ORDER, texts
from bot.features.letters.models.buyer_messages import BuyerDraft as Message
from bot.features.letters.models.buyer_messages import Situation
from bot.features.letters.models.support_requests import SupportDraft as Request
from bot.features.letters.rules.buyers import lint as lint_message
from bot.features.letters.rules.support import lint as lint_request
from tests.unit.texts.subjects import full

DAY = date(2026, 11, 20)


@cache
def written() -> dict[str, str]:
    return dict(texts(full(None), DAY))


def of(kind: str) -> list[tuple[str, str]]:
    return [(name, text) for name, text in written().items() if f"/{kind}/" in name]


def test_messages_to_buyers_keep_the_rules() -> None:
    remarks: dict[str, list[str]] = {}
    for name, text in of("buyers"):
        _, language, _, file = name.split("/")
        draft = Message(
            text=text,
            order=ORDER,
            ordered_on=DAY,
            today=DAY,
            language=language,
            situation=Situation(file.removesuffix(".txt")),
        )
        remarks[name] = [remark.says for remark in lint_message(draft) if remark.stops]
    assert remarks
    assert {name: said for name, said in remarks.items() if said} == {}


def test_requests_to_amazon_keep_the_rules() -> None:
    remarks: dict[str, list[str]] = {}
    for name, text in of("support"):
        draft = Request(text=text, language=name.split("/")[1], grounds=True)
        remarks[name] = [remark.says for remark in lint_request(draft) if remark.stops]
    assert remarks
    assert {name: said for name, said in remarks.items() if said} == {}


def test_no_text_leaves_a_blank_where_everything_is_known() -> None:
    for name, text in (*of("buyers"), *of("support")):
        assert "[" not in text, name
