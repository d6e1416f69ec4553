"""What every rendering must hold to. A policy takes a rendering and gives its violations as sentences."""

import json
import re

import yaml

import network
import scraping
from rendered import REPOSITORY, SERVICES, as_json, bindings, containers, names, pod, queues_of_workflows, roles, where

ENVIRONMENT = re.compile(
    "PORT|AWS_REGION|AWS_ENDPOINT_URL|AWS_ENDPOINT_URL_SFN|MILLRACE_PREFIX|MILLRACE_ACCOUNT_ID"
    "|MILLRACE_WEBHOOK_SECRET_[A-Z0-9_]+|MILLRACE_ORCHESTRATOR_TOKENKEY|MILLRACE_STEPFUNCTIONS_(ACCESSKEYID|SECRETACCESSKEY)|MILLRACE_BATCH_(ONCE|BUCKET|KEY|TOKEN)"
    "|MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT"
)
LEAST = {"image-processor": 0, "transform-load": 0, "error-handler": 0, "batch-job": 0, "data-sync": 1, "orchestrator": 2, "webhook-handler": 2}
SECRETS = {
    "webhook-handler": ["webhook-secrets"],
    "orchestrator": ["orchestrator-token-key", "step-functions-key"],
    "error-handler": ["step-functions-key"],
}


def non_root(r):
    for workload in r.workloads:
        context = pod(workload)["spec"].get("securityContext", {})
        if context.get("runAsNonRoot") is not True or context.get("runAsUser") != 10001 or context.get("runAsGroup") != 10001:
            yield f"{where(workload)} does not run as 10001:10001, never root"
        for container in containers(workload):
            own = container.get("securityContext", {})
            if own.get("runAsNonRoot") is False or own.get("runAsUser", 10001) == 0:
                yield f"{where(workload, container)} takes root back"


def confined(r):
    for workload in r.workloads:
        spec = pod(workload)["spec"]
        if spec["securityContext"].get("seccompProfile", {}).get("type") != "RuntimeDefault":
            yield f"{where(workload)} has no seccomp profile"
        if any(spec.get(key) for key in ("hostNetwork", "hostPID", "hostIPC")) or any("hostPath" in v for v in spec.get("volumes", [])):
            yield f"{where(workload)} takes something of its node"
        for container in containers(workload):
            context = container.get("securityContext", {})
            if context.get("allowPrivilegeEscalation") is not False or context.get("privileged"):
                yield f"{where(workload, container)} may gain privileges"
            if context.get("capabilities", {}) != {"drop": ["ALL"]}:
                yield f"{where(workload, container)} keeps capabilities"


def read_only(r):
    for workload in r.workloads:
        volumes = {v["name"]: v for v in pod(workload)["spec"].get("volumes", [])}
        for container in containers(workload):
            if container.get("securityContext", {}).get("readOnlyRootFilesystem") is not True:
                yield f"{where(workload, container)} may write its root file system"
        if workload["kind"] in ("Deployment", "CronJob"):
            mounts = {m["mountPath"]: m["name"] for m in pod(workload)["spec"]["containers"][0].get("volumeMounts", [])}
            if "/tmp" not in mounts or "emptyDir" not in volumes.get(mounts["/tmp"], {}):
                yield f"{where(workload)} has no /tmp"


def probes(r):
    for workload in r.of("Deployment"):
        for container in pod(workload)["spec"]["containers"]:
            for probe, path in (("startupProbe", "liveness"), ("livenessProbe", "liveness"), ("readinessProbe", "readiness")):
                if container.get(probe, {}).get("httpGet", {}) != {"path": f"/actuator/health/{path}", "port": "http"}:
                    yield f"{where(workload, container)} has no {probe}"


def resources(r):
    for workload in r.workloads:
        for container in containers(workload):
            given = container.get("resources", {})
            if not {"cpu", "memory"} <= set(given.get("requests", {})) or "memory" not in given.get("limits", {}):
                yield f"{where(workload, container)} does not say what it needs"


def drains(r):
    for workload in r.of("Deployment", "CronJob"):
        spec = pod(workload)["spec"]
        if spec.get("terminationGracePeriodSeconds") != 40:
            yield f"{where(workload)} is not given the 40 s to drain"
        pause = max(c.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0) for c in spec["containers"])
        if pause + 25 > 40:
            yield f"{where(workload)} is killed before it has drained"


