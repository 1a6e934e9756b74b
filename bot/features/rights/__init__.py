"""The brand's register: rights that it owns, and documents that prove something."""
