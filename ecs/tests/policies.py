"""What must hold for ecs/millrace-ecs.yaml. Each policy yields what offends it."""

import json
import re

from template import reference, resources, texts

# Actions that know no resource.
EVERYWHERE = {("sns:ListTopics",)}
MANAGED = {"arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"}
# A stream has no queue; data-sync scales on its CPU.
WITHOUT_QUEUE = {"data-sync"}
DOWN_TO_NONE = {"image-processor", "batch-job", "transform-load", "error-handler"}
SERVICES = DOWN_TO_NONE | WITHOUT_QUEUE | {"orchestrator", "webhook-handler"}


def _containers(template):
    for task, properties in resources(template, "AWS::ECS::TaskDefinition").items():
        for container in properties["ContainerDefinitions"]:
            yield task, container


def _environment(container):
    return {e["Name"]: e["Value"] for e in container.get("Environment", [])}


def _statements(template):
    for role, properties in resources(template, "AWS::IAM::Role").items():
        for policy in properties.get("Policies", []):
            for statement in policy["PolicyDocument"]["Statement"]:
                yield role, statement


def _secret(value):
    """The parameter that names a secret: all of it, or a key of its JSON object."""
    return reference(value) or re.match(r"\$\{(\w+)\}", value["Fn::Sub"])[1]


def _listed(value):
    return value if isinstance(value, list) else [value]


def _services(template):
    """Name, logical name, properties, task definition."""
    tasks = resources(template, "AWS::ECS::TaskDefinition")
    for logical, service in resources(template, "AWS::ECS::Service").items():
        yield service["ServiceName"], logical, service, tasks[reference(service["TaskDefinition"])]


def _receives(template, role):
    """The queues that the role may take messages from."""
    for name, statement in _statements(template):
        if name == role and "sqs:ReceiveMessage" in _listed(statement["Action"]):
            for arn in _listed(statement["Resource"]):
                yield arn["Fn::Sub"].rsplit("${Prefix}", 1)[1]


def every_service_is_there(template, shared):
    names = {name for name, *_ in _services(template)}
    if names != SERVICES:
        yield f"services are {sorted(names)}"


def no_cron_beside_the_schedule(template, shared):
    for text in texts(template):
        if "MILLRACE_BATCH_CRON" in text:
            yield f"MILLRACE_BATCH_CRON stands in {text!r}"


def one_thing_fires_the_batch(template, shared):
    once = {t for t, c in _containers(template) if _environment(c).get("MILLRACE_BATCH_ONCE") == "true"}
    if len(once) != 1:
        yield f"one-shot task definitions: {sorted(once)}"
    firing = [s for s in resources(template, "AWS::Scheduler::Schedule").values()
              if reference(s["Target"].get("EcsParameters", {}).get("TaskDefinitionArn")) in once]
    if len(firing) != 1:
        yield f"{len(firing)} schedules run the batch"
    for rule, properties in resources(template, "AWS::Events::Rule").items():
        if "ScheduleExpression" in properties or any("EcsParameters" in t for t in properties["Targets"]):
            yield f"{rule} starts something too"
    for name, _, service, _ in _services(template):
        if reference(service["TaskDefinition"]) in once:
            yield f"the service {name} runs the one-shot"


def the_batch_is_named_by_its_time(template, shared):
    containers = {c["Name"]: c for _, c in _containers(template)}
    for name, schedule in resources(template, "AWS::Scheduler::Schedule").items():
        target = schedule["Target"]
        for override in json.loads(target["Input"])["containerOverrides"]:
            given = {e["name"]: e["value"] for e in override["environment"]}
            if given.get("MILLRACE_BATCH_TOKEN") != "<aws.scheduler.scheduled-time>":
                yield f"{name} gives the token {given.get('MILLRACE_BATCH_TOKEN')}"
            if override["name"] not in containers:
                yield f"{name} speaks to a container {override['name']}"
            missing = {"MILLRACE_BATCH_BUCKET", "MILLRACE_BATCH_KEY"} - set(_environment(containers.get(override["name"], {})))
            if missing:
                yield f"{override['name']} lacks {sorted(missing)}"
        if not target["RetryPolicy"]["MaximumRetryAttempts"] or "DeadLetterConfig" not in target:
            yield f"{name} is lost when it cannot start"


