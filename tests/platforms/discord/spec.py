"""Discord's own specification: every request is checked against it."""

from __future__ import annotations

import functools
import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.platforms.discord.wire import Json, Problem

_NAME = "urn:discord"
_ONE_OF = Draft202012Validator.VALIDATORS["oneOf"]


def find_spec() -> Spec | None:
    """Return the specification in SPECS_DIR, or None where there is none."""
    folder = os.environ.get("SPECS_DIR")
    return _read_spec(Path(folder) / "discord" / "openapi.json") if folder else None


class Spec:
    """Checks bodies by the route that they were sent to."""

    def __init__(self, document: Json) -> None:
        self._schemas = document["components"]["schemas"]
        _loosen(self._schemas)
        self._checker: Any = extend(Draft202012Validator, {"oneOf": self._one_of})  # type: ignore[no-untyped-call]
        self._paths = document["paths"]
        resource: Resource[Any] = Resource.from_contents(document, DRAFT202012)
        empty: Registry[Any] = Registry()
        self._registry = empty.with_resource(_NAME, resource)
        self._compiled: dict[tuple[str, str], Draft202012Validator | None] = {}

    def problems(self, method: str, template: str, body: Any) -> list[Problem]:
        """Return what the specification forbids in a body; nothing if it has no such route."""
        validator = self._validator(method.lower(), template)
        if validator is None:
            return []
        error = best_match(validator.iter_errors(body))
        if error is None:
            return []
        path = ".".join(str(step) for step in error.absolute_path) or "body"
        return [(path, f"(specification) {error.message[:300]}")]

    def _validator(self, method: str, template: str) -> Draft202012Validator | None:
        key = method, template
        if key not in self._compiled:
            self._compiled[key] = self._compile(method, template)
        return self._compiled[key]

    def _compile(self, method: str, template: str) -> Draft202012Validator | None:
        operation = self._paths.get(template, {}).get(method, {})
        if "requestBody" not in operation:
            return None
        steps = "paths", template, method, "requestBody", "content", "application/json", "schema"
        pointer = "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps)
        found: Draft202012Validator = self._checker(
            {"$ref": f"{_NAME}#/{quote(pointer)}"}, registry=self._registry
        )
        return found

    def _one_of(self, validator: Any, schemas: list[Json], instance: Any, schema: Json) -> Any:
        """Try only the schemas of the instance's own type, if there are any: all others fail."""
        fitting = [each for each in schemas if self._may_fit(each, instance)]
        return _ONE_OF(validator, fitting or schemas, instance, schema)

    def _may_fit(self, schema: Json, instance: Any) -> bool:
        if "const" in schema:
            return bool(schema["const"] == instance)
        if not isinstance(instance, dict) or "type" not in instance:
            return True
        named = self._schemas.get(schema.get("$ref", "").rpartition("/")[2], schema)
        types = named.get("properties", {}).get("type", {}).get("enum")
        return types is None or instance["type"] in types


def _loosen(schemas: Json) -> None:
    """Let ids and permissions be digits or a number: Discord takes, and discord.py sends, both."""
    schemas["SnowflakeType"] = {"type": ["string", "integer"]}
    for schema in schemas.values():
        properties = schema.get("properties", {})
        if "default_member_permissions" in properties:
            properties["default_member_permissions"] = {"type": ["string", "integer", "null"]}


@functools.cache
def _read_spec(path: Path) -> Spec:
    return Spec(json.loads(path.read_bytes()))
