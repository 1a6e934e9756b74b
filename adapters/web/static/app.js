// The page: connects what people do with what the server answers.

import { compose, insert } from "./composer.js";
import * as dialog from "./dialog.js";
import { listenForFiles } from "./files.js";
import { follow } from "./following.js";
import "./keys.js";
import { fold } from "./menus.js";
import { listen, send } from "./net.js";
import { notify, warnUnsent } from "./notices.js";
import * as panes from "./panes.js";
import "./pictures.js";
import * as threads from "./threads.js";

function equip(pane) {
  follow(pane);
  compose(pane.querySelector(".composer"), (text) => command(text, pane));
}

async function command(text, pane) {
  const replies = await send("/commands", new URLSearchParams({ text, thread: pane.dataset.thread }));
  receive(replies, pane, null, text.split(" ")[0].toLowerCase());
  return replies !== null;
}

/** Put files into the open form; without one, ask what they show and add them to the case. */
async function takeFiles(files, place) {
  if (!dialog.isOpen()) await command("/note", place);
  const field = dialog.isOpen() && dialog.fieldAt(place);
  if (field) dialog.putFiles(files, field);
}

function placeOf(target) {
  return dialog.isOpen() ? dialog.fieldAt(target) : (target.closest?.("[data-pane]") ?? null);
}

/** Show replies; `about` names what was asked, for an older complaint about it is over by now. */
function receive(replies, pane, behind, about) {
  if (replies === null) return warnUnsent(pane);
  for (const old of document.querySelectorAll(".notice")) {
    if (old.dataset.about === about || "unsent" in old.dataset) old.remove();
  }
  for (const { kind, html, message, refused } of replies) {
    if (refused && dialog.refuse(refused.input, refused.words)) continue;
    if (kind === "notice") notify(panes.element(html), pane, about);
    else if (kind === "ask") dialog.showForm(html);
    else if (kind === "update") panes.replaceMessage(message, html);
    else panes.showPrivate(html, pane, behind);
  }
}

async function press(form, button) {
  if (button.ariaBusy === "true") return;
  const shown = fold(button);
  button.ariaBusy = shown.ariaBusy = "true";
  const pane = form.closest("[data-pane]");
  const fields = new URLSearchParams(new FormData(form, button));
  fields.set("thread", pane.dataset.thread);
  receive(await send("/clicks", fields), pane, form.closest(".message"), button.value);
  button.ariaBusy = shown.ariaBusy = "false";
}

async function submit(fields) {
  const replies = await send("/submissions", fields);
  const pane = threads.paneOf(fields.get("thread"));
  const behind = pane.querySelector(`[data-message="${CSS.escape(fields.get("message"))}"]`);
  // What only complains leaves the form open, so that nothing has to be written again.
  const open = !replies || (replies.length > 0 && replies.every(complains));
  if (!open && !replies.some((reply) => reply.kind === "ask")) dialog.closeForm();
  receive(replies, pane, behind, fields.get("session"));
}

function complains({ kind, html }) {
  return kind === "notice" && panes.element(html).role === "alert";
}

async function copy(button) {
  await navigator.clipboard.writeText(button.closest("figure").querySelector("pre").textContent);
  button.dataset.copied = "";
  setTimeout(() => delete button.dataset.copied, 1500);
}

async function reload() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const pane of document.querySelectorAll("[data-pane]")) {
    const other = fresh.querySelector(`[data-stream="${CSS.escape(pane.dataset.stream)}"]`);
    if (other) panes.takeOver(pane, other);
  }
}

function trouble(words) {
  const place = document.querySelector(".trouble");
  place.textContent = words;
  place.hidden = !words;
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".buttons")) return;
  event.preventDefault();
  press(event.target, event.submitter);
});

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest(selector);
  on("[data-dismiss]")?.closest(".message, .notice").remove();
  const copier = on("[data-copy]");
  if (copier) copy(copier);
  const starter = on("[data-insert]");
  if (starter) insert(starter.closest("[data-pane]").querySelector(".composer"), starter.dataset.insert);
  const account = document.querySelector(".account[open]");
  if (account && !account.contains(event.target)) account.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || dialog.isOpen()) return;
  if (event.key === "/" && !event.target.matches("input, textarea, select")) {
    event.preventDefault();
    const pane = threads.paneOf(threads.current());
    insert(pane.querySelector(".composer"), "/");
  }
  if (event.key !== "Escape") return;
  const account = document.querySelector(".account[open]");
  if (account) account.open = false;
  else threads.close();
});

document.querySelectorAll("[data-pane]").forEach(equip);
dialog.onForm(submit);
listenForFiles(placeOf, takeFiles);
threads.start(equip, () => warnUnsent(document.querySelector("main")));
listen(panes.showMessage, reload, trouble);
