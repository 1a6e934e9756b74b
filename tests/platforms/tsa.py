"""A timestamp authority on a real socket, with certificates that are made for the test."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

CONFIG = """
[req]
distinguished_name=dn
prompt=no
[dn]
CN=unused
[ca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign
subjectKeyIdentifier=hash
[between]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign
[stamper]
basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
[tsa]
default_tsa=authority
[authority]
serial=serial
default_policy=1.2.3
digests=sha256
signer_digest=sha256
"""
KEY = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"


def openssl(folder: Path, words: str) -> None:
    """Run openssl in the folder."""
    subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True)


def make_authority(folder: Path, name: str = "Test") -> Path:
    """Make root, intermediate and signer in the folder, and return the root's certificate."""
    (folder / "tsa.cnf").write_text(CONFIG)
    (folder / "serial").write_text("01\n")
    subject = f"-subj /CN={name}-"
    openssl(
        folder,
        f"req -x509 {KEY} -config tsa.cnf -extensions ca {subject}Root -keyout root.key "
        "-out root.pem",
    )
    _sign(folder, "between", "root", "between", f"{subject}Between")
    _sign(folder, "stamper", "between", "stamper", f"{subject}Stamper")
    return folder / "root.pem"


def _sign(folder: Path, who: str, by: str, kind: str, subject: str) -> None:
    openssl(folder, f"req {KEY} -config tsa.cnf {subject} -keyout {who}.key -out {who}.csr")
    openssl(
        folder,
        f"x509 -req -in {who}.csr -CA {by}.pem -CAkey {by}.key -days 30 -extfile tsa.cnf "
        f"-extensions {kind} -out {who}.pem",
    )


def reply(folder: Path, query: bytes) -> bytes:
    """Return the authority's answer, as openssl gives it."""
    (folder / "query.tsq").write_bytes(query)
    openssl(
        folder,
        "ts -reply -config tsa.cnf -queryfile query.tsq -signer stamper.pem -inkey stamper.key "
        "-chain between.pem -out answer.tsr",
    )
    return (folder / "answer.tsr").read_bytes()


@dataclass
class FakeTsa:
    """What the authority was asked, and what it answers instead of the truth."""

    folder: Path
    url: str = ""
    queries: list[tuple[str, bytes]] = field(default_factory=list)
    """Content type and body."""
    instead: list[web.Response | None] = field(default_factory=list)
    """The next answers; None: the next one is true."""
    silent: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """The test is over, and nobody has to be kept waiting."""
    changed: bytes | None = None
    """Stamps this query instead of the one that came."""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        query = await request.read()
        self.queries.append((request.content_type, query))
        if self.silent:
            await self.over.wait()
        other = self.instead.pop(0) if self.instead else None
        if other is not None:
            return other
        body = await asyncio.to_thread(reply, self.folder, self.changed or query)
        return web.Response(body=body, content_type="application/timestamp-reply")


@asynccontextmanager
async def serve_tsa(folder: Path) -> AsyncIterator[FakeTsa]:
    """Serve the authority of the folder as long as the block lasts."""
    tsa = FakeTsa(folder)
    app = web.Application()
    app.router.add_post("/tsr", tsa.answer)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    tsa.url = f"http://127.0.0.1:{runner.addresses[0][1]}/tsr"
    try:
        yield tsa
    finally:
        tsa.over.set()
        await runner.cleanup()
