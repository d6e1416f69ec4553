// The pages: state machines, a machine with its executions, an execution.
import { call, credentials } from "./api.js";
import { h, notify } from "./dom.js";
import { machines } from "./machines.js";
import { machine } from "./machine.js";
import { execution } from "./execution.js";
import { signIn } from "./dialogs.js";

const REFRESH = 2000;
const view = document.getElementById("view");
let current = { stop: () => {} };

const routes = [
  [/^#\/machine\/(.+)$/, machine],
  [/^#\/execution\/(.+)$/, execution],
  [/^.*$/, machines],
];

/** Shows the page that the address names. */
async function route() {
  current.stop();
  const hash = location.hash || "#/";
  const [pattern, page] = routes.find(([known]) => known.test(hash));
  const argument = pattern.exec(hash)[1];
  const content = h("div");
  let alive = true;
  let timer;
  const refresh = async () => {
    clearTimeout(timer);
    content.querySelector(":scope > .error")?.remove();
    try {
      const again = await page({ content, argument: argument && decodeURIComponent(argument), crumbs, refresh, alive: () => alive });
      if (alive && again) {
        timer = setTimeout(refresh, REFRESH);
      }
    } catch (problem) {
      if (alive) {
        await failed(problem, content, refresh);
        // It may be starting again: the page goes on as if nothing had been.
        if (alive && problem.isAway) {
          timer = setTimeout(refresh, REFRESH);
        }
      }
    }
  };
  current = {
    stop: () => {
      alive = false;
      clearTimeout(timer);
    },
  };
  view.replaceChildren(content);
  await refresh();
}

async function failed(problem, content, refresh) {
  if (problem.wantsCredentials) {
    if (await signIn(problem.message)) {
      showSignedIn();
      await refresh();
    }
    return;
  }
  if (!content.hasChildNodes()) {
    content.append(h("div", { class: "panel error" }, problem.message));
  }
  notify(problem.message);
}

function crumbs(...parts) {
  document.getElementById("crumbs").replaceChildren(...parts.map(([text, address]) => h("a", { href: address }, `${text} `)));
  document.title = [...parts.map(([text]) => text).reverse(), "Millrace console"].join(" · ");
}

function showSignedIn() {
  document.getElementById("sign-out").hidden = !credentials.get();
}

document.getElementById("sign-out").addEventListener("click", () => {
  credentials.clear();
  showSignedIn();
  route();
});
window.addEventListener("hashchange", route);
showSignedIn();
route();
