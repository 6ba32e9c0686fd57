"""What a model becomes beside JSON: a field of pydantic, a flat row, a text for people."""