def spread(r):
    for workload in r.of("Deployment"):
        constraints = pod(workload)["spec"].get("topologySpreadConstraints", [])
        if {c["topologyKey"] for c in constraints} != {"topology.kubernetes.io/zone", "kubernetes.io/hostname"}:
            yield f"{where(workload)} is not spread over zones and nodes"


def pinned(r):
    for workload in r.workloads:
        for container in containers(workload):
            if not re.fullmatch(r"(registry\.\S+/)?millrace/[a-z-]+:0\.1\.0", container["image"]):
                yield f"{where(workload, container)} runs {container['image']}"


def everything_is_there(r):
    for service in SERVICES:
        for kind in ("Deployment", "ServiceAccount", "ScaledObject", "PodDisruptionBudget"):
            if not r.has(kind, service):
                yield f"{service} has no {kind}"
        if r.has("Deployment", service):
            spec = pod(r.one("Deployment", service))["spec"]
            if spec["serviceAccountName"] != service or not spec["containers"][0]["image"].endswith(f"millrace/{service}:0.1.0"):
                yield f"{service} runs as, or is, somebody else"


def one_schedule(r):
    if "MILLRACE_BATCH_CRON" in as_json(r.documents):
        yield "MILLRACE_BATCH_CRON is set: the service would fire beside the CronJob"
    crons = r.of("CronJob")
    if len(crons) != 1:
        yield f"{len(crons)} CronJobs fire the schedule, instead of one"
    once = [w for w in r.workloads for c in containers(w) if any(e["name"] == "MILLRACE_BATCH_ONCE" for e in c.get("env", []))]
    if once != crons:
        yield "something other than the CronJob runs the batch"
    for service in r.of("ScaledObject"):
        if any(trigger["type"] == "cron" for trigger in service["spec"]["triggers"]):
            yield f"{where(service)} is scaled by the clock"


def batch_runs(r):
    for cron in r.of("CronJob"):
        spec, job = cron["spec"], cron["spec"]["jobTemplate"]["spec"]
        if spec.get("concurrencyPolicy") != "Forbid":
            yield f"{where(cron)} may run twice at once"
        if spec.get("suspend"):
            yield f"{where(cron)} never runs"
        env = {e["name"]: e for e in pod(cron)["spec"]["containers"][0]["env"]}
        token = env.get("MILLRACE_BATCH_TOKEN", {}).get("valueFrom", {}).get("fieldRef", {}).get("fieldPath")
        if token != "metadata.labels['batch.kubernetes.io/job-name']":
            yield f"{where(cron)}: a pod that follows another would not resume its batch"
        if env.get("MILLRACE_BATCH_ONCE", {}).get("value") != "true" or "MILLRACE_BATCH_KEY" not in env:
            yield f"{where(cron)} does not run the batch once"
        if env.get("MILLRACE_BATCH_BUCKET", {}).get("value") != r.settings["MILLRACE_PREFIX"] + names("AWS::S3::Bucket")["BatchesBucket"]:
            yield f"{where(cron)} reads another bucket than the template's"
        if pod(cron)["spec"]["restartPolicy"] != "Never" or job.get("backoffLimit", 0) < 1:
            yield f"{where(cron)} is not tried again"


def environment(r):
    for workload in r.workloads:
        used = set()
        for container in containers(workload):
            used |= {e["name"] for e in container.get("env", [])}
            for source in container.get("envFrom", []):
                for key, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
                    if key in source and r.has(kind, source[key]["name"]):
                        found = r.one(kind, source[key]["name"])
                        used |= set(found.get("data", {})) | set(found.get("stringData", {}))
        for name in sorted(used):
            if not ENVIRONMENT.fullmatch(name):
                yield f"{where(workload)} sets {name}, which no service knows"
    for external in r.of("ExternalSecret"):
        for item in external["spec"].get("data", []):
            if not ENVIRONMENT.fullmatch(item["secretKey"]):
                yield f"{where(external)} brings {item['secretKey']}, which no service knows"
    for service in SERVICES:
        container = pod(r.one("Deployment", service))["spec"]["containers"][0]
        if {"name": "PORT", "value": "8080"} not in container.get("env", []):
            yield f"{service} is not told its port"
        if not any(s.get("configMapRef", {}).get("name") == "millrace" for s in container.get("envFrom", [])):
            yield f"{service} does not read the settings"
    # Real AWS has no endpoint of its own; the Step Functions API is the orchestrator's everywhere.
    if ("AWS_ENDPOINT_URL" in r.settings) == r.eks:
        yield "AWS_ENDPOINT_URL is for local clouds, and for them only"
    if r.settings.get("AWS_ENDPOINT_URL_SFN") != "http://orchestrator:8080":
        yield "the Step Functions API is not the orchestrator's"
    if ("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT" in r.settings) != r.observed:
        yield "traces go to a collector where there is one, and nowhere else"


