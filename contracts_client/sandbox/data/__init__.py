"""The data set: customers, contracts and personnel tickets."""
