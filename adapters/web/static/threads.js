// The thread beside the channel, and its address.

import { catchUp, element } from "./panes.js";

const main = document.querySelector("main");
const panel = () => document.querySelector(".panel");

/** Return the id of the open thread; empty if none is open. */
export const current = () => panel()?.dataset.thread ?? "";

/** Return the pane of a thread, or the channel's. */
export const paneOf = (thread) => (thread && thread === current() ? panel() : main);

/** Open and close threads by links, the Back button and Escape; `equip(pane)` makes one work. */
export function start(equip, failed) {
  document.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[data-thread], [data-close-thread]");
    if (!link) return;
    event.preventDefault();
    if ("closeThread" in link.dataset) close();
    else if (await open(link.dataset.thread, equip)) history.pushState(null, "", link.href);
    else failed();
  });
  window.addEventListener("popstate", () => {
    const [, thread] = location.pathname.match(/^\/threads\/([^/]+)$/) ?? [];
    if (thread) open(thread, equip);
    else remove();
  });
}

/** Close the thread, and go back to where it was opened. */
export function close() {
  if (!panel()) return;
  const thread = current();
  remove();
  history.pushState(null, "", "/");
  main.querySelector(`a[data-thread="${CSS.escape(thread)}"]`)?.focus();
}

async function open(thread, equip) {
  const pane = await load(thread);
  if (!pane) return false;
  remove();
  main.after(pane);
  document.body.classList.add("with-thread");
  equip(pane);
  catchUp(pane);
  pane.querySelector("h2").focus();
  return true;
}

async function load(thread) {
  try {
    const answer = await fetch(`/threads/${thread}`, { headers: { Accept: "application/json" } });
    return answer.ok ? element((await answer.json()).html) : null;
  } catch {
    return null;
  }
}

function remove() {
  panel()?.remove();
  document.body.classList.remove("with-thread");
}
