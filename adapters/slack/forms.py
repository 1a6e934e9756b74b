"""A flow's step as Slack's modal, and what a person typed there. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from adapters.slack.block_kit import Json, context, modal, plain_text, sections
from adapters.slack.buttons import actions
from adapters.slack.calling import PERSON
from adapters.slack.render import NAME, notice
from bot.core import cards, forms
from bot.core.forms import (
    Answers,
    AnyInput,
    Choice,
    Choices,
    Date,
    File,
    Option,
    Paragraph,
    PersonChoice,
    PictureSpot,
    Text,
)
from bot.core.interactions import Ask
from bot.core.interface import tr
from bot.core.spots import WRITTEN, cell_of
from bot.core.text import clip

CALLBACK = "form"
BACK = "back"
"""The action of the button that shows the step before; its reference is the session."""
ANSWER = "answer"
RADIOS, BOXES = 8, 10
"""So many options stand open, for one choice and for several; more of them fold into a list."""

_FILES = {"image/png": "png", "image/jpeg": "jpg jpeg", "application/pdf": "pdf", "text/csv": "csv"}


def form_view(ask: Ask, metadata: str) -> Json:
    """Return the modal of a step; ``metadata``, at most 3,000 characters, comes back with it."""
    step = tr("Step {number} of {total}", number=ask.number, total=ask.of) if ask.of > 1 else ""
    labels = {asked.name: f"{asked.label}: " for asked in ask.form.inputs}
    wrong = [f"{cards.Tone.WARNING.symbol} {labels.get(k, '')}{v}" for k, v in ask.errors.items()]
    told = sections(clip("\n".join(wrong), cards.BODY)) + sections(ask.form.intro)
    shown = context(step) + told + [_input(ask.step, asked) for asked in ask.form.inputs]
    if ask.number > 1:
        # A modal has no button of its own for it, and what its arrow shows is as it was opened.
        shown += actions((cards.Button(label=tr("Back"), action=BACK, ref=ask.session),))
    return {
        **modal(ask.form.title, tr("Cancel"), shown or sections(tr("Ready."))),
        "submit": plain_text(ask.form.submit, forms.TITLE),
        "callback_id": CALLBACK,
        "private_metadata": metadata,
    }


def said_view(text: str, tone: cards.Tone) -> Json:
    """Return a modal with a sentence."""
    return modal(NAME, tr("Close"), notice(text, tone)["blocks"])


def errors(ask: Ask) -> dict[str, str]:
    """Return what is wrong by block; what concerns no input stands at the first."""
    names = [asked.name for asked in ask.form.inputs]
    told: dict[str, list[str]] = {}
    for name, text in ask.errors.items():
        for place in [name] if name in names else names[:1]:
            told.setdefault(block_id(ask.step, place), []).append(text)
    return {place: clip(" ".join(texts), forms.INTRO) for place, texts in told.items()}


def block_id(step: str, name: str) -> str:
    """Name an input's block: Slack keeps what was typed if the next view has a block so named."""
    return f"{step.replace('/', ' ')[:200]}/{name}"


def read_answers(values: object) -> tuple[Answers, dict[str, list[Json]]]:
    """Return texts and choices, and Slack's objects of the files, by the name of their input.

    ``values`` is a view's state and comes from outside: what has the wrong shape counts as empty.
    Of a text one character more than allowed is kept, for the check to see and to say.
    """
    answers: Answers = {}
    files: dict[str, list[Json]] = {}
    for id, block in list(values.items())[: forms.INPUTS] if isinstance(values, dict) else ():
        name = str(id).partition("/")[2][: forms.NAME]
        match block.get(ANSWER) if isinstance(block, dict) else None:
            case {"files": list(found)}:
                files[name] = [file for file in found if isinstance(file, dict)][: forms.FILES]
            case {"selected_options": list(chosen)}:
                options = (each for each in chosen[: forms.OPTIONS] if isinstance(each, dict))
                answers[name] = tuple(_text(each.get("value")) for each in options)
            case {"selected_option": {"value": text} | text}:
                answers[name] = _text(text)
            case {"value": text} | {"selected_date": text} | {"selected_user": text}:
                answers[name] = _text(text)
    return answers, files


def people_in(values: object) -> list[str]:
    """Return the ids of the people who were chosen, in a view's state from outside."""
    blocks = list(values.values())[: forms.INPUTS] if isinstance(values, dict) else []
    chosen = [b.get(ANSWER) for b in blocks if isinstance(b, dict)]
    ids = [each.get("selected_user") for each in chosen if isinstance(each, dict)]
    return [id for id in ids if isinstance(id, str) and PERSON.fullmatch(id)]


def _input(step: str, asked: AnyInput) -> Json:
    shown = {
        "type": "input",
        "block_id": block_id(step, asked.name),
        "label": plain_text(asked.label),
        "hint": plain_text(asked.hint) if asked.hint.strip() else None,
        "optional": not asked.required,
        "element": _filled({"action_id": ANSWER, **_element(asked)}),
    }
    return _filled(shown)


def _element(asked: AnyInput) -> Json:
    match asked:
        case Text(initial=text, most=most) | Paragraph(initial=text, most=most):
            lines = {"multiline": isinstance(asked, Paragraph), "max_length": most}
            return {"type": "plain_text_input", "initial_value": text, **lines}
        case PictureSpot(initial=spot):
            return {
                "type": "plain_text_input",
                "initial_value": cell_of(spot),
                "max_length": WRITTEN,
            }
        case Choice(options=options, initial=chosen):
            kind = "radio_buttons" if len(options) <= RADIOS else "static_select"
            shown = _options(options)
            return {"type": kind, "options": [*shown.values()], "initial_option": shown.get(chosen)}
        case Choices(options=options, initial=chosen):
            kind = "checkboxes" if len(options) <= BOXES else "multi_static_select"
            shown = _options(options)
            initial = [option for value, option in shown.items() if value in chosen]
            return {"type": kind, "options": [*shown.values()], "initial_options": initial}
        case PersonChoice(initial=id):
            # Whom another chat knows cannot be chosen beforehand.
            first = id if PERSON.fullmatch(id) else None
            return {"type": "users_select", "initial_user": first}
        case Date() | File():
            return _picked(asked)


def _picked(asked: Date | File) -> Json:
    match asked:
        case Date(initial=day):
            return {"type": "datepicker", "initial_date": _day(day)}
        case File(kinds=kinds, most=most):
            types = " ".join(_FILES.get(kind, "") for kind in kinds).split()
            known = _FILES.keys() >= set(kinds)
            return {"type": "file_input", "filetypes": types if known else None, "max_files": most}


def _options(options: Iterable[Option]) -> dict[str, Json]:
    return {o.value: {"text": plain_text(o.label, forms.OPTION), "value": o.value} for o in options}


def _filled(parts: Json) -> Json:
    return {key: part for key, part in parts.items() if part}  # Slack takes no null


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _text(value: object) -> str:
    # Half a surrogate pair is no character and cannot be stored.
    text = value[: forms.PARAGRAPH + 1] if isinstance(value, str) else ""
    return text.encode(errors="replace").decode()
