"""The settings as a form has them: as they were, as they are answered, and what differs."""

from __future__ import annotations

import msgspec

from bot.core.flows.forms import FlowForm
from bot.core.mentions import OFF
from bot.core.team import Team
from bot.features.overview.rules.settings import ALWAYS, CHANGES, as_typed

SAVE, REST, DISCARD = "save", "rest", "discard"
"""What may be saved: all, all but the deleting of evidence, or nothing."""


class SettingsForm(FlowForm, frozen=True, kw_only=True):
    """The settings as they are typed; what was not answered does not change."""

    before: dict[str, str] = msgspec.field(default_factory=dict)
    """How they were at the start, by name."""
    soonest: str = ""
    """The day on which evidence is deleted at the earliest, as people read it."""
    zone: str = ""
    digest: str = ""
    quiet_from: str = ""
    quiet_to: str = ""
    language: str = ""
    confirm: str = ""
    keep: str = ""
    margin: str = ""
    mention: str = ""
    escalate: str = ""
    calls: str = ""
    remind: str = ""
    saved: str = ""
    """What is to be saved, of those three."""

    @staticmethod
    def of(team: Team, soonest: str) -> SettingsForm:
        """Return the form as it is filled in with the settings."""
        typed = as_typed(team)
        begin, _, end = typed["quiet"].partition("-")
        single = {name: value for name, value in typed.items() if name != "quiet"}
        return SettingsForm(before=typed, soonest=soonest, quiet_from=begin, quiet_to=end, **single)

    @property
    def quiet(self) -> str:
        """The quiet hours as they are typed; empty where they were not answered."""
        if self.quiet_from in ("", OFF):
            return self.quiet_from
        return f"{self.quiet_from}-{self.quiet_to}"

    @property
    def changes(self) -> dict[str, str]:
        """What is to be typed to have what was answered, by name, for what differs."""
        answered = {name: str(getattr(self, name)) for name in self.before}
        return {
            name: typed for name, typed in answered.items() if typed and typed != self.before[name]
        }

    @property
    def deletes(self) -> bool:
        """Evidence is to be kept for less time than now."""
        kept, was = self.changes.get("keep", ALWAYS), self.before.get("keep", ALWAYS)
        return kept != ALWAYS and (was == ALWAYS or int(kept) < int(was))

    @property
    def wanted(self) -> dict[str, str]:
        """The changes that are to be saved."""
        if self.saved == DISCARD:
            return {}
        dropped = {"keep"} if self.saved == REST else set()
        return {name: typed for name, typed in self.changes.items() if name not in dropped}

    @property
    def teams(self) -> tuple[Team, Team]:
        """The team's settings before, and with all changes."""
        return _team(self.before), _team({**self.before, **self.changes})


def _team(typed: dict[str, str]) -> Team:
    team = Team()
    for name, value in typed.items():
        team = CHANGES[name](team, value) if value else team
    return team
