"""Cards and forms as HTML: all of them, and nothing that was not meant."""

from __future__ import annotations

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from adapters.web import render
from adapters.web.filters import word
from adapters.web.messages import WebMessage
from adapters.web.render import Shown
from bot.core import cards
from bot.core.cards import Button, Card, Field, Menu, Style, Tone
from bot.core.forms import Choice, Choices, Form, Option, Paragraph, PictureSpot, Text
from bot.core.stored import as_stored
from bot.core.text import clip
from tests.unit.adapters.web.content import ALERT, FIRST, PEOPLE, SECOND
from tests.unit.adapters.web.reading import Tags, read_card, read_form
from tests.unit.adapters.web.sample import START

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</textarea></form></dialog><h1>",
    "{{ 7 * 7 }}{% raw %}",
    "=HYPERLINK(1)",
    "<!channel> @everyone <@U1>",
    "\u202egnp.exe",
    "&amp;&lt;",
)


@pytest.mark.parametrize("tone", Tone)
def test_a_tone_is_a_colour_an_icon_and_a_word(tone: Tone) -> None:
    read = read_card(Card(title="Hello", tone=tone))
    assert f"{word(tone)}: " in read.text
    assert f"tone-{tone}" in read.all("li")[0]["class"]
    assert read.all("article", **{"aria-label": f"{word(tone)}: Hello"})
    assert read.all("path") + read.all("circle") + read.all("rect")


def test_each_tone_has_an_icon_of_its_own() -> None:
    texts = {
        render.notice("Hello", tone).partition("</svg>")[0].partition("<svg")[2] for tone in Tone
    }
    assert len(texts) == len(Tone)


@pytest.mark.parametrize(("minutes", "told"), [(0, False), (1, True)])
def test_a_change_is_told_when_its_time_reads_differently(minutes: int, told: bool) -> None:
    message = WebMessage(
        seq=1,
        id="m1",
        channel="c",
        stream="#c",
        card=Card(title="x"),
        posted_at=START,
        edited_at=START + timedelta(minutes=minutes, seconds=20),
    )
    assert ("changed 09:03" in render.message(message, UTC)) == told


def test_all_of_a_card_is_shown() -> None:
    read = read_card(ALERT)
    for text in (ALERT.title, ALERT.body, ALERT.footer, "Simulated marketplace"):
        assert text in read.text
    for field in ALERT.fields:
        assert field.label in read.text
        assert field.value in read.text
    assert [button["value"] for button in read.all("button")] == [
        button.id for button in ALERT.buttons if button.action
    ]
    [acknowledge] = read.all("button", value="acknowledge:00000012")
    assert acknowledge["data-action"] == "acknowledge"
    assert acknowledge["data-ref"] == "00000012"
    assert acknowledge["class"] == "button primary"


def test_a_link_opens_beside_and_tells_nobody_where_from() -> None:
    [link] = read_card(ALERT).all("a", target="_blank")
    assert link["href"] == "https://www.amazon.com/dp/B0WALNUTBL"
    assert link["rel"] == "noopener noreferrer"


def test_a_menu_holds_its_items_below_its_name() -> None:
    items = (
        Button(label="Snooze", action="snooze", ref="12"),
        Button(label="Close", action="close", ref="12", style=Style.DANGER),
    )
    read = read_card(Card(title="x", menu=Menu("More", items)))
    assert len(read.all("details", **{"class": "more"})) == len(read.all("summary")) == 1
    assert read.all("ul", **{"class": "items", "aria-label": "More"})
    shown = [(each["name"], each["value"], each["class"]) for each in read.all("button")]
    assert shown == [("button", "snooze:12", "item plain"), ("button", "close:12", "item danger")]
    assert read.all("form", action="/clicks")
    assert read_card(ALERT).all("details") == []


def test_a_title_leads_where_a_button_might() -> None:
    [link] = read_card(Card(title="x", link="https://www.amazon.com/dp/B0")).all(
        "a", target="_blank"
    )
    assert link["href"] == "https://www.amazon.com/dp/B0"
    assert link["rel"] == "noopener noreferrer"


@pytest.mark.parametrize(
    "link", ["https://www.amazon.zip/", "https://www.amazon.com/ x", "javascript:alert(1)"]
)
def test_a_title_that_was_stored_with_another_address_leads_nowhere(link: str) -> None:
    with as_stored():
        card = Card(title="Bowl", link=link)
    assert render.private(card, "p", "", UTC) == render.private(Card(title="Bowl"), "p", "", UTC)


