"""Reads CloudFormation templates; short tags become the functions they stand for."""

import yaml


class _Loader(yaml.SafeLoader):
    pass


def _construct(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _construct)


def load(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, _Loader)


def resources(template, kind):
    """The properties of all resources of that type, by logical name."""
    return {name: r["Properties"] for name, r in template["Resources"].items() if r["Type"] == kind}


def texts(value):
    """Every string in a tree, keys too."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value


def reference(value):
    """The logical name that a Ref or GetAtt names, or nothing."""
    if isinstance(value, dict):
        if "Ref" in value:
            return value["Ref"]
        if "Fn::GetAtt" in value:
            return value["Fn::GetAtt"][0]
    return None
