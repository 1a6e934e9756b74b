// Keys: j and k go from card to card, and the buttons of a card are one stop whose arrows lead on.

import { isOpen } from "./dialog.js";

const CARDS = { j: 1, k: -1 };
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };
const ITEMS = ":scope > .button, :scope > .more > summary";
const TYPED = "input, textarea, select";

const seen = (all) => [...all].filter((each) => each.checkVisibility());
const itemsOf = (bar) => seen(bar.querySelectorAll(ITEMS));

/** Let the Tab key stop once at each bar of buttons: at its first, until another is in use. */
export function rove(within) {
  for (const bar of within.querySelectorAll("[role=toolbar]")) stopAt(bar, bar.querySelector(ITEMS));
}

function stopAt(bar, item) {
  for (const each of bar.querySelectorAll(ITEMS)) each.tabIndex = each === item ? 0 : -1;
}

function step(bar, key) {
  const items = itemsOf(bar);
  const now = items.indexOf(document.activeElement);
  if (key === "Home") items[0].focus();
  else if (key === "End") items.at(-1).focus();
  else items[(now + STEPS[key] + items.length) % items.length].focus();
}

/** Go to the next card or the one before; who is at none begins with the newest. */
function go(by) {
  const pane = document.activeElement.closest("[data-pane]") ?? document.querySelector("main");
  const cards = seen(pane.querySelectorAll(".message > article"));
  const now = cards.indexOf(document.activeElement.closest("article"));
  const next = now < 0 ? cards.at(-1) : cards[Math.min(Math.max(now + by, 0), cards.length - 1)];
  if (!next) return;
  next.focus({ preventScroll: true });
  const place = next.closest(".scroll, .browse");
  next.scrollIntoView({ block: next.offsetHeight > place.clientHeight ? "start" : "nearest" });
}

document.addEventListener("focusin", (event) => {
  const bar = event.target.matches(".button") && event.target.closest("[role=toolbar]");
  if (bar) stopAt(bar, event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || isOpen()) return;
  if (event.target.matches(TYPED)) return;
  const bar = event.target.matches(".button") && event.target.closest("[role=toolbar]");
  const menu = event.target.closest(".more[open]");
  if (event.key in CARDS && !event.shiftKey && !menu) go(CARDS[event.key]);
  else if (bar && !menu && (event.key in STEPS || ["Home", "End"].includes(event.key))) step(bar, event.key);
  else return;
  event.preventDefault();
});

// What comes later is a message that takes the place of another or stands behind the last one.
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) rove(node);
  }
}).observe(document.body, { childList: true, subtree: true });
rove(document);
