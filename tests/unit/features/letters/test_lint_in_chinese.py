"""The lint of letters in Chinese: its remarks and rules are said, and no English is left."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from bot.core.interface import InterfaceLanguage, speak
from bot.core.lint.remarks import Remark, stops
from bot.features.letters.models.buyer_messages import First
from bot.features.letters.rules import buyers, support
from bot.features.letters.rules.buyers_frame import window
from tests.cases import for_each
from tests.unit.conftest import ANA, BEN, Team, asked
from tests.unit.features.letters.drafts import MESSAGE, ORDER, REQUEST, TODAY, message, request
from tests.unit.features.letters.writing import card, drafted, proposed

BUYERS = {
    "{}\nCall us at our hotline.": "不含联系方式",
    "{}\nVisit https://alder.example.": "不含外部链接",
    "{}\nUse the discount code SAVE10 for your next order.": "不含营销内容",
    "{}\nPlease change your review to five stars.": "不要求修改或删除评论",
    "{}\nPlease cancel the order.": "不要求买家取消订单",
    "{}\nPlease withdraw your A-to-z claim.": "不要求撤回索赔",
    "{}\nWrite to jane@mail.example.": "不含联系方式",
    "{}\nThe seller A1LKM70QX31ZPP did it.": "不指责其他卖家",
    "{}\nIt is a counterfeit.": "不指责其他卖家",
    "Sorry.": "说明情况并给出解决方案",
    "Guten Tag, wir bedauern, dass Ihre Bestellung nicht angekommen ist. Bitte antworten Sie.": (
        "使用买家的语言"
    ),
    "Your order.": "包含订单编号",
    "{}\nIf you could see your way to rethinking those two stars, it would help our shop.": (
        "不像已知的违规内容"
    ),
}
"""What is written after a good message or in its place, and the rule that it breaks."""
SUPPORT = {
    "{}\nThe buyer Jane Waterstone sent back a brick.": "不含买家信息",
    "{}\nBy the way, our ads are slow.": "一次请求只谈一个问题",
    "{}\nThey sell counterfeits.": "说「假货」要有依据",
    "{}\nOur competitor is behind it.": "不指控任何人",
    "{}\nHe sells under our minimum price.": "不涉及价格或合同",
    "{}\nPlease sign in with our second user and look.": "不交出访问权限",
    "{}\nWe asked our friends to post five stars.": "不承认我方违规",
    "{}\nIt seems to be answered by a robot.": "对读者有礼貌",
    "We need help.": "只提一个具体要求",
}
_GIVEN = (
    r"「[^」]+」",  # what the text says, or should
    r"ASIN|Manage Orders|/support",
    r"\d{3}-\d{7}-\d{7}|L-\d+|jan\.\.\.",
)
"""What a remark repeats, and names that stay English."""
Lint = Callable[[str], tuple[Remark, ...]]


def of_message(text: str) -> tuple[Remark, ...]:
    return buyers.lint(message(text.format(MESSAGE.text)))


def of_request(text: str) -> tuple[Remark, ...]:
    return support.lint(request(text.format(REQUEST.text)))


SAMPLES = [
    *((of_message, text, rule) for text, rule in BUYERS.items()),
    *((of_request, text, rule) for text, rule in SUPPORT.items()),
]


def english_in(text: str) -> list[str]:
    """Return the Latin words that a remark has of its own."""
    return re.findall("[A-Za-z]+", re.sub("|".join(_GIVEN), "", text))


@for_each(("lint", "text", "rule"), SAMPLES)
def test_what_stops_a_letter_is_said_with_its_rule(lint: Lint, text: str, rule: str) -> None:
    with speak(InterfaceLanguage.CHINESE):
        remarks = lint(text)
        said = [stops([each]) for each in remarks if each.stops]
    assert [each for each in said if each.startswith(f"{rule}：")], said
    assert not [each for each in said if english_in(each)]
    assert all(each.says.endswith("。") for each in remarks)


@for_each(("lint", "text", "rule"), SAMPLES)
def test_a_language_changes_no_verdict(lint: Lint, text: str, rule: str) -> None:
    with speak(InterfaceLanguage.CHINESE):
        chinese = [(each.rule, each.stops) for each in lint(text)]
    assert chinese == [(each.rule, each.stops) for each in lint(text)]
    assert rule not in [name for name, _ in chinese]


def test_what_only_sellers_report_is_not_told_as_amazons_rule() -> None:
    old = message(ordered_on=TODAY - timedelta(days=31), first=First.SELLER)
    with speak(InterfaceLanguage.CHINESE):
        [remark] = window(old)
    assert not remark.stops
    assert remark.says == (
        "这笔订单已有 31 天。据卖家反映，除非买家先来信，亚马逊只允许在 30 天内发消息。"
    )


def test_a_letter_that_was_written_before_is_named() -> None:
    with speak(InterfaceLanguage.CHINESE):
        assert stops(buyers.repeat(message(earlier="L-3"))) == (
            "不重复请求：L-3 已就此事询问过这位买家。请等待答复。"
        )


async def test_a_team_that_is_spoken_to_in_chinese_reads_them_at_the_field_and_the_card(
    team: Team,
) -> None:
    await team.type("/settings language zh", ANA)
    ask = await drafted(team)
    text = proposed(ask)
    refused = asked(await team.submit(ask, {"text": text.replace(ORDER, "")}, BEN))
    assert refused.errors["text"] == f"包含订单编号：请在文本中写明订单 {ORDER}。"
    apology = f"{text}\nWe made a mistake."
    shown = card(await team.submit(refused, {"text": apology}, BEN))
    assert "! 可以道歉，但不承认尚不清楚的事：「" in shown.body
