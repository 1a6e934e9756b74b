"""The simulated marketplace: Amazon's operations over HTTP, on a world from a scenario file.

It serves the demo and the tests, and knows nothing of the rest of the program.
"""

from adapters.marketplace.builders import burst, burst_asin
from adapters.marketplace.clock import ScenarioClock, SettableClock, WallClock
from adapters.marketplace.faults import Fault, Faults, FaultWindow
from adapters.marketplace.gateway import LogEntry
from adapters.marketplace.login import Credentials
from adapters.marketplace.operations import Operation
from adapters.marketplace.scenario import (
    Scenario,
    ScenarioError,
    demo_scenario,
    load_scenario,
    parse_scenario,
)
from adapters.marketplace.server import Marketplace

__all__ = [
    "Credentials",
    "Fault",
    "FaultWindow",
    "Faults",
    "LogEntry",
    "Marketplace",
    "Operation",
    "Scenario",
    "ScenarioClock",
    "ScenarioError",
    "SettableClock",
    "WallClock",
    "burst",
    "burst_asin",
    "demo_scenario",
    "load_scenario",
    "parse_scenario",
]
