"""Evidence at work: collected, captured, stamped, deleted, packed."""
