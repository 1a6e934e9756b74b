"""What a browser makes of a form's HTML."""

from __future__ import annotations

from tests.contracts.chat.markup import Node


def label_of(asked: Node) -> str:
    """Return what stands above an input."""
    [label, *_] = asked.all("legend", "label")
    [words, *_] = label.all("bdi")
    return words.text


def option_value(asked: Node, answer: str) -> str:
    """Return what is sent for an answer: an option's value, or the words themselves."""
    for option in asked.all("option"):
        if option.text == answer:
            return option.attrs["value"]
    for option in asked.all("label", css="option"):
        if option.text.strip() == answer:
            return next(option.all("input")).attrs["value"]
    return answer


def untouched(form: Node) -> dict[str, str]:
    """Return what a browser sends of a form that nobody touched."""
    given = {}
    for each in form.all("input"):
        kind = each.attrs.get("type", "text")
        if kind not in ("radio", "checkbox", "file") or "checked" in each.attrs:
            given[each.attrs["name"]] = each.attrs.get("value", "")
    for each in form.all("textarea"):
        given[each.attrs["name"]] = each.text.strip("\n")
    for each in form.all("select"):
        chosen = [option for option in each.all("option") if "selected" in option.attrs]
        given[each.attrs["name"]] = chosen[0].attrs["value"] if chosen else ""
    return {name: value for name, value in given.items() if name != "key"}
