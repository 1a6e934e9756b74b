"""The forms in which people collect, compare and delete evidence, step by step. Pure."""