def names_are_those_of_the_shared_resources(template, shared):
    known = {"sqs": set(), "dynamodb": set(), "s3": set(), "sns": set()}
    for kind, service, key in (("AWS::SQS::Queue", "sqs", "QueueName"), ("AWS::DynamoDB::Table", "dynamodb", "TableName"),
                               ("AWS::S3::Bucket", "s3", "BucketName"), ("AWS::SNS::Topic", "sns", "TopicName")):
        for properties in resources(shared, kind).values():
            known[service].add(properties[key]["Fn::Sub"].removeprefix("${Prefix}"))
    for text in texts(template):
        arn = re.match(r"arn:[^:]+(?:::Partition\})?:(sqs|dynamodb|s3|sns):.*\$\{Prefix\}([a-z-]*)", text)
        if arn and arn[2] not in known[arn[1]]:
            yield f"there is no {arn[2]} in {arn[1]}"
    for alarm_or_policy in ("AWS::CloudWatch::Alarm", "AWS::ApplicationAutoScaling::ScalingPolicy"):
        for name, properties in resources(template, alarm_or_policy).items():
            for queue in _measured(properties):
                if queue not in known["sqs"]:
                    yield f"{name} measures {queue}, which is no queue"
    for task, container in _containers(template):
        bucket = _environment(container).get("MILLRACE_BATCH_BUCKET")
        if bucket and bucket["Fn::Sub"].removeprefix("${Prefix}") not in known["s3"]:
            yield f"{task} reads from {bucket}"


def no_wildcards(template, shared):
    for role, statement in _statements(template):
        actions = tuple(_listed(statement["Action"]))
        if any("*" in action for action in actions):
            yield f"{role} may {actions}"
        if "*" in _listed(statement["Resource"]) and actions not in EVERYWHERE:
            yield f"{role} may {actions} everywhere"
        for arn in _listed(statement["Resource"]):
            # Objects of a bucket, indexes and streams of a table.
            if isinstance(arn, dict) and "*" in arn.get("Fn::Sub", "").removesuffix("/*"):
                yield f"{role} may {actions} on {arn}"
    for role, properties in resources(template, "AWS::IAM::Role").items():
        for policy in properties.get("ManagedPolicyArns", []):
            if policy["Fn::Sub"] not in MANAGED:
                yield f"{role} has {policy}"


def a_role_for_each_service(template, shared):
    roles = [reference(task["TaskRoleArn"]) for *_, task in _services(template)]
    for role in roles:
        if roles.count(role) > 1:
            yield f"{role} is shared"
    for name, properties in resources(template, "AWS::ECS::TaskDefinition").items():
        if reference(properties["TaskRoleArn"]) == reference(properties["ExecutionRoleArn"]):
            yield f"{name} has what ECS has"


def containers_can_do_little(template, shared):
    for task, container in _containers(template):
        if container.get("User") != "10001:10001":
            yield f"{task} runs as {container.get('User')}"
        if container.get("ReadonlyRootFilesystem") is not True:
            yield f"{task} may write to its image"
        linux = container.get("LinuxParameters", {})
        if linux.get("Capabilities", {}) != {"Drop": ["ALL"]}:
            yield f"{task} keeps capabilities"
        folders = {t["ContainerPath"]: t["MountOptions"] for t in linux.get("Tmpfs", [])}
        if set(folders) != {"/tmp"} or "exec" not in folders["/tmp"]:
            yield f"{task} has no /tmp that it can run a library from"
        if container.get("StopTimeout") != 40:
            yield f"{task} has no time to drain"
        if container.get("Privileged"):
            yield f"{task} is privileged"


def services_heal_and_roll_back(template, shared):
    for name, _, service, task in _services(template):
        deployment = service["DeploymentConfiguration"]
        if deployment["MinimumHealthyPercent"] != 100:
            yield f"{name} loses tasks while it is deployed"
        if deployment.get("DeploymentCircuitBreaker") != {"Enable": True, "Rollback": True}:
            yield f"{name} does not roll back"
        for container in task["ContainerDefinitions"]:
            if container.get("HealthCheck", {}).get("Command") != ["CMD", "/opt/millrace/health"]:
                yield f"{name} is not asked for its health"


def nothing_is_reachable_but_webhooks(template, shared):
    for name, _, service, _ in _services(template):
        if service["NetworkConfiguration"]["AwsvpcConfiguration"]["AssignPublicIp"] != "DISABLED":
            yield f"{name} has a public address"
        if service.get("LoadBalancers") and name != "webhook-handler":
            yield f"{name} is behind the load balancer"
    for name, group in resources(template, "AWS::EC2::SecurityGroup").items():
        for rule in group.get("SecurityGroupIngress", []):
            if "CidrIp" in rule and (name != "LoadBalancerSecurityGroup" or rule["FromPort"] != 443):
                yield f"{name} takes {rule}"
    for name, listener in resources(template, "AWS::ElasticLoadBalancingV2::Listener").items():
        if listener["Protocol"] != "HTTPS" or listener["DefaultActions"][0]["Type"] != "fixed-response":
            yield f"{name} lets more through than webhooks"
    for name, rule in resources(template, "AWS::ElasticLoadBalancingV2::ListenerRule").items():
        if {"Field": "path-pattern", "PathPatternConfig": {"Values": ["/webhooks/*"]}} not in rule["Conditions"]:
            yield f"{name} lets more through than webhooks"


