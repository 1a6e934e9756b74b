from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from urllib.parse import parse_qs

import httpx
import pytest
from aiohttp import web

from adapters.amazon.login import FIRST_PAUSE, LONGEST_PAUSE, RENEWED, Login
from adapters.amazon.sp_api import SpApiSource
from bot.errors import AccessRefused, LoginError, QuotaExceeded, SourceError, Unavailable
from tests.unit.adapters.amazon.amazon import (
    Amazon,
    Handler,
    Obj,
    json_reply,
    offer,
    payload,
    reply,
)
from tests.unit.adapters.amazon.conftest import (
    ASIN,
    CREDENTIALS,
    FakeTime,
    Sources,
    error_of,
    snapshot_of,
    watch,
)

SECRETS = ("client-secret-value", "refresh-token-value", "Atza|")
FORBIDDEN = json_reply(403, {"errors": [{"code": "Unauthorized", "message": "Access denied."}]})


@pytest.fixture
async def login(amazon: Amazon, fake_time: FakeTime) -> AsyncIterator[Login]:
    async with httpx.AsyncClient() as http:
        url = f"{amazon.url}/auth/o2/token"
        login = Login(http, url, CREDENTIALS, timeout=5, monotonic=fake_time.monotonic)
        yield login
        await login.aclose()


async def test_the_form_is_the_refresh_token_grant(login: Login, amazon: Amazon) -> None:
    assert await login.token() == "Atza|1"
    assert parse_qs(amazon.logins[0].body) == {
        "grant_type": ["refresh_token"],
        "refresh_token": ["Atzr|refresh-token-value"],
        "client_id": ["client-id-value"],
        "client_secret": ["client-secret-value"],
    }


@pytest.mark.parametrize(
    ("life", "good_for"), [(3600, 3539), (80, 39), (None, 3539), (0, 3539), (-5, 3539), ("90", 44)]
)
async def test_a_token_is_kept_until_shortly_before_its_end(
    login: Login, amazon: Amazon, fake_time: FakeTime, life: float | None, good_for: float
) -> None:
    amazon.expires_in = life
    await login.token()
    fake_time.now += good_for
    assert await login.token() == "Atza|1"
    fake_time.now += 2
    assert await login.token() == "Atza|2"


async def test_fifty_waiters_make_one_request(login: Login, amazon: Amazon) -> None:
    tokens = await asyncio.gather(*(login.token() for _ in range(50)))
    assert set(tokens) == {"Atza|1"}
    assert len(amazon.logins) == 1


async def test_fifty_concurrent_reads_log_in_once(source: SpApiSource, amazon: Amazon) -> None:
    amazon.payloads[ASIN] = payload(ASIN, offer())
    await asyncio.gather(*(source.read([watch()]) for _ in range(50)))
    assert len(amazon.logins) == 1
    assert len(amazon.seen) == 50


async def test_one_who_stops_waiting_does_not_take_the_login_away(
    login: Login, amazon: Amazon
) -> None:
    impatient = asyncio.create_task(login.token())
    patient = asyncio.create_task(login.token())
    await asyncio.sleep(0)
    impatient.cancel()
    assert await patient == "Atza|1"


REFUSED = json_reply(400, {"error": "invalid_grant"})


async def test_a_refused_login_refuses_all_who_ask_and_is_tried_again_after_a_pause(
    login: Login, amazon: Amazon, fake_time: FakeTime
) -> None:
    amazon.login_script = [REFUSED]
    outcomes = await asyncio.gather(*(login.token() for _ in range(5)), return_exceptions=True)
    assert all(isinstance(outcome, LoginError) for outcome in outcomes)
    fake_time.now += FIRST_PAUSE - 1
    for _ in range(5):
        with pytest.raises(LoginError, match="refresh token") as told:
            await login.token()
        assert told.value.retry_after == 1
    assert len(amazon.logins) == 1
    fake_time.now += 1
    assert await login.token() == "Atza|2"


async def test_the_pause_doubles_with_each_refusal_up_to_the_longest(
    login: Login, amazon: Amazon, fake_time: FakeTime
) -> None:
    amazon.login_script = [REFUSED] * 9
    pauses: list[float] = []
    for _ in range(9):
        with pytest.raises(LoginError) as told:
            await login.token()
        assert told.value.retry_after is not None
        pauses.append(told.value.retry_after)
        fake_time.now += pauses[-1]
    assert pauses == [15, 30, 60, 120, 240, 480, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]


