"""Reports at work: routed, drafted, confirmed, followed."""
