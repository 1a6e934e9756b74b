// The channel and the thread: putting messages where they belong without moving what one reads.

import { keepOpen } from "./menus.js";
import { shifted } from "./steady.js";

const SPOKEN = 5;
const ENDED = /[.!?…。！？]$/u;
const RECENT = 20;

const announcer = document.querySelector("#announcer");
const title = document.title;
const recent = [];
let unread = 0;

/** Return the element that the HTML describes. */
export function element(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

/** Say something to those who listen to the page. */
export function announce(text) {
  const line = document.createElement("span");
  line.textContent = `${ENDED.test(text) ? text : `${text}.`} `;
  announcer.append(line);
  while (announcer.childElementCount > SPOKEN) announcer.firstElementChild.remove();
}

/** Show a message that is new, or that looks different now. */
export function showMessage(told) {
  recent.push(told);
  recent.splice(0, recent.length - RECENT);
  place(told);
}

/** Show what came while a pane was on its way here. */
export function catchUp(pane) {
  recent.filter((told) => told.stream === pane.dataset.stream).forEach(place);
}

function place({ id, stream, html, new: isNew, ping }) {
  if (replaceMessage(id, html) || !isNew) return;
  const pane = document.querySelector(`[data-pane][data-stream="${CSS.escape(stream)}"]`);
  if (!pane || "paged" in pane.dataset) return;
  const message = element(html);
  message.classList.add("arrived");
  if (ping) message.classList.add("ping");
  pane.dispatchEvent(new Event("arriving"));
  append(pane, message);
  announce(`New message. ${labelOf(message)}`);
  countUnread();
}

/** Replace a message wherever it is shown; false if it is nowhere. */
export function replaceMessage(id, html) {
  const olds = document.querySelectorAll(`[data-message="${CSS.escape(id)}"]`);
  for (const old of olds) {
    const fresh = element(html);
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(fresh);
    if (buttonsOf(old) !== buttonsOf(fresh)) shifted(fresh);
    keepOpen(old, fresh);
    if (focused) again(fresh, focused).focus({ preventScroll: true });
  }
  return olds.length > 0;
}

/** Show a card to this reader alone, behind the message that it answers or at the end. */
export function showPrivate(html, pane, behind) {
  const message = element(html);
  const known = document.querySelector(`[data-message="${CSS.escape(message.dataset.message)}"]`);
  if (known) known.replaceWith(message);
  else if (behind?.isConnected) behind.after(message);
  else append(pane, message);
  message.scrollIntoView({ block: "nearest" });
  announce(`Only visible to you. ${labelOf(message)}`);
}

/** Take over what another copy of the page shows; what only this reader sees stays. */
export function takeOver(pane, fresh) {
  const lists = pane.querySelectorAll(".messages");
  fresh.querySelectorAll(".messages").forEach((list, index) => {
    const own = lists[index].querySelectorAll(".private");
    lists[index].replaceChildren(...list.children, ...own);
  });
}

function append(pane, message) {
  const list = [...pane.querySelectorAll(".messages")].at(-1);
  const day = message.dataset.day;
  const last = [...list.querySelectorAll("[data-day]")].at(-1);
  if (day && last?.dataset.day !== day) {
    const divider = element('<li class="day"><span></span></li>');
    divider.dataset.day = day;
    divider.firstElementChild.textContent = day;
    list.append(divider);
  }
  list.append(message);
}

function again(fresh, focused) {
  const same = focused.value && fresh.querySelector(`[value="${CSS.escape(focused.value)}"]`);
  const link = focused.matches("a") && fresh.querySelector(`a[href="${focused.getAttribute("href")}"]`);
  const menu = focused.matches("summary") && fresh.querySelector("summary");
  return same || link || menu || fresh.querySelector("article");
}

function buttonsOf(message) {
  return [...message.querySelectorAll(".buttons [name=button]")].map((each) => each.value).join();
}

function labelOf(message) {
  return message.querySelector("article").getAttribute("aria-label");
}

function countUnread() {
  if (!document.hidden) return;
  unread += 1;
  document.title = `(${unread}) ${title}`;
}

document.addEventListener("visibilitychange", () => {
  unread = 0;
  document.title = title;
});
