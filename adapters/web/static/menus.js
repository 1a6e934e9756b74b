// Menus of cards: opened over what is there, by mouse and by keyboard, one at a time.

const GAP = 6; // pixels between a menu and what opens it
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** Close the menu that an item is in; return what then stands for the item, or the button itself. */
export function fold(button) {
  const menu = button.closest(".more");
  if (!menu) return button;
  close(menu);
  return opener(menu);
}

/** Let a menu that was open in an old message be open in the new one that took its place. */
export function keepOpen(old, fresh) {
  const menu = old.querySelector(".more[open]") && fresh.querySelector(".more");
  if (menu) show(menu);
}

const opener = (menu) => menu.querySelector("summary");
const itemsOf = (menu) => [...menu.querySelectorAll(".item")];
const opened = () => document.querySelectorAll(".more[open]");

function close(menu) {
  const within = menu.contains(document.activeElement);
  menu.open = false;
  if (within) opener(menu).focus({ preventScroll: true });
}

function show(menu) {
  for (const other of opened()) if (other !== menu) other.open = false;
  menu.open = true;
  place(menu);
}

function enter(menu) {
  show(menu);
  itemsOf(menu)[0].focus({ preventScroll: true });
}

/** Show it above what opens it if there is room, for the buttons stand at the end of a card. */
function place(menu) {
  const list = menu.querySelector(".items");
  const around = menu.closest("form").getBoundingClientRect();
  const seen = menu.closest(".scroll, .browse").getBoundingClientRect();
  const at = menu.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const above = at.top - seen.top;
  const up = above >= height + GAP || above >= seen.bottom - at.bottom;
  const left = Math.max(0, Math.min(at.left - around.left, around.width - width));
  const top = up ? at.top - around.top - height - GAP : at.bottom - around.top + GAP;
  Object.assign(list.style, { left: `${left}px`, top: `${top}px`, bottom: "auto" });
  list.scrollIntoView({ block: "nearest" });
}

function step(menu, key) {
  const items = itemsOf(menu);
  const now = items.indexOf(document.activeElement);
  if (key === "Home") items[0].focus();
  else if (key === "End") items.at(-1).focus();
  else items[(now + STEPS[key] + items.length) % items.length].focus();
}

document.addEventListener("click", (event) => {
  const pressed = event.target.closest(".more > summary")?.parentElement;
  for (const menu of opened()) if (!menu.contains(event.target)) menu.open = false;
  if (!pressed) return;
  event.preventDefault(); // the browser would open it a moment later, and a fast key miss it
  if (pressed.open) close(pressed);
  else enter(pressed);
});

document.addEventListener("focusin", (event) => {
  for (const menu of opened()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest(".more");
  if (!menu || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && menu.open) close(menu);
  else if (!(event.key in STEPS || (menu.open && ["Home", "End"].includes(event.key)))) return;
  else if (menu.open) step(menu, event.key);
  else enter(menu);
  event.preventDefault();
});
