"""Ben's side: Discord, as he uses and reads it, and how it fails."""

from __future__ import annotations

import re
from collections import Counter
from http import HTTPStatus

from tests.journeys.refusal_table import Asked, Code
from tests.journeys.sides import EVER, SILENT_FOR, Shown, Side
from tests.platforms.discord.limits import SILENT
from tests.platforms.discord.seen import seen
from tests.platforms.discord.state import Channel, Message
from tests.unit.adapters.discord.team import DiscordTeam

ROUTES = {
    Asked.POST: "POST /channels/*/messages",
    Asked.EDIT: "PATCH /channels/*/messages/*",
    Asked.FILE: "POST /channels/*/messages",
    Asked.THREAD: "POST /channels/*/messages/*/threads",
}


class InDiscord(Side):
    """Ben's side."""

    name = "discord"

    def __init__(self, at_work: DiscordTeam) -> None:
        super().__init__(at_work.dispatcher)
        self.fake, self._ben = at_work.fake, at_work.person("Ben")
        self._alerts, self._new = at_work.channel, self.fake.channel("general")
        self.elsewhere = str(self._new.id)

    async def types(self, text: str, elsewhere: bool = False) -> str:
        name, _, rest = text.partition(" ")
        wanted = self._ben.options_of(name)
        options = dict(zip(wanted, rest.split(" ", len(wanted) - 1) if rest else [], strict=False))
        place = self._new if elsewhere else self._alerts
        assert (await self._ben.command(name, options, place)).answered
        return _text(self._ben.ephemerals[-1])

    async def presses(self, words: str, label: str) -> None:
        shown = [*self._alerts.messages, *reversed(self._ben.ephemerals)]
        message = next(m for m in shown if words in _text(m))
        assert (await self._ben.press(message, label)).answered

    def shown(self, elsewhere: bool = False) -> list[Shown]:
        return read_channel(self._new if elsewhere else self._alerts)

    def asked(self) -> Counter[str]:
        paths = [each for each in self.fake.requests if "/channels/" in each.path]
        return Counter(f"{each.method} {_kind(each.path)}" for each in paths)

    def fails(self, kind: str) -> None:
        faults, every = self.fake.faults, "* /channels/*"
        match kind:
            case "refused":
                faults.refuse(every, 401, times=EVER)
            case "forbidden":
                faults.block(every, 403, EVER)
            case "banned for a while":
                faults.block(every, 429, EVER, headers={"Retry-After": "600"})
            case "answers are lost":
                faults.lose_answer("POST /channels/*", EVER)
                faults.lose_request(every, EVER)
            case "posts are refused":
                faults.refuse("POST /channels/*", 401, times=EVER)
            case "silent":
                faults.slow(every, SILENT_FOR, EVER)
            case _:
                faults.rate_limit(every, 600, EVER, everywhere=True)

    def refuses(self, code: Code, times: int) -> None:
        wait = 30.0 if code.status == HTTPStatus.TOO_MANY_REQUESTS else None
        route, word = ROUTES[code.asked], int(code.word)
        self.fake.faults.refuse(route, code.status, word, times, retry_after=wait)

    def works(self) -> None:
        self.fake.faults.clear()

    async def loses(self, way: str) -> None:
        match way:
            case "removed":
                await self.fake.remove_bot(self.fake.guild)
            case "closed":
                await self.fake.change_channel(self._alerts, writable=False)
            case _:
                await self.fake.delete_channel(self._alerts)

    async def lets_in(self, way: str) -> None:
        if way == "removed":
            await self.fake.let_in(self.fake.guild)
        else:
            await self.fake.change_channel(self._alerts, writable=True)

    def broken_rules(self) -> list[str]:
        return [*self.fake.violations, *self.fake.pings]

    def active_threads(self) -> list[Channel]:
        places = self.fake.guild.channels.values()
        return [each for each in places if each.parent and not each.archived]

    def referred(self) -> list[str]:
        """Name the alerts to which lines in the channel refer, as they were posted."""
        told = {str(each.id): _read(each).title for each in self._alerts.messages}
        bodies = [each.body for each in self.fake.requests if isinstance(each.body, dict)]
        return [
            told[body["message_reference"]["message_id"]]
            for body in bodies
            if "message_reference" in body
        ]


def read_channel(channel: Channel) -> list[Shown]:
    return [_read(each) for each in channel.messages]


def _read(head: Message) -> Shown:
    thread = head.thread.messages if head.thread else []
    every = (head, *thread)
    return Shown(
        text=_text(head),
        lines=tuple(map(_text, thread)),
        pings=sum(not each.flags & SILENT for each in every),
        plain=tuple(_text(each) for each in every if not each.embeds),
        files=tuple(file.name for each in every for file in each.attachments),
    )


def _text(message: Message) -> str:
    return "\n".join(seen(message).lines)


def _kind(path: str) -> str:
    """Name a route without the ids in it."""
    return re.sub(r"\d{5,}", "*", path.partition("/channels/")[2].partition("?")[0])
