"""From the outbox to the chats: what goes next, what a refusal means, and catching up."""
