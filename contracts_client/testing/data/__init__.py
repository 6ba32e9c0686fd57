"""JSON documents and models, made from the specification."""
