"""Asks a Prometheus every query of the dashboard, every rule and the traces of a run; fails at what has no answer.

dashboards.py sink FILE PORT       takes what the collector exports, as JSON, and writes a line for each span
dashboards.py scraped PROMETHEUS   waits until every service is, and the depth of the dead letters is known
dashboards.py check PROMETHEUS DASHBOARD SPANS
"""

import gzip
import http.server
import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

SERVICES = {
    "orchestrator", "image-processor", "webhook-handler", "data-sync", "batch-job", "transform-load", "error-handler",
}  # fmt: skip
# batch-job answers HTTP and reads a list; what it sends is in the traces of those that receive it.
TRACED = {"orchestrator", "image-processor", "webhook-handler", "data-sync", "transform-load"}


def sink(file, port):
    class Sink(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            with open(file, "a") as out:
                for resource in json.loads(body).get("resourceSpans", []):
                    names = {a["key"]: a["value"].get("stringValue") for a in resource["resource"]["attributes"]}
                    for scope in resource["scopeSpans"]:
                        for span in scope["spans"]:
                            print(json.dumps({"service": names["service.name"], **span}), file=out)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_):
            pass

    http.server.ThreadingHTTPServer(("127.0.0.1", port), Sink).serve_forever()


def ask(prometheus, path, **parameters):
    url = f"{prometheus}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return json.load(answer)["data"]
    except urllib.error.HTTPError as refusal:
        raise SystemExit(f"{parameters}: {refusal.read().decode()}") from refusal


def queries(dashboard):
    for panel in dashboard["panels"]:
        for target in panel.get("targets", []):
            # As Grafana fills them in; a run of this length has nothing older.
            expression = target["expr"].replace("$__rate_interval", "2m").replace("$service", ".*")
            yield f"{panel['title']} {target['refId']}", expression
    for annotation in dashboard["annotations"]["list"]:
        yield annotation["name"], annotation["expr"]


def unanswered(prometheus, dashboard):
    missing = []
    for name, expression in queries(dashboard):
        answer = ask(prometheus, "query", query=expression)["result"]
        if not any(sample["value"][1] != "NaN" for sample in answer):
            missing.append(f"{name}: {expression}")
    return missing


def rules(prometheus):
    groups = ask(prometheus, "rules")["groups"]
    return [rule for group in groups for rule in group["rules"]]


def until(seconds, attempt):
    """Calls attempt until it returns nothing, and returns what it returned last."""
    end = time.monotonic() + seconds
    while (left := attempt()) and time.monotonic() < end:
        time.sleep(1)
    return left


def not_scraped(prometheus):
    return SERVICES - {sample["metric"]["service"] for sample in ask(prometheus, "query", query="up == 1")["result"]}


def unknown_before(prometheus):
    """What Prometheus has yet to see before work begins: dead letters are new only beside those there were."""
    missing = not_scraped(prometheus)
    depth = 'spring_cloud_stream_aws_queue_messages{queue=~".*dead-letters",state="waiting"} >= 0'
    if not ask(prometheus, "query", query=depth)["result"]:
        missing.add("the depth of the dead letters")
    return missing


def read(spans):
    with open(spans) as file:
        # Its last line may be being written.
        return [json.loads(line) for line in file if line.endswith("\n")]


def traces(received):
    services = {}
    for span in received:
        services.setdefault(span["traceId"], set()).add(span["service"])
    return services


def longest(received):
    return sorted(max(traces(received).values(), key=len, default=set()))


def untraced(received):
    problems = [f"no span of {service} came through the collector" for service in TRACED - {span["service"] for span in received}]
    if len(longest(received)) < 3:
        problems.append(f"no trace has spans of three services; the longest has {longest(received)}")
    return problems


def check(prometheus, dashboard, spans):
    problems = []

    problems += [f"{service} is not scraped" for service in not_scraped(prometheus)]

    with open(dashboard) as file:
        document = json.load(file)
    asked = len(list(queries(document)))
    left = until(90, lambda: unanswered(prometheus, document))
    problems += [f"no data for {query}" for query in left]

    # The demo's bad input ends as dead letters, and of a kind that was not there before.
    expected = {"MillraceDeadLetters", "MillraceNewFailure"}
    quiet = until(30, lambda: expected - {rule["name"] for rule in rules(prometheus) if rule["state"] == "firing"})
    problems += [f"{name} does not fire although there are dead letters" for name in quiet]
    all_rules = rules(prometheus)
    unhealthy = [f"rule {rule['name']} is {rule['health']}: {rule.get('lastError', '')}" for rule in all_rules if rule["health"] != "ok"]
    problems += unhealthy
    problems += until(60, lambda: untraced(read(spans)))
    received = read(spans)

    for problem in problems:
        print(f"dashboards: {problem}", file=sys.stderr)
    passed = asked - len(left) + len(all_rules) - len(unhealthy)
    print(f"{asked} queries of the dashboard, {len(all_rules)} rules; {len(received)} spans in {len(traces(received))} traces, one of {longest(received)}")
    print(f"{passed} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    if sys.argv[1] == "sink":
        sink(sys.argv[2], int(sys.argv[3]))
    elif sys.argv[1] == "scraped":
        if left := until(60, lambda: unknown_before(sys.argv[2])):
            sys.exit(f"dashboards: not scraped after a minute: {sorted(left)}")
    else:
        sys.exit(check(*sys.argv[2:]))
