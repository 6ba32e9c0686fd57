"""The run time of generated code: JSON to models and back, and operations as requests and parsers.

Does no I/O, and imports no other part of the package.
"""
