"""JSON documents and models, made from the specification. Imports the models and the sandbox's specification."""
