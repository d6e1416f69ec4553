// Small help with the DOM. Text is always set as text, never as HTML.

const SVG = "http://www.w3.org/2000/svg";

export function h(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function s(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== undefined && value !== null && value !== false) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter(child => child !== undefined && child !== null));
  return element;
}

export function notify(text, good = false) {
  const notices = document.getElementById("notices");
  if ([...notices.children].some(known => known.textContent === text)) {
    return;
  }
  const notice = h("div", { class: good ? "notice good" : "notice" }, text);
  notices.append(notice);
  setTimeout(() => notice.remove(), good ? 4000 : 12000);
}

/** JSON for reading; a text that is none stays as it is. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** AWS's times are seconds since 1970. */
export const time = seconds => (seconds ? new Date(seconds * 1000).toLocaleString() : "–");

export function duration(seconds) {
  if (seconds === undefined || Number.isNaN(seconds)) {
    return "–";
  }
  if (seconds < 1) {
    return `${Math.round(seconds * 1000)} ms`;
  }
  if (seconds < 60) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  const parts = [[Math.floor(whole / 86400), "d"], [Math.floor(whole / 3600) % 24, "h"], [Math.floor(whole / 60) % 60, "min"], [whole % 60, "s"]];
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(" ");
}

export const status = text => h("span", { class: `status ${text}` }, text);
