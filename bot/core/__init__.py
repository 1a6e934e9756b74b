"""Mechanisms without a feature: the message model, ports, router, outbox and jobs."""
