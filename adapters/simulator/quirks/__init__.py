"""The faults that spoil what an answer says of one ASIN."""
