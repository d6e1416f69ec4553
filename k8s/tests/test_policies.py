"""Each policy on each rendering, and, for each policy, manifests that break it."""

import json

import pytest

import network
import policies
from rendered import containers, pod, read, roles

RENDERINGS = ["local", "local-observability", "eks", "eks-acme", "eks-mesh", "eks-mesh-linkerd", "eks-observability"]


@pytest.fixture(scope="session")
def rendered():
    return {name: read(name) for name in RENDERINGS}


@pytest.mark.parametrize("name", RENDERINGS)
@pytest.mark.parametrize("policy", policies.POLICIES, ids=lambda policy: policy.__name__)
def test_holds(rendered, policy, name):
    assert list(policy(rendered[name])) == []


def test_each_role_allows_what_its_service_does():
    assert list(policies.least_privilege(roles())) == []


def test_table_of_who_calls_whom_names_only_what_matters(rendered):
    http = {edge for edge in network.reachable(rendered["eks"]) if edge[2] == "TCP 8080" and edge[0] != "Prometheus"}
    assert http == {("error-handler", "orchestrator", "TCP 8080"), ("load balancer", "webhook-handler", "TCP 8080")}


# Mutations: each breaks one thing in a copy, and the policy must see it.


def service(r, name):
    return pod(r.one("Deployment", name))["spec"]["containers"][0]


def without(kind, name):
    def mutate(r):
        r.documents.remove(r.one(kind, name))

    return mutate


def on_pod(name, change, kind="Deployment"):
    return lambda r: change(pod(r.one(kind, name))["spec"])


def on_container(name, change):
    return lambda r: change(service(r, name))


def on(kind, name, change):
    return lambda r: change(r.one(kind, name))


def on_rule(name, change):
    return lambda r: change(r.one("NetworkPolicy", name)["spec"])


def add(kind, name, copy_of):
    def mutate(r):
        import copy

        twin = copy.deepcopy(r.one(kind, copy_of))
        twin["metadata"]["name"] = name
        r.documents.append(twin)

    return mutate


def batch_env(name, entry):
    def mutate(r):
        env = pod(r.one("CronJob", "batch-schedule"))["spec"]["containers"][0]["env"]
        env[:] = [e for e in env if e["name"] != name] + ([entry] if entry else [])

    return mutate


def trigger(name, index, **changes):
    return lambda r: r.one("ScaledObject", name)["spec"]["triggers"][index]["metadata"].update(changes)


def route(index, change):
    return lambda r: change(r.one("VirtualService", "orchestrator")["spec"]["http"][index])


def relabel(index, **changes):
    return lambda r: r.one("PodMonitor", "millrace")["spec"]["podMetricsEndpoints"][0]["relabelings"][index].update(changes)


def alert(name, change):
    def mutate(r):
        groups = r.one("PrometheusRule", "millrace")["spec"]["groups"]
        change(next(rule for group in groups for rule in group["rules"] if rule["alert"] == name))

    return mutate


ANYBODY = {"from": [{"namespaceSelector": {}}], "ports": [{"protocol": "TCP", "port": 8080}]}

