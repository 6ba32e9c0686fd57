"""Retries, the rate limiter, and the response headers that both read."""
