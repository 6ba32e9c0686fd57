"""Calls: options, attempts and outcome of one call. Imports auth, resilience, transport and what lies below them."""
