"""Cards as Discord's messages: all of them, and nothing that was not meant."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.render import (
    COLORS,
    CONTENT,
    SELECT,
    SIMULATED,
    escape,
    message,
    notice,
    plain_message,
)
from bot.core import cards
from bot.core.cards import Button, Card, Field, Menu, Style, Tone
from bot.core.stored import as_stored
from bot.core.text import CUT, plain
from tests.cases import for_each
from tests.fakes import START
from tests.unit.adapters.discord.accepted import against_message, refused
from tests.unit.adapters.discord.markdown import meanings, shown
from tests.unit.adapters.web.content import ALERT
from tests.unit.adapters.web.test_render_anything import CARDS

HOSTILE = (
    "**bold** __under__ *it* _it_ ~~gone~~ `code` ```block```",
    "||spoiler||",
    "[Amazon](https://evil.example) [x](<https://evil.example>)",
    "https://evil.example/a_b HTTP://EVIL.EXAMPLE steam://run/1",
    "<https://evil.example> <mailto:a@evil.example>",
    "discord.gg/abc discord.com/invite/abc DISCORD.GG/ABC",
    "<@1> <@!1> <@&1> <#1> </help:1> <t:1:R> <:a:1> <id:browse>",
    "@everyone @here @Everyone",
    ":100: :white_check_mark: ::100: 10:02:30",
    "# heading\n## heading\n### heading\n-# small",
    "> quote\n>>> quote",
    "- a\n* b\n + c\n1. d\n  22. e",
    "\\",
    "\\*\\",
    "\\https://evil.example \\@everyone \\[x](https://evil.example)",
)
MARKS = "\\*_~`|<>[]()#-+.:@!/ \n1ax"
WORST = Card(
    title="*" * cards.TITLE,
    badge="*",
    body="*" * cards.BODY,
    footer="*" * cards.FOOTER,
    fields=(Field("*" * cards.FIELD_LABEL, "*" * 107),) * cards.FIELDS,
    link=f"https://www.amazon.com/{'_' * 400}",
    simulated=True,
)
LINK = "https://www.amazon.com/dp/"
PRODUCT = f"{LINK}B0WALNUTBL"
LARGEST = (
    Card(title="*" * cards.TITLE, simulated=True),
    Card(title="body", body="*" * cards.BODY),
    Card(title="field", fields=(Field("*" * cards.FIELD_LABEL, "*" * cards.FIELD_VALUE),)),
    Card(title="many fields", fields=(Field("a", "b"),) * cards.FIELDS),
    Card(title="whole", body="x" * cards.BODY, fields=(Field("a", "x" * 165),) * cards.FIELDS),
    Card(title="footer", footer="*" * cards.FOOTER),
    Card(title="*" * cards.TITLE, badge="*" * cards.BADGE, gist="*" * cards.GIST),
    Card(title="moments", fields=(Field("a", "b", at=START),) * cards.FIELDS, footer_at=START),
    Card(title="thumbnail", thumbnail="https://m.media-amazon.com/".ljust(cards.LINK, "x")),
    Card(title="image", image=LINK.ljust(cards.LINK, "x")),
    Card(title="link", buttons=(Button(label="x", url=LINK.ljust(cards.LINK, "x")),)),
    Card(
        title="buttons",
        buttons=tuple(
            Button(label="x" * cards.BUTTON_LABEL, action="a", ref=str(number).ljust(98))
            for number in range(cards.BUTTONS)
        ),
    ),
    Card(
        title="menu",
        buttons=tuple(Button(label="x", action="a", ref=str(n)) for n in range(cards.BUTTONS)),
        menu=Menu(
            "x" * cards.BUTTON_LABEL,
            tuple(
                Button(label="x" * cards.BUTTON_LABEL, action="m", ref=str(number).ljust(98))
                for number in range(cards.MENU)
            ),
        ),
    ),
    Card(title="title link", link=LINK.ljust(cards.BUTTON_LABEL * 6, "x")),
)
"""Every part of a card at its largest."""


def test_a_notification_says_how_bad_it_is_and_what() -> None:
    sent = message(Card(title="Unknown seller", tone=Tone.CRITICAL, body="Act."))
    assert sent["content"] == "🚨 **Unknown seller**"
    assert sent["embeds"] == [{"color": COLORS[Tone.CRITICAL], "description": "Act."}]


def test_each_tone_has_a_colour_and_a_symbol_of_its_own() -> None:
    assert len({tone.symbol for tone in Tone}) == len(set(COLORS.values())) == len(Tone)


def test_all_of_a_card_is_shown() -> None:
    sent = message(ALERT)
    [embed] = sent["embeds"]
    assert shown(embed["description"]) == ALERT.body
    assert [(shown(field["name"]), shown(field["value"])) for field in embed["fields"]] == [
        (field.label, field.value) for field in ALERT.fields
    ]
    assert embed["footer"] == {"text": ALERT.footer}


def test_only_a_wide_field_has_a_line_of_its_own() -> None:
    [embed] = message(Card(title="x", fields=(Field("a", "b"), Field("c", "d", wide=True))))[
        "embeds"
    ]
    assert [field["inline"] for field in embed["fields"]] == [True, False]


def test_a_title_needs_no_embed_and_an_edit_clears_the_old() -> None:
    assert message(Card(title="Over", tone=Tone.GOOD)) == {
        "content": "✅ **Over**",
        "embeds": [],
        "components": [],
        "allowed_mentions": {"parse": []},
    }


def test_buttons_stand_in_rows_of_five() -> None:
    buttons = [Button(label=str(number), action=str(number)) for number in range(10)]
    rows = message(Card(title="x", buttons=tuple(buttons)))["components"]
    assert [len(row["components"]) for row in rows] == [5, 5]
    assert [shown["custom_id"] for row in rows for shown in row["components"]] == [
        button.id for button in buttons
    ]


def test_a_button_looks_like_what_it_does() -> None:
    buttons = (
        Button(label="A", action="a", style=Style.PRIMARY),
        Button(label="B", action="b"),
        Button(label="C", action="c", style=Style.DANGER),
        Button(label="D", url="https://www.amazon.com/dp/B0"),
    )
    [row] = message(Card(title="x", buttons=buttons))["components"]
    assert [button["style"] for button in row["components"]] == [1, 2, 4, 5]
    assert row["components"][3] == {
        "type": 2,
        "style": 5,
        "label": "D",
        "url": "https://www.amazon.com/dp/B0",
    }


def test_the_menu_fills_a_row_below_the_buttons_and_carries_what_its_items_do() -> None:
    items = (
        Button(label="Snooze", action="snooze", ref="12"),
        Button(label="Close **now**", action="close", ref="12", style=Style.DANGER),
    )
    buttons = tuple(Button(label="x", action=str(each)) for each in range(cards.BUTTONS))
    shown = message(Card(title="x", buttons=buttons, menu=Menu("More", items)))["components"]
    assert [len(row["components"]) for row in shown] == [5, 5, 2, 1]
    assert shown[-1]["components"] == [
        {
            "type": 3,
            "custom_id": SELECT,
            "placeholder": "More",
            "options": [
                {"label": "Snooze", "value": "snooze:12"},
                {"label": "Close **now**", "value": "close:12"},
            ],
        }
    ]


def test_no_button_is_taken_for_the_menu() -> None:
    [row] = message(Card(title="x", buttons=(Button(label="x", action=SELECT),)))["components"]
    assert row["components"][0]["custom_id"] != SELECT


def test_a_title_leads_where_the_embeds_heading_says() -> None:
    sent = message(Card(title="[Amazon](https://evil.example)", link=PRODUCT, tone=Tone.CRITICAL))
    assert meanings(sent["content"].replace("**", "")) == []
    assert PRODUCT not in sent["content"]
    heading = {"title": "www.amazon.com/dp/B0WALNUTBL", "url": PRODUCT}
    assert sent["embeds"] == [{"color": COLORS[Tone.CRITICAL], **heading}]


SELLER = "https://www.amazon.com/sp?seller=A1THIEF"


def test_links_stand_below_the_text_in_our_own_words_and_say_where_the_title_leads() -> None:
    links = (Button(label="Open the listing", url=PRODUCT), Button(label="[x](y)", url=SELLER))
    [embed] = message(Card(title="Bowl", link=PRODUCT, body="Act.", links=links))["embeds"]
    text, line = embed["description"].split("\n")
    assert (text, "title" in embed) == ("Act.", False)
    first, other = line.split(" · ")
    assert first == f"[Open the listing](<{PRODUCT}>)"
    assert other == f"[{escape('[x](y)')}](<{SELLER}>)"


@pytest.mark.parametrize("url", ["javascript:alert(1)", f"{PRODUCT}>) @everyone", f"{PRODUCT} x"])
def test_a_link_that_was_stored_with_no_address_is_left_out(url: str) -> None:
    with as_stored():
        card = Card(title="Bowl", body="Act.", links=(Button(label="Open", url=url),))
    assert message(card) == message(Card(title="Bowl", body="Act."))


def test_an_address_is_read_as_it_is_written() -> None:
    link = "https://www.amazon.com/dp/_B0_?m=*A*"
    [embed] = message(Card(title="x", link=link))["embeds"]
    assert (shown(embed["title"]), embed["url"]) == (link.removeprefix("https://"), link)
    assert meanings(embed["title"]) == []


@pytest.mark.parametrize("link", ["javascript:alert(1)", f"{PRODUCT} x", f"{PRODUCT}\n", "x"])
def test_a_title_that_was_stored_with_no_address_leads_nowhere(link: str) -> None:
    with as_stored():
        card = Card(title="Bowl", link=link)
    assert message(card) == message(Card(title="Bowl"))


def test_as_text_alone_a_card_has_nothing_to_press() -> None:
    menu = Menu("More", (Button(label="Go", action="go"),))
    assert plain_message(Card(title="x", menu=menu))["components"] == []


@pytest.mark.parametrize(
    ("image", "seen"),
    [
        ("https://m.media-amazon.com/images/I/1.jpg", True),
        ("http://127.0.0.1:1/1.jpg", False),
        ("https://m.media-amazon.com/a b.jpg", False),
        ("javascript:alert(1)", False),
    ],
)
def test_an_address_that_discord_would_refuse_costs_no_message(image: str, seen: bool) -> None:
    embeds = message(Card(title="Bowl", image=image))["embeds"]
    assert [embed["image"]["url"] for embed in embeds] == [image] * seen
    beside = message(Card(title="Bowl", beside=image))["embeds"]
    assert [embed["thumbnail"]["url"] for embed in beside] == [image] * seen


def test_blank_text_costs_no_message() -> None:
    card = Card(
        title=" ",
        body="\n",
        fields=(Field(" ", "\t"),),
        buttons=(Button(label=" ", action="a"),),
        menu=Menu(" ", (Button(label=" ", action="m"),)),
        footer=" ",
    )
    assert refused(message(card)) == []


@for_each("hostile", HOSTILE)
def test_text_from_outside_stays_text(hostile: str) -> None:
    assert meanings(hostile) or "\\" in hostile
    assert shown(escape(hostile)) == hostile
    assert meanings(escape(hostile)) == []
    [embed] = message(Card(title="x", body=hostile, fields=(Field("a", hostile),)))["embeds"]
    assert meanings(embed["description"]) == meanings(embed["fields"][0]["value"]) == []
    assert meanings(notice(hostile, Tone.INFO)["content"]) == []


@for_each("hostile", HOSTILE)
def test_a_title_from_outside_stays_within_its_bold(hostile: str) -> None:
    content = message(Card(title=hostile))["content"]
    assert shown(content) == f"ℹ️ **{' '.join(hostile.split())}**"  # noqa: RUF001
    assert meanings(content[len("i  **") : -2]) == []


@given(st.text(MARKS) | st.text())
def test_any_text_reads_as_written(text: str) -> None:
    assert shown(escape(text)) == plain(text)
    assert meanings(escape(text)) == []
    assert len(escape(text)) <= 2 * len(text)


def test_common_text_is_left_alone() -> None:
    text = "QuickShip Deals 24: $24.99 vs $39.90 (37% below) - since 09:48 • no. 1, A&F's"
    assert escape(text) == text


@given(st.text(MARKS, min_size=1), st.integers(1, 60))
def test_what_does_not_fit_is_cut_visibly_and_not_within_an_escape(text: str, most: int) -> None:
    escaped = escape(text, most)
    assert len(escaped) <= most
    assert escaped == escape(text) or escaped.endswith(CUT)
    assert plain(text).startswith(shown(escaped).removesuffix(CUT))
    assert meanings(escaped) == []


def test_the_worst_card_fits_and_says_that_it_is_cut() -> None:
    assert WORST.size == cards.CARD
    sent = message(WORST)
    [embed] = sent["embeds"]
    assert refused(sent) == []
    assert shown(embed["description"]).endswith(CUT)
    assert all(len(shown(field["value"])) > 40 for field in embed["fields"])


def test_a_long_notice_fits() -> None:
    sent = notice("*" * 3000, Tone.WARNING)
    assert refused(sent) == []
    assert sent["content"].endswith(CUT)


@given(CARDS)
def test_any_card_is_accepted_marked_and_pings_nobody(card: Card) -> None:
    sent = message(card)
    assert refused(sent) == []
    assert (SIMULATED in sent["content"]) >= card.simulated


@pytest.mark.parametrize("card", LARGEST, ids=lambda card: card.title[:5])
def test_discords_limits_meet_the_budget(card: Card) -> None:
    assert refused(message(card)) == []
    assert CUT not in str(message(card))


@pytest.mark.conformance
@pytest.mark.parametrize("card", [*LARGEST, ALERT, WORST], ids=lambda card: card.title[:5])
def test_the_specification_allows_it_wherever_it_is_sent(card: Card) -> None:
    assert against_message(message(card)) == []
    assert against_message(notice(card.title, card.tone)) == []


@pytest.mark.conformance
@settings(max_examples=40)
@given(CARDS)
def test_the_specification_allows_any_card(card: Card) -> None:
    assert against_message(message(card)) == []


def test_each_reader_reads_a_moment_in_their_own_zone() -> None:
    stamp = f"<t:{int(START.timestamp())}:f>"
    fields = (Field("Since", "", at=START), Field("State", "until *", at=START))
    card = Card(title="Pan", fields=fields, footer="C-1", footer_at=START)
    [embed] = message(card, "ref 1")["embeds"]
    assert [field["value"] for field in embed["fields"]] == [stamp, f"until \\* {stamp}"]
    assert embed["timestamp"] == START.isoformat()
    assert embed["footer"] == {"text": "C-1 · ref 1"}
    assert plain_message(card)["content"].splitlines()[1:] == [
        f"Since:  {stamp}",
        f"State: until \\* {stamp}",
        f"C-1 {stamp}",
    ]


def test_the_small_picture_gives_way_to_one_that_is_compared() -> None:
    small, other = (f"https://m.media-amazon.com/{name}.jpg" for name in ("small", "other"))
    [embed] = message(Card(title="Pan", thumbnail=small))["embeds"]
    assert embed["thumbnail"] == {"url": small}
    [embed] = message(Card(title="Pan", thumbnail=small, beside=other))["embeds"]
    assert embed["thumbnail"] == {"url": other}


def test_a_notification_says_how_bad_it_is_and_the_point() -> None:
    card = Card(title="Bowl", badge="Critical", gist="USD 3", tone=Tone.CRITICAL)
    assert message(card)["content"] == "🚨 **Critical · Bowl**\nUSD 3"


def test_a_text_of_many_lines_is_cut_where_it_can_be_seen() -> None:
    fields = tuple(Field("Since", "x" * 100, at=START) for _ in range(cards.FIELDS))
    shown = plain_message(Card(title="Pan", body="y" * 500, fields=fields), "ref 1")["content"]
    assert len(shown) <= CONTENT
    assert shown.splitlines()[-2].endswith(CUT)
    assert shown.count("<t:") == shown.count(":f>") > 0
