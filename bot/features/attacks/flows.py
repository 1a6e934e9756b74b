"""Logging an attack: what happened, then who did it and to which products. It takes 30 seconds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core import cards
from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.flows.private import private_in
from bot.core.forms import Choice, Date, Form, Option, Paragraph, Text, options_of
from bot.core.interactions import Notice, Reply
from bot.core.labeled import AttackKind
from bot.core.marketplaces import MARKETPLACES
from bot.core.permissions import Permission
from bot.core.personal_data import personal_data
from bot.core.request import RequestContext
from bot.core.secrets import looks_secret
from bot.features.attacks.models import Frequency, SourceKind
from bot.features.attacks.rules.logged import AttackInput
from bot.features.attacks.service.attacks import AttackLogged, log_attack

DAMAGE = cards.FIELD_VALUE
"""Characters of what it did: as many as its case shows."""
SOURCE = 100
_TYPED = 1000
_BY_BUYERS = frozenset({AttackKind.RETURNS, AttackKind.FAKE_REVIEWS, AttackKind.REVIEW_BOMBING})
"""Who did these may be a buyer, whose address is kept nowhere."""

_NO_SELLER = "That is not a seller ID, so it was not saved. For an address, choose 'address' above."


class AttackForm(FlowForm, frozen=True, kw_only=True):
    """An attack, as it is written; its subject is the case to which it belongs, if any."""

    today: date = date.min
    """The team's day."""
    about: str = ""
    """The case in words."""
    known_source: str = ""
    """The case's seller."""
    known_products: tuple[str, ...] = ()
    """The case's ASINs."""
    known_market: str = ""
    """The case's marketplace, or the one that the team sells in most."""
    kind: AttackKind | None = None
    day: date | None = None
    often: Frequency = Frequency.ONCE
    damage: str = ""
    source_kind: SourceKind = SourceKind.UNKNOWN
    source: str = ""
    products: str = ""
    market: str = ""

    @property
    def told(self) -> AttackInput:
        """What is to be logged."""
        return AttackInput(
            kind=self.kind or AttackKind.OTHER,
            day=self.day or self.today,
            often=self.often,
            damage=self.damage,
            source_kind=self.source_kind,
            source=self.source,
            known_source=self.known_source,
            products=self.products,
            market=self.market or self.known_market,
        )


def _what_form(given: AttackForm) -> Form:
    return Form(
        id="attack-what",
        title="Log an attack",
        intro=given.about,
        inputs=(
            Choice(
                name="kind",
                label="What happened?",
                options=options_of(AttackKind),
            ),
            Date(name="day", label="When did it start?", initial=given.today.isoformat()),
            Choice(
                name="often",
                label="How often?",
                options=options_of(Frequency),
                initial=Frequency.ONCE.value,
            ),
            Paragraph(
                name="damage",
                label="What was the damage?",
                hint="Lost sales, ratings, money or time. Leave out buyers' names and addresses.",
                required=False,
                most=DAMAGE,
            ),
        ),
    )


def _what_check(given: AttackForm) -> Errors:
    if given.told.day > given.today:
        return {"day": "That day is in the future."}
    return private_in(damage=given.damage)


def _who_form(given: AttackForm) -> Form:
    kind = SourceKind.SELLER if given.known_source else SourceKind.UNKNOWN
    market = Choice(
        name="market",
        label="Marketplace",
        options=tuple(Option(each.code, f"amazon.{each.domain}") for each in MARKETPLACES),
        initial=given.known_market,
    )
    return Form(
        id="attack-who",
        title="Attacker and products",
        intro=given.about,
        inputs=(
            Choice(
                name="source_kind",
                label="Who did it?",
                options=options_of(SourceKind),
                initial=kind.value,
            ),
            Text(
                name="source",
                label="Seller ID or address",
                personal=True,
                hint="Leave empty if unknown. Never enter a buyer's address.",
                initial=given.known_source,
                required=False,
                most=SOURCE,
            ),
            Text(
                name="products",
                label="Which products?",
                hint="ASINs or links. Leave empty if the attack was not on products.",
                initial=" ".join(given.known_products),
                required=False,
                most=_TYPED,
            ),
            *(() if given.subject else (market,)),
        ),
        submit="Log it",
    )


def _who_check(given: AttackForm) -> Errors:
    """Say what is wrong, but never in words of an answer that must not be kept."""
    told = given.told
    taken = private_in(source=told.source, products=told.products)
    errors = errors_in(source=lambda: told.attacker, products=lambda: told.asins)
    if "source" in errors and told.source_kind is SourceKind.SELLER and "source" in taken:
        errors["source"] = _NO_SELLER
    if refused := _refused_address(told):
        errors["source"] = refused
    if "products" in errors and "products" in taken:
        errors["products"] = taken["products"]
    return errors


def _refused_address(told: AttackInput) -> str:
    """Say why an address is not kept: an attacker's is, a buyer's and a secret are not."""
    if told.source_kind is not SourceKind.ADDRESS:
        return ""
    if secret := looks_secret(told.source):
        return f"Remove {secret}. It would be stored."
    if told.kind in _BY_BUYERS and personal_data(told.source):
        return "This may be a buyer's address, so it was not saved. Choose 'Unknown'."
    return ""


def attack_logged(_: RequestContext, logged: AttackLogged) -> Sequence[Reply]:
    """Say what came of it."""
    guided = " The playbook is in its thread." if logged.guided else ""
    said = f"Logged {logged.attack.label} in {logged.case.label}.{guided}"
    return [Notice(said, Tone.GOOD)]


ATTACK = Flow(
    id="attack",
    version=2,
    form=AttackForm,
    permission=Permission.WORK_CASES,
    steps=(
        Step(id="what", form=_what_form, next=lambda _: "who", check=_what_check),
        Step(id="who", form=_who_form, check=_who_check),
    ),
    finish=lambda ctx, form: log_attack(ctx.app, ctx.tx, ctx.who, form.told, form.subject),
    answer=attack_logged,
)