MUTATIONS = [
    ("non_root", "eks", "may be root", on_pod("orchestrator", lambda s: s["securityContext"].pop("runAsNonRoot"))),
    ("non_root", "eks", "another user", on_pod("data-sync", lambda s: s["securityContext"].update(runAsUser=1000))),
    ("non_root", "local", "an init container as root", lambda r: containers(r.one("Deployment", "batch-job"))[0]["securityContext"].update(runAsUser=0)),
    ("confined", "eks", "a capability", on_container("webhook-handler", lambda c: c["securityContext"]["capabilities"].update(add=["NET_ADMIN"]))),
    ("confined", "eks", "privileges", on_container("webhook-handler", lambda c: c["securityContext"].pop("allowPrivilegeEscalation"))),
    ("confined", "eks", "no seccomp", on_pod("batch-schedule", lambda s: s["securityContext"].pop("seccompProfile"), "CronJob")),
    ("confined", "local", "a folder of the node", on_pod("local-cloud", lambda s: s["volumes"].append({"name": "x", "hostPath": {"path": "/"}}), "StatefulSet")),
    ("read_only", "eks", "a writable root", on_container("image-processor", lambda c: c["securityContext"].update(readOnlyRootFilesystem=False))),
    ("read_only", "eks", "no /tmp", on_container("image-processor", lambda c: c["volumeMounts"].clear())),
    ("read_only", "eks", "no volume behind /tmp", on_pod("image-processor", lambda s: s["volumes"].clear())),
    ("probes", "eks", "no readiness", on_container("transform-load", lambda c: c.pop("readinessProbe"))),
    ("probes", "eks", "no startup", on_container("transform-load", lambda c: c.pop("startupProbe"))),
    ("probes", "eks", "liveness asks for readiness", on_container("error-handler", lambda c: c["livenessProbe"]["httpGet"].update(path="/actuator/health/readiness"))),
    ("resources", "eks", "no memory limit", on_container("batch-job", lambda c: c["resources"]["limits"].pop("memory"))),
    ("resources", "local", "no request", on_container("batch-job", lambda c: c["resources"].pop("requests"))),
    ("drains", "eks", "30 s", on_pod("transform-load", lambda s: s.update(terminationGracePeriodSeconds=30))),
    ("drains", "eks", "a long pause before", on_container("orchestrator", lambda c: c["lifecycle"]["preStop"]["sleep"].update(seconds=20))),
    ("spread", "eks", "one zone", on_pod("orchestrator", lambda s: s["topologySpreadConstraints"].pop(0))),
    ("pinned", "eks", "latest", on_container("orchestrator", lambda c: c.update(image="millrace/orchestrator:latest"))),
    ("everything_is_there", "eks", "a service less", without("Deployment", "error-handler")),
    ("everything_is_there", "eks", "another's account", on_pod("error-handler", lambda s: s.update(serviceAccountName="orchestrator"))),
    ("one_schedule", "eks", "the laptop's cron too", on_container("batch-job", lambda c: c["env"].append({"name": "MILLRACE_BATCH_CRON", "value": "0 0 2 * * *"}))),
    ("one_schedule", "local", "the laptop's cron in the settings", on("ConfigMap", "millrace", lambda c: c["data"].update(MILLRACE_BATCH_CRON="-"))),
    ("one_schedule", "eks", "a second CronJob", add("CronJob", "batch-schedule-2", "batch-schedule")),
    ("one_schedule", "eks", "no CronJob", without("CronJob", "batch-schedule")),
    ("one_schedule", "eks", "a Deployment that runs the batch", on_container("batch-job", lambda c: c["env"].append({"name": "MILLRACE_BATCH_ONCE", "value": "true"}))),
    ("batch_runs", "eks", "two at once", on("CronJob", "batch-schedule", lambda c: c["spec"].update(concurrencyPolicy="Allow"))),
    ("batch_runs", "eks", "a token of the pod", batch_env("MILLRACE_BATCH_TOKEN", {"name": "MILLRACE_BATCH_TOKEN", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}})),
    ("batch_runs", "eks", "no end", batch_env("MILLRACE_BATCH_ONCE", None)),
    ("batch_runs", "eks", "another bucket", batch_env("MILLRACE_BATCH_BUCKET", {"name": "MILLRACE_BATCH_BUCKET", "value": "millrace-uploads"})),
    ("batch_runs", "eks", "no second try", on("CronJob", "batch-schedule", lambda c: c["spec"]["jobTemplate"]["spec"].update(backoffLimit=0))),
    ("environment", "eks", "a name that nobody reads", on_container("data-sync", lambda c: c["env"].append({"name": "MILLRACE_DATASYNC_IDLE", "value": "1s"}))),
    ("environment", "local", "one in the settings", on("ConfigMap", "millrace", lambda c: c["data"].update(MILLRACE_REGION="x"))),
    ("environment", "eks", "an endpoint on AWS", on("ConfigMap", "millrace", lambda c: c["data"].update(AWS_ENDPOINT_URL="http://x"))),
    ("environment", "eks", "traces to nobody", on("ConfigMap", "millrace", lambda c: c["data"].update(MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT="http://x"))),
    ("environment", "eks", "AWS's Step Functions", on("ConfigMap", "millrace", lambda c: c["data"].pop("AWS_ENDPOINT_URL_SFN"))),
    ("environment", "eks", "no settings", on_container("data-sync", lambda c: c.pop("envFrom"))),
    ("secrets", "eks", "lost on the way", on_container("orchestrator", lambda c: c["envFrom"].pop())),
    ("secrets", "eks", "cannot sign", on_container("error-handler", lambda c: c["envFrom"].pop())),
    ("secrets", "local", "no key to sign with", without("Secret", "step-functions-key")),
    ("secrets", "eks", "never fetched", without("ExternalSecret", "webhook-secrets")),
    ("secrets", "local", "not there", without("Secret", "orchestrator-token-key")),
    ("secrets", "eks", "another's", on_container("data-sync", lambda c: c["envFrom"].append({"secretRef": {"name": "orchestrator-token-key"}}))),
    ("secrets", "eks", "written down", lambda r: r.documents.append({"kind": "Secret", "metadata": {"name": "x", "namespace": "millrace"}})),
    ("scaled_queues", "eks", "a queue that is not there", trigger("image-processor", 0, queueURL="millrace-images")),
    ("scaled_queues", "eks", "another service's queue", trigger("batch-job", 0, queueURL="millrace-work-items")),
    ("scaled_queues", "eks-acme", "another prefix", trigger("transform-load", 0, queueURL="millrace-load")),
    ("scaled_queues", "eks", "a queue forgotten", on("ScaledObject", "orchestrator", lambda s: s["spec"]["triggers"].pop())),
    ("scaled_queues", "eks", "a table that is not there", trigger("data-sync", 0, tableName="millrace-entries")),
    ("scaled_queues", "local", "AWS's own queues", on("ScaledObject", "transform-load", lambda s: s["spec"]["triggers"][1]["metadata"].pop("awsEndpoint"))),
    ("scaled_queues", "eks", "no credentials", on("TriggerAuthentication", "aws", lambda a: a.update(spec={"podIdentity": {"provider": "none"}}))),
    ("scaling_bounds", "eks", "the orchestrator to zero", on("ScaledObject", "orchestrator", lambda s: s["spec"].update(minReplicaCount=0))),
    ("scaling_bounds", "eks-observability", "nobody measures the dead letters", on("ScaledObject", "error-handler", lambda s: s["spec"].update(minReplicaCount=0))),
    ("scaling_bounds", "eks", "images never to zero", on("ScaledObject", "image-processor", lambda s: s["spec"].update(minReplicaCount=1))),
    ("scaling_bounds", "eks", "replicas by hand", on("Deployment", "transform-load", lambda d: d["spec"].update(replicas=3))),
    ("scaling_bounds", "eks", "a second scaler", lambda r: r.documents.append({"kind": "HorizontalPodAutoscaler", "metadata": {"name": "x"}})),
    ("disruption", "eks", "no budget", without("PodDisruptionBudget", "orchestrator")),
    ("disruption", "eks", "all may go", on("PodDisruptionBudget", "webhook-handler", lambda b: b["spec"].update(minAvailable=0))),
    ("disruption", "eks", "a node that cannot be drained", on("PodDisruptionBudget", "data-sync", lambda b: b.update(spec={**b["spec"], "minAvailable": 1, "maxUnavailable": None}))),
    ("selectors", "eks", "a Service that leads nowhere", on("Service", "orchestrator", lambda s: s["spec"]["selector"].update({"app.kubernetes.io/name": "x"}))),
    ("selectors", "eks", "a port that is not there", on("Service", "orchestrator", lambda s: s["spec"]["ports"][0].update(targetPort="https"))),
    ("selectors", "eks", "everybody's pods", on("Deployment", "orchestrator", lambda d: d["spec"].update(selector={"matchLabels": {"app.kubernetes.io/part-of": "millrace"}}))),
    ("selectors", "eks", "a policy for nobody", on_rule("error-handler-calls", lambda s: s.update(podSelector={"matchLabels": {"app": "error-handler"}}))),
    ("selectors", "eks", "another namespace", on("Deployment", "orchestrator", lambda d: d["metadata"].update(namespace="default"))),
    ("reachability", "eks", "nothing denied", without("NetworkPolicy", "default-deny")),
    ("reachability", "eks", "everybody calls the orchestrator", on_rule("orchestrator-callers", lambda s: s["ingress"].append(ANYBODY))),
    ("reachability", "eks", "nobody calls the orchestrator", without("NetworkPolicy", "error-handler-calls")),
    ("reachability", "eks", "no DNS", without("NetworkPolicy", "dns")),
    ("reachability", "eks", "the node's metadata", on_rule("aws", lambda s: s["egress"][0]["to"][0]["ipBlock"].pop("except"))),
    ("reachability", "eks", "any port outside", on_rule("aws", lambda s: s["egress"][0].pop("ports"))),
    ("reachability", "eks", "webhooks from the whole VPC", on_rule("webhooks-from-ingress", lambda s: s["ingress"][0]["from"][0]["ipBlock"].update(cidr="10.0.0.0/16"))),
    ("reachability", "eks", "metrics for every namespace", on_rule("metrics", lambda s: s["ingress"][0]["from"][0].update(namespaceSelector={}))),
    ("reachability", "eks-acme", "metrics for the example's namespace", on_rule("metrics", lambda s: s["ingress"][0]["from"][0].update(namespaceSelector={"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}))),
    ("reachability", "local-observability", "no way to the collector", without("NetworkPolicy", "traces")),
    ("reachability", "local", "KEDA is locked out", on_rule("local-cloud-callers", lambda s: s["ingress"][0]["from"].pop())),
    ("reachability", "local", "the internet", on_rule("aws", lambda s: s["egress"].append({"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}))),
    ("reachability", "eks-mesh", "no istiod", without("NetworkPolicy", "mesh")),
    ("reachability", "eks-mesh-linkerd", "no way between proxies", without("NetworkPolicy", "mesh-orchestrator-callers")),
    ("ingress", "eks", "the actuator for everybody", on("Ingress", "webhooks", lambda i: i["spec"]["rules"][0]["http"]["paths"][0].update(path="/"))),
    ("ingress", "eks", "the orchestrator for everybody", on("Ingress", "webhooks", lambda i: i["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"].update(name="orchestrator"))),
    ("ingress", "eks", "no class", on("Ingress", "webhooks", lambda i: i["spec"].pop("ingressClassName"))),
    ("accounts", "eks", "no role", on("ServiceAccount", "data-sync", lambda a: a["metadata"].pop("annotations"))),
    ("accounts", "eks", "another's role", on("ServiceAccount", "data-sync", lambda a: a["metadata"]["annotations"].update({"eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/millrace-orchestrator"}))),
    ("accounts", "eks", "a token", on_pod("data-sync", lambda s: s.pop("automountServiceAccountToken"))),
    ("accounts", "eks", "the default account", on_pod("data-sync", lambda s: s.pop("serviceAccountName"))),
    ("scraped", "local-observability", "nobody", without("PodMonitor", "millrace")),
    ("scraped", "local-observability", "without a name", relabel(0, targetLabel="app")),
    ("scraped", "local-observability", "named after the whole", relabel(0, sourceLabels=["__meta_kubernetes_pod_label_app_kubernetes_io_part_of"])),
    ("scraped", "local-observability", "at /metrics", relabel(2, targetLabel="path")),
    ("scraped", "local-observability", "a port that is not there", on("PodMonitor", "millrace", lambda m: m["spec"]["podMetricsEndpoints"][0].update(port="metrics"))),
    ("scraped", "local-observability", "a service less", on("PodMonitor", "millrace", lambda m: m["spec"]["selector"]["matchExpressions"][0]["values"].pop())),
    ("scraped", "local-observability", "local-cloud too", on("PodMonitor", "millrace", lambda m: m["spec"].update(selector={}))),
    ("scraped", "local-observability", "twice", lambda r: r.documents.append(r.one("PodMonitor", "millrace"))),
    ("scraped", "local-observability", "behind a wall", without("NetworkPolicy", "metrics")),
    ("scraped", "eks-observability", "past the sidecar", relabel(1, regex="never")),
    ("scraped", "eks-observability", "behind the mesh's wall", without("NetworkPolicy", "mesh")),
    ("scraped", "eks", "without an operator", lambda r: r.documents.append({"kind": "PodMonitor", "metadata": {"name": "x"}})),
    ("alerts_and_dashboard", "local-observability", "an alert less", on("PrometheusRule", "millrace", lambda p: p["spec"]["groups"][0]["rules"].pop())),
    ("alerts_and_dashboard", "local-observability", "a later alert", alert("MillraceQueueGrows", lambda a: a.update({"for": "1h"}))),
    ("alerts_and_dashboard", "local-observability", "a service more at zero", on("ScaledObject", "data-sync", lambda s: s["spec"].update(minReplicaCount=0))),
    ("alerts_and_dashboard", "local-observability", "a service that nobody misses", alert("MillraceServiceMissing", lambda a: a.update(expr=a["expr"].replace('"orchestrator"', '"x"')))),
    ("alerts_and_dashboard", "eks-observability", "no label for Grafana", on("ConfigMap", "millrace-dashboard", lambda c: c["metadata"].pop("labels"))),
    ("alerts_and_dashboard", "eks-observability", "another dashboard", on("ConfigMap", "millrace-dashboard", lambda c: c["data"].update({"millrace.json": "{}"}))),
    ("mesh", "eks-mesh", "plain text", on("PeerAuthentication", "default", lambda p: p["spec"]["mtls"].update(mode="PERMISSIVE"))),
    ("mesh", "eks-mesh", "no circuit", on("DestinationRule", "orchestrator", lambda d: d["spec"]["trafficPolicy"].pop("outlierDetection"))),
    ("mesh", "eks-mesh", "Istio's own retries", route(1, lambda h: h.pop("retries"))),
    ("mesh", "eks-mesh", "starts are repeated", route(1, lambda h: h["retries"].update(attempts=1))),
    ("mesh", "eks-mesh", "task results are repeated", route(0, lambda h: h["match"][0]["headers"]["x-amz-target"].update(regex="AWSStepFunctions\\.(Get|Send).*"))),
    ("mesh", "eks-mesh", "no timeout", route(0, lambda h: h.pop("timeout"))),
    ("mesh", "eks-mesh", "a batch that never ends", on("CronJob", "batch-schedule", lambda c: pod(c)["metadata"]["annotations"].clear())),
    ("mesh", "eks-mesh-linkerd", "outside of the mesh", on("Deployment", "orchestrator", lambda d: pod(d)["metadata"]["annotations"].pop("linkerd.io/inject"))),
    ("mesh", "eks-mesh-linkerd", "repeats", on("Service", "orchestrator", lambda s: s["metadata"]["annotations"].update({"retry.linkerd.io/http": "5xx"}))),
    ("nothing_left_of_the_example", "eks-acme", "the example's account", on("ConfigMap", "millrace", lambda c: c["data"].update(MILLRACE_ACCOUNT_ID="111122223333"))),
    ("nothing_left_of_the_example", "eks-acme", "the example's prefix", on("ConfigMap", "millrace", lambda c: c["data"].update(MILLRACE_PREFIX="millrace-"))),
]


@pytest.mark.parametrize("policy, name, what, mutate", MUTATIONS, ids=[f"{m[0]}: {m[2]}" for m in MUTATIONS])
def test_sees(rendered, policy, name, what, mutate):
    broken = rendered[name].copy()
    mutate(broken)
    assert list(getattr(policies, policy)(broken)) != []


def test_every_policy_has_a_mutation():
    assert {m[0] for m in MUTATIONS} == {policy.__name__ for policy in policies.POLICIES}


def statements(role):
    return role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]


ROLE_MUTATIONS = {
    "no role": lambda r: r.pop("DataSyncRole"),
    "any action": lambda r: statements(r["DataSyncRole"])[0].update(Action=["sqs:*"]),
    "any queue": lambda r: statements(r["DataSyncRole"])[0].update(Resource="*"),
    "a queue too many": lambda r: statements(r["DataSyncRole"])[0]["Resource"].append("arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${Prefix}executions"),
    "a queue too few": lambda r: statements(r["OrchestratorRole"])[1]["Resource"].pop(0),
    "a queue that is not there": lambda r: statements(r["ScalerRole"])[0]["Resource"].append("arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${Prefix}x"),
    "a table that is not there": lambda r: statements(r["TransformLoadRole"])[-2].update(Resource=["arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Prefix}x"]),
    "somebody else's bucket": lambda r: statements(r["ErrorHandlerRole"])[2].update(Resource=["arn:${AWS::Partition}:s3:::company/*"]),
    "no topic": lambda r: statements(r["TransformLoadRole"]).pop(2),
    "another topic": lambda r: statements(r["ErrorHandlerRole"])[3].update(Resource=["arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:${Prefix}notifications"]),
    "everybody's role": lambda r: r["DataSyncRole"]["Properties"].update(
        AssumeRolePolicyDocument=json.dumps({"Statement": [{"Condition": {"StringLike": {"${Issuer}:sub": "*"}}}]})
    ),
}


@pytest.mark.parametrize("what", ROLE_MUTATIONS)
def test_sees_in_the_roles(what):
    broken = roles()
    ROLE_MUTATIONS[what](broken)
    assert list(policies.least_privilege(broken)) != []
