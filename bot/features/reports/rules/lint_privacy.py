"""The lint's rule on people: a report names no buyer, and tells nothing of one."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.interface import tr
from bot.core.lint.phrases import found, sentences
from bot.core.personal_data import personal_data
from bot.features.reports.models.lint_input import LintInput, Objection, stop, warn
from bot.features.reports.rules.lint_text import EDIT, phrases, without_names


def personal(lint_input: LintInput) -> Iterator[Objection]:
    """The order ID says who bought; a name, an address or a number of theirs is not needed."""
    text = without_names(lint_input.report.text, lint_input.names)
    if person := personal_data(text):
        says = tr("Remove {person}. The order ID is enough.", person=person)
        yield stop("personal", says, EDIT)
    for sentence in sentences(text):
        if words := found(phrases().buyer, sentence):
            says = tr(
                "Remove the name in '{words}'. The order ID says who the buyer is.", words=words
            )
            yield stop("personal", says, EDIT)
            return
        if phrases().of_buyer.search(sentence) and (words := found(phrases().street, sentence)):
            says = tr("Remove the buyer's address ({words}).", words=words)
            yield stop("personal", says, EDIT)
            return
        if phrases().somebody.search(sentence) and (words := found(phrases().private, sentence)):
            says = tr(
                "Leave out '{words}': it tells who the buyer is. The order ID is enough.",
                words=words,
            )
            yield warn("personal", says, EDIT)
            return
