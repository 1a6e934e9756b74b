"""A time-stamp authority of the sample's own, made by openssl on this machine: no network.

It shows what a stamped packet looks like and confirms nothing, so its name says that it is a test.
"""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from adapters.capture.signatures import read_roots, root_of
from bot.errors import StampError

NAME = "simulated test authority (not a real one)"
MISSING = "The openssl command was not found."
ROOT = "test-authority-root.pem"
_SETTINGS = """
[req]
distinguished_name=dn
prompt=no
[dn]
CN=unused
[root]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign
subjectKeyIdentifier=hash
[signer]
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
_KEY = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config tsa.cnf"
_BEGIN = (
    f"req -x509 {_KEY} -extensions root -subj /CN=Test-Root -days 3650 -keyout root.key "
    f"-out {ROOT}",
    f"req {_KEY} -subj /CN=Test-Signer -keyout signer.key -out signer.csr",
    f"x509 -req -in signer.csr -CA {ROOT} -CAkey root.key -days 3650 -extfile tsa.cnf "
    "-extensions signer -out signer.pem",
)
_ANSWER = (
    "ts -reply -config tsa.cnf -queryfile query.tsq -signer signer.pem -inkey signer.key "
    "-out answer.tsr"
)


class SampleAuthority:
    """Stamps one hash after the other."""

    name = NAME

    def __init__(self, folder: Path) -> None:
        """Work in the folder, which holds its key as long as the sample is made."""
        self._folder = folder
        self._lock = asyncio.Lock()

    async def stamp(self, digest: bytes) -> bytes:
        """Return a time-stamp over a SHA-256. Raises StampError: openssl refused."""
        async with self._lock:
            await self._openssl(f"ts -query -digest {digest.hex()} -sha256 -cert -out query.tsq")
            await self._openssl(_ANSWER)
            return await asyncio.to_thread((self._folder / "answer.tsr").read_bytes)

    def root_of(self, answer: bytes) -> str:
        """Return the name of its own root. Raises StampError: the signature is wrong."""
        return root_of(answer, read_roots(self._folder / ROOT))

    async def begin(self) -> None:
        """Make its keys and its certificates. Raises StampError: openssl refused."""
        (self._folder / "tsa.cnf").write_text(_SETTINGS)
        (self._folder / "serial").write_text("01\n")
        for words in _BEGIN:
            await self._openssl(words)

    async def root(self) -> bytes:
        """Return its root certificate, by which a verifier knows it."""
        return await asyncio.to_thread((self._folder / ROOT).read_bytes)

    async def _openssl(self, words: str) -> None:
        process = await asyncio.create_subprocess_exec(
            "openssl",
            *words.split(),
            cwd=self._folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        if await process.wait():
            raise StampError(f"openssl {words.partition(' ')[0]} failed.")


async def sample_authority(folder: Path) -> SampleAuthority | None:
    """Return the authority; None where this machine has no openssl that can stamp."""
    if shutil.which("openssl") is None:
        return None
    authority = SampleAuthority(folder)
    try:
        await authority.begin()
        await authority.stamp(bytes(32))
    except StampError:
        return None
    return authority
