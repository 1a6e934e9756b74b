"""Reports to Amazon: where and what to claim, would it be accepted, what came of it."""
