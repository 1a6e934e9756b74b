"""What a request to Amazon's support is asked for, and how long each answer may be."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.core.flows.forms import FlowForm
from bot.features.letters.flows.letters import answered
from bot.features.letters.models.support_requests import SupportInput, SupportMatter

ABOUT = 200
COMPLAINANT = 80
HAPPENED = 700
DONE = 400
WISH = 300
EARLIER = 100
"""Characters; all of it together fits into a request of 3,000."""
ID = 40


class SupportForm(FlowForm, frozen=True, kw_only=True):
    """What a request is drafted from; its subject is the case's key, if it is about one."""

    about_case: str = ""
    today: date | None = None
    """In the team's zone, when it was asked."""
    wishes: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    """What Amazon could be asked to do, by language and matter."""
    offered: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    """What the team may have done, by matter and name."""
    need: SupportMatter | None = None
    about: str = ""
    since: date | None = None
    merchant: str = ""
    language: str = ""
    complaint: str = ""
    complainant: str = ""
    happened: str = ""
    steps: tuple[str, ...] = ()
    done: str = ""
    wish: str = ""
    earlier: str = ""

    @property
    def asked(self) -> SupportInput:
        """What was answered."""
        return SupportInput(
            need=answered(self.need),
            about=self.about,
            since=answered(self.since),
            language=self.language,
            happened=self.happened,
            steps=self.steps,
            done=self.done,
            wish=self.wish,
            earlier=self.earlier,
            merchant=self.merchant,
            complaint=self.complaint,
            complainant=self.complainant,
            case=self.subject,
        )

    @property
    def wish_first(self) -> str:
        """What Amazon could be asked to do about it."""
        return self.wishes.get(self.language, {}).get(self.need or "", "")
