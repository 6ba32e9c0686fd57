"""Faults that a test scripts."""
