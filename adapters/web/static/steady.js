// Presses count for what one aimed at: what came under a resting pointer is inert for a moment.

const STEADY = 800; // milliseconds that a button must have been under the pointer
const OWN = 400; // milliseconds after a key or the wheel in which scrolling is the reader's own

const shifts = new WeakMap();
let at = null;
let under = "";
let changed = -Infinity;
let acted = -Infinity;

/** Note that a message, or all in a pane, has just moved or changed by itself: fingers aim, too. */
export function shifted(part) {
  shifts.set(part, performance.now());
}

const pressable = (target) => target?.closest?.(".buttons :is(button, a, summary)") ?? null;

function nameOf(button) {
  if (!button) return "";
  const message = button.closest("[data-message]")?.dataset.message ?? "";
  return `${message} ${button.value || button.getAttribute("href") || button.localName}`;
}

/** See what is under the pointer now; `aimed` tells that it is there because the reader wants it. */
function look(aimed) {
  if (!at) return;
  const button = pressable(document.elementFromPoint(at.x, at.y));
  const name = nameOf(button);
  if (name === under) return;
  under = name;
  changed = aimed ? -Infinity : performance.now();
  if (button && !aimed) dim(button);
}

function dim(button) {
  button.dataset.unsteady = "";
  setTimeout(() => delete button.dataset.unsteady, STEADY);
}

function isSteady(event) {
  const touched = event.pointerType === "touch";
  const places = touched ? [...document.querySelectorAll(".pane, .message")] : [];
  const around = places.filter((each) => each.contains(event.target));
  const times = touched ? around.map((each) => shifts.get(each) ?? -Infinity) : [changed];
  return performance.now() - Math.max(...times) >= STEADY;
}

document.addEventListener("pointermove", (event) => {
  const rests = at && event.clientX === at.x && event.clientY === at.y;
  at = { x: event.clientX, y: event.clientY };
  look(!rests);
});
document.addEventListener("pointerdown", (event) => {
  if (event.pointerType === "touch") return;
  look(!at || event.clientX !== at.x || event.clientY !== at.y);
});
document.addEventListener(
  "click",
  (event) => {
    if (!event.detail || !pressable(event.target) || isSteady(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
for (const kind of ["wheel", "keydown"]) {
  document.addEventListener(kind, () => (acted = performance.now()), { capture: true, passive: true });
}
document.addEventListener("scroll", () => look(performance.now() - acted < OWN), true);
document.addEventListener("load", () => look(false), true);
new MutationObserver(() => look(false)).observe(document.body, { childList: true, subtree: true });
