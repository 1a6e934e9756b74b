"""Somebody at the local page of a house: what they press and fill in, and all that they see."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientSession, CookieJar, FormData

from adapters.web.auth import KEY_HEADER
from adapters.web.outbound import WebChat
from bot.bootstrap.application import (
    WEB,
    WEB_CHANNEL,
    Application,
    build_application,
    open_store,
    page,
)
from bot.cli.serving import OWNER
from bot.core.channel_bindings import open_room
from bot.core.clocks import utc_now
from bot.core.jobs import job_runner
from bot.core.links import Links
from bot.core.listing import Watch
from bot.core.resources import Resources
from bot.features.watchlist.collections import WATCHES
from bot.settings import Settings
from tests.journeys.evidence_victim import OWN, Invaded


class Person:
    """Somebody at the local page, as its script sends what they do."""

    def __init__(self, client: ClientSession, application: Application) -> None:
        self._client = client
        self._house = application
        self.seen: list[str] = []

    async def press(self, action: str, ref: str) -> str:
        return await self._post("/clicks", {"button": f"{action}:{ref}"})

    async def type(self, text: str) -> str:
        return await self._post("/commands", {"text": text})

    async def fill(self, form: str, fields: Mapping[str, str], *files: tuple[str, bytes]) -> str:
        """Send the form that was shown, and return what is shown then."""
        shown = {name: _value(form, name) for name in ("session", "step")}
        data = FormData(quote_fields=False, default_to_multipart=True)
        for name, value in {**shown, **{f"one.{key}": fields[key] for key in fields}}.items():
            data.add_field(name, value)
        for name, content in files:
            data.add_field("file.files", content, filename=name, content_type="text/plain")
        return await self._post("/submissions", data)

    async def _post(self, path: str, data: FormData | Mapping[str, str]) -> str:
        headers = {"Accept": "application/json"}
        async with self._client.post(path, data=data, headers=headers) as answer:
            assert answer.status == 200
            html = "".join(reply["html"] for reply in (await answer.json())["replies"])
        self.seen.append(html)
        await self.work()
        return html

    async def work(self) -> None:
        """Let the house do its jobs and send what it has to say."""
        await job_runner(self._house.app).tick()
        for dispatcher in self._house.dispatchers:
            await dispatcher.deliver()

    async def look(self) -> None:
        """Read the channel and the case's thread as they are now."""
        async with self._client.get("/") as answer:
            html = await answer.text()
        self.seen.append(html)
        for thread in sorted(set(re.findall(r'href="(/threads/[^"?#]+)"', html))):
            async with self._client.get(thread) as answer:
                self.seen.append(await answer.text())


def _value(form: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', form)
    assert found, form
    return found[1]


@asynccontextmanager
async def at_the_page(application: Application) -> AsyncIterator[Person]:
    async with page(application, OWNER, 0) as link:
        base, _, token = link.partition("/?token=")
        jar = CookieJar(unsafe=True)
        async with ClientSession(base, cookie_jar=jar, headers={"Origin": base}) as client:
            async with client.post("/enter", data={"token": token}) as answer:
                found = re.search(r'<meta name="key" content="(\w{64})">', await answer.text())
            assert found
            client.headers[KEY_HEADER] = found[1]
            person = Person(client, application)
            await person.work()
            yield person


@asynccontextmanager
async def invaded_house(
    folder: Path, market: str, asin: str, resources: Resources | None = None
) -> AsyncIterator[tuple[Application, Person]]:
    """Open a house whose one product a stranger sells, too, and somebody at its page."""
    settings = Settings(_env_file=None).model_copy(
        update={"own_sellers": frozenset({OWN}), "data_dir": folder}
    )
    async with open_store(settings, simulated=True) as store:
        chats = {WEB: WebChat(store, utc_now)}
        source = Invaded(simulated=True)
        house = build_application(settings, store, source, Links(), chats, resources or Resources())
        await open_room(store, WEB, "", WEB_CHANNEL)
        watch = Watch(asin=asin, marketplace=market, title="Pan", added_at=utc_now())
        async with store.transaction() as tx:
            tx.put(WATCHES, watch)
        await house.monitor.check([watch])
        async with at_the_page(house) as person:
            yield house, person
