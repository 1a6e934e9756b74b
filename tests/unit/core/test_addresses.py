"""A chat's credentials go to the chat or stay on this machine."""

from __future__ import annotations

import pytest

from bot.core.addresses import check_chat_address

OWN = "https://slack.com/api/"


@pytest.mark.parametrize(
    "address", [OWN, "http://127.0.0.1:8080/api/", "ws://localhost:9000", "http://localhost/"]
)
def test_a_chats_own_address_and_this_machine_are_taken(address: str) -> None:
    assert check_chat_address(address, OWN) == address


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "http://evil.example/", "https://127.0.0.1/", "wss://localhost/", ""],
)
def test_any_other_address_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(ValueError, match="must be the chat's own address") as refused:
        check_chat_address(address, OWN)
    assert not address or address not in str(refused.value)
