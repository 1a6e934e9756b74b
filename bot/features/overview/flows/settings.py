"""Changing the team's settings in a form: a few at a time, then what changes, to be saved."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, errors_in
from bot.core.forms import Choice, Form, Option, Text
from bot.core.interactions import Notice, Reply
from bot.core.interface import InterfaceLanguage, together, tr, tr_count, tr_data
from bot.core.mentions import OFF
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.core.team import Team
from bot.features.overview.flows.settings_form import DISCARD, REST, SAVE, SettingsForm
from bot.features.overview.rules.settings import ALWAYS, CHANGES, MOST_CALLS
from bot.features.overview.service.settings import change_settings
from bot.features.overview.views.settings import CONFIRMED, setting

KEPT = (90, 180, 365, 730, 1095)
"""Days for which evidence may be kept, besides what is typed."""
MINUTES = (5, 10, 15, 30, 60, 120, 240)
"""Minutes until an alert is escalated, besides what is typed."""
HOURS = (1, 2, 4, 8, 24, 48)
"""Hours until who has a case is reminded, besides what is typed."""
LONGEST_ZONE = 60


def _hours() -> tuple[Option, ...]:
    return tuple(Option(str(hour), f"{hour:02d}:00") for hour in range(24))


def _times_form(_: SettingsForm) -> Form:
    return Form(
        id="settings-times",
        title=tr("Settings"),
        intro=tr("Nothing changes until you save on the last page."),
        inputs=(
            Text(
                name="zone",
                label=tr("Time zone"),
                hint=tr("For example Europe/Berlin"),
                most=LONGEST_ZONE,
            ),
            Choice(name="digest", label=tr("Daily digest"), options=_hours()),
            Choice(
                name="quiet_from",
                label=tr("Quiet hours start"),
                hint=tr("Only critical alerts are posted in quiet hours."),
                options=(Option(OFF, tr("No quiet hours")), *_hours()),
            ),
            Choice(name="quiet_to", label=tr("Quiet hours end"), options=_hours(), required=False),
            Choice(
                name="language",
                label=tr("Language"),
                options=tuple(Option(each.value, each.label) for each in InterfaceLanguage),
            ),
        ),
    )


def _times_check(given: SettingsForm) -> Errors:
    return errors_in(
        zone=lambda: CHANGES["zone"](Team(), given.zone),
        quiet_to=lambda: CHANGES["quiet"](Team(), given.quiet),
    )


def _reports_form(given: SettingsForm) -> Form:
    return Form(
        id="settings-reports",
        title=tr("Settings"),
        inputs=(
            Choice(
                name="confirm",
                label=tr("Reports are confirmed by"),
                options=tuple(
                    Option(typed, tr_data(CONFIRMED[how]))
                    for typed, how in (("default", None), ("two", True), ("one", False))
                ),
            ),
            Choice(
                name="keep",
                label=tr("Evidence of closed cases"),
                hint=tr("Deleted evidence cannot be restored."),
                options=_kept(given),
            ),
            Text(
                name="margin",
                label=tr("Profit margin"),
                hint=tr("Like 30%. Enter off if you do not know it."),
                most=10,
            ),
        ),
    )


def _kept(given: SettingsForm) -> tuple[Option, ...]:
    """Offer what is usual, and what was typed."""
    now = given.before.get("keep", ALWAYS)
    days = sorted({*KEPT, *([] if now == ALWAYS else [int(now)])})
    after = [Option(str(each), tr("is deleted after {days} days", days=each)) for each in days]
    return (Option(ALWAYS, tr("is kept")), *after)


def _reports_check(given: SettingsForm) -> Errors:
    return errors_in(margin=lambda: CHANGES["margin"](Team(), given.margin))


def _alerts_form(given: SettingsForm) -> Form:
    now = given.before.get("escalate", "")
    minutes = sorted({*MINUTES, *([int(now)] if now.isdigit() else [])})
    reminded = given.before.get("remind", OFF)
    hours = sorted({*HOURS, *([int(reminded)] if reminded.isdigit() else [])})
    return Form(
        id="settings-alerts",
        title=tr("Settings"),
        intro=tr("To choose who is on call, type /settings oncall and a name."),
        inputs=(
            _shown("mention", ("critical", "warning", "all", OFF)),
            _shown("escalate", (OFF, *map(str, minutes)), required=False),
            _shown("calls", tuple(map(str, range(MOST_CALLS + 1)))),
            _shown("remind", (OFF, *map(str, hours)), required=False),
        ),
    )


def _shown(name: str, typed: tuple[str, ...], *, required: bool = True) -> Choice:
    """Offer what may be typed for a setting, as the card shows it then."""
    options = tuple(Option(each, setting(name, CHANGES[name](Team(), each))[1]) for each in typed)
    label = setting(name, Team())[0]
    return Choice(name=name, label=label, options=options, required=required)


def _preview_form(given: SettingsForm) -> Form:
    before, after = given.teams
    shown = [(setting(name, before)[1], *setting(name, after)) for name in given.changes]
    lines = [
        tr("{label}: {value}. Before: {before}.", label=label, value=value, before=was)
        for was, label, value in shown
    ]
    warning = (
        tr(
            "Starting {when}, evidence of cases closed more than {days} days ago is deleted. "
            "Deleted evidence cannot be restored.",
            when=given.soonest,
            days=given.changes["keep"],
        )
        if given.deletes
        else ""
    )
    told = tr("Each change is posted in the channel, where it can be undone.")
    return Form(
        id="settings-preview",
        title=tr("Save settings?"),
        intro="\n".join([*lines, together(warning, told)]),
        inputs=(_saving(given),),
        submit=tr("Continue"),
    )


def _saving(given: SettingsForm) -> Choice:
    """Ask what to save. That evidence is deleted is never chosen already."""
    discard = Option(DISCARD, tr("Change nothing"))
    if not given.deletes:
        options = (Option(SAVE, tr("Save")), discard)
        return Choice(name="saved", label=tr("What to save"), options=options, initial=SAVE)
    days = given.changes["keep"]
    alone = len(given.changes) == 1
    rest = () if alone else (Option(REST, tr("Save, but keep evidence as before")),)
    delete = Option(SAVE, tr("Save, and delete evidence after {days} days", days=days))
    return Choice(name="saved", label=tr("What to save"), options=(delete, *rest, discard))


def _saved(_: RequestContext, changed: int) -> Sequence[Reply]:
    if not changed:
        return [Notice(tr("No settings were changed."))]
    return [Notice(tr_count(changed, "Changed {count} setting.", "Changed {count} settings."))]


SETTINGS = Flow(
    id="settings",
    version=1,
    form=SettingsForm,
    permission=Permission.CONFIGURE,
    steps=(
        Step(id="times", form=_times_form, check=_times_check, next=lambda _: "reports"),
        Step(id="reports", form=_reports_form, check=_reports_check, next=lambda _: "alerts"),
        Step(id="alerts", form=_alerts_form, next=lambda given: "preview" if given.changes else ""),
        Step(id="preview", form=_preview_form),
    ),
    finish=lambda ctx, form: change_settings(ctx.app, ctx.tx, ctx.who, form.wanted),
    answer=_saved,
)
