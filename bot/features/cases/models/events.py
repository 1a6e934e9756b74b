"""What happens to cases, for the features that go on from there."""

from __future__ import annotations

import msgspec

from bot.features.cases.models.cases import Case


class CaseBeganAgain(msgspec.Struct, frozen=True):
    """A closed case is open again, by a person or because it is seen again."""

    case: Case


class CaseReopened(msgspec.Struct, frozen=True):
    """A person opened a closed case again."""

    case: Case


class CaseClosed(msgspec.Struct, frozen=True):
    """A person closed a case."""

    case: Case


class SignalsEnded(msgspec.Struct, frozen=True):
    """Something that went on in a case is over, as the watch saw it; the case is as it is then."""

    case: Case
