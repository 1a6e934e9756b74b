"""What comes back from Slack when it does not do what it was asked."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from adapters.slack.refusals import BUSY, UNABLE, Act, Meaning, meaning
from bot.core.network import unreached
from bot.core.text import one_line
from bot.errors import ChatError, MessageGone, Refusal

TROUBLE = (SlackClientError, aiohttp.ClientError, OSError, TimeoutError)
"""What the SDK raises when Slack refuses or cannot be reached."""
UNREADABLE = (AttributeError, TypeError, ValueError)
"""What the SDK raises when an answer is not built as Slack's are."""
CUT_OFF = (aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError)
PAUSE, LONGEST_PAUSE = 30.0, 3600.0
"""Seconds to wait where Slack asks for it without a number, and the most that it may ask for."""
WORD = 60


def reason(error: SlackApiError) -> str:
    """Return Slack's own word for what is wrong; empty if it was not Slack who answered."""
    data = getattr(error.response, "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def said_by(act: Act, error: BaseException) -> Meaning:
    """Say what it means that something failed while this was asked of Slack."""
    if not isinstance(error, SlackApiError):
        return Meaning(Refusal.CHAT, _without_answer(error))
    word, status = reason(error), _status(error)
    known = meaning(act, word)
    if known is not None and status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return Meaning(
            known.refusal, f"{known.cause[:-1]} ({_exactly(error, word)}).", known.remedy
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Meaning(Refusal.CHAT, BUSY)
    if word and status == HTTPStatus.OK:
        return Meaning(Refusal.UNLISTED, f"Slack refused the request ({one_line(word, WORD)}).")
    return Meaning(Refusal.CHAT, f"{UNABLE[:-1]} (HTTP {status}).")


def _without_answer(error: BaseException) -> str:
    if isinstance(error, UNREADABLE):
        return (
            "Slack's response could not be read. Check for a proxy between Slack and this machine."
        )
    host = str(getattr(error, "host", None) or "")
    return unreached("Slack", error, host, cut_off=isinstance(error, CUT_OFF))


def chat_error(act: Act, error: BaseException) -> ChatError:
    """Return what the outbox has to know of a failure."""
    refusal, cause, remedy = said_by(act, error)
    if refusal is Refusal.GONE:
        return MessageGone(cause)
    # Where a person has to mend something, Slack did nothing; after an error of its own, perhaps.
    certain = act is Act.POST and refusal is Refusal.CHAT and bool(remedy)
    return ChatError(cause, pause_after(error), refusal=refusal, remedy=remedy, certain=certain)


@contextmanager
def translated(act: Act) -> Iterator[None]:
    """Raise as a ChatError what Slack, the network or the SDK raise while this is asked."""
    try:
        yield
    except TROUBLE as error:
        raise chat_error(act, error) from error
    except UNREADABLE as error:
        raise ChatError(_without_answer(error)) from error


def pause_after(error: BaseException) -> float | None:
    """Return for how many seconds Slack asks us to wait; None if it does not ask."""
    if not isinstance(error, SlackApiError):
        return None
    asked = seconds_asked(getattr(error.response, "headers", None) or {})
    slow = _status(error) == HTTPStatus.TOO_MANY_REQUESTS or reason(error) in (
        "ratelimited",
        "rate_limited",
    )
    return asked or PAUSE if slow else asked


def seconds_asked(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After: seconds, or a date; never more than an hour, None if it says nothing."""
    given = {name.lower(): str(value) for name, value in headers.items()}
    text = given.get("retry-after", "").strip()
    try:
        seconds = float(text)
    except ValueError:
        seconds = _until(text, given.get("date", ""))
    return min(seconds, LONGEST_PAUSE) if seconds > 0 and not math.isnan(seconds) else None


def _status(error: SlackApiError) -> int:
    # Of an answer that is no JSON the SDK gives the HTTP client's own object.
    response = error.response
    return int(getattr(response, "status_code", 0) or getattr(response, "status", 0))


def _exactly(error: SlackApiError, word: str) -> str:
    """Return Slack's word, and which permission it wants."""
    needed = getattr(error.response, "data", {}).get("needed")
    return one_line(f"{word}: {needed}" if needed else word, WORD)


def _until(date: str, now: str) -> float:
    """Return the seconds from the one date, by Slack's own clock if it told the time."""
    try:
        end = parsedate_to_datetime(date).timestamp()
    except ValueError:
        return 0.0
    try:
        return end - parsedate_to_datetime(now).timestamp()
    except ValueError:
        return end - time.time()
