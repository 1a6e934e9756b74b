"""From an alert to a report that Amazon accepts and to the seller's return, in both chats."""

from __future__ import annotations

import asyncio
import io
import re
import signal
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from tests.files import File
from tests.journeys.hands import (
    Answers,
    Hands,
    InDiscord,
    InSlack,
    files_in_both,
    photo,
    picture,
    tells_where,
    time_passes,
    verify,
)
from tests.journeys.office import (
    ALERTS,
    HURRY,
    SLACK_ALERTS,
    Office,
    discord_text,
    open_office,
    slack_text,
)
from tests.platforms.slack.forms import field_named

pytestmark = pytest.mark.browser

PAN = "B0ALDER001"
THIEF, SHOP = "A1QX7ZP9KD4W2M", "BrightLeaf Store 88"
ARRIVED, LEFT, BACK = 14, 80, 110
"""Seconds of the demo's story at which a stranger sells the pan, is gone, and sells it again."""
ORDERS = "114-1234567-1234567", "114-7654321-7654321"
RIGHT: tuple[Answers, Answers, Answers] = (
    {"What is it?": "Trademark", "Trademark text, work or invention": "ALDER & FINCH"},
    {"Country or office": "US", "Registration number": "7123456", "Status": "Registered"},
    {"Registered owner": "Alder & Finch Ltd", "Classes": "21", "Expires on": "2034-05-14"},
)
WHAT = "What do you want to add?"
IN_IT = "Hidden data in the original"
DRAFT: Answers = {"What now?": "Draft it"}
COPY: tuple[Answers, ...] = (
    {"What is it about?": "A product that may not be ours"},
    {
        "What do you see?": "A copy we did not make",
        "How do you know?": "We bought one and inspected it",
    },
    DRAFT,
)
TAKEOVER: tuple[Answers, ...] = (
    {"What is it about?": "Our page was changed or duplicated"},
    {"What do you see?": "Our page's text, images or brand changed"},
    {"What have you tried?": "We sent our page again and asked Brand Registry"},
    {"Who did it?": f"{THIEF}, and we can show it"},
    DRAFT,
)
MARK = " SIMULATED MARKETPLACE:"
"""What Discord writes before a title; in Slack it stands below."""
TEXT = "Report text"
BLANK = re.compile(r"\[[^\]]+\]")
SEAL = re.compile(r"\b[0-9a-f]{64}\b")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, HURRY) as office:
        await office.start()
        yield office
        assert office.slack.violations == office.slack.mentions == []
        assert office.discord.violations == office.discord.pings == []
        # An edit in a thread that was folded away is how that is noticed: it opens, and goes.
        assert [each for each in office.discord.refusals if "50083" not in each] == []


@pytest.mark.ci
async def test_a_case_is_reported_from_both_chats_until_he_returns(office: Office) -> None:
    ana, ben = InSlack(office), InDiscord(office)
    await _owns_a_right(office, ana, ben)
    await _alerts(office, ana)
    await _collects(office, ana, ben)
    await _is_drafted(office, "R-1", COPY, ben)
    await _is_reported(office, "R-1", author=ben, other=ana)
    await _is_drafted(office, "R-2", TAKEOVER, ana, "File another report")
    await _is_completed(office, "R-2", ana)
    await _is_reported(office, "R-2", author=ana, other=ben)
    await _is_removed(office, ben)
    await _comes_back(office)
    await _is_reported_again(office)
    await _is_told_once(office)
    assert await office.end(signal.SIGTERM) == 0


async def _owns_a_right(office: Office, ana: Hands, ben: Hands) -> None:
    """What the admin enters in Slack is read in Discord."""
    await office.ana.invite_bot(SLACK_ALERTS)
    await ana.command("rights", "add")
    await ana.answer(*RIGHT)
    await ben.command("rights")
    await office.in_discord(
        lambda: any("7123456" in discord_text(m) for m in office.ben.ephemerals)
    )


async def _alerts(office: Office, ana: Hands) -> None:
    await ana.command("watch", PAN)
    await office.in_slack(lambda: any("Watching" in told for told in office.ana_is_told()))
    office.world.advance(ARRIVED)
    await office.in_slack(office.slack_alerts)
    await office.in_discord(office.discord_alerts)


async def _collects(office: Office, ana: Hands, ben: Hands) -> None:
    """Each chat hands in a part; all of it is seen in both."""
    await ben.press("C-1", "Collect evidence")
    await ben.answer({WHAT: "A screenshot of the offer page, taken now"})
    page, text = await files_in_both(office, ".png", ".txt")
    assert min(Image.open(io.BytesIO(page)).size) > 800
    assert SHOP in text.decode()
    for hands, order in zip((ana, ben), ORDERS, strict=True):
        await hands.press("C-1", "Collect evidence")
        await hands.answer({WHAT: "A test buy"}, *_test_buy(order))
        await office.told_in_both(f"order {order}")
    assert tells_where(photo())
    theirs_photo = ("theirs.jpg", "image/jpeg", photo())
    await _hands_in(ana, "Photos of the seller's product", theirs_photo, {IN_IT: "Remove it"})
    genuine = ("genuine.png", "image/png", picture("PNG"))
    await _hands_in(ben, "Photos of the genuine product", genuine)
    theirs, _ = await files_in_both(office, "E-6.jpg", "E-7.png")
    assert not tells_where(theirs)


