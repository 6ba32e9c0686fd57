"""Copies the package into another repository, keeps the copy up to date, and says whether it was edited.

A tool of the package that is not part of a copy. It needs the standard library alone.
"""
