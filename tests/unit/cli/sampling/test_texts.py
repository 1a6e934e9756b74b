from __future__ import annotations

from datetime import date

import pytest

from bot.cli.sampling.texts import ORDER, texts
from bot.features.letters.models.buyer_messages import BuyerDraft as Message
from bot.features.letters.models.buyer_messages import Situation
from bot.features.letters.models.support_requests import SupportDraft as Request
from bot.features.letters.rules.buyers import lint as lint_message
from bot.features.letters.rules.support import lint as lint_request
from tests.unit.texts.subjects import full

DAY = date(2026, 11, 20)
TEXTS = dict(texts(full(None), DAY))


def of(kind: str) -> list[str]:
    return [name for name in TEXTS if f"/{kind}/" in name]


@pytest.mark.parametrize("name", of("buyers"))
def test_a_message_to_a_buyer_keeps_the_rules(name: str) -> None:
    _, language, _, file = name.split("/")
    situation = Situation(file.removesuffix(".txt"))
    draft = Message(
        text=TEXTS[name],
        order=ORDER,
        ordered_on=DAY,
        today=DAY,
        language=language,
        situation=situation,
    )
    assert [remark for remark in lint_message(draft) if remark.stops] == []


@pytest.mark.parametrize("name", of("support"))
def test_a_request_to_amazon_keeps_the_rules(name: str) -> None:
    draft = Request(text=TEXTS[name], language=name.split("/")[1], grounds=True)
    assert [remark for remark in lint_request(draft) if remark.stops] == []


def test_no_text_leaves_a_blank_where_everything_is_known() -> None:
    for name in (*of("buyers"), *of("support")):
        assert "[" not in TEXTS[name], name
