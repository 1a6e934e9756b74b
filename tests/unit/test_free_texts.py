"""Whatever people can write has a way out: each free text says by which deletion its words go."""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import bot
from bot.bootstrap.features import FEATURES
from bot.core.flows.confirming import CONFIRM_ACT
from tests.cases import for_each

ROOT = Path(bot.__file__).parent / "features"
TESTS = Path(__file__).parents[1]
INPUTS = {"Text", "Paragraph"}


class Goes(enum.Enum):
    """By which deletion words go; the label is what /redact is given."""

    ENTRY = "12 5"
    RUN = "K-12"
    DECISION = "D-5"
    ATTACK = "A-2"
    LETTER = "L-4"
    REPORT = "R-3"
    POINT = "2026 Q4 2"
    PIECE = "delete-evidence"
    REGISTER = "remove"
    SELLER = "seller A1B2C3D4E5F6G7"
    """It goes with what others tell of the seller."""
    READ = "read"
    """It is read as an ID, a number, a day or a setting; no words of it are kept."""
    SOUGHT = "sought"
    """It is looked for, and kept nowhere."""
    STAYS = "stays"
    """It says why words were removed."""


LABELS = (
    *(Goes.ENTRY, Goes.RUN, Goes.DECISION, Goes.ATTACK),
    *(Goes.LETTER, Goes.REPORT, Goes.POINT, Goes.SELLER),
)

FORMS: Mapping[str, Goes] = {
    "attacks/flows damage": Goes.ATTACK,
    "attacks/flows source": Goes.ATTACK,
    "attacks/flows products": Goes.READ,
    "cases/authorise products": Goes.READ,
    "cases/bulk note": Goes.ENTRY,
    "cases/close note": Goes.ENTRY,
    "cases/redact why": Goes.STAYS,
    "cases/seller_note nickname": Goes.SELLER,
    "cases/seller_note price": Goes.READ,
    "cases/seller_note note": Goes.SELLER,
    "checklists/items proof": Goes.RUN,
    "checklists/items wrong": Goes.ENTRY,
    "evidence/collect_questions caption": Goes.ENTRY,
    "evidence/collect_questions typed": Goes.PIECE,
    "evidence/collect_questions none": Goes.ENTRY,
    "evidence/compare what": Goes.ENTRY,
    "evidence/test_buy_questions budget": Goes.READ,
    "evidence/test_buy_questions place": Goes.ENTRY,
    "evidence/test_buy_questions asin": Goes.READ,
    "evidence/test_buy_questions observed": Goes.PIECE,
    "evidence/test_buy_questions order": Goes.PIECE,
    "evidence/test_buy_questions price": Goes.READ,
    "evidence/test_buy_questions seller": Goes.READ,
    "evidence/test_buy_questions sold_by": Goes.PIECE,
    "evidence/test_buy_questions verified": Goes.PIECE,
    "evidence/delete why": Goes.STAYS,
    "evidence/note note": Goes.ENTRY,
    "evidence/note case": Goes.READ,
    "letters/sent words": Goes.LETTER,
    "letters/buyer order": Goes.READ,
    "letters/letters text": Goes.LETTER,
    "letters/sent ticket": Goes.READ,
    "letters/support about": Goes.LETTER,
    "letters/support complainant": Goes.LETTER,
    "letters/support complaint": Goes.LETTER,
    "letters/support done": Goes.LETTER,
    "letters/support earlier": Goes.LETTER,
    "letters/support happened": Goes.LETTER,
    "letters/support merchant": Goes.LETTER,
    "letters/support wish": Goes.LETTER,
    "overview/person name": Goes.STAYS,
    "overview/settings margin": Goes.READ,
    "overview/settings zone": Goes.READ,
    "reports/answer words": Goes.REPORT,
    "reports/confirm reason": Goes.REPORT,
    "reports/discard reason": Goes.REPORT,
    "reports/edit text": Goes.REPORT,
    "reports/filed complaint": Goes.READ,
    "reviews/flows what": Goes.DECISION,
    "reviews/flows why": Goes.POINT,
    "rights/paper name": Goes.REGISTER,
    "rights/paper party": Goes.REGISTER,
    "rights/paper products": Goes.READ,
    "rights/right classes": Goes.REGISTER,
    "rights/right country": Goes.READ,
    "rights/right countries": Goes.READ,
    "rights/right name": Goes.REGISTER,
    "rights/right owner": Goes.REGISTER,
    "rights/right registration": Goes.REGISTER,
    "watchlist/watch floor": Goes.READ,
    "watchlist/watch product": Goes.READ,
    "watchlist/watch sku": Goes.READ,
    "watchlist/watch units": Goes.READ,
}
"""Every text of a form: the feature, the module of its flow, the name of the input."""

