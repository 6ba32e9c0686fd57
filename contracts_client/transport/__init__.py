"""How requests reach the server: libraries, connections, exchanges."""
