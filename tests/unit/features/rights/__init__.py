"""The brand's register of rights and papers."""
