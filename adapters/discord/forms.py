"""A flow's step as Discord's modal, and what a person typed there. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from adapters.discord.calling import ID
from adapters.discord.render import CONTENT, Json, escape, posted
from bot.core import forms
from bot.core.cards import Button, Style, Tone
from bot.core.forms import (
    Answers,
    AnyInput,
    Choice,
    Choices,
    Date,
    File,
    Form,
    Paragraph,
    PersonChoice,
    PictureSpot,
    Text,
)
from bot.core.interactions import Ask
from bot.core.interface import tr
from bot.core.spots import WRITTEN, cell_of
from bot.core.text import one_line

CONTINUE = "continue"
"""The action of the button that opens a flow's next form; its reference is the session."""

BACK = "back"
"""The action of the button that opens the form before it; its reference is the session."""

TITLE = 45
RADIOS = range(2, 11)
BOXES = range(1, 11)
"""So many options stand open, for one choice and for several; more of them fold into a list."""

WHO = 5
"""The type of a list of people."""

_DAY = "YYYY-MM-DD"
_FORM_ID = re.compile(r"form:([0-9a-f]{32}):(.{1,40})", re.DOTALL)


def modal(ask: Ask) -> Json:
    """Return the modal of a step. It has no room for the intro of a form that is ``crowded``."""
    labels = [_label(asked, ask.errors.get(asked.name, "")) for asked in ask.form.inputs]
    intro = "" if crowded(ask.form) else ask.form.intro.strip()
    if intro or not labels:
        labels.insert(0, {"type": 10, "content": escape(intro or ask.form.title)})
    title = _title(ask)
    return {
        "title": title if len(title) <= TITLE else ask.form.title,
        "custom_id": f"form:{ask.session}:{ask.step}",
        "components": labels,
    }


def crowded(form: Form) -> bool:
    """Tell whether the intro finds no room in the modal, so ``continue_message`` comes first."""
    return len(form.inputs) == forms.INPUTS and bool(form.intro.strip())


def continue_message(ask: Ask) -> Json:
    """Return what leads to a form, and says what is wrong: no modal may answer a modal."""
    labels = {asked.name: f"{asked.label}: " for asked in ask.form.inputs}
    lines = [f"• {labels.get(name, '')}{error}" for name, error in ask.errors.items()]
    if crowded(ask.form):
        lines.append(ask.form.intro)
    tone = Tone.WARNING if ask.errors else Tone.INFO
    label = tr("Correct it") if ask.errors else tr("Continue")
    heading = f"{tone.symbol} **{escape(_title(ask))}**\n"
    text = escape("\n".join(lines), CONTENT - len(heading))
    buttons = [Button(label=label, action=CONTINUE, ref=ask.session, style=Style.PRIMARY)]
    if ask.number > 1:
        buttons.append(Button(label=tr("Back"), action=BACK, ref=ask.session))
    return posted(heading + text, buttons=buttons)


def parse_form_id(custom_id: str) -> tuple[str, str] | None:
    """Return session and step of a modal's id, or None if it is none of ours."""
    found = _FORM_ID.fullmatch(custom_id)
    return (found[1], found[2]) if found else None


def read_answers(data: object) -> tuple[Answers, dict[str, list[str]]]:
    """Return texts and choices, and the ids of the attachments, by the name of their input.

    ``data`` is a modal's submission and comes from outside: what has the wrong shape counts as
    empty. Of a text one character more than allowed is kept, for the check to see and to say.
    """
    answers: Answers = {}
    files: dict[str, list[str]] = {}
    for name, given in _inputs(data):
        values = _texts(given.get("values"))
        match given.get("type"):
            case 4 | 21:
                answers[name] = _text(given.get("value"))
            case 5:  # a list of people
                answers[name] = values[0] if values else ""
            case 3 if len(values) == 1:
                # A list does not say whether it takes one or many; the check takes one as both.
                answers[name] = values[0]
            case 3 | 22:
                answers[name] = values
            case 19:
                files[name] = list(values[: forms.FILES])
    return answers, files


def people_in(data: object) -> list[str]:
    """Return the ids of the people who were chosen in a modal, which comes from outside."""
    lists = [_texts(given.get("values")) for _, given in _inputs(data) if given.get("type") == WHO]
    return [id for values in lists for id in values if ID.fullmatch(id)]


def _title(ask: Ask) -> str:
    if ask.of == 1:
        return ask.form.title
    return tr(
        "Step {number} of {total}: {title}",
        number=ask.number,
        total=ask.of,
        title=ask.form.title,
    )


def _label(asked: AnyInput, error: str) -> Json:
    hint = one_line(f"{Tone.WARNING.symbol} {error}" if error else asked.hint, forms.HINT)
    control = {"custom_id": asked.name, "required": asked.required, **_control(asked)}
    return {"type": 18, "label": asked.label, "description": hint or None, "component": control}


def _control(asked: AnyInput) -> Json:
    least = {"min_values": int(asked.required)}
    match asked:
        case Text() | Paragraph() | Date() | PictureSpot():
            return _typed(asked)
        case Choice(options=options):
            one = {"type": 21} if len(options) in RADIOS else {"type": 3, **least, "max_values": 1}
            return {**one, "options": _options(options, (asked.initial,))}
        case Choices(options=options):
            many = {"type": 22 if len(options) in BOXES else 3, **least, "max_values": len(options)}
            return {**many, "options": _options(options, asked.initial)}
        case PersonChoice(initial=id):
            # Whom another chat knows cannot be chosen beforehand.
            first = [{"id": id, "type": "user"}] if ID.fullmatch(id) else None
            chosen = {"default_values": first} if first else {}
            return {"type": 5, **least, "max_values": 1, **chosen}
        case File():
            return {"type": 19, **least, "max_values": asked.most}


def _typed(asked: Text | Paragraph | Date | PictureSpot) -> Json:
    match asked:
        case Text():
            return _written(1, asked.initial, asked.most)
        case Paragraph():
            return _written(2, asked.initial, asked.most)
        case Date():  # nothing on Discord picks a day
            return {**_written(1, asked.initial[: len(_DAY)], len(_DAY)), "placeholder": _DAY}
        case PictureSpot():  # no modal shows a picture
            return _written(1, cell_of(asked.initial), WRITTEN)


def _written(style: int, initial: str, most: int) -> Json:
    return {"type": 4, "style": style, "max_length": most, "value": initial or None}


def _options(options: Collection[forms.Option], chosen: Collection[str]) -> list[Json]:
    return [{"label": o.label, "value": o.value, "default": o.value in chosen} for o in options]


def _inputs(data: object) -> Iterator[tuple[str, Json]]:
    labels = data.get("components") if isinstance(data, dict) else None
    for label in labels[: forms.INPUTS] if isinstance(labels, list) else ():
        match label:
            case {"component": {"custom_id": str(name)} as given}:
                yield name[: forms.NAME], given


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(_text, value[: forms.OPTIONS])) if isinstance(value, list) else ()


def _text(value: object) -> str:
    # Half a surrogate pair is no character and cannot be stored.
    text = value[: forms.PARAGRAPH + 1] if isinstance(value, str) else ""
    return text.encode(errors="replace").decode()
