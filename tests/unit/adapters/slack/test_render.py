"""Cards as Slack's messages and views: all of them, and nothing that was not meant."""

from __future__ import annotations

import html
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack import render
from adapters.slack.block_kit import WHEN, escape, sections
from adapters.slack.buttons import LINK, MENU
from adapters.slack.render import COLORS, SIMULATED, blocks, content, message, notice
from bot.core.cards import Button, Card, Field, Menu, Style, Tone
from bot.core.stored import as_stored
from bot.core.text import CUT, plain
from tests.cases import for_each
from tests.fakes import START
from tests.platforms.slack.limits import of_message, of_view
from tests.platforms.slack.mentions import fired
from tests.platforms.slack.seen import nested
from tests.unit.adapters.slack.content import LARGEST, TALLEST, escaped
from tests.unit.adapters.web.content import ALERT
from tests.unit.adapters.web.test_render_anything import CARDS

HOSTILE = (
    "<!channel> <!here> <!everyone> @channel @here",
    "<@U1> <#C1> <!subteam^S1> <!date^1^{date}|x>",
    "<https://evil.example|Amazon> https://evil.example www.evil.example",
    "<mailto:a@evil.example|Amazon> a@evil.example",
    "*bold* _it_ ~gone~ `code` ```block``` :tada:",
    "> quote\n&gt; quote\n&lt;!channel&gt;",
)
PRODUCT = "https://www.amazon.com/dp/B0WALNUTBL"
LITERAL = {"plain_text", "text", "link"}
"""The types of what is shown as it is written."""


def refused(sent: dict[str, Any]) -> list[str]:
    check = of_view if "type" in sent else of_message
    return [*check(sent), *check(escaped(sent))]


def texts(sent: object) -> list[str]:
    return [part["text"] for part in nested(sent) if part.get("type") in LITERAL]


def below(card: Card) -> list[dict[str, Any]]:
    [attachment] = message(card)["attachments"]
    shown: list[dict[str, Any]] = attachment["blocks"]
    return shown


def alive(sent: dict[str, Any]) -> list[str]:
    """Return what would become a mention or a link."""
    marked = [part for part in nested(sent) if part.get("type") == "mrkdwn"]
    return fired(sent) + [part["text"] for part in marked if not part["verbatim"]]


def test_a_notification_says_how_bad_it_is_and_what() -> None:
    sent = message(Card(title="Fast & Co <sells>", tone=Tone.CRITICAL, body="Act."))
    assert sent["text"] == "🚨 Fast &amp; Co &lt;sells&gt;"
    assert texts(sent["blocks"]) == ["🚨 Fast & Co <sells>"]
    [attachment] = sent["attachments"]
    assert attachment["color"] == COLORS[Tone.CRITICAL]
    assert texts(attachment["blocks"]) == ["Act."]


def test_each_tone_has_a_colour_and_a_symbol_of_its_own() -> None:
    assert len({tone.symbol for tone in Tone}) == len(set(COLORS.values())) == len(Tone)


def test_all_of_a_card_is_shown() -> None:
    shown = texts(below(ALERT))
    cells = [part["text"] for part in nested(below(ALERT)) if part.get("type") == "mrkdwn"]
    assert {ALERT.body, ALERT.footer} <= {*shown}
    assert cells == [f"*{field.label}*\n{field.value}" for field in ALERT.fields]


def test_a_message_shows_the_same_as_a_surface_without_attachments() -> None:
    assert message(ALERT)["blocks"] + below(ALERT) == blocks(ALERT)


def test_an_update_to_a_title_alone_clears_what_stood_below() -> None:
    assert message(Card(title="Over", tone=Tone.GOOD))["attachments"] == []


def test_a_label_stands_above_its_value_and_a_wide_field_alone() -> None:
    fields = (Field("a", "b"), Field("c", "d"), Field("e", "f\ng", wide=True), Field("h", "i"))
    first, wide, last = below(Card(title="x", fields=fields))
    assert [part["text"] for part in first["fields"]] == ["*a*\nb", "*c*\nd"]
    assert texts(wide) == ["e", "\nf\ng"]
    assert [part["text"] for part in last["fields"]] == ["*h*\ni"]


