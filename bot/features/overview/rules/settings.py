"""The team's settings that can be typed: each reads what was written and changes one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from bot.core.choices import choose
from bot.core.findings import Severity
from bot.core.interface import InterfaceLanguage, tr
from bot.core.mentions import OFF, ONCALL
from bot.core.team import Team
from bot.errors import UserError

LAST_HOUR = 23
SHORTEST_KEPT = 30
"""Days that evidence is kept at the least: a report may be answered late."""
MOST_MARGIN = 99
ALWAYS = "always"
LEAST_MINUTES, MOST_MINUTES = 5, 1440
MOST_CALLS = 20
MOST_HOURS = 168
_NUMBER = re.compile(r"([0-9]{1,6})(?:\D|$)", re.ASCII)
_PERCENT = re.compile(r"([0-9]{1,2}) ?%?", re.ASCII)
_HOUR = re.compile(r"([0-9]{1,2})(?::?00)?", re.ASCII)


def _zone(team: Team, text: str) -> Team:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = tr(
            "{typed} is not a time zone. Type one like Europe/Berlin.", typed=repr(text[:40])
        )
        raise UserError(message) from None
    return msgspec.structs.replace(team, zone=text)


def _digest(team: Team, text: str) -> Team:
    return msgspec.structs.replace(team, digest_hour=_hour(text))


def _quiet(team: Team, text: str) -> Team:
    if text.lower() == "off":
        return msgspec.structs.replace(team, quiet_from=None, quiet_to=None)
    first, dash, last = text.partition("-")
    if not dash:
        message = tr("Type quiet hours like 22-7, or off.")
        raise UserError(message)
    begin, end = _hour(first), _hour(last)
    if begin == end:
        message = tr(
            "Quiet hours must start and end at different hours. To turn them off, type off."
        )
        raise UserError(message)
    return msgspec.structs.replace(team, quiet_from=begin, quiet_to=end)


def _hour(text: str) -> int:
    found = _HOUR.fullmatch(text.strip())
    if found is None or int(found[1]) > LAST_HOUR:
        message = tr("{typed} is not an hour. Type 0 to 23.", typed=repr(text.strip()[:20]))
        raise UserError(message)
    return int(found[1])


_CONFIRM = {"one": False, "two": True, "default": None}


def _confirm(team: Team, text: str) -> Team:
    how = tr("Type how many people a report needs: one, two or default.")
    chosen = choose(text, dict.fromkeys(_CONFIRM, ""), tr("number of people"), how)
    return msgspec.structs.replace(team, two_persons=_CONFIRM[chosen])


def _keep(team: Team, text: str) -> Team:
    if text.lower() == ALWAYS:
        return msgspec.structs.replace(team, keep_days=None)
    digits = text.split(maxsplit=1)[0]
    if not (digits.isascii() and digits.isdigit() and int(digits[:6]) >= SHORTEST_KEPT):
        message = tr("Type always, or a number of days, at least {least}.", least=SHORTEST_KEPT)
        raise UserError(message)
    return msgspec.structs.replace(team, keep_days=int(digits[:6]))


def _margin(team: Team, text: str) -> Team:
    if text.lower() == "off":
        return msgspec.structs.replace(team, margin=None)
    found = _PERCENT.fullmatch(text.strip())
    if found is None or not 1 <= int(found[1]) <= MOST_MARGIN:
        message = tr("Type your profit margin like 30%, from 1% to 99%, or off.")
        raise UserError(message)
    return msgspec.structs.replace(team, margin=int(found[1]))


_SEVERITIES: Mapping[str, Severity | None] = {
    "critical": Severity.CRITICAL,
    "warning": Severity.WARNING,
    "all": Severity.INFO,
    OFF: None,
}


def _mention(team: Team, text: str) -> Team:
    how = tr("Type the alerts that mention people: critical, warning, all or off.")
    chosen = choose(text, dict.fromkeys(_SEVERITIES, ""), tr("kind of alerts"), how)
    return msgspec.structs.replace(team, calls_from=_SEVERITIES[chosen])


def _escalate(team: Team, text: str) -> Team:
    if text.lower() == OFF:
        return msgspec.structs.replace(team, escalate=0)
    minutes = _number(text, MOST_MINUTES)
    if minutes is None or minutes < LEAST_MINUTES:
        message = tr(
            "Type the minutes to wait, from {least} to {most}, or off.",
            least=LEAST_MINUTES,
            most=f"{MOST_MINUTES:,}",
        )
        raise UserError(message)
    return msgspec.structs.replace(team, escalate=minutes)


def _calls(team: Team, text: str) -> Team:
    calls = _number(text, MOST_CALLS)
    if calls is None:
        message = tr(
            "Type how often on-call may be mentioned a night, 0 to {most}.", most=MOST_CALLS
        )
        raise UserError(message)
    return msgspec.structs.replace(team, calls_a_night=calls)


def _remind(team: Team, text: str) -> Team:
    if text.lower() == OFF:
        return msgspec.structs.replace(team, remind=None)
    hours = _number(text, MOST_HOURS)
    if not hours:
        message = tr("Type the hours to wait, from 1 to {most}, or off.", most=MOST_HOURS)
        raise UserError(message)
    return msgspec.structs.replace(team, remind=hours)


def _number(text: str, most: int) -> int | None:
    """Read a whole number, which units may follow; None if there is none, or it is too large."""
    found = _NUMBER.match(text.strip())
    return int(found[1]) if found and int(found[1]) <= most else None


def _oncall(team: Team, text: str) -> Team:
    """Put no one on call where `off` is typed; a name is looked up by the chat."""
    if text.lower() == OFF:
        return msgspec.structs.replace(team, oncall=())
    message = tr(
        "Could not find {typed}. Type the name of someone who has used Brandwarden, the ID of a "
        "person or group in this chat, me, or off.",
        typed=repr(text[:40]),
    )
    raise UserError(message)


_LANGUAGES = {
    "en": InterfaceLanguage.ENGLISH,
    "zh": InterfaceLanguage.CHINESE,
    "中文": InterfaceLanguage.CHINESE,
}
_LANGUAGE_NAMES = {"en": "English", "zh": "Chinese", "中文": InterfaceLanguage.CHINESE.label}
"""What people type for a language, by its code or short name."""


def _language(team: Team, text: str) -> Team:
    chosen = choose(text, _LANGUAGE_NAMES, tr("language"), tr("Type en or zh."))
    return msgspec.structs.replace(team, language=_LANGUAGES[chosen])


def as_typed(team: Team) -> dict[str, str]:
    """Return what is typed to have each setting as it is; empty: nothing that is typed does that.

    Who is on call is left out: only a chat can look up whom a text names.
    """
    hours = [team.quiet_from, team.quiet_to]
    pending = team.keep_next_from is not None
    keep = team.keep_next if pending else team.keep_days
    confirm = {how: typed for typed, how in _CONFIRM.items()}
    mention = {severity: typed for typed, severity in _SEVERITIES.items()}
    minutes = OFF if team.escalate == 0 else str(team.escalate or "")
    return {
        "zone": team.zone,
        "digest": str(team.digest_hour),
        "quiet": OFF if None in hours else "-".join(map(str, hours)),
        "confirm": confirm[team.two_persons],
        "keep": str(keep or ALWAYS),
        "margin": OFF if team.margin is None else f"{team.margin}%",
        "language": team.language.value,
        "mention": mention[team.calls_from],
        "escalate": minutes,
        "calls": str(team.calls_a_night),
        "remind": str(team.remind or OFF),
    }


CHANGES: Mapping[str, Callable[[Team, str], Team]] = {
    "zone": _zone,
    "digest": _digest,
    "quiet": _quiet,
    "confirm": _confirm,
    "keep": _keep,
    "margin": _margin,
    "language": _language,
    ONCALL: _oncall,
    "mention": _mention,
    "escalate": _escalate,
    "calls": _calls,
    "remind": _remind,
}
"""What can be changed by its name. Each raises UserError for what it cannot read."""
