"""The Contracts API for tests: in the process of the test, or as a server."""