async def test_a_login_that_cannot_be_reached_is_no_refusal_and_tried_again_at_once(
    login: Login, amazon: Amazon
) -> None:
    amazon.login_script = [reply(500), json_reply(503, {})]
    for _ in range(2):
        with pytest.raises(Unavailable):
            await login.token()
    assert await login.token() == "Atza|3"


async def test_a_token_that_is_rejected_whatever_its_age_is_renewed_once_in_a_while(
    login: Login, fake_time: FakeTime
) -> None:
    """One operation that is denied for good must not fetch a token each time that it is asked."""
    token = await login.token()
    token = await login.refresh(token)
    assert token == "Atza|2"
    assert await login.refresh(token) == token
    fake_time.now += RENEWED
    assert await login.refresh(token) == "Atza|3"


async def test_an_expired_secret_stops_all_questions_though_the_login_is_granted(
    source: SpApiSource, amazon: Amazon
) -> None:
    said = "The LWA secret token you provided has expired."
    expired: Obj = {"errors": [{"code": "Unauthorized", "message": "Denied", "details": said}]}
    amazon.script = [json_reply(403, expired)] * 2
    error = error_of((await source.read([watch()]))[0])
    assert isinstance(error, LoginError)
    assert error.retry_after == FIRST_PAUSE
    asked = len(amazon.seen)
    assert str(error_of((await source.read([watch()]))[0])) == str(error)
    assert (len(amazon.seen), len(amazon.logins)) == (asked, 2)


async def test_a_refresh_that_somebody_else_made_is_used(login: Login, amazon: Amazon) -> None:
    old = await login.token()
    fresh = await asyncio.gather(*(login.refresh(old) for _ in range(10)))
    assert set(fresh) == {"Atza|2"}
    assert await login.refresh(old) == "Atza|2"
    assert len(amazon.logins) == 2


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (json_reply(400, {"error": "invalid_grant"}), LoginError, "Authorize the app again"),
        (json_reply(401, {"error": "invalid_client"}), LoginError, "client ID or its secret"),
        (json_reply(400, {"error": "unauthorized_client"}), LoginError, "does not let this app"),
        (json_reply(400, {"error": "news"}), LoginError, "Amazon refused the login"),
        (reply(400, "<html>", "text/html"), SourceError, "an error page (400)"),
        (reply(503, "<html>", "text/html"), SourceError, "an error page (503)"),
        (reply(429), QuotaExceeded, "limiting our requests"),
        (reply(200, "<html>", "text/html"), SourceError, "could not be read"),
        (json_reply(200, {}), SourceError, "usable token"),
        (json_reply(200, {"access_token": "bad\r\ntoken"}), SourceError, "usable token"),
        (json_reply(200, {"access_token": "t\u00f6ken"}), SourceError, "usable token"),
        (json_reply(200, {"access_token": "x" * 9000}), SourceError, "usable token"),
        (reply(200, b"x" * 70_000, "application/json"), SourceError, "larger than 65,536"),
        (reply(302, location="/"), SourceError, "error page (302)"),
    ],
)
async def test_a_refusal_says_what_to_do(
    login: Login, amazon: Amazon, answer: Handler, kind: type[SourceError], words: str
) -> None:
    amazon.login_script = [answer]
    with pytest.raises(kind) as caught:
        await login.token()
    assert words in str(caught.value)
    assert kind is LoginError or not isinstance(caught.value, LoginError)


async def test_a_403_is_answered_with_one_fresh_token(source: SpApiSource, amazon: Amazon) -> None:
    amazon.payloads[ASIN] = payload(ASIN, offer())
    amazon.script = [FORBIDDEN]
    (reading,) = await source.read([watch()])
    assert snapshot_of(reading).total == 1
    assert [one.headers["x-amz-access-token"] for one in amazon.seen] == ["Atza|1", "Atza|2"]


async def test_a_second_403_is_a_login_error(source: SpApiSource, amazon: Amazon) -> None:
    amazon.script = [FORBIDDEN, FORBIDDEN]
    (reading,) = await source.read([watch()])
    assert isinstance(reading.result, LoginError)
    assert "Check that the app has the Pricing role" in str(reading.result)
    assert (len(amazon.logins), len(amazon.seen)) == (2, 2)


