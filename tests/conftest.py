"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# Speed is measured by `make bench`; a slow machine is no reason for a property to fail.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
