"""The queue in which Amazon's notifications wait. It needs aiobotocore, which is optional."""
