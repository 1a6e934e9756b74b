"""Somebody at the local page of a house: what they press and fill in, and all that they see."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiohttp import ClientSession, CookieJar, FormData

from adapters.web.auth import KEY_HEADER
from bot.bootstrap.application import Application, page
from bot.cli.serving import OWNER
from bot.core.jobs import job_runner


class Person:
    """Somebody at the local page, as its script sends what they do."""

    def __init__(self, client: ClientSession, application: Application) -> None:
        self._client = client
        self._house = application
        self.seen: list[str] = []

    async def press(self, action: str, ref: str) -> str:
        return await self._post("/clicks", {"button": f"{action}:{ref}"})

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
