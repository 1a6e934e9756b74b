"""The one door for what people type: secrets stop, and what tells of a person is asked about once.

A secret is never taken. What looks like a buyer's address or number is refused with a question,
and taken when the same person sends it again: it may be the seller's, or the team's own. What was
asked about is remembered here for a while, as a hash under a key of this process alone, and is
written nowhere.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from bot.core.flows.forms import fill, has_files
from bot.core.forms import Answers, Date, Form, Paragraph, Text
from bot.core.interactions import Ask, Command, Submission
from bot.core.interface import tr, tr_data
from bot.core.personal_data import personal_in
from bot.core.secrets import looks_secret
from bot.errors import UserError

AGAIN = 600.0
"""Seconds in which what was asked about may be sent again."""
MOST = 1000
"""So many things that were asked about are remembered, of all people together."""

SAID = 3
"""So many things are named in one question."""

_PRODUCT_LINK = re.compile(
    r"https?://(?:[\w-]+\.)*amazon\.[a-z.]{2,6}/[^\s?#]*(?P<parameters>[?#]\S*)?", re.IGNORECASE
)
"""Amazon's own links carry long random words behind the path, which are nobody's secret."""

_SHARED_FILE = re.compile(
    r"https?://(?:(?:docs|drive)\.google|[\w-]+\.sharepoint)\.com/[\w/.:~-]*(?:[?#][\w=&.%/-]*)*",
    re.IGNORECASE,
)
"""So do those of files that a team shares; it could not tell where its pictures lie."""

_AMAZONS = re.compile(
    r"@(?!marketplace\b)(?:[\w-]+\.)?amazon\.[a-z]{2,3}(?:\.[a-z]{2})?", re.IGNORECASE
)
"""Addresses of Amazon's own desks; behind those of its marketplace are buyers and sellers."""

DRAFTS = 100
"""So many forms that were refused are at hand, of all people together."""


class _Draft(NamedTuple):
    at: float
    who: str
    step: str
    answers: Answers


class _Asked(NamedTuple):
    at: float
    sent: str
    """The id of what it stood in; empty once it was sent again."""


class FreeTextDoor:
    """Looks at all texts that people send, wherever they send them."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Measure by a clock that only grows."""
        self._monotonic = monotonic
        self._key = secrets.token_bytes(32)
        self._asked: OrderedDict[bytes, _Asked] = OrderedDict()
        self._drafts: OrderedDict[str, _Draft] = OrderedDict()

    def require(self, command: Command) -> None:
        """Let what was typed, or the message that it was chosen on, pass.

        Raises:
            UserError: it holds a secret, or something to be asked about; nothing may be kept.
        """
        quote = command.quote
        for text in (command.text, quote.text if quote else ""):
            if what := _secret(text):
                raise UserError(what)
            if asked := self._to_ask(text, command):
                raise UserError(_question(asked, chosen=quote is not None))

    def stops(self, sent: Submission, form: Form) -> dict[str, str]:
        """Return, by input, why what was typed into the form is not taken.

        All of it counts, also what is too long to be taken. The label says, in English, what a
        number is.
        """
        found: dict[str, str] = {}
        for asked in form.inputs:
            text = sent.answers.get(asked.name)
            if not (isinstance(asked, Text | Paragraph | Date) and isinstance(text, str)):
                continue
            if secret := _secret(text):
                found[asked.name] = secret
            elif not (isinstance(asked, Text) and asked.personal):
                persons = self._to_ask(f"{asked.label}: {text}", sent)
                found |= {asked.name: _question(persons)} if persons else {}
        return found

    def hold(self, sent: Submission) -> None:
        """Have a form at hand that was refused: some chats show it again by a button alone.

        What tells of a person is not stored before it is taken, and nobody wants to type it twice.
        """
        safe = {
            name: each
            for name, each in sent.answers.items()
            if not (has_files(each) or _secret(str(each)))
        }
        self._drafts.pop(sent.session, None)
        self._drafts[sent.session] = _Draft(self._monotonic(), sent.who.id, sent.step, safe)
        if len(self._drafts) > DRAFTS:
            self._drafts.popitem(last=False)

    def taken(self, sent: Submission) -> None:
        """Have a form at hand no more that is taken by now: what was wrong with it is old."""
        draft = self._drafts.get(sent.session)
        if draft is not None and draft.step == sent.step:
            del self._drafts[sent.session]

    def filled(self, ask: Ask, who: str) -> Ask:
        """Return the form with what this very person sent a moment ago."""
        draft = self._drafts.get(ask.session)
        if draft is None or (draft.who, draft.step) != (who, ask.step):
            return ask
        if self._monotonic() - draft.at > AGAIN:
            return ask
        return msgspec.structs.replace(ask, form=fill(ask.form, draft.answers))

    def _to_ask(self, text: str, sent: Command | Submission) -> list[str]:
        """Return, in words, what has not been asked about; all of it, so that nothing follows."""
        found = [each for each in personal_in(_without_links(text)) if not _is_amazons(each.found)]
        return [each.words for each in dict.fromkeys(found) if not self._passes(each.found, sent)]

    def _passes(self, found: str, sent: Command | Submission) -> bool:
        """Tell whether they were asked about it by an earlier message; note that they are now."""
        now = self._monotonic()
        about = f"{sent.who.id}\0{found}".encode(errors="replace")
        digest = hmac.digest(self._key, about, "sha256")
        known = self._asked.pop(digest, None)
        # A delivery that is worked on once more was not sent once more.
        passes = known is not None and known.sent != sent.id and now - known.at <= AGAIN
        self._asked[digest] = _Asked(now, "" if passes else sent.id)
        while len(self._asked) > MOST:
            self._asked.popitem(last=False)
        return passes


def _secret(text: str) -> str:
    secret = looks_secret(_without_links(text))
    if not secret:
        return ""
    return tr(
        "This looks like it contains {secret}. Remove it, then send it again.",
        secret=tr_data(secret),
    )


def _question(persons: Sequence[str], *, chosen: bool = False) -> str:
    """Ask about what tells of persons, in what was sent, or in a message that was ``chosen``."""
    named = tr(" and ").join(persons[:SAID])
    if chosen:
        return tr(
            "This looks like {persons}. Remove it, or, if it is the seller's or your own, choose "
            "'Add to case' in the message's menu.",
            persons=named,
        )
    return tr(
        "This looks like {persons}. Remove it, or, if it is the seller's or your own, send it "
        "again as it is.",
        persons=named,
    )


def _is_amazons(found: str) -> bool:
    return _AMAZONS.fullmatch(found[found.rfind("@") :] if "@" in found else "") is not None


def _without_links(text: str) -> str:
    """Return the text without what is long and random in links that are nobody's secret."""
    return _SHARED_FILE.sub(" ", _PRODUCT_LINK.sub(_without_parameters, text))


def _without_parameters(link: re.Match[str]) -> str:
    return link[0].removesuffix(link["parameters"] or "")
