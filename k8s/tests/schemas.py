"""schemas.py WHEEL_DIR TARGET VERSION... -- CRD_FILE...

Writes JSON schemas for kubeconform: those of Kubernetes from the PyPI package kubernetes-validate, and those of custom resources from
their definitions. An unknown field is an error in both.
"""

import json
import re
import sys
from pathlib import Path

import yaml

POINTER = re.compile(r"^(?:/api/_definitions\.json)?#/\$defs/(.+)$")


def definitions_in(node):
    """The names of the definitions that a schema points to."""
    if isinstance(node, dict):
        match = POINTER.match(node.get("$ref", "")) if isinstance(node.get("$ref"), str) else None
        if match:
            yield match[1]
        for child in node.values():
            yield from definitions_in(child)
    elif isinstance(node, list):
        for child in node:
            yield from definitions_in(child)


def pointing_inside(node):
    if isinstance(node, dict):
        return {
            key: POINTER.sub(r"#/$defs/\1", child) if key == "$ref" and isinstance(child, str) else pointing_inside(child)
            for key, child in node.items()
            if key != "description" or not isinstance(child, str)
        }
    return [pointing_inside(child) for child in node] if isinstance(node, list) else node


def strict(schema):
    """A schema of OpenAPI 3, as custom resource definitions have it, as a JSON schema that refuses unknown fields."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {}
    for key, value in schema.items():
        if key == "description" and isinstance(value, str):
            continue
        if key == "properties" and isinstance(value, dict):
            result[key] = {name: strict(part) for name, part in value.items()}
        elif key in ("default", "example", "enum"):
            result[key] = value
        else:
            result[key] = strict(value)
    if result.pop("x-kubernetes-int-or-string", False):
        result.pop("type", None)
        result.setdefault("anyOf", [{"type": "integer"}, {"type": "string"}])
    closed = "properties" in result and result.get("type") == "object"
    if closed and "additionalProperties" not in result and not result.get("x-kubernetes-preserve-unknown-fields"):
        result["additionalProperties"] = False
    if result.pop("nullable", False) and isinstance(result.get("type"), str):
        result["type"] = [result["type"], "null"]
    return result


def kubernetes(source, target):
    every = json.loads((source / "_definitions.json").read_text())["$defs"]
    target.mkdir(parents=True, exist_ok=True)
    for file in source.glob("*-*.json"):
        schema = json.loads(file.read_text())
        # Parts, such as deploymentspec, are in the definitions of what they are part of.
        if not isinstance(schema, dict) or "kind" not in schema.get("properties", {}):
            continue
        needed, waiting = {}, list(definitions_in(schema))
        while waiting:
            name = waiting.pop()
            if name not in needed:
                needed[name] = every[name]
                waiting += definitions_in(every[name])
        schema["$defs"] = needed
        # It names a place on a server, against which pointers would be read.
        schema.pop("$id", None)
        (target / file.name).write_text(json.dumps(pointing_inside(schema)))


def custom(file, target):
    for document in yaml.load_all(file.read_text(), Loader=yaml.CSafeLoader):
        if not document or document.get("kind") != "CustomResourceDefinition":
            continue
        spec = document["spec"]
        folder = target / spec["group"]
        folder.mkdir(parents=True, exist_ok=True)
        for version in spec["versions"]:
            schema = strict(version["schema"]["openAPIV3Schema"])
            # The definitions leave open what every resource has.
            schema["properties"]["metadata"] = {"type": "object"}
            schema["properties"].setdefault("apiVersion", {"type": "string"})
            schema["properties"].setdefault("kind", {"type": "string"})
            schema["additionalProperties"] = False
            name = f"{spec['names']['kind'].lower()}_{version['name']}.json"
            (folder / name).write_text(json.dumps(schema))


def main(wheel, target, *arguments):
    versions, files = arguments[: arguments.index("--")], arguments[arguments.index("--") + 1 :]
    for version in versions:
        kubernetes(Path(wheel) / "kubernetes-json-schema" / f"v{version}-local-strict", Path(target) / version)
    for file in files:
        custom(Path(file), Path(target) / "custom")


if __name__ == "__main__":
    main(*sys.argv[1:])
