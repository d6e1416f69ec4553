// An execution: the path that it took, what went in and out of each state, its history.
import { all, call } from "./api.js";
import { confirm, start } from "./dialogs.js";
import { duration, h, notify, pretty, status, time } from "./dom.js";
import { draw } from "./graph.js";
import { detailsOf, outcomeOf, read } from "./history.js";
import { executionAddress } from "./machine.js";
import { machineAddress } from "./machines.js";

const shown = new WeakMap(); // a page's content -> what it shows and what is selected in it

export async function execution({ content, argument: arn, crumbs, refresh, alive }) {
  const described = await call("DescribeExecution", { executionArn: arn });
  const kept = shown.get(content) ?? { state: null, visit: 0 };
  if (kept.status === described.status && described.status !== "RUNNING") {
    return true;
  }
  const events = await all("GetExecutionHistory", "events", { executionArn: arn, maxResults: 1000, includeExecutionData: true });
  if (kept.events === events.length && kept.status === described.status) {
    return true;
  }
  kept.definition ??= await call("DescribeStateMachineForExecution", { executionArn: arn });
  if (!alive()) {
    return false;
  }
  Object.assign(kept, { status: described.status, events: events.length });
  shown.set(content, kept);
  crumbs(["State machines", "#/"], [kept.definition.name, machineAddress(described.stateMachineArn)], [described.name, location.hash]);
  const history = read(events, described.status !== "RUNNING");
  kept.state ??= history.visits.find(visit => visit.outcome === "failed" && visit.children.length === 0)?.name ?? null;
  render(content, kept, described, history, events, refresh);
  return true;
}

function render(content, kept, described, history, events, refresh) {
  const again = () => render(content, kept, described, history, events, refresh);
  const select = (name, visit = 0) => {
    Object.assign(kept, { state: name, visit });
    again();
  };
  const of = name => history.visits.filter(visit => visit.name === name);
  const look = name => `${outcomeOf(of(name))}${name === kept.state ? " selected" : ""}`;
  const graph = h("div", { class: "graph" }, draw(JSON.parse(kept.definition.definition), look, history.taken, name => select(name)));
  const scrolled = content.querySelector(".graph")?.scrollTop ?? 0;
  content.replaceChildren(
    h("div", { class: "row spread" }, h("h1", {}, described.name), buttons(described, kept, refresh)),
    facts(described),
    h("div", { class: "split" },
      h("div", { class: "panel" }, h("h2", {}, "Path"), legend(), graph),
      h("div", { class: "panel", id: "state" }, kept.state ? state(kept, of(kept.state), select) : h("p", { class: "quiet" }, "Choose a state to see what went in and out."))),
    h("div", { class: "panel" }, h("h2", {}, "Timeline"), timeline(history, described, events, select)),
    h("div", { class: "panel" }, h("h2", {}, `History, ${events.length} events`), table(events)));
  content.querySelector(".graph").scrollTop = scrolled;
}

const legend = () => h("p", { class: "legend" }, ...["succeeded", "failed", "caught", "running"].map(text => h("span", { class: text }, `■ ${text}`)));

function buttons(described, kept, refresh) {
  const does = async (what, operation, good) => {
    if (await confirm(`${what} ${described.name}?`, good.text, what)) {
      try {
        await call(operation, { executionArn: described.executionArn });
        notify(good.done, true);
      } catch (problem) {
        notify(problem.message);
      }
      kept.status = null;
      refresh();
    }
  };
  const renew = async () => {
    const answer = await start({ ...kept.definition, stateMachineArn: described.stateMachineArn, type: "STANDARD" }, described.input);
    if (answer) {
      location.hash = executionAddress(answer.executionArn);
    }
  };
  const running = described.status === "RUNNING";
  const redrivable = ["FAILED", "TIMED_OUT", "ABORTED"].includes(described.status) && (described.redriveStatus ?? "REDRIVABLE") === "REDRIVABLE";
  return h("div", { class: "row" },
    h("button", { id: "stop", type: "button", class: "danger", disabled: !running, onclick: () => does("Stop", "StopExecution", { text: "It ends as ABORTED where it stands.", done: "Stopped" }) }, "Stop"),
    h("button", { id: "redrive", type: "button", disabled: !redrivable, title: described.redriveStatusReason,
      onclick: () => does("Redrive", "RedriveExecution", { text: "It goes on from the states that did not succeed.", done: "Redriven" }) }, "Redrive"),
    h("button", { id: "renew", type: "button", onclick: renew }, "New execution"));
}

