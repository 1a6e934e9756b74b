"""Why Amazon could not be reached, over real sockets where a machine can have the fault."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from adapters.amazon.exchange import ask_amazon
from adapters.http.exchange import explain
from bot.errors import Unavailable

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def asked(url: str) -> str:
    async with httpx.AsyncClient(trust_env=False) as http:
        with pytest.raises(Unavailable) as caught:
            await ask_amazon(http, http.build_request("GET", url), 10)
    assert caught.value.__cause__ is None
    return str(caught.value)


@asynccontextmanager
async def serving(serve: Serve, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield int(server.sockets[0].getsockname()[1])


async def silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def resetting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(10)
    writer.transport.abort()


async def test_a_refused_connection_names_the_host_and_what_to_check() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = await asked(f"http://127.0.0.1:{port}/secret?token=abc")
    assert said == (
        f"Amazon could not be reached: 127.0.0.1:{port} refused the connection. "
        "Check the address in the settings, the firewall and any proxy."
    )


async def test_a_connection_that_is_cut_off_is_told_as_such() -> None:
    async with serving(resetting) as port:
        assert "was cut off" in await asked(f"http://127.0.0.1:{port}/")


async def test_a_self_signed_certificate_is_told_with_what_to_check(tmp_path: Path) -> None:
    async with serving(silent, self_signed(tmp_path)) as port:
        said = await asked(f"https://127.0.0.1:{port}/")
    assert "could not be verified (self-signed certificate)" in said
    assert "clock" in said
    assert "proxy" in said


async def test_a_server_without_tls_is_told_as_such() -> None:
    async with serving(resetting) as port:
        said = await asked(f"https://127.0.0.1:{port}/")
    assert "cut off" in said or "could not set up an encrypted connection" in said


def chained(*causes: BaseException) -> httpx.RequestError:
    error: BaseException = httpx.ConnectError("all attempts failed")
    outer = error
    for cause in causes:
        error.__cause__ = cause
        error = cause
    assert isinstance(outer, httpx.RequestError)
    return outer


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (chained(socket.gaierror(-2, "Name or service not known")), "the name h:443 was not found"),
        (chained(OSError("all failed"), socket.gaierror(-3, "try again")), "was not found"),
        (chained(OSError(errno.ENETUNREACH, "unreachable")), "there is no route to h:443"),
        (
            chained(ExceptionGroup("tried", [ConnectionRefusedError(), ConnectionRefusedError()])),
            "h:443 refused the connection",
        ),
        (chained(ssl.SSLError("WRONG_VERSION_NUMBER")), "could not set up an encrypted connection"),
        (httpx.ReadError(""), "was cut off"),
        (httpx.ProxyError("403"), "could not be reached at h:443. Check"),
    ],
)
def test_each_cause_has_words_of_its_own(error: httpx.RequestError, words: str) -> None:
    said = explain(error, httpx.Request("GET", "https://h/path?token=abc"), "Amazon")
    assert words in said
    assert said.startswith("Amazon could not be reached")
    assert "token" not in said
    assert "heck" in said


def test_errors_that_lead_back_to_themselves_end() -> None:
    one, two = httpx.ConnectError("one"), OSError("two")
    one.__cause__, two.__cause__ = two, one
    said = explain(one, httpx.Request("GET", "https://h/"), "Amazon")
    assert said.startswith("Amazon could not be reached at h:443.")


def self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "server.pem"
    path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
