"""Backups: the data copied while the program runs, and brought back.

A backup is a folder like the data: ``store`` and ``evidence``, and a manifest that is written last.
The store is copied first: evidence is written before what names it, so none can be missing.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from adapters.capture.copying import copy_evidence
from adapters.capture.files import FileEvidence
from adapters.storage.copying import copy_log
from adapters.storage.locks import lock
from adapters.storage.tinydb import FILE, TinyStore
from bot import __version__
from bot.bootstrap.application import EVERYTHING, EVIDENCE, STORE, new_epoch
from bot.bootstrap.features import COLLECTIONS, MIGRATIONS
from bot.cli.checkup import Checkup, check_copy
from bot.core.audit.recording import record_command_line
from bot.core.collections import DEPLOYMENTS, PAGE_ACCOUNTS, PAGE_SESSIONS, THIS
from bot.core.page_accounts import without_link
from bot.core.scanning import each
from bot.core.store import Store
from bot.errors import StoreError, UserError

MANIFEST = "backup.json"
UNFINISHED = "unfinished"
"""The folder of what is not complete yet, in a backup and in the data."""


class BackupManifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds."""

    made_at: datetime
    version: str
    """Of the program."""
    schema: int
    documents: dict[str, int]
    """By collection."""
    log_sha256: str
    entries: int
    """Of the evidence's log of custody."""


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    """What came of making a backup."""

    manifest: BackupManifest
    copied: int
    """Files of evidence that were not there yet."""
    wrong: tuple[str, ...]
    """What is not in order, in the data and so in the backup."""


async def back_up(data: Path, target: Path, now: datetime) -> Backup:
    """Copy the data into the folder, which is new, empty or an earlier backup.

    Raises:
        UserError: the folder holds something else.
        StoreError: the data is damaged, or a disk refused.
    """
    _refuse_foreign(data, target)
    unfinished = _fresh(target / UNFINISHED)
    fresh = unfinished / FILE
    log = copy_log(data / STORE / FILE, fresh)
    evidence = copy_evidence(data / EVIDENCE, target / EVIDENCE)
    checkup = await check_copy(fresh, FileEvidence(target / EVIDENCE))
    manifest = BackupManifest(
        made_at=now,
        version=__version__,
        schema=checkup.schema,
        documents=checkup.documents,
        log_sha256=log.sha256,
        entries=evidence.entries,
    )
    (target / STORE).mkdir(exist_ok=True)
    fresh.replace(target / STORE / FILE)
    _write(target / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
    shutil.rmtree(unfinished)
    wrong = tuple(dict.fromkeys((*evidence.wrong, *checkup.wrong)))
    return Backup(manifest=manifest, copied=evidence.files, wrong=wrong)


def _fresh(folder: Path) -> Path:
    """Return the folder, empty: an earlier try may have left something."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def _refuse_foreign(data: Path, target: Path) -> None:
    inside = target.resolve()
    if inside == data.resolve() or data.resolve() in inside.parents:
        message = f"{target} is inside the data folder. Choose a folder outside {data}."
        raise UserError(message)
    ours = {MANIFEST, STORE, EVIDENCE, UNFINISHED}
    if target.exists() and not {entry.name for entry in target.iterdir()} <= ours:
        message = f"{target} has other files in it. Choose an empty folder or an earlier backup."
        raise UserError(message)


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(f"{path.name}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def read_manifest(backup: Path) -> BackupManifest:
    """Return the manifest. Raises UserError: there is no whole backup."""
    try:
        return msgspec.json.decode((backup / MANIFEST).read_bytes(), type=BackupManifest)
    except (FileNotFoundError, NotADirectoryError):
        message = f"{backup} is not a backup: {MANIFEST} is missing. Choose a backup folder."
        raise UserError(message) from None
    except ValueError as error:
        message = f"{backup / MANIFEST} is damaged. Choose another backup."
        raise UserError(message) from error


async def restore(backup: Path, data: Path, now: datetime, *, replace: bool) -> Checkup:
    """Bring the backup's data into the folder, checked, with a new epoch.

    What is replaced is kept under another name.

    Raises:
        UserError: it is no backup, or the folder holds data that is not to be replaced.
        StoreLocked: the folder's data is in use.
        StoreError: the backup is damaged, or a disk refused.
    """
    manifest = read_manifest(backup)
    there = [data / name for name in (STORE, EVIDENCE) if _holds_something(data / name)]
    if there and not replace:
        message = (
            f"{data} already has data. Set BRANDWARDEN_DATA_DIR to another folder, or add "
            "--replace, which keeps the current data under another name."
        )
        raise UserError(message)
    unfinished = _fresh(data / UNFINISHED)
    (unfinished / STORE).mkdir()
    with _held(data / STORE):
        log = copy_log(backup / STORE / FILE, unfinished / STORE / FILE)
        if log.sha256 != manifest.log_sha256:
            message = f"{backup} does not match its {MANIFEST}. Choose another backup."
            raise StoreError(message)
        evidence = copy_evidence(backup / EVIDENCE, unfinished / EVIDENCE)
        checkup = await check_copy(
            unfinished / STORE / FILE, FileEvidence(unfinished / EVIDENCE), evidence.wrong
        )
        await renew_epoch(unfinished / STORE, "data restore", now)
        _exchange(unfinished, data, f"{now:%Y%m%d-%H%M%S}")
    return checkup


def _holds_something(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


@contextmanager
def _held(store: Path) -> Iterator[None]:
    """Hold the data that is replaced against a program that may use it."""
    if not store.exists():
        yield
        return
    descriptor = lock(store)
    try:
        yield
    finally:
        os.close(descriptor)


def _exchange(unfinished: Path, data: Path, stamp: str) -> None:
    """Put the new folders in the old ones' place, the store last: without it nothing starts."""
    for name in (STORE, EVIDENCE):
        if _holds_something(data / name):
            (data / name).replace(data / f"{name}-before-{stamp}")
    for name in (EVIDENCE, STORE):
        if (unfinished / name).exists():
            (unfinished / name).replace(data / name)
    unfinished.rmdir()


async def renew_epoch(store: Path, act: str, now: datetime) -> int:
    """Give the data a new epoch, end the page's sessions and record why.

    Returns how many documents were set aside.

    Raises:
        StoreLocked: it is in use.
        StoreError: it cannot be opened or written.
    """
    opened = await TinyStore.open(store, EVERYTHING, migrations=MIGRATIONS)
    try:
        await _renew(opened, act, now)
        return opened.set_aside
    finally:
        await opened.close()


async def _renew(store: Store, act: str, now: datetime) -> None:
    async with store.transaction() as tx:
        known = await tx.get(DEPLOYMENTS, THIS)
        if known is not None:
            tx.put(DEPLOYMENTS, msgspec.structs.replace(known, epoch=new_epoch()))
        # Somebody may have ended one since: a browser needs a new link.
        async for session in each(store, PAGE_SESSIONS):
            tx.delete(PAGE_SESSIONS, session.digest)
        # A link may have been used since, and works once.
        async for account in each(store, PAGE_ACCOUNTS):
            if account.link:
                tx.put(PAGE_ACCOUNTS, without_link(account))
        await record_command_line(tx, COLLECTIONS, act, now)
