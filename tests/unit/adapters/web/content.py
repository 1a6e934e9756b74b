"""What the sample team consists of and talks about."""

from __future__ import annotations

from adapters.web.site import CommandHelp
from bot.core.cards import Button, Card, Field, Style, Tone
from bot.core.forms import Choice, Choices, Date, File, Form, Option, Paragraph, Text
from bot.core.permissions import Person, Role

PEOPLE = {
    "ana": (Person("ana", "Ana Alder"), Role.ADMIN),
    "ben": (Person("ben", "Ben"), Role.MEMBER),
    "vik": (Person("vik", "Vik"), Role.VIEWER),
}

COMMANDS = (
    CommandHelp("watch", "/watch <ASIN or link>", "Watch a product for strangers."),
    CommandHelp("cases", "/cases [open|all]", "List the cases, the worst first."),
    CommandHelp("case", "/case <number>", "Show one case and its timeline."),
    CommandHelp("health", "/health", "What is watched, and whether it can be read."),
    CommandHelp("help", "/help", "Everything that can be typed."),
)

ALERT = Card(
    title="Unknown seller on Walnut Salad Bowl",
    body="A seller that you have not authorized holds the Buy Box, far below your price.",
    tone=Tone.CRITICAL,
    fields=(
        Field("Seller", "QuickShip Deals 24\nA9HIJACK000001"),
        Field("Price vs ours", "$24.99 vs $39.90 (37% below)"),
        Field("Feedback", "3 ratings, 33% positive"),
        Field("Fulfillment", "By the seller, from Shenzhen"),
        Field("Buy Box", "Lost since 09:48"),
        Field("Costs us", "about $312 a day"),
        Field("State", "New: not acknowledged yet"),
    ),
    buttons=(
        Button(label="Acknowledge", action="acknowledge", ref="00000012", style=Style.PRIMARY),
        Button(label="Assign to me", action="assign", ref="00000012"),
        Button(label="Snooze", action="snooze", ref="00000012"),
        Button(label="Authorize seller", action="authorise", ref="00000012"),
        Button(label="Open the listing", url="https://www.amazon.com/dp/B0WALNUTBL"),
        Button(label="Close", action="close", ref="00000012", style=Style.DANGER),
    ),
    footer="C-12 · opened 10:02 · seen before in C-4",
    simulated=True,
)
WARNING = Card(
    title="Price undercut on Olive Wood Board, 2 sellers",
    tone=Tone.WARNING,
    fields=(
        Field("Lowest price", "$31.50 vs $34.90 (10% below)"),
        Field("Seller", "Kitchen Nook LLC"),
        Field("State", "Acknowledged by Ben"),
    ),
    buttons=(
        Button(label="Assign to me", action="assign", ref="00000011"),
        Button(label="Close", action="close", ref="00000011"),
    ),
    footer="C-11 · opened 09:40",
    simulated=True,
)
GOOD = Card(
    title="Buy Box won back on Maple Serving Tray",
    body="You hold it again after 3 h 10 min.",
    tone=Tone.GOOD,
    footer="C-9 · closed by itself",
    simulated=True,
)
CARDS = (GOOD, WARNING, ALERT)
ENTRIES = (
    Card(title="Case opened: unknown seller", tone=Tone.CRITICAL, footer="C-12 · 10:02"),
    Card(
        title="The Buy Box moved to QuickShip Deals 24",
        tone=Tone.WARNING,
        fields=(Field("Before", "Alder & Finch"), Field("Now", "A9HIJACK000001")),
        footer="C-12 · 10:06",
    ),
    Card(title="Ben: ordered a test buy", tone=Tone.QUIET, footer="C-12 · 10:12"),
)

FIRST = Form(
    id="report-1",
    title="Report this seller",
    intro="Three short steps. Nothing is sent to Amazon: you file the finished report yourself.",
    inputs=(
        Choice(
            name="claim",
            label="What is wrong?",
            options=(
                Option("counterfeit", "The product is counterfeit"),
                Option("trademark", "Our trademark is misused"),
                Option("different", "A different product is sent"),
            ),
        ),
        Text(name="order", label="Number of the test buy", hint="As in 111-1234567-1234567"),
        Date(name="bought", label="Bought on", required=False),
    ),
)
SECOND = Form(
    id="report-2",
    title="What did you see?",
    inputs=(
        Choices(
            name="signs",
            label="Signs",
            required=False,
            options=(
                Option("label", "The label differs"),
                Option("weight", "The weight differs"),
                Option("smell", "It smells of paint"),
            ),
        ),
        Paragraph(name="story", label="In your words", hint="What a stranger needs to know."),
        File(name="photos", label="Photos", kinds=("image/png", "image/jpeg"), most=3),
    ),
    submit="Finish",
)