DENIED = "Access to requested resource is denied."


def denied(details: str, message: str = DENIED, status: int = 403) -> Handler:
    error = {"code": "Unauthorized", "message": message, "details": details}
    return json_reply(status, {"errors": [error]})


@pytest.mark.parametrize(
    ("answer", "kind", "begins"),
    [
        (
            denied("The LWA secret token you provided has expired."),
            LoginError,
            "The app's client secret has expired. Rotate it",
        ),
        (
            denied("The access token you provided is revoked, malformed or invalid."),
            AccessRefused,
            "Amazon rejected the app's access token. Authorize the app again",
        ),
        (
            denied("The access token you provided has expired.", status=401),
            AccessRefused,
            "Amazon rejected the app's access token. Authorize the app again",
        ),
        (
            denied("The security token included in the request is expired"),
            Unavailable,
            "Amazon's own security token has expired. This is on Amazon's side",
        ),
        (
            denied("", "The security token included in the request is expired"),
            Unavailable,
            "Amazon's own security token has expired. This is on Amazon's side",
        ),
        (
            denied(""),
            AccessRefused,
            "Amazon denied access. Check that the app has the Pricing role",
        ),
        (
            json_reply(403, {"message": "Forbidden"}),
            AccessRefused,
            "Amazon denied access. Check that the app has the Pricing role",
        ),
        (
            json_reply(403, {"errors": [{"code": 7, "details": None}, None]}),
            AccessRefused,
            "Amazon denied access. Check that the app has the Pricing role",
        ),
        (reply(403), AccessRefused, "Amazon denied access. Check that the app has the Pricing"),
        (
            reply(403, "<html>Request blocked</html>", "text/html"),
            Unavailable,
            "Access was refused with a web page (403), perhaps by a firewall or proxy",
        ),
    ],
)
async def test_a_403_says_what_amazon_says(
    source: SpApiSource, amazon: Amazon, answer: Handler, kind: type[SourceError], begins: str
) -> None:
    amazon.script = [answer] * 6
    (reading,) = await source.read([watch()])
    assert type(reading.result) is kind
    assert str(reading.result).startswith(begins)


async def test_a_403_quotes_amazons_details(source: SpApiSource, amazon: Amazon) -> None:
    amazon.script = [denied("The LWA secret token you provided has expired.")] * 2
    (reading,) = await source.read([watch()])
    assert str(reading.result).endswith(
        f"Amazon says: Unauthorized: {DENIED} (The LWA secret token you provided has expired.)."
    )


async def test_a_403_for_titles_names_the_role_for_titles(
    source: SpApiSource, amazon: Amazon
) -> None:
    amazon.script = [denied("")] * 2
    with pytest.raises(AccessRefused, match="Check that the app has the Product Listing role"):
        await source.products([ASIN], "US")


async def test_closing_ends_a_login_under_way(sources: Sources, amazon: Amazon) -> None:
    arrived = asyncio.Event()

    async def silence(request: web.Request) -> web.StreamResponse:
        arrived.set()
        await amazon.closing.wait()
        return web.Response()

    amazon.login_script = [silence]
    source = sources()
    reading = asyncio.create_task(source.read([watch()]))
    await arrived.wait()
    await source.aclose()
    with pytest.raises(asyncio.CancelledError):
        await reading


@pytest.mark.parametrize(
    "answers",
    [
        [],
        [FORBIDDEN, FORBIDDEN],
        [reply(429), reply(503), reply(500)],
        [reply(200, "Atza|1", "application/json")],
    ],
)
async def test_secrets_show_up_nowhere(
    source: SpApiSource,
    amazon: Amazon,
    answers: list[Handler],
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    amazon.login_script = [json_reply(400, {"error": "invalid_client"})]
    amazon.script = answers
    shown = [repr(CREDENTIALS), repr(source)]
    for _ in range(2):
        (reading,) = await source.read([watch()])
        shown += [str(reading), *traceback.format_exception(error_of(reading))]
    output = capsys.readouterr()
    text = "\n".join([*shown, caplog.text, output.out, output.err])
    assert not [secret for secret in SECRETS if secret in text]
