"""What a change of the specification or of the Python surface means to the user of the package."""
