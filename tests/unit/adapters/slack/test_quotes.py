"""Messages of all shapes that people add to a case: what they say is kept, in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.quotes import WORDLESS, bots_name, emails_of, files_of, text_of
from tests.files import PICTURE
from tests.platforms.slack.acknowledged import only_ack
from tests.platforms.slack.payloads import shortcut
from tests.platforms.slack.seen import seen
from tests.platforms.slack.state import Message, View
from tests.unit.adapters.slack.team import ALERTS, SlackTeam

NOTE = "What should the team know?"
FORWARDED = {
    "is_share": True,
    "is_msg_unfurl": True,
    "author_name": "Supplier",
    "text": "We never sold to Dealzone",
    "fallback": "[no preview available]",
}
BLOCKS = [
    {"type": "header", "text": {"type": "plain_text", "text": "Ticket 99 <new>"}},
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "Customer says <https://x.de|fake>"},
        "fields": [{"type": "mrkdwn", "text": "Order 1"}, {"type": "mrkdwn", "text": "Order 2"}],
    },
    {"type": "divider"},
    {"type": "context", "elements": [{"type": "image", "image_url": "x", "alt_text": "logo"}]},
    {"type": "actions", "elements": [{"type": "button", "text": {"text": "Press"}}]},
]


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": [*elements]}
    return {"type": "rich_text", "elements": [section]}


async def added(at_work: SlackTeam, said: Message, **changed: object) -> tuple[View, str]:
    """Choose to add a message, which Slack describes so; return the form and its words."""
    if not at_work.channel.history or not at_work.channel.history[0].metadata:
        await at_work.alert()
    await chosen(at_work, said, **changed)
    modal = await at_work.fake.until(lambda: at_work.ana.modal)
    assert modal is not None
    blocks = [block for block in modal.blocks if block.get("block_id") == "note/note"]
    return modal, str(blocks[0]["element"].get("initial_value", ""))


async def chosen(at_work: SlackTeam, said: Message, **changed: object) -> None:
    told = shortcut(at_work.fake, at_work.ana.user, "add-to-case", said)
    told["message"].update(changed)
    assert (await at_work.fake.deliver("interactive", told, only_ack(at_work.fake))).acked


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (
            {"text": "", "attachments": [FORWARDED]},
            "Ana wrote: Forwarded from Supplier:\nWe never sold to Dealzone",
        ),
        (
            {"text": None, "user": None, "bot_id": "B9", "username": "Zendesk", "blocks": BLOCKS},
            "Zendesk wrote: Ticket 99 <new>\nCustomer says fake (https://x.de)\nOrder 1\nOrder 2\n"
            "logo",
        ),
        (
            {
                "text": "",
                "user": "UGONE",
                "bot_id": "B9",
                "blocks": None,
                "bot_profile": {"name": "Alerts"},
                "attachments": [
                    {
                        "pretext": "New order",
                        "title": "No. 7",
                        "text": "<@UANA> look",
                        "fields": [{"title": "Sum", "value": "9 USD"}],
                    }
                ],
            },
            "UGONE wrote: New order\nNo. 7\n@Ana look\nSum: 9 USD",
        ),
        (
            {"text": "", "blocks": None, "attachments": [{"fallback": "A card"}]},
            "Ana wrote: A card",
        ),
        ({"text": "", "blocks": [], "attachments": None, "files": None}, f"Ana wrote: {WORDLESS}"),
        (
            {
                "text": "See https://x.de",
                "attachments": [{"from_url": "https://x.de", "text": "X"}],
            },
            "Ana wrote: See https://x.de",
        ),
        (
            {
                "text": "",
                "blocks": [
                    rich(
                        {"type": "user", "user_id": "UANA"},
                        {"type": "text", "text": " & "},
                        {"type": "channel", "channel_id": ALERTS},
                        {"type": "emoji", "name": "eyes"},
                        {"type": "broadcast", "range": "here"},
                        {"type": "link", "url": "https://x.de", "text": "page"},
                    )
                ],
            },
            "Ana wrote: @Ana & #brand-alerts:eyes:@herepage (https://x.de)",
        ),
        (
            {
                "text": "",
                "attachments": [
                    {
                        "is_share": True,
                        "message_blocks": [
                            {"message": {"blocks": [rich({"type": "text", "text": "Inside"})]}}
                        ],
                    }
                ],
            },
            "Ana wrote: Inside",
        ),
    ],
)
async def test_what_a_message_says_is_kept_wherever_it_stands(
    at_work: SlackTeam, changed: dict[str, object], says: str
) -> None:
    said = await at_work.ana.post(ALERTS, "")
    assert (await added(at_work, said, **changed))[1] == says


async def test_files_of_a_forwarded_message_come_along(at_work: SlackTeam) -> None:
    told = await at_work.ana.post(ALERTS, "", files=[PICTURE])
    given = shortcut(at_work.fake, at_work.ana.user, "add-to-case", told)["message"]["files"]
    said = await at_work.ana.post(ALERTS, "")
    shared = FORWARDED | {"files": given}
    modal, _ = await added(at_work, said, attachments=[shared])
    assert "Files added: 1" in seen(modal).text


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (
            {"mode": "external", "pretty_type": "Google Docs"},
            "A file: It is a link to Google Docs. Download it there",
        ),
        (
            {"mode": "canvas", "pretty_type": "canvas"},
            "It is a Slack canvas. Export it as a PDF",
        ),
        ({"mode": "tombstone", "name": None}, "A file: It was deleted."),
        ({"mode": "hidden_by_limit"}, "Slack hides it because your plan's limit is reached."),
        ({"file_access": "access_denied"}, "Slack does not give the app access to it."),
    ],
)
async def test_why_a_file_has_no_bytes_is_said(
    at_work: SlackTeam, file: dict[str, object], says: str
) -> None:
    said = await at_work.ana.post(ALERTS, "Look", files=[PICTURE])
    given = shortcut(at_work.fake, at_work.ana.user, "add-to-case", said)["message"]["files"]
    modal, _ = await added(at_work, said, files=[given[0] | file])
    assert "Files not added: 1" in seen(modal).text
    assert says in seen(modal).text


async def test_slack_is_asked_for_files_of_which_it_tells_only_the_id(at_work: SlackTeam) -> None:
    said = await at_work.ana.post(ALERTS, "Look", files=[PICTURE])
    stub = {"id": said.files[0].id, "file_access": "check_file_info"}
    modal, _ = await added(at_work, said, files=[stub])
    assert "Files added: 1" in seen(modal).text
    assert len(at_work.fake.calls("files.info")) == 1
    await at_work.ana.close_modal()
    at_work.fake.faults.error("files.info", "file_not_found")
    modal, _ = await added(at_work, said, files=[stub])
    assert "file: It was deleted." in seen(modal).text
    await at_work.ana.close_modal()
    at_work.fake.faults.status("files.info", 500)
    modal, _ = await added(at_work, said, files=[stub])
    assert "file: It did not arrive" in seen(modal).text


EMAIL = {
    "id": "F1",
    "mode": "email",
    "name": "Re: Dealzone",
    "subject": "Re: Dealzone",
    "from": [{"address": "legal@supplier.de", "original": "Legal <legal@supplier.de>"}],
    "plain_text": "We never sold to them & never will.",
}


async def test_the_words_of_an_email_are_kept_once_its_address_was_asked_about(
    at_work: SlackTeam,
) -> None:
    await at_work.alert()
    said = await at_work.ana.post(ALERTS, "See this")
    await chosen(at_work, said, files=[EMAIL])
    assert "This looks like an email address (leg...)" in seen(await at_work.told(2)).text
    modal, words = await added(at_work, said, files=[EMAIL])
    assert words == (
        "Ana wrote: See this\n\nEmail from Legal <legal@supplier.de>\nSubject: Re: Dealzone\n"
        "We never sold to them & never will."
    )
    assert "Files not added" not in seen(modal).text


async def test_an_email_in_the_thread_is_a_note_unless_it_tells_of_a_person(
    at_work: SlackTeam,
) -> None:
    alert = await at_work.alert()
    at_work.fake.reads_messages = True
    head = {"thread_ts": alert.ts, "parent_user_id": at_work.fake.bot_user}
    more = {"user": "UANA", "channel": ALERTS, "subtype": "file_share", "text": "", "ts": "9.1"}
    nameless = {**EMAIL, "from": [], "headers": {}}
    await at_work.fake.happens("message", files=[nameless], **head, **more)
    assert "Added to C-1" in seen(await at_work.told(2)).text
    await at_work.fake.happens("message", files=[EMAIL], **head, **{**more, "ts": "9.2"})
    assert "This looks like an email address (leg...)" in seen(await at_work.told(3)).text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *(
                        "type",
                        "text",
                        "blocks",
                        "elements",
                        "attachments",
                        "files",
                        "fields",
                        "rows",
                    ),
                    *("message_blocks", "message", "from", "mode", "url", "bot_profile", "name"),
                ]
            ),
            inner
            | st.sampled_from(["section", "rich_text", "table", "rich_text_list", "link", "email"]),
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(st.dictionaries(st.sampled_from(["text", "blocks", "attachments", "files", "user"]), JSON))
def test_nothing_that_slack_might_send_is_too_odd_to_be_read(message: dict[str, Any]) -> None:
    assert isinstance(text_of(message), str)
    assert isinstance(bots_name(message), str)
    assert all(isinstance(words, str) for words in emails_of(files_of(message)))