@pytest.mark.parametrize("value", ["*free*", "5*3", "_x_", "~x~", "`x`", ":tada:", "a\n> b"])
def test_a_value_that_would_become_a_format_stands_alone_and_literal(value: str) -> None:
    first, alone = below(Card(title="x", fields=(Field("a", "10:00 > 9:00"), Field("c", value))))
    assert [part["text"] for part in first["fields"]] == ["*a*\n10:00 &gt; 9:00"]
    assert texts(alone) == ["c", f"\n{value}"]


def test_a_button_looks_like_what_it_does() -> None:
    buttons = (
        Button(label="A", action="a", ref="1", style=Style.PRIMARY),
        Button(label="B", action="b"),
        Button(label="C", action="c", style=Style.DANGER),
        Button(label="D", url="https://www.amazon.com/dp/B0"),
    )
    [row] = below(Card(title="x", buttons=buttons))
    shown = row["elements"]
    assert [button.get("style") for button in shown] == ["primary", None, "danger", None]
    assert [button["action_id"] for button in shown] == ["a:1", "b:", "c:", f"{LINK}:3"]
    assert shown[3]["url"] == "https://www.amazon.com/dp/B0"


def test_the_menu_is_the_last_thing_to_press_and_carries_what_its_items_do() -> None:
    items = (
        Button(label="Snooze", action="snooze", ref="12"),
        Button(label="Fast & Co <close>", action="close", ref="12", style=Style.DANGER),
    )
    [row] = below(Card(title="x", buttons=ALERT.buttons, menu=Menu("More", items)))
    *before, menu = row["elements"]
    assert {each["type"] for each in before} == {"button"}
    assert (menu["type"], menu["action_id"]) == ("overflow", MENU)
    assert [each["value"] for each in menu["options"]] == ["snooze:12", "close:12"]
    assert texts(menu) == ["Snooze", "Fast & Co <close>"]


def test_a_menu_needs_no_button_beside_it() -> None:
    [row] = below(Card(title="x", menu=Menu("More", (Button(label="Go", action="go"),))))
    assert [each["type"] for each in row["elements"]] == ["overflow"]


def test_no_button_is_taken_for_the_menu() -> None:
    card = Card(title="x", buttons=(Button(label="x", action=MENU),))
    assert below(card)[0]["elements"][0]["action_id"] != MENU


def test_a_title_leads_where_it_says_and_stays_text() -> None:
    title = "<https://evil.example|Amazon> *bold* <!channel>"
    sent = message(Card(title=title, link=PRODUCT, tone=Tone.CRITICAL))
    [symbol, link] = sent["blocks"][0]["elements"][0]["elements"]
    assert (symbol["text"], symbol["type"]) == ("🚨 ", "text")
    assert (link["type"], link["url"], link["text"]) == ("link", PRODUCT, title)
    assert link["style"] == symbol["style"] == {"bold": True}
    assert alive(sent) == refused(sent) == []


@pytest.mark.parametrize("link", ["javascript:alert(1)", f"{PRODUCT} x", f"{PRODUCT}\n", "x"])
def test_a_title_that_was_stored_with_no_address_leads_nowhere(link: str) -> None:
    with as_stored():
        card = Card(title="Bowl", link=link)
    assert message(card) == message(Card(title="Bowl"))
    assert content(card, plain=True) == content(Card(title="Bowl"), plain=True)


def test_links_stand_in_a_line_above_what_can_be_pressed() -> None:
    hostile = "<!channel> *x*"
    links = (Button(label="Open the listing", url=PRODUCT), Button(label=hostile, url=PRODUCT))
    card = Card(title="Bowl", body="Act.", links=links, buttons=ALERT.buttons[:1])
    sent = message(card)
    *_, line, actions = sent["attachments"][0]["blocks"]
    assert actions["type"] == "actions"
    first, between, other = line["elements"][0]["elements"]
    assert first == {"type": "link", "url": PRODUCT, "text": "Open the listing"}
    assert (between["text"], other["text"]) == (" · ", hostile)
    assert alive(sent) == refused(sent) == []
    assert f"Open the listing: <{PRODUCT}>" in content(card, plain=True)["text"]


