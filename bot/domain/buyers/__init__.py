"""Messages to our own buyers: their situations, what is offered, and the rules for them."""
