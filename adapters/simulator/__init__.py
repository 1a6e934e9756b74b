"""The simulated marketplace: Amazon's operations over HTTP, on a world from a scenario file.

It serves the demo and the tests, and knows nothing of the rest of the program.
"""

from adapters.simulator.faults import Fault, Faults, FaultWindow
from adapters.simulator.gateway import LogEntry
from adapters.simulator.login import Credentials
from adapters.simulator.quota import Operation
from adapters.simulator.scenario import (
    Scenario,
    ScenarioError,
    demo_scenario,
    load_scenario,
    parse_scenario,
)
from adapters.simulator.server import Marketplace
from adapters.simulator.world import ScenarioClock, SettableClock, WallClock

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
    "demo_scenario",
    "load_scenario",
    "parse_scenario",
]
