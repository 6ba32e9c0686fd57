# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""What the specification says, as code: models, operations, and the little that they share.

Nothing here knows how a request is sent: every operation is handed a ``Send`` (see ``client.py``).
"""
