#!/usr/bin/env python3
"""Size, start and memory of every image, and the cold start of every function, as two Markdown tables.

Needs the images (./millrace images; the -lambda ones for cold starts), a Docker daemon on this machine, and LAMBDA_RIE
(lambda/emulator DIR prints it). Everything runs on Millrace's own endpoint, in a container of its own. Medians of --runs; what is
compared with each other runs in turn.
"""
import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import time
import urllib.request

SERVICES = ["orchestrator", "image-processor", "webhook-handler", "data-sync", "batch-job", "transform-load", "error-handler"]
EVENTS = pathlib.Path(__file__).parent.parent / "lambda" / "events" / "train"
PLAIN = ["-XX:MaxRAMPercentage=75", "-Xms64m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=/tmp"]


def docker(*arguments):
    return subprocess.run(["docker", *arguments], check=True, capture_output=True, text=True).stdout.strip()


def remove(name):
    subprocess.run(["docker", "rm", "-f", name], capture_output=True)


def size(image):
    return int(docker("image", "inspect", "-f", "{{.Size}}", image)) / 1e6


def start(service, version, plain):
    """Seconds from docker run to ready, and MB of memory 5 s later."""
    remove("figure")
    begin = time.monotonic()
    options = ["--entrypoint", "/opt/java/bin/java"] if plain else []
    arguments = [*PLAIN, "-jar", "/opt/millrace/app.jar"] if plain else []
    docker("run", "-d", "--name", "figure", "--network", "host", "--memory", "512m", "--read-only", "--tmpfs", "/tmp:exec",
           "-e", "PORT=18080", "-e", "AWS_ENDPOINT_URL=http://127.0.0.1:14566", "-e", "AWS_REGION=us-east-1",
           "-e", "MILLRACE_WEBHOOK_SECRET_DEMO=whsec_b25seSBmb3IgdGhpcyBtYWNoaW5lIQ==",
           "-e", "MILLRACE_STEPFUNCTIONS_ACCESSKEYID=test", "-e", "MILLRACE_STEPFUNCTIONS_SECRETACCESSKEY=test", *options, f"millrace/{service}:{version}", *arguments)
    while time.monotonic() - begin < 60:
        try:
            urllib.request.urlopen("http://127.0.0.1:18080/actuator/health/readiness", timeout=1)
            break
        except OSError:
            time.sleep(0.02)
    else:
        raise SystemExit(f"{service} did not become ready: {docker('logs', 'figure')[-2000:]}")
    took = time.monotonic() - begin
    time.sleep(5)
    pid = docker("inspect", "-f", "{{.State.Pid}}", "figure")
    rss = int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024
    remove("figure")
    return took, rss


def cold_start(service, version, rie, options):
    """Seconds from the process' start to its asking for an event (the emulator's INIT REPORT), and to the answer to the first."""
    remove("figure")
    docker("run", "-d", "--name", "figure", "--network", "host", "--memory", "1024m", "-v", f"{rie}:/rie:ro", "--entrypoint", "/rie",
           "-e", "AWS_LAMBDA_FUNCTION_NAME=figure", "-e", "AWS_ENDPOINT_URL=http://127.0.0.1:14566", "-e", "AWS_REGION=us-east-1",
           "-e", "AWS_ACCESS_KEY_ID=test", "-e", "AWS_SECRET_ACCESS_KEY=test",
           "-e", "MILLRACE_WEBHOOK_SECRET_DEMO=whsec_b25seSBmb3IgdGhpcyBtYWNoaW5lIQ==",
           f"millrace/{service}-lambda:{version}", "--runtime-interface-emulator-address", "127.0.0.1:19001",
           "--runtime-api-address", "127.0.0.1:19011", "/opt/java/bin/java", *options)
    time.sleep(1)
    request = urllib.request.Request("http://127.0.0.1:19001/2015-03-31/functions/function/invocations",
                                     data=(EVENTS / f"{service}.json").read_bytes())
    begin = time.monotonic()
    answer = json.load(urllib.request.urlopen(request, timeout=90))
    first = time.monotonic() - begin
    if "errorType" in answer or answer.get("batchItemFailures"):
        raise SystemExit(f"{service} failed: {answer}")
    logs = subprocess.run(["docker", "logs", "figure"], capture_output=True, text=True)
    remove("figure")
    return float(re.findall(r"INIT REPORT\(durationMs: ([\d.]+)", logs.stdout + logs.stderr)[0]) / 1000, first


def median(samples, place):
    return statistics.median(sample[place] for sample in samples)


def in_turn(runs, *measures):
    """The samples of each, one of each at a time, so that what else the machine does falls on all alike."""
    samples = [[] for _ in measures]
    for _ in range(runs):
        for each, measure in zip(samples, measures):
            each.append(measure())
    return samples


def start_row(service, chosen):
    plain, cached = in_turn(chosen.runs, lambda: start(service, chosen.version, True), lambda: start(service, chosen.version, False))
    before, after = median(plain, 0), median(cached, 0)
    return (f"| {service} | {size(f'millrace/{service}:{chosen.version}'):.0f} MB | {before:.1f} s | {after:.1f} s | {before / after:.1f} "
            f"| {median(plain, 1):.0f} MB | {median(cached, 1):.0f} MB |")


def cold_row(service, chosen, rie):
    handler = ["-cp", "/opt/millrace/app.jar", "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
               "io.millrace.lambdaadapter.LambdaHandler::handleRequest"]
    quick = [*PLAIN, "-XX:TieredStopAtLevel=1"]
    cache = ["-XX:AOTCache=/opt/millrace/app.aot", "-Xlog:aot=off", "-Xlog:cds=off"]
    ways = ([*quick, *handler], [*quick, *cache, *handler], [*quick, "-Dspring.aot.enabled=true", *handler],
            ["@/opt/millrace/jvm.options", "@/opt/millrace/main"])
    samples = in_turn(chosen.runs, *(lambda options=options: cold_start(service, chosen.version, rie, options) for options in ways))
    bare, both = median(samples[0], 0), median(samples[3], 0)
    return (f"| {service} | {size(f'millrace/{service}-lambda:{chosen.version}'):.0f} MB | "
            + " | ".join(f"{median(each, 0):.2f} s" for each in samples)
            + f" | {min(sample[0] for sample in samples[3]):.2f} s | {bare / both:.1f} | {median(samples[3], 1):.2f} s |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument("--only", choices=["start", "cold"], help="one of the two tables")
    parser.add_argument("services", nargs="*", default=SERVICES)
    chosen = parser.parse_args()
    rie = os.environ.get("LAMBDA_RIE")
    remove("figure-cloud")
    docker("run", "-d", "--name", "figure-cloud", "--network", "host", "-e", "PORT=14566", f"millrace/local-cloud:{chosen.version}", "--port", "14566")
    time.sleep(8)
    try:
        if chosen.only != "cold":
            print("| service | image | start: plain | AOT cache | ratio | RSS, plain | RSS, AOT cache |")
            print("|---|---|---|---|---|---|---|")
            for service in chosen.services:
                print(start_row(service, chosen), flush=True)
        if rie and chosen.only != "start":
            print("\n| function | image | cold start: plain | AOT cache | Spring AOT | Spring AOT + AOT cache | its fastest | ratio | to the first answer |")
            print("|---|---|---|---|---|---|---|---|---|")
            for service in chosen.services:
                print(cold_row(service, chosen, rie), flush=True)
    finally:
        remove("figure")
        remove("figure-cloud")


if __name__ == "__main__":
    main()