def test_a_link_that_was_stored_with_no_address_is_left_out() -> None:
    with as_stored():
        card = Card(title="Bowl", body="Act.", links=(Button(label="Open", url="javascript:x"),))
    assert message(card) == message(Card(title="Bowl", body="Act."))


def test_as_text_alone_a_card_tells_where_its_title_leads() -> None:
    card = Card(title="Bowl", link=PRODUCT, body="Act.", menu=Menu("More", ALERT.buttons[:1]))
    text = content(card, plain=True)["text"]
    assert text.splitlines()[1:] == [f"<{PRODUCT}>", "Act."]


def test_a_picture_stands_beside_a_text_with_words_for_it() -> None:
    picture = "https://m.media-amazon.com/images/I/1.jpg"
    for body in ("Wooden.", ""):
        [section] = below(Card(title="Bowl", body=body, image=picture))
        shown = {"type": "image", "image_url": picture, "alt_text": "Picture: Bowl"}
        assert section["accessory"] == shown


def test_a_picture_that_is_compared_stands_beside_a_line_of_its_own() -> None:
    one, other = (f"https://m.media-amazon.com/images/I/{n}.jpg" for n in (1, 2))
    first, second = below(Card(title="Bowl", body="Round", image=one, beside=other))
    assert first["accessory"]["image_url"] == one
    assert second["accessory"]["image_url"] == other
    assert "Compared with:" in str(second["text"])
    [alone] = below(Card(title="Bowl", image="javascript:x", beside=other))
    assert alone["accessory"]["image_url"] == other


@pytest.mark.parametrize("image", ["http://127.0.0.1:1/1.jpg", "https://a b", "javascript:x"])
def test_a_picture_that_slack_would_refuse_costs_no_message(image: str) -> None:
    assert message(Card(title="Bowl", image=image))["attachments"] == []


def test_blank_text_costs_no_message() -> None:
    card = Card(
        title=" ",
        body="\n",
        fields=(Field(" ", "\t"), Field(" ", " ", wide=True)),
        buttons=(Button(label=" ", action="a"),),
        menu=Menu(" ", (Button(label=" ", action="m"),)),
        footer=" ",
    )
    assert refused(message(card)) == []
    assert refused(message(Card(title=" ", link=PRODUCT))) == []
    assert "-" in texts(message(card)["attachments"])


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_from_outside_stays_text(hostile: str) -> None:
    fields = (Field(hostile[:40], hostile), Field(hostile[:40], hostile, wide=True))
    button = Button(label=hostile[:40], action="a")
    menu = Menu(hostile[:40], (Button(label=hostile[:40], action="m"),))
    card = Card(
        title=hostile,
        body=hostile,
        fields=fields,
        buttons=(button,),
        menu=menu,
        footer=hostile,
    )
    sent = message(card)
    assert "<" not in sent["text"] + notice(hostile, Tone.INFO)["text"]
    assert alive(sent) == alive(notice(hostile, Tone.INFO)) == []
    first = f"{Tone.INFO.symbol} {' '.join(hostile.split())}"
    assert {first, hostile, f"\n{hostile}"} <= {*texts(sent)}


def test_direction_marks_cannot_disguise_a_text() -> None:
    hidden = "exe.\u202egnp"
    card = Card(title=hidden, body=hidden, fields=(Field(hidden, hidden),), footer=hidden)
    assert "\u202e" not in str(message(card)) + str(notice(hidden, Tone.INFO))


@given(CARDS)
def test_any_card_is_accepted_marked_and_pings_nobody(card: Card) -> None:
    sent = message(card)
    assert refused(sent) == alive(sent) == []
    assert (SIMULATED in sent["text"]) >= card.simulated
    assert any(SIMULATED in text for text in texts(sent)) >= card.simulated


