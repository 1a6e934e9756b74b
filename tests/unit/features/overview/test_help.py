"""Help: what people need in their own words, and that every button of it leads somewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bootstrap.features import COMMANDS
from bot.core import cards
from bot.core.attack_kinds import AttackKind
from bot.core.request import HelpGroup
from bot.core.router import ALIASES
from bot.core.text import one_line
from bot.features.overview.commands.guide import SHOWN
from bot.features.overview.views.help import grouped, need_card, needs_card
from bot.features.overview.views.needs import NEEDS, HelpTopic, find_need
from bot.features.training.texts.reading import read_lessons

KNOWN = {spec.name for spec in COMMANDS} | set(ALIASES)
LESSONS = {lesson.id for lesson in read_lessons()}
each_need = pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.says)


def test_the_card_leads_straight_to_each_flow_and_to_all_commands() -> None:
    card = needs_card()
    assert [field.label for field in card.fields] == [need.says for need in NEEDS]
    assert [button.ref for button in card.buttons] == [
        "cases open",
        "attack takeover",
        "attack false-complaint",
        "attack review-bombing",
        "attack intrusion",
        "buyer",
        "attack malicious-returns",
        "support",
        "security",
        "attacks",
        "help commands",
    ]


@each_need
def test_every_button_leads_to_a_command_that_exists(need: HelpTopic) -> None:
    for button in need_card(need).buttons:
        name, _, rest = button.ref.partition(" ")
        assert button.action == "run"
        assert name in KNOWN
        if name == "attack":
            assert AttackKind(rest)
        if name == "training":
            assert rest in {*LESSONS, ""}


@each_need
def test_a_need_says_it_in_a_line_and_advises_in_a_few(need: HelpTopic) -> None:
    assert len(need.says) <= cards.FIELD_LABEL
    assert len(need.gist) <= 90
    assert len(need.advice) <= 300
    assert len(dict(need.steps)) == len(need.steps) <= 3


def test_the_first_five_minutes_stand_before_the_log_of_an_intrusion() -> None:
    [need] = [need for need in NEEDS if need.says == "Somebody was in my account"]
    assert need.gist.startswith("First: a new password")
    assert need.advice.startswith("In the next five minutes: ")


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("hijacker", "cases open"),
        ("HIJACKED!", "cases open"),
        ("a stranger undercuts my price", "cases open"),
        ("lost the buy box", "cases open"),
        ("counterfeit", "cases open"),
        ("fakes on my listing", "cases open"),
        ("my pictures are wrong", "attack takeover"),
        ("someone edited the title", "attack takeover"),
        ("listing takeover, text changed", "attack takeover"),
        ("false infringement claim against us", "attack false-complaint"),
        ("policy violation notice", "attack false-complaint"),
        ("review", "attack review-bombing"),
        ("fake reviews", "attack review-bombing"),
        ("bad ratings", "attack review-bombing"),
        ("hacked", "attack intrusion"),
        ("phishing mail", "attack intrusion"),
        ("somebody was in my account", "attack intrusion"),
        ("a customer got a counterfeit", "buyer"),
        ("answer a buyer's message", "buyer"),
        ("strange returns", "attack malicious-returns"),
        ("empty box returned", "attack malicious-returns"),
        ("suspended", "support"),
        ("account locked by Amazon", "support"),
        ("contact support", "support"),
        ("click fraud", "support"),
        ("our ads get strange clicks", "support"),
        ("a-to-z claim", "attack malicious-returns"),
        ("a claim against us", "attack false-complaint"),
        ("keep the account safe", "security"),
        ("2fa", "security"),
        ("an employee left, which permissions", "security"),
        ("lessons", "security"),
        ("what happened this week", "attacks"),
        ("statistics", "attacks"),
    ],
)
def test_a_need_is_found_by_words(words: str, command: str) -> None:
    need = find_need(words)
    assert need is not None
    assert need.steps[0][1] == command


@each_need
def test_a_need_is_found_by_its_own_words(need: HelpTopic) -> None:
    assert find_need(need.says) is need


@pytest.mark.parametrize("words", ["", "zebra", "?!", "😀", "ß" * 500])
def test_what_nobody_needs_is_not_found(words: str) -> None:
    assert find_need(words) is None


@given(st.text(max_size=300))
def test_whatever_is_typed_makes_a_card(words: str) -> None:
    need = find_need(words)
    card = need_card(need) if need else needs_card(one_line(words, SHOWN))
    assert card.buttons


def test_every_command_stands_in_a_group_and_is_shown_whole() -> None:
    shown = list(grouped(COMMANDS))
    assert HelpGroup.MORE.value not in {field.label for field in shown}
    told = "\n".join(field.value for field in shown)
    assert "…" not in told
    assert len(shown) <= cards.FIELDS
    for spec in COMMANDS:
        assert f"/{spec.name} · " in told