async def _hands_in(hands: Hands, what: str, file: File, *further: Answers) -> None:
    await hands.press("C-1", "Collect evidence")
    shown: Answers = {"Photos": [file], "What do the files show?": "The logo"}
    await hands.answer({WHAT: what}, shown, *further)


async def _is_drafted(
    office: Office,
    report: str,
    questions: tuple[Answers, ...],
    author: Hands,
    button: str = "File a report",
) -> None:
    await author.press("C-1", button)
    await author.answer(*questions)
    await office.told_in_both(f"{report} Draft")


async def _is_completed(office: Office, report: str, ana: Hands) -> None:
    """What only a person knows is filled in before the report may be confirmed."""
    assert "Fill in this blank" in await ana.refused(f"{report} Draft", "Confirm")
    await ana.press(f"{report} Draft", "Edit text")
    form = await office.in_slack(lambda: office.ana.modal)
    assert form is not None
    text = field_named(form, TEXT).element["initial_value"]
    await ana.answer({TEXT: BLANK.sub("The title named another brand on 2026-11-21.", text)})
    await office.told_in_both(f"Ana changed the text of {report}.")


async def _is_reported(office: Office, report: str, author: Hands, other: Hands) -> None:
    assert "someone else must" in await author.refused(f"{report} Draft", "Confirm")
    await other.press(f"{report} Draft", "Confirm")
    await office.told_in_both(f"{other.name} confirmed {report}")
    await office.told_in_both(f"{report} is ready to file")
    await _is_verified(office, report)
    await _is_filed(office, report, author, other)


async def _is_filed(office: Office, report: str, author: Hands, other: Hands) -> None:
    await author.press(f"{report} is ready to file", "I filed it")
    await author.answer({"Complaint ID": f"{report}-13579"})
    await office.told_in_both(f"Complaint ID: {report}-13579")
    await other.press(f"{report} Filed", "Amazon answered")
    await other.answer({"What did Amazon say?": "Accepted"})
    await office.told_in_both(f"{report} Accepted")


async def _is_verified(office: Office, report: str) -> None:
    """The archive that came into both threads fits the seal that stands there, and no other."""
    pdf, archive = await files_in_both(office, f"-{report}.pdf", f"-{report}.zip")
    assert pdf.startswith(b"%PDF-")
    path = office.folder / f"{report}.zip"
    path.write_bytes(archive)
    ready = f"{report} is ready to file"
    in_slack = [text for each in office.slack_thread() if ready in (text := slack_text(each))]
    in_discord = [text for each in office.discord_thread() if ready in (text := discord_text(each))]
    [[seal]] = {tuple(SEAL.findall(text)) for text in (*in_slack, *in_discord)}
    good, bad = await asyncio.gather(verify(path, seal), verify(path, "0" * 64))
    assert (good[0], bad[0]) == (0, 1), good[1]


async def _is_removed(office: Office, ben: Hands) -> None:
    """The reports of a case that is closed are watched, after a restart too."""
    await ben.press("C-1", "Close")
    await ben.answer({"Why are you closing it?": "Reported, and Amazon acted"})
    await office.offered_in_both("Reopen")
    await time_passes(office, timedelta(days=2, hours=4), LEFT - ARRIVED)
    for report in ("R-1", "R-2"):
        await office.told_in_both(f"{report}: the reported offer is gone, removed after 2 d 4 h")


async def _comes_back(office: Office) -> None:
    """The relisting is a new case, which knows the old one."""
    office.world.advance(BACK - LEFT)
    await office.in_slack(lambda: any(map(_is_relisted, map(slack_text, office.slack_alerts()))))
    await office.in_discord(
        lambda: any(map(_is_relisted, map(discord_text, office.discord_alerts())))
    )


async def _is_reported_again(office: Office) -> None:
    """The return is an alert of its own, which drafts a new report in the new case."""
    back = "Back after removal: "

    def in_slack(words: str) -> bool:
        shown = office.slack.channel(SLACK_ALERTS).messages
        return any(back in (text := slack_text(each)) and words in text for each in shown)

    await office.in_slack(lambda: in_slack("stayed away for"))
    alert = await office.in_discord(
        lambda: next(
            (m for m in office.discord.channel(ALERTS).messages if back in discord_text(m)), None
        )
    )
    assert alert is not None
    assert (await office.ben.press(alert, "File a new report")).answered
    await office.in_slack(lambda: in_slack("R-3 was drafted"))
    await office.told_in_both("drafted R-3")
    await office.told_in_both("R-3 Draft")


def _is_relisted(text: str) -> bool:
    return all(words in text for words in ("C-2", THIEF, "seen before in C-1"))


async def _is_told_once(office: Office) -> None:
    """Both threads come to say the same, and nothing twice."""

    def told() -> list[str]:
        return [slack_text(each) for each in office.slack_thread() if each.metadata]

    def lines() -> list[str]:
        discord = [discord_text(each).splitlines()[0] for each in office.discord_thread()]
        return [line.replace(MARK, "") for line in discord]

    await office.in_either(lambda: [text.splitlines()[0] for text in told()] == lines())
    assert max(Counter(told()).values()) == 1, told()


def _test_buy(order: str) -> tuple[Answers, Answers, Answers]:
    """Seller and listing are filled in already."""
    return (
        {"Order ID": order, "Price of one unit": "34.90"},
        {
            "Ordered on": "2026-11-20",
            "Arrived on": "2026-11-22",
            "What arrived?": "Not what it should be",
        },
        {
            "How does it differ from the genuine product?": "The logo is printed, not embossed.",
            "How did you find out?": "Compared side by side under a lens.",
        },
    )
