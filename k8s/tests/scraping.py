"""What Prometheus scrapes by a PodMonitor: discovery's labels of a pod, put through the PodMonitor's relabelling."""

import re

from network import selects
from rendered import containers, pod


def annotations(rendering, template):
    own = template["metadata"].get("annotations", {})
    if rendering.istio and own.get("prometheus.io/scrape") == "true":
        # What Istio's injection writes over them (enablePrometheusMerge, its default).
        return own | {"prometheus.io/port": "15020", "prometheus.io/path": "/stats/prometheus"}
    return own


def discovered(rendering, template, port):
    labels = {"__address__": f"10.1.2.3:{port['containerPort']}", "__metrics_path__": "/metrics"}
    for kind, values in (("label", template["metadata"]["labels"]), ("annotation", annotations(rendering, template))):
        for key, value in values.items():
            labels[f"__meta_kubernetes_pod_{kind}_{re.sub('[^a-zA-Z0-9_]', '_', key)}"] = value
    return labels


def relabelled(labels, rules):
    for rule in rules:
        assert rule.get("action", "replace") == "replace", rule
        value = ";".join(labels.get(name, "") for name in rule["sourceLabels"])
        match = re.fullmatch(rule.get("regex", "(.*)"), value)
        if match:
            labels = labels | {rule["targetLabel"]: match.expand(re.sub(r"\$(\d)", r"\\\1", rule.get("replacement", "$1")))}
    return labels


def targets(rendering):
    for monitor in rendering.of("PodMonitor"):
        for workload in rendering.workloads:
            template = pod(workload)
            if not selects(monitor["spec"]["selector"], template["metadata"]["labels"]):
                continue
            for endpoint in monitor["spec"]["podMetricsEndpoints"]:
                for port in (p for c in containers(workload) for p in c.get("ports", []) if p.get("name") == endpoint["port"]):
                    path = {"__metrics_path__": endpoint["path"]} if "path" in endpoint else {}
                    labels = relabelled(discovered(rendering, template, port) | path, endpoint.get("relabelings", []))
                    yield {
                        "service": labels.get("service"),
                        "pod": workload["metadata"]["name"],
                        "port": int(labels["__address__"].rpartition(":")[2]),
                        "path": labels["__metrics_path__"],
                    }
