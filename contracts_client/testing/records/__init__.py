"""What was called, and what a test may demand of it."""