function facts(described) {
  const rows = [
    ["Status", status(described.status)],
    ["ARN", described.executionArn],
    ["Started", time(described.startDate)],
    ["Ended", described.stopDate ? `${time(described.stopDate)}, after ${duration(described.stopDate - described.startDate)}` : "–"],
    described.traceHeader ? ["Trace", described.traceHeader.replace(/^Root=1-(\w{8})-(\w{24}).*$/, "$1$2")] : null,
    described.redriveCount ? ["Redriven", `${described.redriveCount} times, last ${time(described.redriveDate)}`] : null,
    described.error ? ["Error", h("span", { class: "error" }, described.error)] : null,
    described.cause ? ["Cause", h("span", { class: "error" }, described.cause)] : null,
  ];
  return h("div", { class: "panel" },
    h("dl", { class: "facts" }, ...rows.filter(Boolean).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    h("details", {}, h("summary", {}, "Input and output"), data("Input", described.input), data("Output", described.output)));
}

const data = (name, text) => (text === undefined ? null : h("div", {}, h("h2", {}, name), h("pre", {}, pretty(text))));

function state(kept, visits, select) {
  if (visits.length === 0) {
    return h("div", {}, h("h2", {}, kept.state), h("p", { class: "quiet" }, "This state was not entered."));
  }
  const visit = visits[Math.min(kept.visit, visits.length - 1)];
  const facts = [
    ["Type", visit.type],
    ["Entered", time(visit.entered)],
    ["Took", visit.left ? duration(visit.left - visit.entered) : "still there"],
    visit.attempts > 1 ? ["Attempts", String(visit.attempts)] : null,
    visit.error !== undefined ? ["Error", h("span", { class: "error" }, visit.error)] : null,
    visit.cause ? ["Cause", h("span", { class: "error" }, visit.cause)] : null,
  ];
  const which = visits.length > 1
    ? h("label", {}, "Visit ", h("select", { onchange: event => select(kept.state, Number(event.target.value)) },
      ...visits.map((each, index) => h("option", { value: index, selected: each === visit }, `${index + 1} of ${visits.length}: ${each.outcome}`))))
    : null;
  return [
    h("div", { class: "row spread" }, h("h2", {}, visit.name), which),
    h("dl", { class: "facts" }, ...facts.filter(Boolean).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    data("Input", visit.input), data("Output", visit.output),
    visit.assigned ? h("div", {}, h("h2", {}, "Assigned variables"), h("pre", {}, Object.entries(visit.assigned).map(([name, value]) => `${name} = ${value}`).join("\n"))) : null,
  ].filter(Boolean);
}

function timeline(history, described, events, select) {
  const first = events[0]?.timestamp ?? described.startDate;
  const end = described.stopDate ?? Date.now() / 1000;
  const whole = Math.max(end - first, 0.001);
  const names = [...new Set(history.visits.map(visit => visit.name))];
  return h("div", { class: "timeline" }, ...names.flatMap(name => {
    const visits = history.visits.filter(visit => visit.name === name);
    const took = visits.reduce((sum, visit) => sum + ((visit.left ?? end) - visit.entered), 0);
    return [
      h("div", { class: "name", title: name }, name),
      h("div", { class: "lane" }, ...visits.map((visit, index) => h("button", {
        type: "button", class: `bar ${visit.outcome}`, title: `${name}: ${visit.outcome}, ${duration((visit.left ?? end) - visit.entered)}`, onclick: () => select(name, index),
        style: `left:${((visit.entered - first) / whole) * 100}%;width:${(((visit.left ?? end) - visit.entered) / whole) * 100}%`,
      }))),
      h("div", { class: "quiet" }, `${duration(took)}${visits.length > 1 ? ` in ${visits.length}` : ""}`),
    ];
  }));
}

const MOST_ROWS = 1000;

function table(events) {
  const first = events[0]?.timestamp;
  const rows = events.slice(-MOST_ROWS).map(event => {
    const details = detailsOf(event);
    return h("tr", {}, h("td", {}, String(event.id)), h("td", {}, event.type), h("td", {}, details?.name ?? ""),
      h("td", {}, `+${duration(event.timestamp - first)}`),
      h("td", {}, details ? h("details", {}, h("summary", {}, "details"), h("pre", {}, JSON.stringify(details, null, 2))) : null));
  });
  return h("table", { id: "history" },
    events.length > MOST_ROWS ? h("caption", { class: "quiet" }, `The last ${MOST_ROWS} events.`) : null,
    h("thead", {}, h("tr", {}, ...["Id", "Type", "State", "After", ""].map(text => h("th", {}, text)))), h("tbody", {}, ...rows));
}
