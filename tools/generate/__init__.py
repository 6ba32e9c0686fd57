"""From openapi.yaml to the code in contracts_client/_generated."""
