"""A ticket shop's service that sells with personnel tickets, as an example of how to use contracts_client in one."""
