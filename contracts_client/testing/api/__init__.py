"""The Contracts API for tests: in the process of the test, or as a server.

Imports the other rooms of the kit, the sandbox, and the client, which it answers.
"""
