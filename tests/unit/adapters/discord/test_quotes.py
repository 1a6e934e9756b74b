"""The words and files of a message, wherever they stand in it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.markup import names_in, worded
from adapters.discord.quotes import LONGEST, WORDLESS, files_of, mentions_of, words_of
from bot.features.cases.collections import ENTRIES
from tests.files import PICTURE
from tests.platforms.discord.payloads import attachment_json
from tests.platforms.discord.wire import Json
from tests.unit.adapters.discord.team import DiscordTeam

SAID: dict[str, tuple[Json, str]] = {
    "forwarded": (
        {
            "flags": 16384,
            "message_reference": {"type": 1},
            "message_snapshots": [{"message": {"content": "Bought from us in May", "embeds": []}}],
        },
        "Forwarded: Bought from us in May",
    ),
    "an embed": (
        {
            "embeds": [
                {
                    "author": {"name": "Helpdesk"},
                    "title": "Ticket 7",
                    "description": "It smells of glue",
                    "fields": [{"name": "Order", "value": "111-222"}],
                    "footer": {"text": "open"},
                }
            ]
        },
        "Helpdesk\nTicket 7\nIt smells of glue\nOrder: 111-222\nopen",
    ),
    "a forwarded embed": (
        {"message_snapshots": [{"message": {"content": "", "embeds": [{"title": "Ticket 8"}]}}]},
        "Forwarded: Ticket 8",
    ),
    "components": (
        {
            "flags": 32768,
            "components": [
                {
                    "type": 17,
                    "components": [
                        {"type": 10, "content": "# New review"},
                        {
                            "type": 9,
                            "components": [{"type": 10, "content": "One star"}],
                            "accessory": {"type": 11, "description": "a broken lid"},
                        },
                        {"type": 12, "items": [{"description": "the box"}]},
                        {"type": 1, "components": [{"type": 2, "label": "Reply"}]},
                    ],
                }
            ],
        },
        "# New review\nOne star\na broken lid\nthe box",
    ),
    "a poll": (
        {
            "poll": {
                "question": {"text": "Is it ours?"},
                "answers": [{"poll_media": {"text": "Yes"}}, {"poll_media": {"text": "No"}}],
            }
        },
        "Is it ours?\n- Yes\n- No",
    ),
    "a sticker": ({"sticker_items": [{"id": "1", "name": "Wave"}]}, "Sticker: Wave"),
}


@pytest.mark.parametrize("kind", SAID)
async def test_its_words_are_kept_in_the_case(at_work: DiscordTeam, kind: str) -> None:
    extra, words = SAID[kind]
    assert await note(at_work, "", extra) == f"Ana: Ana wrote: {words}"


async def test_a_message_without_words_says_so(at_work: DiscordTeam) -> None:
    assert (await note(at_work, "", {})).endswith(WORDLESS)


async def test_the_files_of_what_was_forwarded_are_kept(at_work: DiscordTeam) -> None:
    file = attachment_json(at_work.fake.keep(*PICTURE))
    half = {"id": "1", "filename": "without-an-address.pdf"}
    snapshot = {"content": "", "attachments": [file]}
    await note(at_work, "", {"message_snapshots": [{"message": snapshot}]})
    kept = (await at_work.team.app.store.page(ENTRIES))[-1]
    assert [each.name for each in kept.files] == ["C-1-E-1.png"]
    extra = {"message_snapshots": [{"message": {"attachments": [half]}}]}
    assert "has no text" not in await note(at_work, "See the file", extra)


async def test_markup_is_kept_as_words(at_work: DiscordTeam) -> None:
    ana, fake = at_work.person(), at_work.fake
    ben = fake.person("Ben")
    place = fake.channel("general").id
    said = f"<@{ben.id}> <@!9> asked <:yes:12> <a:no:13> in <#{place}> <#8> on <t:0:f>, </watch:5>"
    mention = {"id": ben.id, "username": "ben", "member": {"nick": "Ben B."}}
    words = await note(at_work, said, {"mentions": [mention]})
    assert words.endswith(
        "@Ben B. @9 asked :yes: :no: in #general #8 on 1 Jan 1970 00:00 UTC, /watch"
    )
    text = f"<@{ana.id}> saw <t:99999999999999999:R> at <https://shop.example/x>"
    await ana.command("note", {"case": "1", "words": text}, at_work.channel)
    entry = (await at_work.team.app.store.page(ENTRIES))[-1]
    assert entry.text.endswith(f"@{ana.id} saw {text.split('saw ')[1]}")


def test_names_that_come_along_with_a_command_are_used() -> None:
    users = {"1": {"username": "ana.l", "global_name": "Ana"}, "2": {"username": "ben"}}
    resolved = {"users": users, "members": {"2": {"nick": "Ben B."}, "1": {"nick": None}}}
    resolved |= {"roles": {"3": {"name": "Legal"}}, "channels": {"4": {"name": "alerts"}}}
    known = names_in(resolved)
    said = worded("<@1> <@!2> <@&3> <#4> <@5>", lambda *asked: known.get(asked, ""))
    assert said == "@Ana @Ben B. @Legal #alerts @5"
    assert names_in(["no", "object"]) == names_in({"users": [1]}) == {}


async def note(at_work: DiscordTeam, text: str, extra: Json) -> str:
    """Add a message to the first case, and return the note that came of it."""
    store, ana = at_work.team.app.store, at_work.person()
    if not at_work.channel.messages:
        await at_work.alert()
    before = await store.count(ENTRIES)
    await ana.context_menu("Add to case", await ana.post(at_work.channel, text, extra=extra))
    assert ana.modal is not None
    [open_case] = await ana.complete("case", {"number": "C-1"}, "number")
    await ana.fill_in({"Which case?": open_case[0]})
    await ana.submit()
    return (await store.page(ENTRIES))[before].text


NAMES = (
    *("content", "embeds", "components", "poll", "message_snapshots", "message", "attachments"),
    *("filename", "mentions", "fields", "answers", "question", "text", "accessory", "items"),
    *("author", "name", "poll_media", "sticker_items"),
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(NAMES),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(message=st.dictionaries(st.sampled_from(["content", "embeds", "poll", "components"]), JSON))
def test_whatever_stands_in_a_message_is_read_or_counts_as_empty(message: Json) -> None:
    message["message_snapshots"] = [{"message": dict(message)}]
    assert len(words_of(message)) <= LONGEST
    assert isinstance(files_of(message), list)
    assert isinstance(mentions_of(message), list)