def secrets(r):
    for service, secret in [(service, secret) for service, own in SECRETS.items() for secret in own]:
        container = pod(r.one("Deployment", service))["spec"]["containers"][0]
        if not any(s.get("secretRef", {}).get("name") == secret for s in container.get("envFrom", [])):
            yield f"{service} does not get {secret}"
        filled = any(e["spec"]["target"]["name"] == secret for e in r.of("ExternalSecret")) if r.eks else r.has("Secret", secret)
        if not filled:
            yield f"nothing fills {secret}"
    for workload in r.workloads:
        for container in containers(workload):
            for source in container.get("envFrom", []):
                if "secretRef" in source and source["secretRef"]["name"] not in SECRETS.get(workload["metadata"]["name"], []):
                    yield f"{where(workload)} gets {source['secretRef']['name']}, which is not its own"
    if r.eks and r.of("Secret"):
        yield "a secret stands in the manifests"


def scaled_queues(r):
    prefix = r.settings["MILLRACE_PREFIX"]
    for service in SERVICES:
        triggers = r.one("ScaledObject", service)["spec"]["triggers"]
        queues = {t["metadata"]["queueURL"] for t in triggers if t["type"] == "aws-sqs-queue"}
        wanted = {prefix + name for name in bindings(service)[0]}
        if queues != wanted:
            yield f"{service} reads {sorted(wanted)} and is scaled on {sorted(queues)}"
        for trigger in triggers:
            data = trigger["metadata"]
            table = data.get("tableName")
            if table and table.removeprefix(prefix) not in names("AWS::DynamoDB::Table").values():
                yield f"{service} is scaled on the table {table}, which is not in millrace.yaml"
            if not r.has("TriggerAuthentication", trigger.get("authenticationRef", {}).get("name")):
                yield f"{service} is scaled without credentials"
            if data["awsRegion"] != r.settings["AWS_REGION"]:
                yield f"{service} is scaled on queues of another region"
            if ("awsEndpoint" in data) == r.eks:
                yield f"{service} is scaled on queues of another cloud"
    authentication = r.one("TriggerAuthentication", "aws")["spec"]
    if r.eks and authentication != {"podIdentity": {"provider": "aws", "identityOwner": "keda"}}:
        yield "KEDA does not ask with its own role"


def least_replicas(r):
    # error-handler measures the dead letters, which alerts look at.
    return LEAST | ({"error-handler": 1} if r.observed else {})


def scaling_bounds(r):
    for service, least in least_replicas(r).items():
        spec = r.one("ScaledObject", service)["spec"]
        if spec["scaleTargetRef"] != {"name": service}:
            yield f"{service}'s ScaledObject scales something else"
        if spec.get("minReplicaCount") != least or spec.get("idleReplicaCount") is not None:
            yield f"{service} keeps {spec.get('minReplicaCount')} replicas, not {least}"
        if spec["maxReplicaCount"] <= max(least, 1):
            yield f"{service} cannot grow"
        if "replicas" in r.one("Deployment", service)["spec"]:
            yield f"{service}'s replicas are set by hand: each apply would undo what KEDA did"
    if r.of("HorizontalPodAutoscaler"):
        yield "a HorizontalPodAutoscaler stands beside KEDA's own"


def disruption(r):
    for workload in r.of("Deployment"):
        name = workload["metadata"]["name"]
        budgets = [b for b in r.of("PodDisruptionBudget") if network.selects(b["spec"]["selector"], pod(workload)["metadata"]["labels"])]
        if len(budgets) != 1:
            yield f"{where(workload)} has {len(budgets)} disruption budgets"
        elif LEAST[name] >= 2 and budgets[0]["spec"].get("minAvailable") != 1:
            yield f"{where(workload)} may lose all replicas at once"
        elif LEAST[name] < 2 and budgets[0]["spec"].get("maxUnavailable") != 1:
            yield f"{where(workload)} with one replica would hold up the draining of a node"


