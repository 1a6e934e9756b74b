"""Why Amazon could not be reached, in words that say what to look at."""

from __future__ import annotations

import httpx

from bot.core.network import LONGEST_HOST, unreached
from bot.core.text import one_line

CUT_OFF = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)


def explain(error: httpx.RequestError, request: httpx.Request) -> str:
    """Say in a sentence or two why a request did not get through, and what to do.

    It names the host and nothing else of the request, which may carry a token.
    """
    host = one_line(f"{request.url.host}:{request.url.port or 443}", LONGEST_HOST)
    return unreached("Amazon", error, host, cut_off=isinstance(error, CUT_OFF))
