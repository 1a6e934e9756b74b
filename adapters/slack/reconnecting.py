"""How often Slack is asked to let us in again: at a pace that slows down while it does not."""

from __future__ import annotations

import asyncio

from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.calls import TROUBLE, UNREADABLE, pause_after, said_by
from adapters.slack.refusals import Act

LONGEST_PAUSE, PASSING = 600.0, 60.0
"""Seconds between two tries, at most: until a person mends something, and of what passes by itself.
"""


def growing(step: float, failures: int, *, passing: bool = False) -> float:
    """Return how many seconds to wait after so many failures in a row."""
    longest = PASSING if passing else LONGEST_PAUSE
    return float(min(step * 2 ** min(max(failures - 1, 0), 16), longest))


class Opener(AsyncWebClient):
    """Asks for the addresses of sockets, for the SDK, which asks every few seconds for ever."""

    step = 5.0
    """Seconds to wait after the first failure."""
    patient = False
    """It waits by itself; as long as it is not, who calls it waits."""
    failure: BaseException | None = None
    """Why Slack did not let us in at the last try."""
    _failures = 0

    async def apps_connections_open(
        self, *, app_token: str, **kwargs: object
    ) -> AsyncSlackResponse:
        """Ask for an address, after a pause if the last time failed."""
        if self.patient and self.failure is not None:
            asked = pause_after(self.failure) or 0.0
            passing = not said_by(Act.LISTEN, self.failure).remedy
            await asyncio.sleep(max(asked, growing(self.step, self._failures, passing=passing)))
        try:
            opened = await super().apps_connections_open(app_token=app_token, **kwargs)
        except (*TROUBLE, *UNREADABLE) as error:
            self._failures += 1
            self.failure = error
            # The SDK looks for Slack's word in an answer, and breaks where there is none.
            message = "no address for a socket"
            raise SlackClientError(message) from error
        self._failures, self.failure = 0, None
        return opened
