"""Exchanges over connections of httpx, httpx2 or aiohttp. Imports headers, environment and what lies below them."""
