"""What a change means to users: of openapi.yaml, of the package, and for the next version."""
