#!/usr/bin/env python3
"""Size, start and memory of every image, and the cold start of every function, as a Markdown table.

Needs the images (./millrace images; the -lambda ones for cold starts), a Docker daemon on this machine, and LAMBDA_RIE
(lambda/emulator DIR prints it). Everything runs on Millrace's own endpoint, in a container of its own. Medians of --runs.
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
           "-e", "MILLRACE_WEBHOOK_SECRET_DEMO=whsec_b25seSBmb3IgdGhpcyBtYWNoaW5lIQ==", *options, f"millrace/{service}:{version}", *arguments)
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
    """Milliseconds of the emulator's INIT REPORT."""
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
    answer = json.load(urllib.request.urlopen(request, timeout=90))
    if "errorType" in answer:
        raise SystemExit(f"{service} failed: {answer}")
    logs = subprocess.run(["docker", "logs", "figure"], capture_output=True, text=True)
    remove("figure")
    return float(re.findall(r"INIT REPORT\(durationMs: ([\d.]+)", logs.stdout + logs.stderr)[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument("services", nargs="*", default=SERVICES)
    chosen = parser.parse_args()
    rie = os.environ.get("LAMBDA_RIE")
    handler = ["-cp", "/opt/millrace/app.jar", "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
               "io.millrace.lambdaadapter.LambdaHandler::handleRequest"]
    quick = [*PLAIN, "-XX:TieredStopAtLevel=1"]
    remove("figure-cloud")
    docker("run", "-d", "--name", "figure-cloud", "--network", "host", "-e", "PORT=14566", f"millrace/local-cloud:{chosen.version}", "--port", "14566")
    time.sleep(8)
    median = lambda measure: statistics.median(measure() for _ in range(chosen.runs))  # noqa: E731
    try:
        print("| service | image | start: plain | AOT cache | ratio | RSS, AOT cache | cold start: plain | Spring AOT | Spring AOT + AOT cache | ratio |")
        print("|---|---|---|---|---|---|---|---|---|---|")
        for service in chosen.services:
            plain = median(lambda: start(service, chosen.version, True)[0])
            cached = [start(service, chosen.version, False) for _ in range(chosen.runs)]
            aot, rss = statistics.median(c[0] for c in cached), statistics.median(c[1] for c in cached)
            row = f"| {service} | {size(f'millrace/{service}:{chosen.version}'):.0f} MB | {plain:.1f} s | {aot:.1f} s | {plain / aot:.1f} | {rss:.0f} MB "
            if rie:
                bare = median(lambda: cold_start(service, chosen.version, rie, [*quick, *handler]))
                spring = median(lambda: cold_start(service, chosen.version, rie, [*quick, "-Dspring.aot.enabled=true", *handler]))
                both = median(lambda: cold_start(service, chosen.version, rie, ["@/opt/millrace/jvm.options", "@/opt/millrace/main"]))
                row += f"| {bare / 1000:.2f} s | {spring / 1000:.2f} s | {both / 1000:.2f} s | {bare / both:.1f} |"
            print(row if rie else row + "| | | | |", flush=True)
    finally:
        remove("figure")
        remove("figure-cloud")


if __name__ == "__main__":
    main()
