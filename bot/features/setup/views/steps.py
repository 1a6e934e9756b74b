"""The card of the first run: four steps, and one button for the next."""

from __future__ import annotations

from bot.core.cards import Button, Card, Field, Menu, Style, Tone
from bot.core.interface import tr, tr_data
from bot.core.text import clip
from bot.features.setup.rules import CHOOSE, CONNECT, INVITE, TRY, SetupFacts, done_of, next_of

CHECK, ALONE, HIDE, SEND = "check-login", "work-alone", "hide-setup", "send-test-alert"
"""Actions of the buttons."""
CALL = "call"
"""What a test alert's button refers to where on-call is to be mentioned."""
SAID = 250
"""Characters of what Amazon said that a step repeats."""


def setup_card(facts: SetupFacts) -> Card:
    """Show the steps, and offer the next."""
    done = done_of(facts)
    following = next_of(done)
    step = _step(facts, following)
    titles = (tr("Connect Amazon"), tr("Choose products"), tr("Invite the team"), tr("Try it out"))
    says = (_connect(facts), _choose(facts), _invite(facts), _try(facts))
    return Card(
        title=tr("Set up Brandwarden") if following is not None else tr("Brandwarden is set up"),
        gist=tr("{count} of 4 steps done", count=sum(done)),
        tone=Tone.INFO if following is not None else Tone.GOOD,
        fields=tuple(
            Field(
                f"{_sign(place, following, is_done=done[place])} {place + 1} · {title}", said, True
            )
            for place, (title, said) in enumerate(zip(titles, says, strict=True))
        ),
        buttons=(step,),
        menu=_menu(step, following),
        footer=tr("To see this again, type /start."),
    )


def hidden_card(*, newer: bool = False) -> Card:
    """Stand where the steps stood."""
    if newer:
        return Card(title=tr("The setup continues in a newer message"), tone=Tone.QUIET)
    return Card(
        title=tr("Setup hidden"),
        body=tr("To go on where you stopped, type /start."),
        tone=Tone.QUIET,
    )


def _sign(place: int, following: int | None, *, is_done: bool) -> str:
    if is_done:
        return "✓"
    return "→" if place == following else "○"


def _connect(facts: SetupFacts) -> str:
    if not facts.account:
        return tr("Reading a file of recorded snapshots, not Amazon.")
    if not facts.sellers:
        return tr(
            "Your seller ID is missing. Add BRANDWARDEN_OWN_SELLERS=A... to .env (Seller Central "
            "shows it under Account info, Merchant token), then restart."
        )
    if facts.refused:
        return tr(
            "Amazon refuses the login. Check the client ID, client secret and refresh token in "
            ".env (see 'Connect Amazon' in the README), then restart."
        )
    return _login(facts)


def _login(facts: SetupFacts) -> str:
    """Say what came of asking for the login."""
    if facts.login is None:
        return tr("Checking the login...")
    if facts.login.why:
        return clip(tr("Could not check: {why}", why=tr_data(facts.login.why)), SAID)
    where = ", ".join(facts.login.marketplaces) or tr("marketplaces that it did not name")
    if facts.simulated:
        return tr(
            "A simulated marketplace, not Amazon, accepted the login. It sells in {where}.",
            where=where,
        )
    return tr("Amazon accepted the login. You sell in {where}.", where=where)


def _choose(facts: SetupFacts) -> str:
    if facts.watching:
        return tr("Products are watched. To list them, type /watches.")
    return tr(
        "Watch all products of your account, or one by its ASIN. For a table, run "
        ".venv/bin/python -m bot watch import FILE.csv."
    )


def _invite(facts: SetupFacts) -> str:
    if facts.channels:
        return tr(
            "Alerts go to {channels}. Add your colleagues to that channel: its members can use "
            "Brandwarden.",
            channels=", ".join(f"#{each}" for each in facts.channels[:2]),
        )
    if facts.alone:
        return tr("You work on the local page. To let another browser in, type /sessions new.")
    return tr(
        "Connect your team's chat (the README says how) and type /start in the channel for "
        "alerts, or go on alone on the local page."
    )


def _try(facts: SetupFacts) -> str:
    if facts.tried:
        return tr("A test alert was sent.")
    return tr("A card that says it is a test. It calls no one and opens no case.")


def _step(facts: SetupFacts, following: int | None) -> Button:
    """Return the one button that leads on."""
    if following == CONNECT:
        return Button(label=tr("Check again"), action=CHECK, style=Style.PRIMARY)
    if following == CHOOSE and facts.account:
        return _run(tr("Watch all products"), "watch all", Style.PRIMARY)
    if following == CHOOSE:
        return _run(tr("Watch a product"), "watch", Style.PRIMARY)
    if following == INVITE:
        return Button(label=tr("Continue alone"), action=ALONE, style=Style.PRIMARY)
    if following == TRY:
        return Button(label=tr("Send a test alert"), action=SEND, style=Style.PRIMARY)
    return _run(tr("See what is watched"), "watches", Style.PRIMARY)


def _menu(step: Button, following: int | None) -> Menu:
    """Return what else can be done, without the step."""
    items = [
        _run(tr("Watch one product"), "watch"),
        Button(label=tr("Send a test alert"), action=SEND),
        Button(label=tr("Test and mention on-call"), action=SEND, ref=CALL),
        _run(tr("Local page sessions"), "sessions"),
    ]
    if following is not None:
        items.append(Button(label=tr("Hide the setup"), action=HIDE))
    return Menu(tr("More"), tuple(item for item in items if item.id != step.id))


def _run(label: str, command: str, style: Style = Style.PLAIN) -> Button:
    return Button(label=label, action="run", ref=command, style=style)
