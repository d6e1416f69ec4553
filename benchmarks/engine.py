#!/usr/bin/env python3
"""The engine beside its peers, and what waiting executions hold.

    engine.py peers [--ministack VENV/bin/ministack] [--localstack 'COMMAND {port}']
    engine.py requests
    engine.py waiting [--executions 100000]

Each endpoint runs alone, one after the other, under the same client (io.millrace.benchmarks.engine.EngineLoad). Needs
`./millrace build && ./mvnw -q -pl benchmarks -am -DskipTests package`. --flags are the JVM's.
"""
import argparse
import collections
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
TOP = HERE.parent
JAVA = os.path.join(os.environ.get("JAVA_HOME") or subprocess.check_output([TOP / "millrace", "java-home"], text=True).strip(), "bin", "")
# A container's flags (docker/jvm.options); ./millrace up adds -XX:TieredStopAtLevel=1, which starts sooner and runs slower.
FLAGS = ["-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
KINDS = {"pass": "10 Pass states, Standard", "callback": "SQS task with a token, Standard",
         "sync": "10 Pass states, Express, StartSyncExecution", "async": "10 Pass states, Express, StartExecution"}
# What one execution moves through: into each state, and out of the last.
TRANSITIONS = {"pass": 11, "callback": 2, "sync": 11, "async": 11}


def class_path():
    jar = next((HERE / "target").glob("benchmarks-*-SNAPSHOT.jar"))
    return f"{jar}:{(TOP / 'launcher/target/app/classpath').read_text().strip()}"


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


class Process:
    """A server in a process group of its own, whose output is kept."""

    def __init__(self, command, **environment):
        self.log = pathlib.Path(f"/tmp/millrace-engine-{time.monotonic_ns()}.log")
        with self.log.open("wb") as out:
            self.child = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=TOP, start_new_session=True,
                                          env={**os.environ, **environment})
        self.pid = self.child.pid

    def wait_for(self, pattern, seconds=120):
        """What the first line of its output that matches holds."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = re.search(pattern, self.log.read_text(errors="replace"))
            if found:
                return found
            if self.child.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit(f"'{pattern}' did not come: {self.log.read_text(errors='replace')[-2000:]}")

    def stop(self):
        if self.child.poll() is None:
            os.killpg(self.pid, signal.SIGTERM)
            try:
                self.child.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(self.pid, signal.SIGKILL)
                self.child.wait()
        self.log.unlink(missing_ok=True)


def millrace(flags, *arguments, **environment):
    return Process([JAVA + "java", *flags, "-cp", class_path(), "io.millrace.launcher.MillraceCommand", "up", *arguments], **environment)


class Millrace:
    """The orchestrator and DynamoDB Local, in one JVM or in two, in memory or on disk."""

    def __init__(self, flags, apart=False, data_dir=None):
        port = free_port()
        kept = ["--data-dir", data_dir] if data_dir else []
        self.processes = []
        try:
            if apart:
                self.processes.append(millrace(flags, "--only", "local-cloud", "--port", str(port), *kept))
                self.processes[-1].wait_for(r"Ctrl-C")
                self.processes.append(millrace(flags, "--only", "orchestrator", AWS_ENDPOINT_URL=f"http://localhost:{port}"))
            else:
                self.processes.append(millrace(flags, "--only", "local-cloud,orchestrator", "--port", str(port), *kept))
            self.endpoint = self.processes[-1].wait_for(r"orchestrator\s+(http://\S+)").group(1)
        except BaseException:
            self.stop()
            raise
        self.sqs = f"http://localhost:{port}"

    @property
    def orchestrator(self):
        return self.processes[-1].pid

    def stop(self):
        for process in reversed(self.processes):
            process.stop()


class Peer:
    def __init__(self, command, port, **environment):
        self.process = Process(command, **environment)
        self.endpoint = self.sqs = f"http://localhost:{port}"
        until = time.monotonic() + 90
        while time.monotonic() < until:
            try:
                request = urllib.request.Request(self.endpoint, b"{}", {
                    "X-Amz-Target": "AWSStepFunctions.ListStateMachines", "Content-Type": "application/x-amz-json-1.0",
                    "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/states/aws4_request, SignedHeaders=host, Signature=0"})
                urllib.request.urlopen(request, timeout=10)
                return
            except OSError:
                time.sleep(0.2)
        self.stop()
        raise SystemExit(f"{command} does not answer")

    def stop(self):
        self.process.stop()


def load(server, kind, connections, warm_up, last):
    command = [JAVA + "java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", class_path(), "io.millrace.benchmarks.engine.EngineLoad",
               kind, server.endpoint, server.sqs, str(connections), str(warm_up), str(last)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode or not done.stdout.strip():
        return {"failed": (done.stderr.strip().splitlines() or ["?"])[-1][:200], "all": done.stderr}
    return json.loads(done.stdout)


def peers(options):
    flags = options.flags.split() if options.flags else FLAGS
    servers = {"Millrace": lambda: Millrace(flags), "Millrace, two processes": lambda: Millrace(flags, apart=True)}
    if options.ministack:
        def ministack():
            port = free_port()
            return Peer([options.ministack], port, GATEWAY_PORT=str(port))
        servers["MiniStack"] = ministack
    if options.localstack:
        def localstack():
            port = free_port()
            return Peer([*options.localstack.replace("{port}", str(port)).split()], port)
        servers["LocalStack"] = localstack
    for kind in options.kinds.split(","):
        print(f"\n{KINDS[kind]}\n\n| | executions/s | transitions/s | starts/s | StartExecution p50 / p99 | executions |\n|---|---|---|---|---|---|")
        for name, start in servers.items():
            if options.only and name not in options.only.split(";") or kind == "async" and "Millrace" not in name:
                continue
            server = start()
            try:
                warm_up = options.warm_up if "Millrace" in name else options.warm_up_peers
                figures = load(server, kind, options.connections, warm_up, options.seconds)
            finally:
                server.stop()
            if "failed" in figures:
                print(f"| {name} | failed: {figures['failed']} |", flush=True)
                if options.verbose:
                    print(figures["all"])
                continue
            rate = figures["executions/s"]
            print(f"| {name} | {rate:,.0f} | {rate * TRANSITIONS[kind]:,.0f} | {figures['starts/s']:,.0f} "
                  f"| {figures['p50 ms']:.1f} / {figures['p99 ms']:.1f} ms | {figures['executions']:,} |", flush=True)


def jcmd(pid, *command):
    return subprocess.run([JAVA + "jcmd", str(pid), *command], check=True, capture_output=True, text=True).stdout


def threads(pid):
    """How many threads the system has of each name, numbers in names aside."""
    names = collections.Counter()
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            names[re.sub(r"\d+", "#", (task / "comm").read_text().strip())] += 1
        except FileNotFoundError:
            pass
    return names


def held(pid):
    """Bytes of heap after GC, the system's threads by name, and the number of the JVM's own, virtual ones too."""
    for _ in range(3):
        jcmd(pid, "GC.run")
    total = re.search(r"Total\s+\d+\s+(\d+)", jcmd(pid, "GC.class_histogram", "-all=false")).group(1)
    system = threads(pid)
    dump = pathlib.Path(f"/tmp/millrace-threads-{pid}.txt")
    dump.unlink(missing_ok=True)
    jcmd(pid, "Thread.dump_to_file", str(dump))
    known = len(re.findall(r"^#\d+ ", dump.read_text(), re.MULTILINE))
    dump.unlink()
    return int(total), system, known


def waiting(options):
    flags = options.flags.split() if options.flags else FLAGS
    server = Millrace(flags, apart=True)
    try:
        for kind in options.kinds.split(","):
            # The same work warms everything up that is kept whatever the number: pools, caches, compiled code.
            load(server, kind, options.connections, 0, 2000)
            time.sleep(options.settle)
            before = held(server.orchestrator)
            figures = load(server, kind, options.connections, 0, options.executions)
            if "failed" in figures:
                raise SystemExit(figures["all"])
            time.sleep(options.settle)
            after = held(server.orchestrator)
            more = ", ".join(f"{number:+d} {name}" for name, number in (after[1] - before[1]).items())
            fewer = ", ".join(f"{-number:+d} {name}" for name, number in (before[1] - after[1]).items())
            print(f"{kind}: {figures['executions']:,} executions waiting, started at {figures['starts/s']:,.0f}/s; heap after GC "
                  f"{before[0] / 1e6:.1f} -> {after[0] / 1e6:.1f} MB ({(after[0] - before[0]) / 1e6:+.1f} MB), "
                  f"threads {before[1].total()} -> {after[1].total()} ({more or 'none more'}; {fewer or 'none fewer'}), "
                  f"with virtual ones {before[2]} -> {after[2]}", flush=True)
            if options.verbose:
                print("\n".join(jcmd(server.orchestrator, "GC.class_histogram").splitlines()[:30]))
    finally:
        server.stop()


def requests(options):
    for kind in options.kinds.split(","):
        command = [JAVA + "java", *FLAGS, "-cp", class_path(), "io.millrace.benchmarks.EngineRequests", kind, str(options.seconds)]
        print(f"\n{KINDS[kind]}\n{subprocess.run(command, check=True, capture_output=True, text=True).stdout}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, run, kinds in (("peers", peers, "pass,callback,sync,async"), ("waiting", waiting, "wait,token"), ("requests", requests, "pass,callback,sync,async")):
        command = commands.add_parser(name)
        command.set_defaults(run=run)
        command.add_argument("--kinds", default=kinds)
        command.add_argument("--connections", type=int, default=16)
        command.add_argument("--flags")
        command.add_argument("--verbose", action="store_true")
    peer = commands.choices["peers"]
    # C2 is done with an orchestrator and a DynamoDB Local after a minute on two cores; Python has nothing to warm up.
    peer.add_argument("--warm-up", type=int, default=80)
    peer.add_argument("--warm-up-peers", type=int, default=8)
    peer.add_argument("--seconds", type=int, default=20)
    peer.add_argument("--only")
    peer.add_argument("--ministack")
    peer.add_argument("--localstack")
    commands.choices["waiting"].add_argument("--executions", type=int, default=100_000)
    # Idle carriers of virtual threads end after 30 seconds.
    commands.choices["waiting"].add_argument("--settle", type=int, default=45)
    commands.choices["requests"].add_argument("--seconds", type=int, default=10)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
