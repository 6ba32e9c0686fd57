"""What all tests share."""

from hypothesis import HealthCheck, settings

# A busy machine is no defect: no example is judged by the time it takes.
settings.register_profile("shared-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared-machine")

collect_ignore = ["real_parts"]  # they have an environment of their own: make real-parts
