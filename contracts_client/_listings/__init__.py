"""Prepared calls, listings and lookups: what the methods of a client are made of. Imports calls and what lies below."""
