"""Name what the generator would pass over without a word in its configuration, and in the folder of templates."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, meta
from openapi_python_client.config import ClassOverride, ConfigFile

from tools.generate.openapi_keywords import mapped

# What would change the files that the templates write, or the types that they count on.
REFUSED_OPTIONS = ("content_type_overrides", "literal_enums", "post_hooks")


def configuration_faults(config: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    """Name what the generator would pass over without a word in its configuration."""
    for key in sorted(set(config) - set(ConfigFile.model_fields)):
        yield f"unknown key {key}"
    for key in REFUSED_OPTIONS:
        if config.get(key):
            yield f"{key} is not supported; leave it out"
    overrides: dict[str, dict[str, str]] = config.get("class_overrides") or {}
    for name, override in overrides.items():
        if name not in mapped(mapped(document, "components"), "schemas"):
            yield f"class_overrides names {name}, which is no schema of the document"
        for key in sorted(set(override) - set(ClassOverride.model_fields)):
            yield f"unknown key {key} in class_overrides.{name}"


def template_faults(templates: Path) -> Iterator[str]:
    """Name the templates that nothing uses: a file with a misspelt name overrides nothing, without a word."""
    # Nothing is rendered here, only parsed: escaping is of no concern.
    environment = Environment(loader=PackageLoader("openapi_python_client"), extensions=["jinja2.ext.loopcontrols"])  # noqa: S701
    overridable = set(environment.list_templates())
    names = {path.relative_to(templates).as_posix() for path in templates.rglob("*") if path.is_file()}
    used: set[str | None] = set()
    for name in names:
        source = (templates / name).read_text(encoding="utf-8")
        used.update(meta.find_referenced_templates(environment.parse(source, filename=name)))
    for name in sorted(names - overridable - used):
        yield f"custom_templates/{name} overrides no template of the generator, and no template refers to it"