def test_a_link_elsewhere_is_shown_and_not_linked() -> None:
    read = read_card(Card(title="x", buttons=(Button(label="Go", url="https://www.amazon.zip/"),)))
    assert read.all("a", target="_blank") == []
    assert "https://www.amazon.zip/" in read.text


def test_a_picture_has_words_and_comes_from_where_it_may() -> None:
    picture = "https://m.media-amazon.com/images/I/1.jpg"
    [shown] = read_card(Card(title="Bowl", image=picture)).all("img")
    assert (shown["src"], shown["alt"]) == (picture, "Picture: Bowl")
    other = read_card(Card(title="Bowl", image="https://evil.example/x.png"))
    assert other.all("img") == []
    assert "https://evil.example/x.png" in other.text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_from_outside_stays_text(hostile: str) -> None:
    card = Card(
        title=hostile,
        body=hostile,
        footer=hostile,
        fields=(Field(hostile, hostile),),
        buttons=(Button(label=hostile, action=hostile.replace(":", ""), ref=hostile),),
        menu=Menu(hostile, (Button(label=hostile, action="m", ref=hostile),)),
    )
    plain = Card(
        title="x",
        body="x",
        footer="x",
        fields=(Field("x", "x"),),
        buttons=(Button(label="x", action="x", ref="x"),),
        menu=Menu("x", (Button(label="x", action="m", ref="x"),)),
    )
    read = read_card(card)
    assert [tag for tag, _ in read.elements] == [tag for tag, _ in read_card(plain).elements]
    assert read.text.count(hostile) >= 7
    assert "bdi" in {tag for tag, _ in read.elements}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_was_typed_comes_back_as_text(hostile: str) -> None:
    inputs = (
        Text(name="a", label=hostile[:45], hint=hostile, initial=hostile),
        Paragraph(name="b", label="b", initial=f"\n{hostile}"),
        Choice(name="c", label="c", options=(Option(hostile, hostile),), initial=hostile),
    )
    form = Form(id="f", title="f", intro=hostile, inputs=inputs)
    read = read_form(form, {"a": hostile, "other": hostile})
    assert read.all("input", value=hostile, type="text")
    assert read.all("input", value=hostile, type="radio", checked="")
    assert read.text.count(hostile) >= 6


def test_very_long_text_is_clipped_before_and_shown_whole() -> None:
    text = clip("\N{RIGHT-TO-LEFT OVERRIDE}" + "wide " * 2000, cards.BODY)
    assert text in read_card(Card(title="x", body=text)).text


def test_every_kind_of_input_has_its_control() -> None:
    first = read_form(FIRST)
    assert len(first.all("input", type="radio", name="one.claim", required="")) == 3
    assert first.all("input", type="text", name="one.order", maxlength="300", required="")
    [bought] = first.all("input", type="date", name="one.bought")
    assert "required" not in bought
    second = read_form(SECOND)
    assert len(second.all("input", type="checkbox", name="many.signs")) == 3
    assert second.all("input", type="hidden", name="many.signs", value="")
    assert second.all("textarea", name="one.story", maxlength="3000")
    [photos] = second.all("input", type="file", name="file.photos")
    assert photos["accept"] == "image/png,image/jpeg"
    assert photos["data-files"] == "3"
    assert "multiple" in photos


def test_a_picture_is_pointed_at_or_its_cell_is_typed() -> None:
    spot = PictureSpot(
        name="where",
        label="Where?",
        hint="A cell of the grid",
        picture="00000001-0003",
        alt="E-3 A pan",
        marks=("416,583", "", "10,20"),
        initial="500,250",
    )
    read = read_form(Form(id="f", title="f", inputs=(spot,)), {"where": "Mark it."})
    [picture] = read.all("img")
    assert (picture["src"], picture["alt"]) == ("/pictures/00000001-0003", "E-3 A pan")
    [around] = read.all("div", **{"class": "spot"})
    assert (around["data-marks"], around["data-number"]) == ("416,583  10,20", "4")
    [typed] = read.all("input", name="one.where", type="text")
    assert (typed["value"], typed["aria-invalid"]) == ("500,250", "true")
    assert "Mark it." in read.text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_name_of_a_picture_stays_in_its_address(hostile: str) -> None:
    spot = PictureSpot(name="w", label="w", picture=hostile, alt=hostile, initial=hostile[:9])
    read = read_form(Form(id="f", title="f", inputs=(spot,)))
    [picture] = read.all("img")
    assert picture["alt"] == hostile
    assert picture["src"].removeprefix("/pictures/").isascii()
    assert not set(picture["src"]) & set("<>\"' ?#:")


