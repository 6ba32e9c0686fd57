"""What make runs: generation, the judges of the specification, and what leads to a release."""
