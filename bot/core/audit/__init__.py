"""The audit record: who did what, and who was refused, without what people wrote.

An entry is written in the transaction of the act, so neither is there without the other.
"""
