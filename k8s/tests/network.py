"""Who may reach whom, by the rules of NetworkPolicy (networking.k8s.io/v1): allowed is what leaves one pod and may enter the other."""

from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network

from rendered import pod

PORTS = {
    "TCP": (53, 80, 443, 4143, 4191, 4318, 4566, 8080, 8086, 8090, 15012, 15020),
    "UDP": (53,),
}


@dataclass(frozen=True)
class Peer:
    name: str
    namespace: str = ""  # none: an address outside of the cluster
    labels: dict = field(default_factory=dict, compare=False)
    address: str = ""


def inside(rendering):
    return [Peer(w["metadata"]["name"], "millrace", pod(w)["metadata"]["labels"]) for w in rendering.workloads]


NEIGHBOURS = [
    Peer("load balancer", address="10.0.3.4"),
    Peer("a pod's address of the VPC", address="10.0.99.9"),
    Peer("AWS", address="52.94.5.6"),
    Peer("node metadata", address="169.254.169.254"),
    Peer("traefik", "kube-system", {"app.kubernetes.io/name": "traefik"}),
    Peer("DNS", "kube-system", {"k8s-app": "kube-dns"}),
    Peer("KEDA", "keda", {"app": "keda-operator"}),
    Peer("istiod", "istio-system", {"app": "istiod"}),
    Peer("linkerd", "linkerd", {"linkerd.io/control-plane-ns": "linkerd"}),
    Peer("stranger", "default", {"app.kubernetes.io/name": "error-handler", "app.kubernetes.io/part-of": "millrace"}),
]


def prometheus(rendering):
    return Peer("Prometheus", rendering.monitoring, {"app.kubernetes.io/name": "prometheus"})


def outside(rendering):
    elsewhere = Peer("somebody else's Prometheus", "prometheus", {"app.kubernetes.io/name": "prometheus"})
    return [*NEIGHBOURS, prometheus(rendering), elsewhere]


def selects(selector, labels):
    for key, value in selector.get("matchLabels", {}).items():
        if labels.get(key) != value:
            return False
    for expression in selector.get("matchExpressions", []):
        value = labels.get(expression["key"])
        known = {
            "In": value in expression.get("values", []),
            "NotIn": value not in expression.get("values", []),
            "Exists": value is not None,
            "DoesNotExist": value is None,
        }
        if not known[expression["operator"]]:
            return False
    return True


def matches(peer, rule):
    if "ipBlock" in rule:
        block = rule["ipBlock"]
        if not peer.address:
            return False
        address = ip_address(peer.address)
        return address in ip_network(block["cidr"]) and not any(
            address in ip_network(excluded) for excluded in block.get("except", [])
        )
    if not peer.namespace:
        return False
    if "namespaceSelector" in rule:
        if not selects(rule["namespaceSelector"], {"kubernetes.io/metadata.name": peer.namespace}):
            return False
    elif peer.namespace != "millrace":
        return False
    return selects(rule.get("podSelector", {}), peer.labels)


def passes(policies, direction, subject, other, protocol, port):
    if subject.namespace != "millrace":
        return True
    key, side = ("from", "ingress") if direction == "Ingress" else ("to", "egress")
    concerned = [
        p["spec"]
        for p in policies
        if direction in p["spec"]["policyTypes"] and selects(p["spec"]["podSelector"], subject.labels)
    ]
    if not concerned:
        return True
    for spec in concerned:
        for rule in spec.get(side, []):
            peers, ports = rule.get(key), rule.get("ports")
            right_port = not ports or any(p.get("protocol", "TCP") == protocol and p.get("port") in (None, port) for p in ports)
            if right_port and (not peers or any(matches(other, peer) for peer in peers)):
                return True
    return False


def reachable(rendering):
    """(who, whom, port) of all that is allowed, with at least one end inside."""
    policies = rendering.of("NetworkPolicy")
    everybody = inside(rendering) + outside(rendering)
    return {
        (one.name, other.name, f"{protocol} {port}")
        for one in everybody
        for other in everybody
        if one is not other and "millrace" in (one.namespace, other.namespace)
        for protocol, ports in PORTS.items()
        for port in ports
        if passes(policies, "Egress", one, other, protocol, port) and passes(policies, "Ingress", other, one, protocol, port)
    }


def expected(rendering):
    """The table."""
    from rendered import SERVICES

    pods = [w["metadata"]["name"] for w in rendering.workloads]
    table = {(one, "DNS", port) for one in pods for port in ("UDP 53", "TCP 53")}
    table |= {("Prometheus", service, "TCP 8080") for service in SERVICES}
    table.add(("error-handler", "orchestrator", "TCP 8080"))
    if rendering.eks:
        table |= {(one, "AWS", "TCP 443") for one in pods}
        # A pod's address in another subnet is no load balancer; without TLS nothing leaves.
        table |= {(one, address, "TCP 443") for one in pods for address in ("load balancer", "a pod's address of the VPC")}
        table.add(("load balancer", "webhook-handler", "TCP 8080"))
    else:
        table |= {(one, "local-cloud", "TCP 4566") for one in pods if one != "local-cloud"}
        table.add(("KEDA", "local-cloud", "TCP 4566"))
        table.add(("local-cloud", "orchestrator", "TCP 8080"))
        table.add(("traefik", "webhook-handler", "TCP 8080"))
    if rendering.observed:
        # The collector is in the same namespace.
        table |= {(one, "Prometheus", "TCP 4318") for one in pods}
    if rendering.istio:
        table |= {(one, "istiod", "TCP 15012") for one in pods}
        table |= {("Prometheus", one, "TCP 15020") for one in pods}
    if rendering.name == "eks-mesh-linkerd":
        table |= {(one, "linkerd", port) for one in pods for port in ("TCP 8080", "TCP 8086", "TCP 8090")}
        table |= {("Prometheus", one, "TCP 4191") for one in pods}
        table.add(("error-handler", "orchestrator", "TCP 4143"))
    return table
