"""The policies hold, and each of them notices what it is there for."""

import copy
import pathlib

import pytest

import policies
from template import load, resources

ROOT = pathlib.Path(__file__).parents[2]
TEMPLATE = load(ROOT / "ecs/millrace-ecs.yaml")
SHARED = load(ROOT / "cloud-resources/src/main/resources/io/millrace/cloudresources/millrace.yaml")


def of(template, name):
    return template["Resources"][name]["Properties"]


def container(template, task):
    return of(template, task)["ContainerDefinitions"][0]


def statement(template, role):
    return of(template, role)["Policies"][0]["PolicyDocument"]["Statement"]


def put(path, value):
    """A change that sets what stands at that path of keys below Resources; None removes it."""
    def change(template):
        at = template["Resources"]
        for key in path[:-1]:
            at = at[key]
        if value is None:
            del at[path[-1]]
        else:
            at[path[-1]] = value
    return change


def add_variable(task, name, value):
    return lambda template: container(template, task)["Environment"].append({"Name": name, "Value": value})


def twice(name):
    return lambda template: template["Resources"].update({name + "Again": copy.deepcopy(template["Resources"][name])})


def measure_another_queue(template):
    for metric in of(template, "ErrorHandlerFailuresBacklog")["TargetTrackingScalingPolicyConfiguration"]["CustomizedMetricSpecification"]["Metrics"]:
        for dimension in metric.get("MetricStat", {}).get("Metric", {}).get("Dimensions", []):
            if dimension["Name"] == "QueueName":
                dimension["Value"] = {"Fn::Sub": "${Prefix}load"}


def sub(text):
    return {"Fn::Sub": text}


def _at(task, *keys):
    return (task, "Properties", "ContainerDefinitions", 0, *keys)


