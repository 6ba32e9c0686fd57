# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""The operations, one module each."""
