// Draws a definition. Each graph (the whole, a branch, an item processor) is laid out by dagre by itself; a state that has graphs within
// is a node of their size in the graph around it.
import { s } from "./dom.js";

const CHARACTER = 7.2;
const PADDING = 12;
const HEADER = 34;

/**
 * @param definition the parsed definition
 * @param look the CSS class of a state, by name
 * @param taken the moves "from>to" that were made
 * @param select is called with the name of the state that was clicked
 */
export function draw(definition, look, taken, select) {
  const laid = layout(definition, taken);
  const svg = s("svg", { width: laid.width + 4, height: laid.height + 4, viewBox: `-2 -2 ${laid.width + 4} ${laid.height + 4}`, role: "img", "aria-label": "The state machine's graph" },
    s("defs", {}, arrow("arrow"), arrow("arrow-taken")));
  paint(svg, laid, 0, 0, look, select);
  return svg;
}

const arrow = id => s("marker", { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" },
  s("path", { d: "M0,0 L8,4 L0,8 z" }));

function within(state) {
  if (state.Type === "Parallel") {
    return state.Branches ?? [];
  }
  return state.Type === "Map" ? [state.ItemProcessor ?? state.Iterator].filter(Boolean) : [];
}

/** The ways out of a state: target, text, and whether it is a Catch. */
export function ways(state) {
  const out = [];
  (state.Choices ?? []).forEach(rule => out.push({ to: rule.Next, text: condition(rule) }));
  if (state.Default) {
    out.push({ to: state.Default, text: "default" });
  }
  if (state.Next) {
    out.push({ to: state.Next, text: "" });
  } else if (state.End || state.Type === "Succeed") {
    out.push({ to: "", text: "" });
  }
  (state.Catch ?? []).forEach(catcher => out.push({ to: catcher.Next, text: catcher.ErrorEquals.join(", "), catches: true }));
  return out;
}

function condition(rule) {
  if (rule.Condition !== undefined) {
    return short(String(rule.Condition).replace(/^\{%\s*|\s*%\}$/g, ""));
  }
  for (const joint of ["And", "Or"]) {
    if (rule[joint]) {
      return short(rule[joint].map(condition).join(joint === "And" ? " ∧ " : " ∨ "));
    }
  }
  if (rule.Not) {
    return short(`¬ ${condition(rule.Not)}`);
  }
  const operator = Object.keys(rule).find(name => !["Variable", "Next", "Comment", "Assign", "Output"].includes(name));
  return short(`${rule.Variable} ${operator} ${JSON.stringify(rule[operator])}`);
}

const short = text => (text.length > 38 ? `${text.slice(0, 37)}…` : text);

function layout(graph, taken) {
  const g = new dagre.graphlib.Graph({ multigraph: true });
  g.setGraph({ rankdir: "TB", nodesep: 28, ranksep: 34, marginx: 6, marginy: 6 });
  g.setDefaultEdgeLabel(() => ({}));
  g.setNode("start:", { dot: true, width: 14, height: 14 });
  for (const [name, state] of Object.entries(graph.States)) {
    const inner = within(state).map(part => layout(part, taken));
    const text = Math.max(name.length * CHARACTER, (state.Type.length + 4) * CHARACTER) + 2 * PADDING;
    const width = inner.reduce((sum, part) => sum + part.width + PADDING, PADDING);
    const height = Math.max(0, ...inner.map(part => part.height));
    g.setNode(`state:${name}`, {
      name, state, inner, width: Math.max(text, inner.length ? width : 90), height: inner.length ? HEADER + height + PADDING : 44,
    });
  }
  edge(g, "start:", `state:${graph.StartAt}`, { taken: taken.has(`>${graph.StartAt}`) });
  for (const [name, state] of Object.entries(graph.States)) {
    ways(state).forEach((way, index) => {
      if (way.to === "" && !g.hasNode("end:")) {
        g.setNode("end:", { dot: true, width: 14, height: 14 });
      }
      edge(g, `state:${name}`, way.to === "" ? "end:" : `state:${way.to}`, {
        text: way.text, catches: way.catches, taken: taken.has(`${name}>${way.to}`), width: way.text.length * 6, height: way.text ? 14 : 0, labelpos: "c",
      }, index);
    });
  }
  dagre.layout(g);
  return { g, width: g.graph().width, height: g.graph().height };
}

function edge(g, from, to, label, index = 0) {
  if (g.hasNode(to)) {
    g.setEdge(from, to, label, String(index));
  }
}

function paint(target, { g }, left, top, look, select) {
  const group = s("g", { transform: `translate(${left},${top})` });
  target.append(group);
  for (const id of g.edges()) {
    const { points, text, catches, taken, x, y } = g.edge(id);
    const path = points.map((point, index) => `${index ? "L" : "M"}${point.x.toFixed(1)},${point.y.toFixed(1)}`).join(" ");
    group.append(s("path", { class: `edge${catches ? " catch" : ""}${taken ? " taken" : ""}`, d: path }));
    if (text) {
      group.append(s("text", { class: "label", x, y, "text-anchor": "middle" }, s("title", {}, text), text));
    }
  }
  for (const id of g.nodes()) {
    const node = g.node(id);
    if (node.dot) {
      group.append(s("circle", { class: "end", cx: node.x, cy: node.y, r: 6 }));
    } else {
      group.append(box(node, look, select));
    }
  }
}

function box(node, look, select) {
  const left = node.x - node.width / 2;
  const top = node.y - node.height / 2;
  const chosen = event => {
    event.stopPropagation();
    select(node.name);
  };
  const group = s("g", {
    class: `state ${look(node.name)}${node.inner.length ? " container" : ""}`, "data-state": node.name, tabindex: 0, role: "button",
    onclick: chosen, onkeydown: event => event.key === "Enter" && chosen(event),
  },
  s("title", {}, `${node.name} (${node.state.Type})${node.state.Comment ? `: ${node.state.Comment}` : ""}`),
  s("rect", { x: left, y: top, width: node.width, height: node.height, rx: 7 }),
  s("text", { x: node.x, y: top + 18, "text-anchor": "middle" }, node.name),
  s("text", { class: "type", x: node.x, y: top + 31, "text-anchor": "middle" }, node.state.Type));
  let at = left + PADDING;
  for (const part of node.inner) {
    paint(group, part, at, top + HEADER, look, select);
    at += part.width + PADDING;
  }
  return group;
}
