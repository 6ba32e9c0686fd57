"""From a change to a release: what breaks, what is built, and what it costs."""
