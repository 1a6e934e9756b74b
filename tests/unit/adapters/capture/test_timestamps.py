"""Time-stamps from outside: what is asked, what is accepted, and whose signature was checked."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import stamina
from aiohttp import web
from cryptography.x509 import Certificate
from hypothesis import given
from hypothesis import strategies as st

from adapters.capture import timestamps
from adapters.capture.signatures import known_roots
from adapters.capture.timestamps import LARGEST, Rfc3161Authority, query
from adapters.packets import verifier
from bot.errors import StampError
from tests.platforms.tsa import FakeTsa, openssl, serve_tsa
from tests.unit.adapters.capture.conftest import DIGEST, NONCE, OTHER

pytestmark = pytest.mark.openssl


@pytest.fixture
async def tsa(tsa_folder: Path) -> AsyncIterator[FakeTsa]:
    stamina.set_testing(True, attempts=2)
    async with serve_tsa(tsa_folder) as served:
        yield served
    stamina.set_testing(False)


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as client:
        yield client


@pytest.fixture
def authority(tsa: FakeTsa, http: httpx.AsyncClient, roots: list[Certificate]) -> Rfc3161Authority:
    return Rfc3161Authority(tsa.url, http, lambda: datetime.now(UTC), roots)


async def test_a_hash_is_stamped_as_it_is_and_nothing_else_is_sent(
    tsa: FakeTsa, authority: Rfc3161Authority
) -> None:
    answer = await authority.stamp(DIGEST)
    assert verifier._stated(answer)[0] == DIGEST
    [(kind, sent)] = tsa.queries
    assert kind == "application/timestamp-query"
    nonce = int.from_bytes(sent[-11:-3], "big")
    assert sent == query(DIGEST, nonce)
    assert authority.name == "127.0.0.1"


async def test_openssl_reads_the_request_and_verifies_the_answer(
    authority: Rfc3161Authority, tsa_folder: Path
) -> None:
    (tsa_folder / "given.tsr").write_bytes(await authority.stamp(DIGEST))
    words = f"ts -verify -digest {DIGEST.hex()} -in given.tsr -CAfile root.pem"
    openssl(tsa_folder, words)


async def test_no_two_requests_have_the_same_nonce(
    tsa: FakeTsa, authority: Rfc3161Authority
) -> None:
    await authority.stamp(DIGEST)
    await authority.stamp(DIGEST)
    (_, first), (_, second) = tsa.queries
    assert first != second


@given(digest=st.binary(min_size=32, max_size=32), nonce=st.integers(1 << 55, (1 << 63) - 1))
def test_a_request_has_the_one_exact_form(digest: bytes, nonce: int) -> None:
    made = query(digest, nonce)
    [whole] = verifier._within(made, 0x30)
    version, imprint, number, certificates = [part for _, part in verifier._elements(whole)]
    (_, algorithm), (_, hashed) = verifier._elements(imprint)
    assert (version, hashed, certificates) == (b"\x01", digest, b"\xff")
    assert verifier._elements(algorithm)[0].content == verifier._SHA256
    assert int.from_bytes(number, "big") == nonce
    assert number[0] < 0x80


@pytest.mark.parametrize(("digest", "nonce"), [(b"short", NONCE), (DIGEST, 1), (DIGEST, -NONCE)])
def test_a_request_over_no_sha256_or_with_a_weak_nonce_is_not_made(
    digest: bytes, nonce: int
) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        query(digest, nonce)


REFUSED = bytes.fromhex("3018301602010230110c0f") + b"come back\nlater"
WRONG = {
    "a page": (web.Response(body=b"<html>busy</html>"), "did not answer with a timestamp"),
    "nothing": (web.Response(body=b""), "did not answer with a timestamp"),
    "a refusal": (web.Response(body=REFUSED), "refused to issue a timestamp: come back later."),
    "no token": (
        web.Response(body=bytes.fromhex("30053003020100")),
        "did not answer with a timestamp",
    ),
    "too much": (web.Response(body=b"0" * (LARGEST + 1)), "more than 65,536 bytes"),
    "not found": (web.Response(status=404), "refused the request (404)"),
    "moved": (
        web.Response(status=307, headers={"location": "https://elsewhere.example/"}),
        "redirects to another address (307)",
    ),
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_is_no_time_stamp_is_refused_at_once(
    name: str, tsa: FakeTsa, authority: Rfc3161Authority
) -> None:
    given, says = WRONG[name]
    tsa.instead = [web.Response(status=given.status, headers=given.headers, body=given.body)]
    with pytest.raises(StampError) as caught:
        await authority.stamp(DIGEST)
    assert says in str(caught.value)
    assert str(caught.value).startswith("127.0.0.1 ")
    assert len(tsa.queries) == 1


@pytest.mark.parametrize(
    ("digest", "says"), [(OTHER, "for other content"), (DIGEST, "for another request")]
)
async def test_a_time_stamp_for_something_else_is_refused(
    digest: bytes, says: str, tsa: FakeTsa, authority: Rfc3161Authority
) -> None:
    tsa.changed = query(digest, NONCE)
    with pytest.raises(StampError, match=says):
        await authority.stamp(DIGEST)


@pytest.mark.parametrize("days", [-2, 2])
async def test_a_clock_that_is_days_away_is_said(
    days: int, tsa: FakeTsa, http: httpx.AsyncClient, roots: list[Certificate]
) -> None:
    def now() -> datetime:
        return datetime.now(UTC) + timedelta(days=days)

    with pytest.raises(StampError, match="Check this machine's clock"):
        await Rfc3161Authority(tsa.url, http, now, roots).stamp(DIGEST)


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_an_authority_in_trouble_is_asked_once_more(
    status: int, tsa: FakeTsa, authority: Rfc3161Authority
) -> None:
    tsa.instead = [web.Response(status=status), None]
    assert verifier._stated(await authority.stamp(DIGEST))[0] == DIGEST
    tsa.instead = [web.Response(status=status), web.Response(status=status)]
    with pytest.raises(StampError, match=f"had a server error \\({status}\\)"):
        await authority.stamp(DIGEST)
    assert len(tsa.queries) == 4


async def test_silence_ends_in_time(
    tsa: FakeTsa, http: httpx.AsyncClient, roots: list[Certificate]
) -> None:
    tsa.silent = True
    authority = Rfc3161Authority(tsa.url, http, lambda: datetime.now(UTC), roots, seconds=0.05)
    with pytest.raises(StampError, match="did not answer in time"):
        await authority.stamp(DIGEST)


async def test_an_authority_that_is_not_there_is_said(
    http: httpx.AsyncClient, roots: list[Certificate]
) -> None:
    stamina.set_testing(True, attempts=1)
    gone = Rfc3161Authority("http://127.0.0.1:1/", http, lambda: datetime.now(UTC), roots)
    with pytest.raises(StampError, match=r"127\.0\.0\.1 could not be reached"):
        await gone.stamp(DIGEST)
    stamina.set_testing(False)


async def test_a_signature_leads_to_the_root_through_what_the_answer_brings(
    authority: Rfc3161Authority,
) -> None:
    assert authority.root_of(await authority.stamp(DIGEST)) == "CN=Test-Root"


async def test_without_the_root_the_stamp_is_kept_and_its_doubt_is_told(
    tsa: FakeTsa, http: httpx.AsyncClient
) -> None:
    stranger = Rfc3161Authority(tsa.url, http, lambda: datetime.now(UTC), known_roots())
    answer = await stranger.stamp(DIGEST)
    assert verifier._stated(answer)[0] == DIGEST
    assert stranger.root_of(answer) == ""


async def test_a_wrong_signature_is_refused(
    granted: bytes, tsa: FakeTsa, authority: Rfc3161Authority
) -> None:
    forged = granted[:-1] + bytes([granted[-1] ^ 1])
    with pytest.raises(StampError, match=r"invalid timestamp\. Its signature is wrong"):
        authority.root_of(forged)


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
def test_whatever_an_authority_answers_only_a_stamp_error_comes_of_it(
    granted: bytes, http: httpx.AsyncClient, roots: list[Certificate]
) -> None:
    authority = Rfc3161Authority("http://a.example/", http, lambda: datetime.now(UTC), roots)
    chance = random.Random(3161)
    for _ in range(1500):
        answer = bytearray(granted[: chance.choice((len(granted), chance.randrange(len(granted))))])
        for _ in range(chance.randint(1, 4)):
            if answer:
                answer[chance.randrange(len(answer))] = chance.randrange(256)
        try:
            authority._check(bytes(answer), DIGEST, NONCE)
            authority.root_of(bytes(answer))
        except StampError:
            continue


def test_an_answer_is_no_larger_than_a_packets_verifier_takes() -> None:
    assert timestamps.LARGEST <= verifier.LARGEST_TOKEN
