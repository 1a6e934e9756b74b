"""When work runs, in this process; and when a cadence comes next, as APScheduler reads it."""
