"""The responses of each operation. Imports data, and specification and tokens of the sandbox."""
