"""One call: its options, attempts and outcome."""