def selectors(r):
    labels = {where(w): pod(w)["metadata"]["labels"] for w in r.workloads}
    for workload in r.of("Deployment", "StatefulSet"):
        found = [name for name, own in labels.items() if network.selects(workload["spec"]["selector"], own)]
        if found != [where(workload)]:
            yield f"{where(workload)} selects {found}"
    for service in r.of("Service"):
        chosen = [w for w in r.workloads if network.selects({"matchLabels": service["spec"]["selector"]}, pod(w)["metadata"]["labels"])]
        if [w["metadata"]["name"] for w in chosen] != [service["metadata"]["name"]]:
            yield f"{where(service)} leads to {[where(w) for w in chosen]}"
            continue
        ports = {p["name"] for c in containers(chosen[0]) for p in c.get("ports", [])}
        if not {p["targetPort"] for p in service["spec"]["ports"]} <= ports:
            yield f"{where(service)} leads to a port that is not there"
    for policy in r.of("NetworkPolicy", "PodDisruptionBudget"):
        selector = policy["spec"].get("podSelector", policy["spec"].get("selector"))
        if not any(network.selects(selector, own) for own in labels.values()):
            yield f"{where(policy)} concerns nobody"
    for document in r.documents:
        if document["kind"] != "Namespace" and document["metadata"].get("namespace") != "millrace":
            yield f"{where(document)} is in another namespace"


def reachability(r):
    allowed, table = network.reachable(r), network.expected(r)
    for who, whom, port in sorted(allowed - table):
        yield f"{who} may reach {whom} by {port}"
    for who, whom, port in sorted(table - allowed):
        yield f"{who} cannot reach {whom} by {port}"


def ingress(r):
    found = r.of("Ingress")
    if len(found) != 1:
        yield f"{len(found)} Ingresses stand for API Gateway, instead of one"
    for each in found:
        if r.eks and each["spec"].get("ingressClassName") != "alb":
            yield f"{where(each)} is not the load balancer's"
        for rule in each["spec"]["rules"]:
            for path in rule["http"]["paths"]:
                if path["path"] != "/webhooks" or path["pathType"] != "Prefix":
                    yield f"{where(each)} shows {path['path']} to everybody"
                if path["backend"]["service"] != {"name": "webhook-handler", "port": {"name": "http"}}:
                    yield f"{where(each)} leads to {path['backend']}"


def accounts(r):
    """An IRSA role for each service on EKS, and no token of the cluster's API anywhere."""
    seen = {}
    for account in r.of("ServiceAccount"):
        name = account["metadata"]["name"]
        role = account["metadata"].get("annotations", {}).get("eks.amazonaws.com/role-arn", "")
        if account.get("automountServiceAccountToken") is not False:
            yield f"{where(account)} hands out its token"
        if not r.eks:
            if role:
                yield f"{where(account)} has a role without a cloud"
            continue
        wanted = f"role/{r.settings['MILLRACE_PREFIX']}{name}"
        if not re.fullmatch(rf"arn:aws:iam::{r.settings['MILLRACE_ACCOUNT_ID']}:{re.escape(wanted)}", role):
            yield f"{where(account)} has the role '{role}', not {wanted}"
        if role in seen:
            yield f"{where(account)} shares its role with {seen[role]}"
        seen[role] = name
    for workload in r.workloads:
        spec = pod(workload)["spec"]
        if spec.get("automountServiceAccountToken") is not False or not r.has("ServiceAccount", spec.get("serviceAccountName")):
            yield f"{where(workload)} has no account of its own"


