"""What is asked of openapi.yaml, and what its changes mean."""
