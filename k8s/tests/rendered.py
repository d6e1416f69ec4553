"""What kustomize rendered, and what the rest of the repository says about the services."""

import copy
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
SERVICES = (
    "image-processor",
    "webhook-handler",
    "data-sync",
    "batch-job",
    "orchestrator",
    "transform-load",
    "error-handler",
)


class CloudFormation(yaml.SafeLoader):
    pass


def _function(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    return loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else loader.construct_mapping(node)


CloudFormation.add_multi_constructor("!", _function)


def template(path):
    return yaml.load((REPOSITORY / path).read_text(), Loader=CloudFormation)["Resources"]


def names(kind):
    """Logical id to name without prefix, of all resources of a kind in millrace.yaml."""
    key = {
        "AWS::SQS::Queue": "QueueName",
        "AWS::SNS::Topic": "TopicName",
        "AWS::DynamoDB::Table": "TableName",
        "AWS::S3::Bucket": "BucketName",
    }[kind]
    resources = template("cloud-resources/src/main/resources/io/millrace/cloudresources/millrace.yaml")
    return {
        logical: resource["Properties"][key].removeprefix("${Prefix}")
        for logical, resource in resources.items()
        if resource["Type"] == kind
    }


def bindings(service):
    """The queues that a service receives from and sends to by its configuration, and the topics that it publishes to."""
    queues, topics = names("AWS::SQS::Queue"), names("AWS::SNS::Topic")
    # The first document holds everywhere; others are for profiles that containers do not have.
    configuration = next(yaml.safe_load_all((REPOSITORY / service / f"src/main/resources/{service}.yml").read_text()))
    receives, sends, publishes = [], [], []
    for name, binding in configuration["spring"]["cloud"]["stream"]["bindings"].items():
        logical = re.fullmatch(r"\$\{millrace\.resources\.(\w+)}", binding["destination"])[1]
        if logical in topics:
            publishes.append(topics[logical])
        else:
            (receives if "-in-" in name else sends).append(queues[logical])
    return set(receives), set(sends), set(publishes)


def queues_of_workflows():
    queues = names("AWS::SQS::Queue")
    text = "".join(file.read_text() for file in (REPOSITORY / "orchestrator/src/main/resources/workflows").glob("*.json"))
    return {queues[logical] for logical in re.findall(r"\$\{(\w+Queue)Url}", text)}


def roles():
    return copy.deepcopy(template("k8s/overlays/eks/roles.yaml"))


@dataclass
class Rendering:
    name: str
    documents: list

    def of(self, *kinds):
        return [document for document in self.documents if document["kind"] in kinds]

    def one(self, kind, name):
        found = [d for d in self.of(kind) if d["metadata"]["name"] == name]
        assert len(found) == 1, f"{self.name}: {len(found)} of {kind} {name}"
        return found[0]

    def has(self, kind, name):
        return any(d["metadata"]["name"] == name for d in self.of(kind))

    @property
    def eks(self):
        return self.name.startswith("eks")

    @property
    def observed(self):
        """Whether the components observability and traces are in it."""
        return self.name.endswith("-observability")

    @property
    def istio(self):
        return self.name in ("eks-mesh", "eks-observability")

    @property
    def monitoring(self):
        """The namespace of Prometheus and of the collector."""
        return "acme-metrics" if self.name in ("eks-acme", "eks-observability") else "monitoring"

    @property
    def workloads(self):
        return self.of("Deployment", "StatefulSet", "CronJob", "Job")

    @property
    def settings(self):
        return self.one("ConfigMap", "millrace")["data"]

    def copy(self):
        return Rendering(self.name, copy.deepcopy(self.documents))


def pod(workload):
    """The pod template of a workload."""
    spec = workload["spec"]
    return spec["jobTemplate"]["spec"]["template"] if workload["kind"] == "CronJob" else spec["template"]


def containers(workload):
    spec = pod(workload)["spec"]
    return spec.get("initContainers", []) + spec["containers"]


def where(document, container=None):
    place = f"{document['kind']} {document['metadata']['name']}"
    return f"{place}, container {container['name']}" if container else place


def read(name):
    folder = Path(os.environ["MILLRACE_RENDERED"])
    text = (folder / f"{name}.yaml").read_text()
    return Rendering(name, [d for d in yaml.load_all(text, Loader=yaml.CSafeLoader) if d])


def as_json(document):
    return json.dumps(document)
