"""The calls that were made, and assertions on them. Imports faults.script, the sandbox, hooks, models and errors."""
