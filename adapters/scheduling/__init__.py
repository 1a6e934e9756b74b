"""When work runs, and when a checklist comes next: by APScheduler, in the process."""
