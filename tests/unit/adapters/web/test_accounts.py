"""Accounts on the page: who a link signs in, who they stay, and the page behind a proxy."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from aiohttp import ClientSession

from adapters.web.auth import KEY_HEADER
from bot.core.collections import PAGE_ACCOUNTS, PageAccount
from bot.core.page_accounts import add_account, give_link, remove_account
from bot.core.permissions import Role
from tests.unit.adapters.web.conftest import new_client
from tests.unit.adapters.web.sample import Running, running

PUBLIC = "https://brand.example.com"


async def invite(site: Running, role: Role = Role.VIEWER) -> tuple[PageAccount, str]:
    async with site.store.transaction() as tx:
        account = await add_account(tx, "Ben", role, site.clock.at)
        return account, give_link(tx, account, site.clock.at)


async def sign_in(client: ClientSession, token: str) -> int:
    async with client.post("/enter", data={"token": token}) as answer:
        found = re.search(r'<meta name="key" content="(\w{64})">', await answer.text())
        if found:
            client.headers[KEY_HEADER] = found[1]
        return answer.status


async def status_of(client: ClientSession) -> int:
    async with client.get("/") as answer:
        return answer.status


async def test_a_link_signs_in_once_and_looking_uses_nothing_up(
    site: Running, stranger: ClientSession
) -> None:
    account, token = await invite(site)
    for _ in range(2):
        async with stranger.get(f"/?token={token}") as answer:
            assert (answer.status, "Set-Cookie" in answer.headers) == (200, False)
    stored = await site.store.get(PAGE_ACCOUNTS, account.id)
    assert stored is not None
    assert token not in repr(stored)
    assert await sign_in(stranger, token) == 200
    async with stranger.get("/") as answer:
        assert "<bdi>Ben</bdi>" in await answer.text()
    async with new_client(site) as late:
        assert await sign_in(late, token) == 403


async def test_a_link_is_good_for_a_day(site: Running, stranger: ClientSession) -> None:
    _, token = await invite(site)
    site.clock.at += timedelta(hours=24)
    assert await sign_in(stranger, token) == 403


async def test_a_newer_link_ends_the_older(site: Running, stranger: ClientSession) -> None:
    account, old = await invite(site)
    async with site.store.transaction() as tx:
        new = give_link(tx, account, site.clock.at)
    assert await sign_in(stranger, old) == 403
    assert await sign_in(stranger, new) == 200


async def test_who_has_an_account_cannot_act_as_another(
    site: Running, stranger: ClientSession
) -> None:
    _, token = await invite(site)
    await sign_in(stranger, token)
    for person in ("ana", "you"):
        async with stranger.post("/persona", data={"persona": person}) as answer:
            assert answer.status == 403
    async with stranger.get("/") as answer:
        assert "Act as" not in await answer.text()


async def test_who_is_removed_is_out_with_the_next_request(
    site: Running, stranger: ClientSession
) -> None:
    account, token = await invite(site)
    await sign_in(stranger, token)
    assert await status_of(stranger) == 200
    async with site.store.transaction() as tx:
        await remove_account(site.store, tx, account)
    assert await status_of(stranger) == 403
    async with new_client(site) as late:
        assert await sign_in(late, token) == 403


async def test_behind_a_proxy_its_address_alone_is_answered_with_a_secure_cookie(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, public=PUBLIC) as site, new_client(site) as client:
        _, token = await invite(site)
        sent = {"Host": "brand.example.com", "Origin": PUBLIC}
        forged = {"X-Forwarded-Host": "brand.example.com", "Origin": PUBLIC}
        form = {"token": token}
        async with client.post("/enter", data=form, headers=forged) as answer:
            assert answer.status == 421
        other = {**sent, "Origin": "http://brand.example.com"}
        async with client.post("/enter", data=form, headers=other) as answer:
            assert answer.status == 403
        async with client.post("/enter", data=form, headers=sent, allow_redirects=False) as answer:
            assert answer.status == 303
            cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-brandwarden=")
    for flag in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert flag in cookie
    assert "Domain" not in cookie
