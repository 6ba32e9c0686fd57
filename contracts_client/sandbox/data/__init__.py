"""The data set: customers, contracts and personnel tickets. Imports nothing of the package but itself."""
