"""Cards about the team's own affairs: status, digest, settings, help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.core import cards
from bot.core.cards import Button, Card, Field, Tone
from bot.core.channels import ChannelBinding
from bot.core.interface import tr
from bot.core.listing import WatchStatus
from bot.core.membership import open_advice
from bot.core.offered_commands import BRAND
from bot.core.request import CommandSpec
from bot.core.scheduler import WorkHealth
from bot.core.seller_facts import FactsBudget
from bot.core.spelling import AS_WRITTEN, CommandSpelling
from bot.core.team import Team
from bot.core.text import at_word, one_line
from bot.core.views.context import NAME, ViewContext, field
from bot.core.views.disk import ALL_WELL, FAILED, Disk, disk_fields
from bot.core.views.health import (
    Messages,
    message_buttons,
    message_fields,
    work_fields,
    work_headline,
    work_remedy,
)
from bot.core.views.lists import counted
from bot.core.when import ago, rough, span
from bot.features.overview.rules.settings import CHANGES
from bot.features.overview.views.help import grouped
from bot.features.overview.views.settings import CALLING, calling_words, setting
from bot.features.pages.models import PageHealth
from bot.features.pages.views.health import page_buttons, page_fields
from bot.features.watchlist.models.health import Health, SkuHealth
from bot.features.watchlist.views.account import account_fields
from bot.features.watchlist.views.lists import seen
from bot.features.watchlist.views.patrols import is_wrong, patrol_fields
from bot.features.watchlist.views.push import push_fields

WHY = 200
NO_PAGES = PageHealth()
WORST = 5
"""So many of the worst are shown; the rest is counted."""
LEAST = 2
"""So many of them are shown whatever else there is to tell."""


def status_card(
    health: Health,
    messages: Messages,
    view: ViewContext,
    disk: Disk = ALL_WELL,
    work: Sequence[WorkHealth] = (),
    *,
    no_camera: str = "",
    pages: PageHealth = NO_PAGES,
    facts: str = "",
) -> Card:
    """Say honestly what is seen and what is not, what fails, and what did not reach the team."""
    worst, seen = messages.headline or work_headline(work), health.unseen or _all_seen(health)
    if disk.failure:
        # All work fails then, and what is to be done is said once.
        work = ()
    fields = [
        field("Checked", f"{health.fresh:,} of {counted(health.watched, 'product')}"),
        field("Could not check", f"{len(health.unchecked):,}"),
    ]
    if health.waiting:
        fields.append(field("Not checked yet", f"{health.waiting:,}"))
    if health.oldest and health.oldest.seen_at:
        fields.append(field("Oldest check", ago(health.oldest.seen_at, view.now)))
    if health.rounds:
        told = _rounds(health.rounds, by_risk=health.by_risk)
        fields.append(field("Check interval", told))
    if no_camera:
        fields.append(field("Screenshots", f"Not taken. {no_camera}", wide=True))
    if facts:
        fields.append(field("Seller details", facts, wide=True))
    if health.skus and (health.skus.refused or health.skus.unchecked):
        fields.append(field("Your SKUs", _skus(health.skus), wide=True))
    fields += [*disk_fields(disk), *work_fields(work), *message_fields(messages, view)]
    beside = [
        *account_fields(health.account, view),
        *page_fields(pages),
        *push_fields(health.push, view),
        *patrol_fields(
            health.patrols, view, login_out=health.login.since if health.login else None
        ),
    ]
    named = min(len(health.unchecked), LEAST)
    fields += beside[: max(0, cards.FIELDS - len(fields) - named)]
    shared = _shared_reason(health)
    room = max(0, cards.FIELDS - len(fields))
    fields += [
        field(at_word(watch.name, NAME), _why(status, view, shared), wide=True)
        for watch, status in health.unchecked[: min(WORST, room)]
    ]
    return Card(
        title=FAILED if disk.failure else worst or seen,
        body=_health_body(health, work, seen if worst and not disk.failure else ""),
        tone=Tone.CRITICAL if disk.failure else _health_tone(health, messages, disk, work, pages),
        fields=tuple(fields[: cards.FIELDS]),
        buttons=(*message_buttons(messages), *page_buttons(pages)),
    )


def facts_words(source: str, budget: FactsBudget) -> str:
    """Say whether the source of facts about sellers answers, and how much may be asked."""
    parts = []
    if budget.trouble:
        parts.append(f"Could not ask {source}: {one_line(budget.trouble, WHY)}")
    if budget.tokens is None:
        parts.append("" if parts else f"{source} was not asked since the start.")
    elif budget.refill is None:
        parts.append(f"{source}: {budget.tokens:,} tokens left.")
    else:
        parts.append(f"{source}: {budget.tokens:,} tokens left, {budget.refill:,} more a minute.")
    return " ".join(filter(None, parts))


def _skus(skus: SkuHealth) -> str:
    """Say which SKUs are not used, and which were not checked against their products."""
    parts = []
    if skus.refused:
        parts.append(f"{skus.refused:,} not used: checked by ASIN instead")
    if skus.unchecked and skus.why:
        parts.append(f"{skus.unchecked:,} could not be checked: {one_line(skus.why, WHY)}")
    elif skus.unchecked:
        parts.append(f"{skus.unchecked:,} not checked yet")
    return ". ".join(parts)


def _rounds(rounds: Sequence[timedelta], *, by_risk: bool) -> str:
    shortest, longest = rough(rounds[0]), rough(rounds[-1])
    if by_risk:
        whole = shortest if shortest == longest else f"{shortest} to {longest}"
        return f"about every {whole}, more often where attacks are likely"
    if shortest == longest:
        return f"about every {longest}"
    return f"about every {shortest} to {longest}, as Amazon's quotas allow"


CHANGE_SETTINGS = "change-settings"
"""The action of the button that opens the form."""


def settings_card(team: Team, rooms: Sequence[ChannelBinding], *, may_change: bool = False) -> Card:
    """Show the team's settings, and how to change each; a form for those who may."""
    change = Button(label=tr("Change settings"), action=CHANGE_SETTINGS)
    single = [name for name in CHANGES if name not in CALLING]
    return Card(
        title=tr("Settings"),
        body=tr(
            "To change a setting, type for example:\n"
            "/settings zone Europe/Berlin\n"
            "/settings digest 8\n"
            "/settings quiet 22-7, or /settings quiet off\n"
            "/settings confirm two, or one, or default\n"
            "/settings keep 365, or /settings keep always\n"
            "/settings language zh, or /settings language en\n"
            "/settings oncall Ben, and mention, escalate, calls or remind\n"
            "/settings channel here\n"
            "/settings route critical DE here, or /settings route to see all routes\n"
            "/settings history shows who changed what."
        ),
        fields=(
            *_rooms(rooms, cards.FIELDS - len(single) - 1),
            *(field(*setting(name, team)) for name in single),
            field(tr("Who alerts mention"), calling_words(team), wide=True),
        ),
        buttons=(change,) if may_change else (),
    )


