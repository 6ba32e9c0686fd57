"""Credentials, tokens, and where tokens come from."""
