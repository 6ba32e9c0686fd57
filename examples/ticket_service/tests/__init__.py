"""Tests of the service, against a fake of the API in the same process."""
