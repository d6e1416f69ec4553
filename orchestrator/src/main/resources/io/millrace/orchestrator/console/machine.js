// A state machine: its graph, and its executions with filters.
import { call } from "./api.js";
import { start } from "./dialogs.js";
import { duration, h, notify, pretty, status, time } from "./dom.js";
import { draw } from "./graph.js";

const STATUSES = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE"];
const PAGE = 100;

export const executionAddress = arn => `#/execution/${encodeURIComponent(arn)}`;

/** Whether an execution passes the filters that the API has not. */
export function passes(execution, { name, from, to }) {
  const started = execution.startDate * 1000;
  return execution.name.toLowerCase().includes(name.toLowerCase())
    && (!from || started >= new Date(from).getTime()) && (!to || started <= new Date(to).getTime());
}

export async function machine({ content, argument: arn, crumbs, refresh, alive }) {
  if (!content.hasChildNodes()) {
    const described = await call("DescribeStateMachine", { stateMachineArn: arn });
    crumbs(["State machines", "#/"], [described.name, location.hash]);
    frame(content, described, refresh);
  }
  const form = content.querySelector("form");
  if (!form) {
    return false;
  }
  const filter = Object.fromEntries(new FormData(form));
  const found = [];
  let nextToken;
  let more = Number(content.dataset.pages ?? 1);
  do {
    const page = await call("ListExecutions", {
      stateMachineArn: arn, maxResults: PAGE, ...(filter.status ? { statusFilter: filter.status } : {}), ...(nextToken ? { nextToken } : {}),
    });
    found.push(...page.executions.filter(execution => passes(execution, filter)));
    nextToken = page.nextToken;
    more -= 1;
  } while (nextToken && (more > 0 || found.length === 0));
  if (alive()) {
    list(content, found, nextToken, refresh);
  }
  return true;
}

function frame(content, described, refresh) {
  const begin = async () => {
    const answer = await start(described);
    if (answer?.status) {
      notify(`${answer.status}: ${answer.output ?? `${answer.error ?? ""} ${answer.cause ?? ""}`}`, answer.status === "SUCCEEDED");
    } else if (answer) {
      location.hash = executionAddress(answer.executionArn);
    }
  };
  const changed = () => {
    content.dataset.pages = 1;
    refresh();
  };
  const express = described.type === "EXPRESS";
  content.replaceChildren(...[
    h("div", { class: "row spread" }, h("h1", {}, described.name), h("button", { id: "start", class: "primary", type: "button", onclick: begin }, "Start execution")),
    express ? h("p", { class: "quiet" }, "An Express workflow: its executions are not kept, their history goes to the log.") : null,
    h("div", { class: express ? "" : "split" },
      express ? null : h("div", { class: "panel" },
        h("h2", {}, "Executions"),
        h("form", { class: "row", onsubmit: event => event.preventDefault(), oninput: changed },
          h("label", {}, "Status", h("select", { name: "status" }, h("option", { value: "" }, "any"), ...STATUSES.map(text => h("option", {}, text)))),
          h("label", {}, "Name contains", h("input", { name: "name", type: "search" })),
          h("label", {}, "Started from", h("input", { name: "from", type: "datetime-local" })),
          h("label", {}, "to", h("input", { name: "to", type: "datetime-local" }))),
        h("div", { id: "executions" })),
      h("div", { class: "panel" }, h("h2", {}, "Definition"),
        h("div", { class: "graph" }, draw(JSON.parse(described.definition), () => "", new Set(), () => {})),
        h("details", {}, h("summary", {}, "Amazon States Language"), h("pre", {}, pretty(described.definition))))),
  ].filter(Boolean));
}

function list(content, found, nextToken, refresh) {
  const open = execution => (location.hash = executionAddress(execution.executionArn));
  const rows = found.map(execution => h("tr", { class: "link", onclick: () => open(execution) },
    h("td", {}, h("a", { href: executionAddress(execution.executionArn) }, execution.name)),
    h("td", {}, status(execution.status), execution.redriveCount ? h("div", { class: "quiet" }, `redriven ${execution.redriveCount}×`) : null),
    h("td", {}, time(execution.startDate)),
    h("td", {}, execution.stopDate ? duration(execution.stopDate - execution.startDate) : "–")));
  const further = () => {
    content.dataset.pages = Number(content.dataset.pages ?? 1) + 1;
    refresh();
  };
  content.querySelector("#executions").replaceChildren(
    found.length === 0 ? h("p", { class: "quiet" }, "No execution passes the filter.") : h("table", {},
      h("thead", {}, h("tr", {}, ...["Name", "Status", "Started", "Took"].map(text => h("th", {}, text)))), h("tbody", {}, ...rows)),
    ...(nextToken ? [h("button", { type: "button", onclick: further }, "Show more")] : []));
}