def test_many_options_fold_into_a_list() -> None:
    options = tuple(Option(str(number), f"Number {number}") for number in range(25))
    form = Form(
        id="f", title="f", inputs=(Choice(name="a", label="a", options=options, initial="3"),)
    )
    read = read_form(form)
    assert read.all("select", name="one.a")
    assert len(read.all("option")) == 26
    assert [option["value"] for option in read.all("option", selected="")] == ["3"]


def test_what_need_not_be_chosen_can_be_left() -> None:
    few = Choice(name="a", label="a", options=(Option("1", "One"),), required=False)
    assert read_form(Form(id="f", title="f", inputs=(few,))).all("input", value="", checked="")


def test_chosen_values_are_ticked() -> None:
    options = (Option("ab", "AB"), Option("a", "A"))
    asked = Choices(name="x", label="x", options=options, initial=("ab",))
    read = read_form(Form(id="f", title="f", inputs=(asked,)))
    assert [box["value"] for box in read.all("input", checked="")] == ["ab"]


def test_an_error_stands_beside_its_input_and_takes_the_focus() -> None:
    read = read_form(FIRST, {"order": "No such order.", "other": "And in general."})
    [order] = read.all("input", name="one.order")
    assert order["aria-invalid"] == "true"
    assert "autofocus" in order
    described = order["aria-describedby"].split()
    assert all(read.all("p", id=id) for id in described)
    assert "hidden" not in read.all("p", id=described[-1])[0]
    assert read.text.count("No such order.") == 1
    assert "And in general." in read.text
    assert sum("autofocus" in attrs for _, attrs in read.elements) == 1


def test_a_wizard_says_how_far_it_is() -> None:
    assert "Step 2 of 3" in read_form(SECOND, number=2, of=3).text
    assert "Step" not in read_form(SECOND).text


def test_a_page_of_replies_shows_them_all() -> None:
    shown = [
        Shown("notice", render.notice("Careful", Tone.WARNING)),
        Shown("private", render.private(Card(title="Mine"), "private-1", "", UTC), "private-1"),
    ]
    text = render.replies(shown, "/threads/t1", "k")
    assert "Careful" in text
    assert "Mine" in text
    assert 'href="/threads/t1"' in text


def test_an_error_page_lets_one_choose_a_person() -> None:
    text = render.error("Who are you?", "Choose.", PEOPLE)
    assert text.count('name="persona"') == 3


def test_a_moment_is_told_in_the_zone_of_the_page() -> None:
    card = Card(
        title="Pan",
        fields=(Field("Since", "", at=START), Field("State", "until", at=START)),
        footer="C-1",
        footer_at=START,
    )
    shown = Tags(render.private(card, "p", "", ZoneInfo("America/New_York")))
    assert [each["datetime"] for each in shown.all("time")] == [START.isoformat()] * 3
    assert " ".join(shown.text.split()).endswith(
        "Since 23 Nov 04:02 State until 23 Nov 04:02 C-1 · 23 Nov 04:02"
    )


def test_the_small_picture_is_not_fetched_from_amazon() -> None:
    shown = read_card(Card(title="Pan", thumbnail="https://m.media-amazon.com/images/I/bowl.jpg"))
    assert not [each for each in shown.all("img") if "amazon" in each["src"]]


@pytest.mark.parametrize("tone", Tone)
def test_the_sign_of_a_line_is_drawn_and_said_in_a_word(tone: Tone) -> None:
    label = f"{tone.symbol} C-1 \N{MIDDLE DOT} Buy Box lost"
    shown = read_card(Card(title="Cases", fields=(Field(label=label, value="28 s"),)))
    assert tone.symbol not in shown.text
    assert f"{word(tone)}: C-1 \N{MIDDLE DOT} Buy Box lost" in shown.text


def test_a_card_says_how_bad_it_is_in_a_word() -> None:
    card = Card(title="Bowl", badge="Critical", gist="USD 3", tone=Tone.CRITICAL)
    assert "Critical: Bowl" in read_card(card).text
    assert read_card(card).all("article")[0]["aria-label"] == "Critical: Bowl"
    assert "USD 3" in read_card(card).text