def scraped(r):
    """Prometheus finds each pod of a service, once, knows it by the service's name, and may reach what it asks."""
    if not r.observed:
        for document in r.of("PodMonitor", "PrometheusRule"):
            yield f"{where(document)} is there, and nobody asked for an operator"
        return
    path, port = ("/stats/prometheus", 15020) if r.istio else ("/actuator/prometheus", 8080)
    found = list(scraping.targets(r))
    for service in SERVICES:
        own = [target for target in found if target["service"] == service]
        if own != [{"service": service, "pod": service, "port": port, "path": path}]:
            yield f"{service} is scraped as {own}"
    for target in found:
        if target["pod"] not in SERVICES:
            yield f"{target['pod']} is scraped and has nothing to tell"
            continue
        peer = next(p for p in network.inside(r) if p.name == target["pod"])
        if not network.passes(r.of("NetworkPolicy"), "Ingress", peer, network.prometheus(r), "TCP", target["port"]):
            yield f"Prometheus may not reach {target['pod']}"


def alerts_and_dashboard(r):
    """Those of compose, to the letter; and what may be at zero is not missed."""
    if not r.observed:
        return
    source = REPOSITORY / "docker/observability"
    rules = r.one("PrometheusRule", "millrace")["spec"]
    if rules != yaml.safe_load((source / "alerts.yml").read_text()):
        yield "the rules are not those of alerts.yml"
    missing = next((rule["expr"] for group in rules["groups"] for rule in group["rules"] if rule["alert"] == "MillraceServiceMissing"), "")
    if sorted(re.findall(r'absent\(up\{service="([a-z-]+)"}\)', missing)) != sorted(SERVICES):
        yield "not every service can be missing"
    at_zero = {s["metadata"]["name"] for s in r.of("ScaledObject") if s["spec"]["minReplicaCount"] == 0}
    if set(re.findall(r'kube_deployment_spec_replicas\{namespace="millrace",deployment="([a-z-]+)"} == 0', missing)) != at_zero:
        yield f"{sorted(at_zero)} may be at zero, and the alert knows of others"
    dashboard = r.one("ConfigMap", "millrace-dashboard")
    if dashboard["metadata"].get("labels", {}).get("grafana_dashboard") != "1":
        yield "Grafana's sidecar does not find the dashboard"
    if dashboard["data"] != {"millrace.json": (source / "grafana/millrace.json").read_text()}:
        yield "the dashboard is not that of compose"


def mesh(r):
    if r.istio:
        if r.one("PeerAuthentication", "default")["spec"] != {"mtls": {"mode": "STRICT"}}:
            yield "services take what is not encrypted"
        for peer in r.of("PeerAuthentication"):
            open_ports = {p for p, m in peer["spec"].get("portLevelMtls", {}).items() if m["mode"] != "STRICT"}
            if open_ports and peer["spec"].get("selector", {}).get("matchLabels") != {"app.kubernetes.io/name": "webhook-handler"}:
                yield f"{where(peer)} opens {open_ports}"
        policy = r.one("DestinationRule", "orchestrator")["spec"]["trafficPolicy"]
        if not policy.get("outlierDetection", {}).get("consecutive5xxErrors") or "connectionPool" not in policy:
            yield "no circuit breaks before the orchestrator"
        routes = r.one("VirtualService", "orchestrator")["spec"]["http"]
        calls = "StartExecution SendTaskSuccess SendTaskFailure StopExecution CreateStateMachine UpdateStateMachine DeleteStateMachine"
        for route in routes:
            if "timeout" not in route or "attempts" not in route.get("retries", {}):
                yield f"the route {route['name']} leaves timeout or retries to Istio, whose default repeats"
            if route.get("retries", {}).get("attempts", 2) > 0:
                pattern = "".join(m["headers"]["x-amz-target"]["regex"] for m in route.get("match", [])) or ".*"
                for call in calls.split():
                    if re.fullmatch(pattern, f"AWSStepFunctions.{call}"):
                        yield f"{call} would be repeated"
        for workload in r.of("Deployment", "CronJob"):
            if pod(workload)["metadata"]["annotations"].get("sidecar.istio.io/nativeSidecar") != "true":
                yield f"{where(workload)}'s sidecar outlives it"
    if r.name == "eks-mesh-linkerd":
        for workload in r.of("Deployment"):
            if pod(workload)["metadata"]["annotations"].get("linkerd.io/inject") != "enabled":
                yield f"{where(workload)} is not in the mesh"
        for service in r.of("Service"):
            if any("retry" in key for key in service["metadata"].get("annotations", {})):
                yield f"{where(service)} repeats calls"


