"""Listings that are read page by page: in order, ahead of the reader, within bounds, and with an eye on what moves.

Generic in item and page. Knows nothing of HTTP or of the client, which hands it a way to fetch the page of a number.
"""