def _named(room: ChannelBinding) -> str:
    return room.chat.capitalize()


def _rooms(rooms: Sequence[ChannelBinding], most: int) -> list[Field]:
    """Say where alerts come in each chat, and whether everybody reads there; at most so many."""
    told = [
        *(field(tr("Alerts in {chat}", chat=_named(room)), _channel(room)) for room in rooms),
        *(
            field(tr("Members in {chat}", chat=_named(room)), open_advice(room.name))
            for room in rooms
            if room.open
        ),
    ]
    if len(told) <= most:
        return told
    lines = "\n".join(tr("{label}: {value}", label=each.label, value=each.value) for each in told)
    return [field(tr("Alerts"), lines, wide=True)]


def _channel(room: ChannelBinding) -> str:
    if room.candidate:
        return tr(
            "{channel}, once the first message has arrived there",
            channel=f"#{room.candidate_name or room.candidate}",
        )
    if not room.channel:
        return tr("nowhere yet: invite the bot to a channel")
    return f"#{room.name or room.channel}"


def help_card(commands: Sequence[CommandSpec], spelling: CommandSpelling = AS_WRITTEN) -> Card:
    """List what can be typed in a chat, by what one does."""
    behind = f"Type /{BRAND} before a command without a slash. " if spelling.written else ""
    return Card(
        title="Commands",
        body=f"{behind}Type a command on its own, and Brandwarden asks for the rest or shows how "
        "to use it.",
        fields=tuple(grouped(commands, spelling)),
        footer="In a thread, use the buttons. Brandwarden never sends anything to Amazon on "
        "its own.",
    )


def _shared_reason(health: Health) -> str:
    """Return why products could not be checked, if it is one reason for several."""
    reasons = {status.failure for _, status in health.failing}
    return reasons.pop() if len(reasons) == 1 and len(health.failing) > 1 else ""


def _why(status: WatchStatus, view: ViewContext, shared: str) -> str:
    """Say why a product could not be checked; without a failure nobody came to look in time."""
    if not status.failure:
        return f"overdue: {seen(status, view)}"
    if not shared or status.failing_since is None:
        return seen(status, view)
    length = span(view.now - status.failing_since)
    return f"for {length} · last seen {ago(status.seen_at, view.now)}"


def _all_seen(health: Health) -> str:
    if not health.watched:
        return "No products are watched yet"
    return f"Checked {health.fresh:,} of {counted(health.watched, 'product')}"


def _health_body(health: Health, work: Sequence[WorkHealth], seen: str) -> str:
    lines = [work_remedy(work), seen and f"{seen}.", health.strange]
    if health.unchecked:
        honest = "Its status is unknown until the next successful check."
        lines += [one_line(_shared_reason(health), 200), honest]
    return "\n".join(filter(None, lines))


def _health_tone(
    health: Health, messages: Messages, disk: Disk, work: Sequence[WorkHealth], pages: PageHealth
) -> Tone:
    blind = health.unchecked or any(map(is_wrong, health.patrols))
    blind = blind or any(record.unchecked for record in health.account)
    late = health.push is not None and health.push.out
    if blind or late or messages.wrong or disk_fields(disk) or work_fields(work):
        return Tone.WARNING
    waits = health.waiting or health.unknown or pages.waiting or pages.partly or not health.watched
    return Tone.INFO if waits else Tone.GOOD
