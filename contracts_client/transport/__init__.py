"""Transport: exchanges over connections of httpx or httpx2. Imports headers, environment and what lies below them."""
