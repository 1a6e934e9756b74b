"""How like ours a product of another brand is. Pure; whether it is a copy, people say."""

from checks.copycats.names import same_brand
from checks.copycats.resemblance import WORTH_SHOWING, resemblance

__all__ = ["WORTH_SHOWING", "resemblance", "same_brand"]
