"""What is said of offers that are not new, and of the choice to look for them."""

from __future__ import annotations

from collections.abc import Collection

from bot.core.amazon_retail import amazon_itself
from bot.core.cards import Button, Tone
from bot.core.condition_history import NOT_NEW_CONDITIONS, ConditionHistory, ConditionStay
from bot.core.conditions import CONDITION_WORDS, Condition, sub_condition_word
from bot.core.identifiers import LONGEST_SELLER_ID
from bot.core.interface import listed, tr, tr_count, tr_data
from bot.core.listing import LISTED_AT_MOST, Watch
from bot.core.permissions import Permission, Person
from bot.core.text import at_word, one_line
from bot.core.undo.models import Act, Image
from bot.core.views.context import NAME
from bot.features.watchlist.rules.wanted import ALL, NEW

NAMED = 3
"""So many offers are named; the rest is counted."""


def conditions_of(watch: Watch) -> str:
    """Say which offers of a product are looked for."""
    return tr("new offers only") if watch.new_only else tr("all conditions")


def conditions_act(who: Person, watch: Watch, images: tuple[Image, ...]) -> Act:
    """Say which offers a person has looked for from now on."""
    name = at_word(watch.name, NAME)
    if watch.new_only:
        title = tr("{name} limited {product} to new offers.", name=who.name, product=name)
        body = tr("Used, refurbished and collectible offers of it no longer raise alerts.")
    else:
        title = tr("{name} has {product} checked in all conditions.", name=who.name, product=name)
        body = tr("Used, refurbished and collectible offers by unknown sellers raise alerts.")
    other = ALL if watch.new_only else NEW
    return Act(
        title=title,
        body=body,
        permission=Permission.WATCH,
        images=images,
        instead=tr("Type {command}.", command=f"/{_command(watch, other)}"),
        tone=Tone.WARNING if watch.new_only else Tone.INFO,
    )


def other_choice(watch: Watch) -> Button:
    """Return the button that chooses the other way."""
    label = tr("Check all conditions") if watch.new_only else tr("New offers only")
    return Button(label=label, action="run", ref=_command(watch, ALL if watch.new_only else NEW))


def _command(watch: Watch, choice: str) -> str:
    return f"conditions {watch.asin} {choice} {watch.marketplace}"


def not_new(
    watch: Watch, known: ConditionHistory | None, ours: Collection[str], trusted: Collection[str]
) -> str:
    """Say which offers that are not new are there; never that there are none if nobody knows."""
    if watch.new_only:
        return tr("not checked: new offers only")
    if known is None or not known.told:
        return tr("not checked yet")
    there = [each for each in known.stays if each.present and each.seller not in ours]
    there.sort(key=lambda each: (each.seller in trusted, each.since))
    lines = [_line(watch, each, trusted) for each in there[:NAMED]]
    if len(there) > NAMED:
        lines.append(tr_count(len(there) - NAMED, "and {count} more", "and {count} more"))
    if not there:
        lines.append(tr("none listed"))
    if untold := [each for each in NOT_NEW_CONDITIONS if each not in known.told]:
        words = listed(*map(_word, untold))
        lines.append(tr("could not check: {conditions}", conditions=words))
    if known.cut:
        words = listed(*map(_word, known.cut))
        lines.append(
            tr(
                "Amazon lists at most {count} {conditions} offers; there may be more",
                count=LISTED_AT_MOST,
                conditions=words,
            )
        )
    return "\n".join(lines)


def _line(watch: Watch, stay: ConditionStay, trusted: Collection[str]) -> str:
    amazon = amazon_itself(stay.seller, watch.marketplace)
    seller = amazon.name if amazon else one_line(stay.seller, LONGEST_SELLER_ID)
    if stay.seller in trusted:
        seller = tr("{seller} (trusted)", seller=seller)
    price = f" · {stay.landed}" if stay.landed else ""
    return f"{seller} · {_word(stay.condition, stay.sub_condition)}{price}"


def _word(condition: Condition, sub_condition: str = "") -> str:
    word, detail = tr_data(CONDITION_WORDS[condition]), sub_condition_word(sub_condition)
    return tr("{word} ({detail})", word=word, detail=tr_data(detail)) if detail else word
