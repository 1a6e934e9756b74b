"""Ana's side: Slack, as she uses and reads it, and how it fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tests.journeys.refusal_table import Asked, Code
from tests.journeys.sides import EVER, SILENT_FOR, Shown, Side
from tests.patience import PATIENCE
from tests.platforms.slack.seen import seen
from tests.platforms.slack.state import Channel, Message
from tests.unit.adapters.slack.team import ALERTS, SlackTeam

ASKED = (
    *("chat.postMessage", "chat.update", "conversations.history", "conversations.replies"),
    *("files.getUploadURLExternal", "files.completeUploadExternal", "chat.getPermalink"),
)
METHODS = {
    Asked.POST: "chat.postMessage",
    Asked.EDIT: "chat.update",
    Asked.FILE: "files.getUploadURLExternal",
    Asked.THREAD: "chat.postMessage",
}


class InSlack(Side):
    """Ana's side."""

    name = "slack"
    elsewhere = "C0NEW"

    def __init__(self, at_work: SlackTeam) -> None:
        super().__init__(at_work.dispatcher)
        self.fake, self._at, self._ana = at_work.fake, at_work, at_work.ana
        self.session = at_work.slack.chat.client.session
        self.fake.add_channel(self.elsewhere, "new-alerts", [self._ana])

    async def types(self, text: str, elsewhere: bool = False) -> str:
        before, told = len(self._ana.ephemerals), self._ana.ephemerals
        name, _, rest = text.partition(" ")
        place = self.elsewhere if elsewhere else ALERTS
        assert (await self._ana.command(f"/{name}", rest, place)).acked
        await self.fake.until(lambda: len(told) > before, PATIENCE)
        return seen(told[-1]).text

    async def presses(self, words: str, label: str) -> None:
        shown = [*self._ana.ephemerals, *self._at.channel.messages]
        message = next(m for m in reversed(shown) if words in seen(m).text)
        assert (await self._ana.press(message, label)).acked

    def shown(self, elsewhere: bool = False) -> list[Shown]:
        channel = self.fake.channels.get(self.elsewhere if elsewhere else ALERTS)
        return read_channel(channel) if channel else []

    def asked(self) -> Counter[str]:
        told = Counter(each.method for each in self.fake.requests)
        return Counter({kind: told[kind] for kind in ASKED if told[kind]})

    def fails(self, kind: str) -> None:
        faults = self.fake.faults
        html = "<html>You are being rate limited</html>"
        match kind:
            case "refused":
                self.fake.refuses = "token_revoked"
            case "forbidden":
                faults.answer("*", 403, html, times=EVER)
            case "banned for a while":
                faults.answer("*", 429, html, headers={"Retry-After": "600"}, times=EVER)
            case "answers are lost":
                faults.abort_after("chat.postMessage", EVER)
                faults.abort_before("*", EVER)
            case "posts are refused":
                faults.error("chat.postMessage", "token_revoked", EVER)
            case "silent":
                faults.slow("*", SILENT_FOR, EVER)
            case _:
                faults.rate_limit("*", 600, EVER)

    def refuses(self, code: Code, times: int) -> None:
        method = METHODS[code.asked]
        if code.status:
            self.fake.faults.status(method, code.status, times)
        elif code.word == "ratelimited":
            self.fake.faults.rate_limit(method, 30, times)
        else:
            self.fake.faults.error(method, code.word, times)

    def works(self) -> None:
        self.fake.refuses = ""
        self.fake.faults.clear()

    async def loses(self, way: str) -> None:
        match way:
            case "removed":
                await self.fake.loses_bot(ALERTS)
            case "closed":
                await self.fake.archives(ALERTS)
            case "deleted":
                del self.fake.channels[ALERTS]
                await self.fake.happens("channel_deleted", channel=ALERTS)
            case _:
                self.fake.channels["C0OTHER"] = self.fake.channels.pop(ALERTS)
                ids = {"old_channel_id": ALERTS, "new_channel_id": "C0OTHER"}
                await self.fake.happens("channel_id_changed", **ids)

    async def lets_in(self, way: str) -> None:
        if way == "removed":
            await self._ana.invite_bot(ALERTS)
        else:
            await self.fake.archives(ALERTS, back=True)

    def broken_rules(self) -> list[str]:
        return [*self.fake.violations, *self.fake.mentions]


def read_channel(channel: Channel) -> list[Shown]:
    heads = [each for each in channel.messages if not each.is_reply]
    return [_read(each, channel.thread(each.ts)) for each in heads]


def _read(head: Message, thread: Sequence[Message]) -> Shown:
    # A message in the channel calls people by itself; a line does if it is shown there too.
    texts = {each.ts: seen(each).text for each in (head, *thread)}
    return Shown(
        text=texts[head.ts],
        lines=tuple(texts[each.ts] for each in thread),
        pings=sum(each.broadcast for each in thread),
        plain=tuple(
            texts[m.ts] for m in (head, *thread) if m.text and not (m.blocks or m.attachments)
        ),
        files=tuple(file.name for each in (head, *thread) for file in each.files),
    )
