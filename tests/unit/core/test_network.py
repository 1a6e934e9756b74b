"""Why a service could not be reached: what happened and what to do, and no word of a library."""

from __future__ import annotations

import asyncio
import errno
import socket

import aiohttp
import pytest

from bot.core.network import unreached

CAUSES = {
    "was not found": socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
    "refused the connection": ConnectionRefusedError(errno.ECONNREFUSED, "Connect call failed"),
    "was cut off": ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"),
    "there is no route to": OSError(errno.ENETUNREACH, "Network is unreachable"),
    "did not answer in time": TimeoutError(),
    "could not be reached at": RuntimeError("Session is closed"),
}


@pytest.mark.parametrize("words", CAUSES)
def test_each_cause_is_told_in_words_with_what_to_do(words: str) -> None:
    cause = CAUSES[words]
    said = unreached("Slack", cause, "slack.com")
    assert said.startswith("Slack could not be reached")
    assert words in said
    assert "slack.com" in said
    assert "heck " in said
    for library in (type(cause).__name__, str(cause) or "Error", "Errno"):
        assert library not in said


def test_the_cause_behind_an_error_of_a_client_is_found() -> None:
    async def ask() -> None:
        async with aiohttp.request("GET", "http://127.0.0.1:1/"):
            pass

    with pytest.raises(aiohttp.ClientError) as caught:
        asyncio.run(ask())
    said = unreached("Discord", caught.value, "discord.com")
    assert said.startswith("Discord could not be reached: discord.com refused the connection.")


def test_without_a_host_the_service_is_named() -> None:
    assert unreached("Discord", TimeoutError()).startswith(
        "Discord could not be reached: Discord did not answer in time."
    )
