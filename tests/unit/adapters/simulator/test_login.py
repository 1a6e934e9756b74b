"""The login, and the token that every call needs."""

from dataclasses import asdict

import httpx
import pytest

from adapters.simulator import Credentials, Marketplace, Operation
from adapters.simulator.login import KEPT_TOKENS, Grant, Login, TokenState
from tests.unit.adapters.simulator.caller import COMPETITIVE, Caller, client_of, tree
from tests.unit.adapters.simulator.small import PAN, small_scenario


async def test_a_refresh_token_buys_an_access_token(stranger: Caller) -> None:
    response = await stranger.ask_token()
    assert response.status_code == 200
    grant = response.json()
    assert grant["token_type"] == "bearer"
    assert grant["expires_in"] == 3600
    assert grant["access_token"].startswith("Atza|")
    assert grant["refresh_token"].startswith("Atzr|")


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_id": "somebody"}, 401, "invalid_client"),
        ({"client_secret": "guess"}, 401, "invalid_client"),
        ({"refresh_token": "guess"}, 400, "invalid_grant"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, 400, "invalid_scope"),
    ],
)
async def test_a_wrong_login_is_refused(
    stranger: Caller, changes: dict[str, str], status: int, error: str
) -> None:
    response = await stranger.ask_token(**changes)
    assert response.status_code == status
    assert response.json()["error"] == error


async def test_a_grantless_token_does_not_speak_for_the_seller(stranger: Caller) -> None:
    response = await stranger.ask_token(
        grant_type="client_credentials", scope="sellingpartnerapi::notifications"
    )
    assert "refresh_token" not in response.json()
    stranger.token = response.json()["access_token"]
    assert (await stranger.item_offers(PAN)).status_code == 403


def details(response: httpx.Response) -> object:
    assert response.status_code == 403
    assert "x-amzn-RateLimit-Limit" not in response.headers
    error = tree(response)["errors"][0]
    assert error["code"] == "Unauthorized"
    return error["details"].value


async def test_every_operation_wants_a_token(stranger: Caller) -> None:
    answers = [
        await stranger.item_offers(PAN),
        await stranger.listing_offers("X"),
        await stranger.prices(PAN),
        await stranger.catalog(PAN),
    ]
    assert {details(answer) for answer in answers} == {
        "Access token is missing in the request header."
    }
    stranger.token = "Atza|invented"
    assert details(await stranger.prices(PAN)) == (
        "The access token you provided is revoked, malformed or invalid."
    )


async def test_a_token_expires() -> None:
    seconds = [0.0]
    async with (
        Marketplace(
            small_scenario(), expires_in=60, quota_scale=None, monotonic=lambda: seconds[0]
        ) as marketplace,
        client_of(marketplace) as client,
    ):
        caller = Caller(client)
        await caller.log_in()
        seconds[0] = 59.9
        assert (await caller.prices(PAN)).status_code == 200
        seconds[0] = 60
        assert details(await caller.prices(PAN)) == "The access token you provided has expired."
        await caller.log_in()
        assert (await caller.prices(PAN)).status_code == 200


def test_the_oldest_tokens_are_forgotten() -> None:
    known = Credentials()
    login = Login(known, 3600, lambda: 0.0)
    form = asdict(known) | {"grant_type": "refresh_token"}
    grants = [login.grant(form) for _ in range(KEPT_TOKENS + 1)]
    tokens = [grant.access_token for grant in grants if isinstance(grant, Grant)]
    assert login.check(tokens[0]) is TokenState.UNKNOWN
    assert login.check(tokens[1]) is TokenState.GOOD
    assert login.check(tokens[-1]) is TokenState.GOOD


async def test_the_log_tells_what_was_asked(caller: Caller, market: Marketplace) -> None:
    await caller.prices(PAN)
    await caller.get(COMPETITIVE, {})
    assert [(entry.operation, entry.asins, entry.status) for entry in market.log] == [
        (Operation.TOKEN, (), 200),
        (Operation.COMPETITIVE_PRICING, (PAN,), 200),
        (Operation.COMPETITIVE_PRICING, (), 400),
    ]
    assert market.log[-1].at == 0
