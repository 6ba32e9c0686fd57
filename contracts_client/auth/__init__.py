"""Authentication: credentials, tokens and their sources. Imports resilience, transport and what lies below them."""
