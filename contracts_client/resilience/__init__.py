"""Retries, the rate limiter, and the response headers that both read. Imports transport and what lies below it."""