SQS = "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${Prefix}"
BREAKS = {
    policies.every_service_is_there: [put(("DataSyncService",), None)],
    policies.no_cron_beside_the_schedule: [add_variable("BatchJobTask", "MILLRACE_BATCH_CRON", "0 0 2 * * *")],
    policies.one_thing_fires_the_batch: [
        twice("ScheduledBatch"),
        put(("ScheduledBatch",), None),
        twice("BatchTask"),
        add_variable("BatchJobTask", "MILLRACE_BATCH_ONCE", "true"),
        put(("FailedBatch", "Properties", "ScheduleExpression"), "rate(1 day)"),
        put(("BatchJobService", "Properties", "TaskDefinition"), {"Ref": "BatchTask"}),
    ],
    policies.the_batch_is_named_by_its_time: [
        put(("ScheduledBatch", "Properties", "Target", "Input"),
            '{"containerOverrides":[{"name":"batch","environment":[{"name":"MILLRACE_BATCH_TOKEN","value":"<aws.scheduler.execution-id>"}]}]}'),
        put(_at("BatchTask", "Name"), "reader"),
        put(_at("BatchTask", "Environment"), []),
        put(("ScheduledBatch", "Properties", "Target", "DeadLetterConfig"), None),
        put(("ScheduledBatch", "Properties", "Target", "RetryPolicy", "MaximumRetryAttempts"), 0),
    ],
    policies.names_are_those_of_the_shared_resources: [
        lambda t: statement(t, "ErrorHandlerRole")[0].update(Resource=[sub(SQS + "failure")]),
        lambda t: statement(t, "DataSyncRole")[1].update(Resource=[sub("arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Prefix}recordings")]),
        lambda t: statement(t, "ErrorHandlerRole")[2].update(Resource=[sub("arn:${AWS::Partition}:s3:::${Prefix}outcomes/*")]),
        lambda t: statement(t, "BatchJobRole")[2].update(Resource=[sub("arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:${Prefix}news")]),
        lambda t: of(t, "ErrorHandlerIdle")["Metrics"][1]["MetricStat"]["Metric"]["Dimensions"][0].update(Value=sub("${Prefix}failed")),
    ],
    policies.no_wildcards: [
        lambda t: statement(t, "BatchJobRole")[0].update(Resource="*"),
        lambda t: statement(t, "BatchJobRole")[0].update(Action=["sqs:*"]),
        lambda t: statement(t, "BatchJobRole")[0].update(Resource=[sub(SQS + "*")]),
        put(("BatchJobRole", "Properties", "ManagedPolicyArns"), [sub("arn:${AWS::Partition}:iam::aws:policy/AmazonSQSFullAccess")]),
    ],
    policies.a_role_for_each_service: [
        put(("TransformLoadTask", "Properties", "TaskRoleArn"), {"Fn::GetAtt": ["BatchJobRole", "Arn"]}),
        put(("TransformLoadTask", "Properties", "TaskRoleArn"), {"Fn::GetAtt": ["ExecutionRole", "Arn"]}),
    ],
    policies.containers_can_do_little: [
        put(_at(task, key), value)
        for task in sorted(resources(TEMPLATE, "AWS::ECS::TaskDefinition"))
        for key, value in (("User", None), ("ReadonlyRootFilesystem", False), ("StopTimeout", 30), ("Privileged", True), ("LinuxParameters", None))
    ] + [put(_at("BatchTask", "LinuxParameters", "Tmpfs", 0, "MountOptions"), ["rw"])],
    policies.services_heal_and_roll_back: [
        put(("OrchestratorService", "Properties", "DeploymentConfiguration", "MinimumHealthyPercent"), 50),
        put(("OrchestratorService", "Properties", "DeploymentConfiguration", "DeploymentCircuitBreaker"), None),
        put(_at("OrchestratorTask", "HealthCheck"), None),
    ],
    policies.nothing_is_reachable_but_webhooks: [
        put(("OrchestratorService", "Properties", "NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp"), "ENABLED"),
        put(("OrchestratorService", "Properties", "LoadBalancers"), [{"ContainerName": "orchestrator"}]),
        put(("TaskSecurityGroup", "Properties", "SecurityGroupIngress"), [{"CidrIp": "0.0.0.0/0", "FromPort": 8080}]),
        put(("HttpsListener", "Properties", "Protocol"), "HTTP"),
        put(("HttpsListener", "Properties", "DefaultActions", 0, "Type"), "forward"),
        put(("WebhookRule", "Properties", "Conditions", 0, "PathPatternConfig", "Values"), ["/*"]),
    ],
    policies.secrets_come_from_the_store: [
        add_variable("OrchestratorTask", "MILLRACE_ORCHESTRATOR_TOKENKEY", "not a secret"),
        put(_at("OrchestratorTask", "Secrets"), None),
        lambda t: statement(t, "OrchestratorExecutionRole")[0].update(Resource=[sub("arn:secret")]),
        add_variable("ErrorHandlerTask", "MILLRACE_STEPFUNCTIONS_SECRETACCESSKEY", "not a secret"),
    ],
    policies.who_calls_the_orchestrator_finds_it: [
        put(("ErrorHandlerService", "Properties", "ServiceConnectConfiguration"), None),
        put(("OrchestratorService", "Properties", "ServiceConnectConfiguration"), None),
        add_variable("BatchJobTask", "AWS_ENDPOINT_URL_SFN", "http://orchestrator:8080"),
    ],
    policies.services_scale_on_their_own_queues: [
        put(("ErrorHandlerService", "Properties", "DesiredCount"), 1),
        put(("DataSyncTarget",), None),
        put(("DataSyncCpu",), None),
        put(("ErrorHandlerFailuresBacklog",), None),
        measure_another_queue,
        lambda t: of(t, "ErrorHandlerFailuresBacklog")["TargetTrackingScalingPolicyConfiguration"]["CustomizedMetricSpecification"]["Metrics"][0].update(Expression="visible0"),
        lambda t: of(t, "ErrorHandlerFailuresBacklog")["TargetTrackingScalingPolicyConfiguration"]["CustomizedMetricSpecification"]["Metrics"][-1]["MetricStat"]["Metric"]["Dimensions"][1].update(Value={"Fn::GetAtt": ["BatchJobService", "Name"]}),
        put(("ErrorHandlerTarget", "Properties", "MinCapacity"), 1),
        put(("OrchestratorTarget", "Properties", "MinCapacity"), 1),
        put(("OrchestratorTarget", "Properties", "MinCapacity"), {"Ref": "IdleTasks"}),
        put(("ErrorHandlerWaiting",), None),
        put(("ErrorHandlerFirst",), None),
        put(("ErrorHandlerIdle",), None),
        lambda t: of(t, "TransformLoadWaiting")["Metrics"].pop(1),
    ],
}


@pytest.mark.parametrize("policy", policies.ALL, ids=lambda p: p.__name__)
def test_the_template_keeps(policy):
    assert list(policy(TEMPLATE, SHARED)) == []


@pytest.mark.parametrize(("policy", "change"), [(p, c) for p, changes in BREAKS.items() for c in changes])
def test_a_template_that_breaks_it_is_noticed(policy, change):
    broken = copy.deepcopy(TEMPLATE)
    change(broken)
    assert broken != TEMPLATE
    assert list(policy(broken, SHARED)) != []


def test_every_policy_is_proved():
    assert set(BREAKS) == set(policies.ALL)