COMMANDS: Mapping[str, Goes] = {
    "attacks days": Goes.READ,
    "authorize product": Goes.READ,
    "authorize seller": Goes.READ,
    "case number": Goes.READ,
    "case page": Goes.READ,
    "check marketplace": Goes.READ,
    "check product": Goes.READ,
    "history product": Goes.READ,
    "history marketplace": Goes.READ,
    "history days": Goes.READ,
    "conditions marketplace": Goes.READ,
    "conditions product": Goes.READ,
    "evidence number": Goes.READ,
    "help words": Goes.SOUGHT,
    "letters which": Goes.READ,
    "note case": Goes.READ,
    "note words": Goes.ENTRY,
    "papers number": Goes.READ,
    "people who": Goes.STAYS,
    "redact entry": Goes.READ,
    "redact what": Goes.READ,
    "redact why": Goes.STAYS,
    "reports page": Goes.READ,
    "rights number": Goes.READ,
    "sessions which": Goes.READ,
    "settings value": Goes.READ,
    "training lesson": Goes.SOUGHT,
    "training page": Goes.READ,
    "unwatch marketplace": Goes.READ,
    "unwatch product": Goes.READ,
    "watch floor": Goes.READ,
    "watch marketplace": Goes.READ,
    "watch product": Goes.READ,
    "watch sku": Goes.READ,
    "withdraw seller": Goes.READ,
}
"""Every word of a command that is not one of a few: the command, and what it is called."""

BUYER = "journeys/test_deleted.py what_was_written_about_a_buyer_is_gone_once_it_is_deleted"
SHOWN_BY = {
    Goes.ENTRY: BUYER,
    Goes.SELLER: "unit/features/cases/test_seller_facts.py an_admin_has_it_removed_for_good",
    Goes.PIECE: "unit/features/evidence/test_words_deleted.py "
    "what_was_seen_of_a_test_buy_goes_with_it",
    Goes.REGISTER: "unit/features/rights/test_register.py "
    "a_removed_rights_words_go_when_undo_is_over",
    Goes.RUN: "unit/features/checklists/test_checklists_redacted.py "
    "a_list_goes_from_all_messages_that_told_of_it",
    Goes.DECISION: "unit/features/checklists/test_checklists_redacted.py "
    "a_decision_goes_from_runs_reminders_and_the_case_of_a_problem",
    Goes.ATTACK: "unit/features/attacks/test_attacks_redacted.py "
    "an_attack_without_a_case_says_who_removed_its_words",
    Goes.LETTER: "unit/features/letters/test_letters_redacted.py "
    "a_letter_without_a_case_loses_its_text_and_amazons_words",
    Goes.REPORT: "unit/features/reports/test_reports_redacted.py "
    "a_filed_report_loses_its_texts_and_its_packet_and_keeps_its_seal",
    Goes.POINT: "unit/features/reviews/test_reviews_redacted.py "
    "the_reason_why_a_point_was_left_alone_is_removed",
}
"""The test that searches every byte for what went that way."""


def inputs(tree: ast.Module) -> Iterator[str]:
    """Give the names of the texts that a module asks for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in INPUTS:
            names = [each.value for each in node.keywords if each.arg == "name"]
            constant = [each.value for each in names if isinstance(each, ast.Constant)]
            assert constant, "A text's name stands where it is asked for."
            yield str(constant[0])


def called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def test_every_text_of_a_form_says_by_which_deletion_its_words_go() -> None:
    found = {
        f"{path.relative_to(ROOT).parts[0]}/{path.stem} {name}"
        for path in ROOT.rglob("*.py")
        for name in inputs(ast.parse(path.read_text("utf-8")))
    }
    assert found == set(FORMS)


def test_all_forms_are_made_where_the_texts_are_looked_for() -> None:
    steps = [step for flow in FEATURES.flows.values() for step in flow.steps]
    # The core's own form only says again what it was told.
    made = [step for step in steps if step not in CONFIRM_ACT.steps]
    assert {step.form.__module__.rpartition(".features.")[0] for step in made} == {"bot"}


def test_every_word_of_a_command_says_by_which_deletion_it_goes() -> None:
    found = {
        f"{command.name} {param.name}"
        for command in FEATURES.commands
        for param in command.params
        if not param.options
    }
    assert found == set(COMMANDS)


def test_whatever_can_be_redacted_is_somebodys_way_out() -> None:
    ways = {*FORMS.values(), *COMMANDS.values()}
    assert {each.value for each in LABELS} == {each.example for each in FEATURES.redactable}
    assert ways == set(Goes)


@for_each("way", [each for each in Goes if each in SHOWN_BY])
def test_a_test_searches_every_byte_for_what_went_that_way(way: Goes) -> None:
    path, name = SHOWN_BY[way].split(" ")
    tree = ast.parse((TESTS / path).read_text("utf-8"))
    functions = {each.name for each in tree.body if isinstance(each, ast.AsyncFunctionDef)}
    assert f"test_{name}" in functions


def test_only_what_holds_no_words_needs_no_such_test() -> None:
    assert set(Goes) - set(SHOWN_BY) == {Goes.READ, Goes.SOUGHT, Goes.STAYS}


def test_a_text_whose_name_is_made_up_is_found() -> None:
    with pytest.raises(AssertionError):
        [*inputs(ast.parse("forms.Text(name=chosen, label='What?')"))]
