"""Tests of the rules that every letter keeps."""
