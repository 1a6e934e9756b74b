"""Reports to Amazon: which door and claim, would it be accepted, what came of it. Pure."""
