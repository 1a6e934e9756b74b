"""What the rules of reports say in Chinese: the router's reasons, refusals, outcomes and rates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from bot.core.interface import InterfaceLanguage, speak, tr_data
from bot.core.lint.letters import blanks, secrets, tone
from bot.core.lint.remarks import stops
from bot.errors import UserError
from bot.features.reports.models.reports import Report, ReportState
from bot.features.reports.models.routes import Route
from bot.features.reports.rules import steps
from bot.features.reports.rules.acceptance import AcceptanceRate
from bot.features.reports.rules.followups import lasted, outcome
from bot.features.reports.rules.routing import TABLE
from tests.cases import for_each
from tests.unit.core.lint.test_letters import Text
from tests.unit.features.reports.test_steps import ANA, BEN, DRAFT, NOW, filed

CHINESE = InterfaceLanguage.CHINESE
_NAMES = (
    r"/(rights add|rights|withdraw SELLER|settings confirm one|reports)",
    "Report a Violation|Report Abuse|Seller Forums [0-9a-f]{8}|incorrect variation",
    r"\b(APEX|ASIN|ID|Transparency)\b",
)
"""What keeps its English name in a Chinese sentence."""


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with speak(CHINESE):
        yield


def english_in(text: str) -> str:
    """Return the first English word of the text that is no name; empty if there is none."""
    left = re.search("[A-Za-z]+", re.sub("|".join(_NAMES), "", text))
    return left[0] if left else ""


@for_each("route", {row.route: None for row in TABLE})
def test_a_route_says_why_and_what_that_rests_on(route: Route) -> None:
    told = [*map(tr_data, (*route.reasons, route.source.words)), route.recommendation.said]
    assert not [each for each in told if english_in(each)]
    assert all(each.endswith("。") for each in told[:-1])


def test_a_report_keeps_the_reasons_as_the_table_has_them() -> None:
    reasons = {each for row in TABLE for each in row.route.reasons}
    assert all(each.isascii() for each in reasons)


REFUSED: dict[str, tuple[Report, Callable[[Report], object]]] = {
    "修改": (filed(), lambda report: steps.edit(report, BEN, NOW, "two")),
    "确认": (filed(), lambda report: steps.confirm(report, ANA, NOW, two_persons=True)),
    "改回草稿": (DRAFT, steps.revoke),
    "提交": (DRAFT, lambda report: steps.file(report, ANA, NOW, "")),
    "答复": (DRAFT, lambda report: steps.answer(report, NOW, ReportState.ACCEPTED)),
    "撤回": (steps.close(filed()), steps.retract),
    "放弃": (filed(), steps.discard),
    "关闭": (steps.close(filed()), steps.close),
}


@pytest.mark.parametrize("done", REFUSED)
def test_a_step_that_is_refused_says_which_and_why(done: str) -> None:
    report, step = REFUSED[done]
    with pytest.raises(UserError) as refused:
        step(report)
    said = str(refused.value)
    assert re.fullmatch(rf"现在无法.*{done}.*。其状态为「\w+」。输入 /reports 查看。", said), said
    assert report.state.said in said


def test_whoever_wrote_it_is_told_who_may_confirm() -> None:
    with pytest.raises(UserError, match="必须由其他人确认") as refused:
        steps.confirm(DRAFT, BEN, NOW, two_persons=True)
    assert english_in(str(refused.value).replace("R-3", "")) == ""


def test_an_outcome_is_told_in_a_line() -> None:
    answered = steps.answer(filed(), NOW, ReportState.ACCEPTED)
    assert outcome(answered) == "R-3 假货：已通过"
    gone = steps.removed(answered, NOW + timedelta(days=3, hours=4))
    assert gone
    assert outcome(gone) == "R-3 假货：已通过，3 天 4 小时后移除"
    back = steps.returned(gone, NOW + timedelta(days=8), NOW + timedelta(days=9))
    assert back
    assert outcome(back) == "R-3 假货：已通过，3 天 4 小时后移除，之后又出现"
    assert lasted(timedelta(seconds=20)) == "不到 1 分钟"


def test_a_rate_is_told_with_its_numbers() -> None:
    assert str(AcceptanceRate(9, 10)) == "90%（10 份中通过 9 份）"
    assert str(AcceptanceRate(0, 0)) == "尚无答复"


def test_letters_are_remarked_on_and_the_rules_keep_their_names() -> None:
    draft = Text("Dear [name], our password is hunter2!Secret. That is ridiculous.")
    remarks = [each for rule in (blanks, secrets, tone) for each in rule(draft)]
    assert [each.rule for each in remarks] == [
        "No blanks left",
        "No secrets",
        "Courteous and professional",
    ]
    said = stops(remarks)
    assert said.startswith("不留空白：请填写或删除 [name]。不含敏感信息：请删除疑似")
    assert "礼貌、专业：请改写，不要用「" in said
    assert stops(remarks[:1] * 4).endswith("还有 1 条。")
