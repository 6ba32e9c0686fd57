"""Listings that are read page by page: in order, with prefetch, within bounds, and with a guard against drift.

Generic in item and page. Imports errors, bookmark and defaults alone: it gets a function that fetches a page.
"""
