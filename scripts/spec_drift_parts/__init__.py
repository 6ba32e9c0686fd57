"""How openapi.yaml compares with the file that the provider publishes: what it confirms, and what it contradicts."""
