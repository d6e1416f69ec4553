// All state machines.
import { all } from "./api.js";
import { h, time } from "./dom.js";

export const machineAddress = arn => `#/machine/${encodeURIComponent(arn)}`;

export async function machines({ content, crumbs }) {
  crumbs(["State machines", "#/"]);
  const known = await all("ListStateMachines", "stateMachines", {});
  content.replaceChildren(
    h("h1", {}, "State machines"),
    h("div", { class: "panel" }, known.length === 0
      ? h("p", { class: "quiet" }, "There is none yet. Create one with the API, or start with --workflow my.asl.json.")
      : h("table", { id: "machines" },
        h("thead", {}, h("tr", {}, ...["Name", "Type", "Created"].map(text => h("th", {}, text)))),
        h("tbody", {}, ...known.map(machine => h("tr", { class: "link", onclick: () => (location.hash = machineAddress(machine.stateMachineArn)) },
          h("td", {}, h("a", { href: machineAddress(machine.stateMachineArn) }, machine.name)),
          h("td", {}, machine.type), h("td", {}, time(machine.creationDate))))))));
  return false;
}
