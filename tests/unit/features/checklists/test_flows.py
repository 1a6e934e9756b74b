"""What is asked of an item: its proof, by its kind, or what is wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.bootstrap.features import FLOWS
from bot.core.files import Upload
from bot.core.flows.engine import Done, advance, begin
from bot.core.flows.sessions import FlowSession
from bot.core.forms import Answer, Date, File, Paragraph, Text
from bot.core.interactions import Ask
from bot.features.checklists.flows.items import ITEM_PROOF, NAMES_ONLY
from bot.features.checklists.models.definitions import ProofKind

PAGE = Upload("page.png", "image/png", 1, "ab" * 32)


def session_of(name: str, facts: dict[str, str]) -> FlowSession:
    return FlowSession(
        id="s",
        flow=name,
        version=FLOWS[name].version,
        started_at=datetime(2026, 11, 23, tzinfo=UTC),
        started_by="U1",
        facts=dict(facts),
    )


def run(name: str, kind: ProofKind, answer: Answer) -> tuple[Ask, Ask | Done]:
    flow = FLOWS[name]
    facts = {"item": "Users and permissions", "kind": kind.value, "last": "7 users"}
    session, ask = begin(flow, session_of(name, facts))
    [asked] = ask.form.inputs
    _, out = advance(flow, session, session.step, {asked.name: answer})
    return ask, out


@pytest.mark.parametrize(
    ("kind", "asks", "good", "bad"),
    [
        (ProofKind.USERS, Paragraph, "ana\nben", "Atzr|IwEBIJ0123456789"),
        (ProofKind.APPS, Paragraph, "Repricer", " \n - \n"),
        (ProofKind.COUNT, Text, "12", "about 12"),
        (ProofKind.DATE, Date, "2026-11-20", "last Friday"),
        (ProofKind.FILE, File, (PAGE,), ()),
    ],
)
def test_each_kind_of_proof_is_asked_for_and_read(
    kind: ProofKind, asks: type, good: Answer, bad: Answer
) -> None:
    ask, done = run("item-proof", kind, good)
    [asked] = ask.form.inputs
    assert isinstance(asked, asks)
    assert "Last time: 7 users." in ask.form.intro
    assert isinstance(done, Done)
    assert ITEM_PROOF.read(done.answers).parsed.kind is kind
    _, again = run("item-proof", kind, bad)
    assert isinstance(again, Ask)
    assert list(again.errors) == ["proof"]


def test_a_list_in_which_a_line_is_refused_is_not_kept() -> None:
    flow = FLOWS["item-proof"]
    facts = {"item": "Users", "kind": "users", "last": ""}
    session, _ = begin(flow, session_of("item-proof", facts))
    kept, again = advance(flow, session, "proof", {"proof": "Password:\nSecret: hunter2x"})
    assert isinstance(again, Ask)
    assert "hunter2x" not in repr(kept)


def test_a_list_says_that_it_wants_names_only() -> None:
    ask, _ = run("item-proof", ProofKind.USERS, "ana")
    assert ask.form.inputs[0].hint == NAMES_ONLY


def test_what_is_wrong_must_be_said() -> None:
    _, done = run("item-problem", ProofKind.NONE, "temp-va is unknown to all of us")
    assert isinstance(done, Done)
    _, again = run("item-problem", ProofKind.NONE, "")
    assert isinstance(again, Ask)
    assert list(again.errors) == ["wrong"]
