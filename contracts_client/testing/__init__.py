"""What services that use this client are tested with. It needs the extra `testing`."""
