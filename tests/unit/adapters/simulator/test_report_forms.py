"""The forms behind Amazon's two doors, as the simulation shows them."""

import re

import pytest

from tests.unit.adapters.simulator.caller import Caller

INPUTS = re.compile(r"<(form|input|textarea|select|button|script)\b")


@pytest.mark.parametrize(
    ("door", "asks_for"),
    [
        ("infringement", ("registration number", "ASIN", "Order ID", "Declaration")),
        ("policy", ("Kind of violation", "ASIN", "Order ID", "Attachments")),
    ],
)
async def test_a_form_says_what_amazon_asks_for_and_takes_nothing(
    stranger: Caller, door: str, asks_for: tuple[str, ...]
) -> None:
    response = await stranger.client.get(f"/report/{door}")
    assert response.status_code == 200
    assert "Simulated marketplace</div>" in response.text
    assert "This form is simulated" in response.text
    assert all(words in response.text for words in asks_for)
    assert "SIM-" in response.text
    assert INPUTS.search(response.text) is None
    assert (await stranger.client.post(f"/report/{door}", data={"asin": "x"})).status_code == 405


@pytest.mark.parametrize("door", ["lawful", "<b>", "..", "../product", "infringement.html"])
async def test_there_are_two_doors_and_no_other(stranger: Caller, door: str) -> None:
    response = await stranger.client.get(f"/report/{door}")
    assert response.status_code == 404
    assert "<b>" not in response.text
