# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""What the specification says, as code: models and operations. Their run time is ``openapi``, which is written by hand."""