def secrets_come_from_the_store(template, shared):
    for task, container in _containers(template):
        for variable in _environment(container):
            if "SECRET" in variable or "TOKENKEY" in variable:
                yield f"{task} has {variable} in the clear"
    allowed = {reference(r) for _, s in _statements(template) if "secretsmanager:GetSecretValue" in _listed(s["Action"])
               for r in _listed(s["Resource"])}
    used = {_secret(s["ValueFrom"]) for _, c in _containers(template) for s in c.get("Secrets", [])}
    if allowed != used:
        yield f"{sorted(used)} are used, {sorted(allowed, key=str)} may be read"


def who_calls_the_orchestrator_finds_it(template, shared):
    for name, _, service, task in _services(template):
        calls = any("AWS_ENDPOINT_URL_SFN" in _environment(c) for c in task["ContainerDefinitions"])
        connected = service.get("ServiceConnectConfiguration", {}).get("Enabled", False)
        if calls and not connected:
            yield f"{name} calls the orchestrator and cannot find it"
        if name == "orchestrator" and not connected:
            yield "the orchestrator has no name"


def _measured(value):
    """The queues whose metrics stand in a tree."""
    if isinstance(value, dict):
        if value.get("Name") == "QueueName":
            yield value["Value"]["Fn::Sub"].removeprefix("${Prefix}")
        for item in value.values():
            yield from _measured(item)
    elif isinstance(value, list):
        for item in value:
            yield from _measured(item)


def services_scale_on_their_own_queues(template, shared):
    targets = resources(template, "AWS::ApplicationAutoScaling::ScalableTarget")
    policies = resources(template, "AWS::ApplicationAutoScaling::ScalingPolicy")
    alarms = resources(template, "AWS::CloudWatch::Alarm")
    for name, logical, service, task in _services(template):
        if "DesiredCount" in service:
            yield f"{name} has a count that a deployment would bring back"
        mine = [t for t, p in targets.items() if f"${{{logical}.Name}}" in p["ResourceId"]["Fn::Sub"]]
        if len(mine) != 1:
            yield f"{name} has {len(mine)} scalable targets"
            continue
        scaled = {p: v for p, v in policies.items() if reference(v["ScalingTargetId"]) == mine[0]}
        if not scaled:
            yield f"{name} does not scale"
        taken = set(_receives(template, reference(task["TaskRoleArn"])))
        tracked = set()
        for policy, properties in scaled.items():
            metric = properties.get("TargetTrackingScalingPolicyConfiguration", {}).get("CustomizedMetricSpecification")
            if metric is None:
                continue
            queues = set(_measured(metric))
            tracked |= queues
            of = {reference(d["Value"]) for m in metric["Metrics"] if "MetricStat" in m
                  for d in m["MetricStat"]["Metric"]["Dimensions"] if d["Name"] == "ServiceName"}
            if of != {logical}:
                yield f"{policy} counts the tasks of {sorted(of, key=str)}"
            if not any("/ running" in m.get("Expression", "") for m in metric["Metrics"]):
                yield f"{policy} is no backlog per task"
        if tracked != taken:
            yield f"{name} takes from {sorted(taken)} and scales on {sorted(tracked)}"
        minimum = targets[mine[0]]["MinCapacity"]
        if (minimum == {"Ref": "IdleTasks"}) != (name in DOWN_TO_NONE):
            yield f"{name} keeps {minimum} tasks"
        if name in DOWN_TO_NONE:
            for kind, adjustment in (("ChangeInCapacity", 1), ("ExactCapacity", 0)):
                steps = {p for p, v in scaled.items() if (c := v.get("StepScalingPolicyConfiguration"))
                         and c["AdjustmentType"] == kind and c["StepAdjustments"][0]["ScalingAdjustment"] == adjustment}
                watching = [v for v in alarms.values() if {reference(x) for x in v["AlarmActions"]} & steps]
                if len(watching) != 1 or set(_measured(watching[0]["Metrics"])) != taken:
                    yield f"{name} does not come {'from' if adjustment else 'to'} none by {sorted(taken)}"
        elif name not in WITHOUT_QUEUE and minimum != 2:
            yield f"{name} keeps {minimum} tasks"


ALL = [
    every_service_is_there, no_cron_beside_the_schedule, one_thing_fires_the_batch, the_batch_is_named_by_its_time,
    names_are_those_of_the_shared_resources, no_wildcards, a_role_for_each_service, containers_can_do_little,
    services_heal_and_roll_back, nothing_is_reachable_but_webhooks, secrets_come_from_the_store,
    who_calls_the_orchestrator_finds_it, services_scale_on_their_own_queues,
]
