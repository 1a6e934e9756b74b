// Tables: what is asked changes the rows and the address, and nothing is loaded anew.

import * as dialog from "./dialog.js";
import { listenForFiles } from "./files.js";
import "./keys.js";
import { fold } from "./menus.js";
import { send } from "./net.js";
import { unsent } from "./notices.js";
import { announce, element } from "./panes.js";
import "./pictures.js";
import "./steady.js";

const TYPING = 120; // milliseconds after the last key, until the rows follow

const asking = document.querySelector(".asking");
const found = document.querySelector("#found");
const place = document.querySelector(".notices");
let turn = 0;
let typing = 0;
let searching = false; // the address is of a search that is still being typed

/** Show the rows that an address asks for; a later question overtakes an earlier one. */
async function show(address, keep) {
  const mine = ++turn;
  found.ariaBusy = "true";
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (mine !== turn) return;
  found.ariaBusy = "false";
  if (!answer?.ok) return location.assign(address);
  found.innerHTML = (await answer.json()).html;
  if (keep) document.querySelector(`[data-ask="${CSS.escape(keep)}"]`)?.focus();
  announce(found.querySelector(".count").textContent);
}

function addressOf(form) {
  const fields = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...fields]) if (!value) fields.delete(name);
  return fields.size ? `${form.getAttribute("action")}?${fields}` : form.getAttribute("action");
}

function ask(address, keep) {
  halted();
  history.pushState(null, "", address);
  return show(address, keep);
}

/** Follow what is being typed: Back leaves a whole search, not its letters one by one. */
function askTyped(address) {
  if (searching) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  searching = true;
  return show(address);
}

/** What is typed from now on is a search of its own. */
function halted() {
  clearTimeout(typing);
  searching = false;
}

function follow(address) {
  const sort = asking.elements.sort;
  const fields = new URL(address, location.href).searchParams;
  if (sort && fields.has("sort")) sort.value = fields.get("sort");
}

function receive(replies, message) {
  if (replies === null) return place.append(unsent());
  for (const { kind, html } of replies) {
    if (kind === "notice") (dialog.isOpen() ? dialog.notices() : place).append(element(html));
    else if (kind === "ask") dialog.showForm(html);
    else if (message) message.replaceWith(element(html));
    else place.append(element(html));
  }
}

async function press(form, button) {
  const shown = fold(button);
  if (shown.ariaBusy === "true") return;
  shown.ariaBusy = "true";
  place.replaceChildren();
  const fields = new URLSearchParams(new FormData(form, button));
  receive(await send(form.getAttribute("action"), fields), form.closest(".message"));
  shown.ariaBusy = "false";
}

async function submit(fields) {
  const replies = await send("/submissions", fields);
  const complains = ({ kind, html }) => kind === "notice" && element(html).role === "alert";
  const open = !replies || (replies.length > 0 && replies.every(complains));
  if (!open && !replies.some(({ kind }) => kind === "ask")) {
    dialog.closeForm();
    if (found) await show(location.href);
    else if (!replies.length) return location.reload();
  }
  receive(replies?.filter(({ kind }) => kind !== "update" || !found) ?? null);
}

document.addEventListener("submit", (event) => {
  if (event.target === asking) {
    event.preventDefault();
    ask(addressOf(asking));
  } else if (event.target.matches(".rows, .buttons")) {
    event.preventDefault();
    press(event.target, event.submitter);
  }
});

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".message, .notice").remove();
  const link = event.target.closest("a[data-ask]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    follow(link.href);
    ask(link.getAttribute("href"), link.dataset.ask);
  }
  const account = document.querySelector(".account[open]");
  if (account && !account.contains(event.target)) account.open = false;
});

document.addEventListener("change", (event) => {
  if (event.target.matches(".asking select")) ask(addressOf(asking));
  if (!event.target.matches("[data-all]")) return;
  for (const box of document.querySelectorAll(".rows [name=row]")) box.checked = event.target.checked;
});

asking?.elements.q.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => askTyped(addressOf(asking)), TYPING);
});

addEventListener("popstate", () => location.reload());

dialog.onForm(submit);
listenForFiles((target) => (dialog.isOpen() ? dialog.fieldAt(target) : null), dialog.putFiles);
