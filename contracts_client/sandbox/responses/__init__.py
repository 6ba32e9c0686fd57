"""What each operation answers."""
