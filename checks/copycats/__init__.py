"""How like ours a product of another brand is. Pure; whether it is a copy, people say."""

from checks.copycats.resemblance import resemblance

__all__ = ["resemblance"]
