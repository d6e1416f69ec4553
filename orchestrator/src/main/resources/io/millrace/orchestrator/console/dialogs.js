// Dialogs: signing in, starting an execution, asking back.
import { call, credentials } from "./api.js";
import { h, pretty } from "./dom.js";

/** Shows a dialog; resolves to what `done` makes of its fields, or to null if it was cancelled. */
function ask(title, fields, button, done) {
  return new Promise(resolve => {
    const problem = h("p", { class: "error", hidden: true });
    const dialog = h("dialog", {},
      h("form", { method: "dialog", onsubmit: submit },
        h("h2", {}, title), ...fields, problem,
        h("div", { class: "row" }, h("button", { class: "primary", type: "submit" }, button),
          h("button", { type: "button", onclick: () => dialog.close() }, "Cancel"))));
    let answer = null;
    async function submit(event) {
      event.preventDefault();
      try {
        answer = await done(new FormData(event.target));
        dialog.close();
      } catch (error) {
        problem.textContent = error.message;
        problem.hidden = false;
      }
    }
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

export const confirm = (title, text, button) => ask(title, [h("p", {}, text)], button, async () => true);

export function signIn(reason) {
  const field = (name, text, type = "text", value = "") => h("label", {}, text, h("input", { name, type, value, autocomplete: "off" }));
  return ask("Sign in", [
    h("p", { class: "quiet" }, reason),
    field("accessKeyId", "Access key ID"),
    field("secretAccessKey", "Secret access key", "password"),
    field("sessionToken", "Session token (if there is one)", "password"),
    field("region", "Region", "text", "us-east-1"),
    field("token", "…or a bearer token (JWT)", "password"),
  ], "Sign in", async form => {
    const given = Object.fromEntries([...form].filter(([, value]) => value));
    if (!given.token && !(given.accessKeyId && given.secretAccessKey && given.region)) {
      throw new Error("An access key ID with its secret and region, or a token, is needed.");
    }
    credentials.set(given.token ? { token: given.token } : given);
    return true;
  });
}

/** Starts an execution; resolves to its ARN, or to the answer of a synchronous one. */
export function start(machine, input = "{}") {
  const express = machine.type === "EXPRESS";
  return ask(`Start ${machine.name}`, [
    express ? null : h("label", {}, "Name (optional)", h("input", { name: "name", maxlength: 80, placeholder: "made up if empty" })),
    h("label", {}, "Input", h("textarea", { name: "input", spellcheck: "false" }, pretty(input))),
  ].filter(Boolean), "Start", async form => {
    const text = form.get("input").trim() || "{}";
    try {
      JSON.parse(text);
    } catch (error) {
      throw new Error(`The input is not JSON: ${error.message}`);
    }
    const request = { stateMachineArn: machine.stateMachineArn, input: text, ...(form.get("name") ? { name: form.get("name") } : {}) };
    return call(express ? "StartSyncExecution" : "StartExecution", request);
  });
}