@settings(max_examples=20)
@given(st.lists(CARDS, min_size=1, max_size=3))
def test_any_cards_are_accepted_in_a_view(cards: list[Card]) -> None:
    for view in (render.card_view(cards), render.home_view(cards)):
        assert refused(view) == alive(view) == []


def test_a_view_has_room_for_several_of_the_tallest_cards() -> None:
    for view in (render.card_view([TALLEST] * 3), render.home_view([TALLEST] * 3)):
        assert refused(view) == []


@for_each("card", [*LARGEST, TALLEST], ids=lambda card: card.title[:5])
def test_slacks_limits_meet_the_budget(card: Card) -> None:
    assert refused(message(card)) == []
    # A notification is shorter than a card may be.
    assert CUT not in str(blocks(card))


@given(st.text("a&<>\n", max_size=2000))
def test_a_long_text_is_parted_and_nothing_is_lost(text: str) -> None:
    assert "".join(texts(sections(text))).split() == text.split()
    assert plain(html.unescape(escape(text))) == text


def test_a_label_that_slack_might_refuse_is_cut_visibly() -> None:
    [row] = below(Card(title="x", buttons=(Button(label="&" * 40, action="a"),)))
    assert texts(row) == ["&" * 14 + CUT]


def test_a_long_notice_is_cut_visibly() -> None:
    sent = notice("&" * 5000, Tone.WARNING)
    assert refused(sent) == []
    assert texts(sent)[-1].endswith(CUT)


STAMP = f"<!date^{int(START.timestamp())}^{WHEN}|23 Nov 10:00 UTC>"
MOMENTS = Card(
    title="Pan",
    fields=(Field("Since", "", at=START), Field("Wide", "until", wide=True, at=START)),
    footer="C-1",
    footer_at=START,
)


def test_each_reader_reads_a_moment_in_their_own_zone() -> None:
    [cells, wide, footer] = below(MOMENTS)
    assert cells["fields"] == [
        {"type": "mrkdwn", "text": f"*Since*\n{STAMP}", "verbatim": True},
    ]
    assert wide["elements"][0]["elements"][1:] == [
        {"type": "text", "text": "\nuntil "},
        {
            "type": "date",
            "timestamp": int(START.timestamp()),
            "format": WHEN,
            "fallback": "23 Nov 10:00 UTC",
        },
    ]
    assert [each["text"] for each in footer["elements"]] == ["C-1", STAMP]
    text = content(MOMENTS, plain=True)["text"]
    assert text.splitlines()[1:] == [f"Since: {STAMP}", f"Wide: until {STAMP}", f"C-1 · {STAMP}"]


def test_no_text_from_outside_becomes_a_moment() -> None:
    said = "<!date^1^{date}|x>"
    card = Card(title=said, gist=said, fields=(Field("a", said),), footer=said)
    assert "<!date" not in str(content(card, plain=True)["text"])
    cells = [cell["text"] for cell in below(card)[0]["fields"]]
    assert cells == ["*a*\n&lt;!date^1^{date}|x&gt;"]


def test_the_small_picture_stands_beside_the_first_text_and_is_no_block_of_its_own() -> None:
    picture = "https://m.media-amazon.com/images/I/bowl.jpg"
    card = Card(title="Bowl", thumbnail=picture, fields=(Field("Since", "now"),))
    [cells] = below(card)
    assert cells["accessory"]["image_url"] == picture
    compared = Card(title="Bowl", image=picture, thumbnail=picture, body="a", beside=picture)
    assert [each["accessory"]["image_url"] for each in below(compared)] == [picture] * 2
    assert "accessory" not in str(message(Card(title="Bowl", thumbnail=picture)))
    elsewhere = Card(title="Bowl", thumbnail="http://127.0.0.1:1/x.png", body="a")
    assert "127.0.0.1" not in str(message(elsewhere))


def test_a_title_says_how_bad_it_is_in_a_word() -> None:
    card = Card(title="Bowl", badge="Critical", gist="USD 3", tone=Tone.CRITICAL)
    assert texts(blocks(card)[:1]) == ["🚨 Critical · Bowl", "\nUSD 3"]
    assert message(card)["text"] == "🚨 Critical · Bowl · USD 3"
