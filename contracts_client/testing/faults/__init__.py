"""Faults that a test scripts. Imports data and records of the kit, models and errors."""
