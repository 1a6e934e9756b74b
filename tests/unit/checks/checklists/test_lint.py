"""Lint: what each rule catches, and what it lets through."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.scheduling.cadence import CronCadences
from bot.bootstrap.features import COMMAND_NAMES
from bot.core import cards
from bot.core.cards import Button, Card
from bot.core.labeled import Duty
from bot.core.text import plain
from bot.features.checklists.models.definitions import Checklist, ProofKind
from checks.checklists import lint
from tests.cases import for_each
from tests.unit.checks.checklists.samples import CHECKLIST, ITEM, LONGEST, changed, with_item

CADENCES = CronCadences()
AMAZON = "https://sellercentral.amazon.com/"


def several(number: int) -> Checklist:
    items = (msgspec.structs.replace(ITEM, id=f"item-{place}") for place in range(number))
    return changed(items=tuple(items))


def test_what_is_right_is_let_through() -> None:
    assert lint(CHECKLIST, CADENCES, COMMAND_NAMES) == []


@for_each(
    "fine",
    [
        changed(title="t" * 60),
        changed(why="w" * 300),
        changed(id="x" * 40),
        changed(cadence="0 9 1-7 1,4,7,10 tue"),
        changed(cadence="0 9 29 2 *"),
        changed(cadence="", attacks=("phishing", "intrusion")),
        several(12),
        LONGEST,
        with_item(title="t" * 50),
        with_item(why="w" * 200),
        with_item(steps=("s" * 140,) * 6),
        with_item(steps=()),
        with_item(minutes=30, weight=5),
        with_item(link="", command=""),
        with_item(link="https://brandregistry.amazon.co.uk/"),
        with_item(link="https://www.amazon.de/report/infringement"),
        with_item(proof=ProofKind.USERS, owner=Duty.LEAD),
        with_item(expires=7),
        with_item(expires=800),
        with_item(title="Zwei-Schritt-Prüfung für Käufer"),
    ],
)
def test_what_is_at_a_limit_is_let_through(fine: Checklist) -> None:
    assert lint(fine, CADENCES, COMMAND_NAMES) == []


@for_each(
    ("wrong", "says"),
    [
        (changed(id="Photo Studio"), "id must have lowercase letters, digits and hyphens"),
        (changed(id="x" * 41), "id must have lowercase letters"),
        (changed(id="photo--studio"), "id must have lowercase letters"),
        (changed(id="decisions"), "id decisions is reserved for the quarterly rev"),
        (changed(title="t" * 61), "title has 61 characters. Shorten it to 60"),
        (changed(title="  "), "title is empty"),
        (changed(title="Two\nlines"), "title has line breaks"),
        (changed(title="right\N{RIGHT-TO-LEFT OVERRIDE}left"), "invisible characters"),
        (changed(why="w" * 301), "why has 301 characters"),
        (changed(section="Nonsense"), "there is no section 'Nonsense'. Use a heading of docs/ar"),
        (changed(cadence=""), "it never starts. Give it a cadence, or attacks"),
        (changed(attacks=("phishing",)), "it has a cadence and attacks"),
        (changed(cadence="", attacks=("rain",)), "there is no attack 'rain'. Choose from: fol"),
        (changed(cadence="whenever"), "cadence: 'whenever' must have five fields"),
        (changed(cadence="0 9 31 2 *"), "cadence: '0 9 31 2 *' does not match any date"),
        (changed(cadence="0 9 * * 1"), "cadence: Write the weekday of '0 9 * * 1' as a word"),
        (changed(cadence="0 9 " + "1," * 99 + "1 * *"), "cadence: it has 207 characters"),
        (changed(items=()), "it has no items. Add one"),
        (several(13), "it has 13 items, but only 12 fit on a card"),
        (changed(items=(ITEM, ITEM)), "2 items have the id originals"),
        (with_item(minutes=0), "all its items take 0 minutes"),
    ],
)
def test_what_is_wrong_with_a_checklist_is_told(wrong: Checklist, says: str) -> None:
    [told] = lint(wrong, CADENCES, COMMAND_NAMES)
    assert says in told


@for_each(
    ("wrong", "says"),
    [
        (with_item(title="t" * 51), "title has 51 characters. Shorten it to 50"),
        (with_item(why=""), "why is empty"),
        (with_item(why="w" * 201), "why has 201 characters"),
        (with_item(steps=("Do it.",) * 7), "it has 7 steps. Keep the 6"),
        (with_item(steps=("Do it.", "s" * 141)), "step 2 has 141 characters"),
        (with_item(steps=("",)), "step 1 is empty"),
        (with_item(minutes=31), "minutes must be 0 (a glance) to 30"),
        (with_item(weight=0), "weight must be 1 to 5"),
        (with_item(weight=6), "weight must be 1 to 5"),
        (with_item(weight=10**600), "weight must be 1 to 5"),
        (with_item(link="https://example.org/"), "link must be an Amazon page"),
        (
            with_item(link="https://sellercentral.amazon.com.evil.example/"),
            "link must be an Amazon page",
        ),
        (
            with_item(link="https://sellercentral.amazon.com@evil.example/"),
            "link must be an Amazon page",
        ),
        (with_item(link="http://sellercentral.amazon.com/"), "link must be an Amazon page"),
        (with_item(link="javascript:alert(1)"), "link must be an Amazon page"),
        (with_item(link=f"{AMAZON}a page"), "link must be an Amazon page"),
        (with_item(link=f"{AMAZON}\n<script>"), "link must be an Amazon page"),
        (with_item(link=AMAZON + "x" * cards.LINK), "link must be an Amazon page"),
        (with_item(command="nonsense"), "there is no command 'nonsense'. Type /help"),
        (with_item(command="/health"), "there is no command '/health'"),
        (with_item(expires=6), "expires is shorter than the 7 days until the item is asked again"),
        (with_item(expires=-1), "expires is shorter than the 7 days"),
        (with_item(expires=801), "expires is more than 800 days"),
    ],
)
def test_what_is_wrong_with_an_item_is_told_with_its_name(wrong: Checklist, says: str) -> None:
    [told] = lint(wrong, CADENCES, COMMAND_NAMES)
    assert told.startswith(f"item originals: {says}")


def test_an_item_of_no_name_is_told() -> None:
    [told] = lint(with_item(id=""), CADENCES, COMMAND_NAMES)
    assert told.startswith("item : id must have lowercase letters")


def test_a_playbook_asks_nothing_again_so_nothing_in_it_expires() -> None:
    playbook = msgspec.structs.replace(with_item(expires=30), cadence="", attacks=("phishing",))
    [told] = lint(playbook, CADENCES, COMMAND_NAMES)
    assert told.startswith("item originals: expires has no effect")


def test_a_wrong_cadence_hides_nothing_else_and_invents_nothing() -> None:
    wrong = msgspec.structs.replace(with_item(expires=30, weight=9), cadence="whenever")
    cadence, weight = lint(wrong, CADENCES, COMMAND_NAMES)
    assert cadence.startswith("cadence: ")
    assert weight.startswith("item originals: weight")


def test_a_month_is_as_long_as_its_longest_pause() -> None:
    monthly = msgspec.structs.replace(with_item(expires=30), cadence="0 9 1 * *")
    [told] = lint(monthly, CADENCES, COMMAND_NAMES)
    assert "shorter than the 31 days" in told


def test_several_faults_are_told_at_once() -> None:
    assert (
        len(lint(with_item(title="", why="", weight=7, command="x"), CADENCES, COMMAND_NAMES)) == 4
    )


@settings(max_examples=60)
@given(
    link=st.one_of(st.text(max_size=60), st.text(max_size=60).map(lambda rest: f"{AMAZON}{rest}"))
)
def test_a_link_that_lint_lets_through_is_one_that_every_card_takes(link: str) -> None:
    if not lint(with_item(link=link), CADENCES, COMMAND_NAMES) and link:
        Card(title="Title", buttons=(Button(label="Open", url=link),))


@settings(max_examples=60)
@given(text=st.text(max_size=400), number=st.integers())
def test_whatever_it_says_lint_answers_in_short_sentences(text: str, number: int) -> None:
    item = msgspec.structs.replace(
        ITEM, id=text, title=text, why=text, steps=(text,), link=text, command=text,
        minutes=number, weight=number, expires=number,
    )  # fmt: skip
    wrong = changed(id=text, title=text, section=text, attacks=(text,), items=(item, item))
    told = lint(wrong, CADENCES, COMMAND_NAMES)
    assert told
    for sentence in told:
        assert len(sentence) < 400
        assert sentence == plain(sentence)