def nothing_left_of_the_example(r):
    """Of a rendering with settings of its own: the example's account, region, prefix, host, registry and network are all gone."""
    if r.name != "eks-acme":
        return
    example = re.compile(r'(?<![\w/-])millrace-[a-z]|role/millrace|"millrace-"|111122223333|us-east-1|example\.com|10\.0\.(0|16)\.0/20|CERTIFICATE|HOST\b')
    for document in r.documents:
        for rest in example.finditer(as_json(document)):
            yield f"{where(document)} still has '{rest[0]}'"


POLICIES = [
    non_root,
    confined,
    read_only,
    probes,
    resources,
    drains,
    spread,
    pinned,
    everything_is_there,
    one_schedule,
    batch_runs,
    environment,
    secrets,
    scaled_queues,
    scaling_bounds,
    disruption,
    selectors,
    reachability,
    ingress,
    accounts,
    scraped,
    alerts_and_dashboard,
    mesh,
    nothing_left_of_the_example,
]


def least_privilege(templates):
    """Of roles.yaml: a role per service that only its account may take, for the queues of its bindings and no others."""
    by_name = {role["Properties"]["RoleName"].removeprefix("${Prefix}"): role["Properties"] for role in templates.values()}
    for missing in sorted({*SERVICES, "scaler", "secret-reader"} ^ set(by_name)):
        yield f"a role too few or too many: {missing}"
    every = set(names("AWS::SQS::Queue").values())
    for name, role in by_name.items():
        trust = json.loads(role["AssumeRolePolicyDocument"])["Statement"]
        account = "system:serviceaccount:keda:keda-operator" if name == "scaler" else "system:serviceaccount:${Namespace}:" + name
        if len(trust) != 1 or trust[0]["Condition"].get("StringEquals") != {"${Issuer}:sub": account, "${Issuer}:aud": "sts.amazonaws.com"}:
            yield f"{name}: others may take the role"
        receives, sends, asks, publishes = set(), set(), set(), set()
        for statement in role["Policies"][0]["PolicyDocument"]["Statement"]:
            actions, targets = statement["Action"], statement["Resource"]
            if any("*" in action for action in actions):
                yield f"{name}: {actions} is more than one can list"
            if targets == "*":
                if actions != ["sns:ListTopics"]:
                    yield f"{name}: {actions} on everything"
                continue
            for target in targets:
                service, _, rest = target.removeprefix("arn:${AWS::Partition}:").partition(":")
                if "${Prefix}" not in rest:
                    yield f"{name}: {target} is not Millrace's"
                resource = rest.partition("${Prefix}")[2]
                if any(not action.startswith(service + ":") for action in actions):
                    yield f"{name}: {actions} does not fit {target}"
                if service == "sqs":
                    if resource not in every:
                        yield f"{name}: {resource} is no queue of millrace.yaml"
                    asks.add(resource)
                    if "sqs:ReceiveMessage" in actions:
                        receives.add(resource)
                    if "sqs:SendMessage" in actions:
                        sends.add(resource)
                if service == "dynamodb" and resource.partition("/")[0] not in names("AWS::DynamoDB::Table").values():
                    yield f"{name}: {resource} is no table of millrace.yaml"
                if service == "s3" and resource.partition("/")[0] not in names("AWS::S3::Bucket").values():
                    yield f"{name}: {resource} is no bucket of millrace.yaml"
                if "sns:Publish" in actions:
                    publishes.add(resource)
        if name in SERVICES:
            wanted_in, wanted_out, wanted_topics = bindings(name)
            if name == "orchestrator":
                # Its own outbox, its failures, and what the workflows that ship send.
                wanted_out |= queues_of_workflows() | {"wake-ups", "express-executions"}
            if name != "error-handler":
                # The binder moves there what a handler refuses, and whoever fails tells it there.
                wanted_out |= {"failures"}
            if receives != wanted_in:
                yield f"{name} may receive from {sorted(receives)}, and does from {sorted(wanted_in)}"
            if sends != wanted_out:
                yield f"{name} may send to {sorted(sends)}, and does to {sorted(wanted_out)}"
            if publishes != wanted_topics:
                yield f"{name} may publish to {sorted(publishes)}, and does to {sorted(wanted_topics)}"
        if name == "scaler" and (receives or sends or asks != {queue for s in SERVICES for queue in bindings(s)[0]}):
            yield "KEDA's role is for other queues than those that services are scaled on"
