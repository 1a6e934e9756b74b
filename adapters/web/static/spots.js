// Places on pictures: a click, or the arrow keys and Enter, set the mark of a form's picture.

const WHOLE = 1000; // thousandths of a picture's width and of its height
const STEP = 25; // of an arrow key; with Shift, a fifth of it
const COLUMNS = "ABCDEF";
const ROWS = 6;

/** Let people point at the pictures of a form. */
export function equipSpots(form) {
  form.querySelectorAll(".spot").forEach(equip);
}

function equip(spot) {
  const photo = spot.querySelector(".photo");
  const typed = spot.querySelector("input");
  const taken = spot.dataset.marks ? spot.dataset.marks.split(" ") : [];
  // What is sent is exact; what is shown is the cell, which people can type as well.
  const sent = typed.cloneNode();
  sent.type = "hidden";
  sent.removeAttribute("id");
  typed.removeAttribute("name");
  typed.after(sent);
  taken.forEach((text, index) => draw(photo, read(text), index + 1));
  const mark = draw(photo, null, Number(spot.dataset.number), "new");
  let aim = null;

  function set(point) {
    aim = point;
    mark.classList.remove("aiming");
    sent.value = point ? `${point.x},${point.y}` : "";
    typed.value = point ? cell(point) : "";
    put(mark, point);
  }

  set(read(typed.value));
  photo.addEventListener("click", (event) => {
    const box = photo.getBoundingClientRect();
    set({
      x: within(((event.clientX - box.left) / box.width) * WHOLE),
      y: within(((event.clientY - box.top) / box.height) * WHOLE),
    });
  });
  photo.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    const sets = event.key === "Enter" || event.key === " ";
    if (!move && !sets) return;
    event.preventDefault();
    aim ??= { x: WHOLE / 2, y: WHOLE / 2 };
    if (sets) return set(aim);
    const step = event.shiftKey ? STEP / 5 : STEP;
    aim = { x: within(aim.x + move[0] * step), y: within(aim.y + move[1] * step) };
    mark.classList.add("aiming");
    put(mark, aim);
  });
  typed.addEventListener("input", () => {
    sent.value = typed.value;
    aim = read(typed.value) ?? middle(typed.value);
    put(mark, aim);
  });
  spot.querySelector("[data-unmark]").addEventListener("click", () => set(null));
}

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function draw(photo, point, number, kind) {
  const mark = document.createElement("span");
  mark.className = "mark";
  if (kind) mark.classList.add(kind);
  const badge = document.createElement("b");
  badge.textContent = number;
  mark.append(badge);
  photo.append(mark);
  put(mark, point);
  return mark;
}

function put(mark, point) {
  mark.hidden = !point;
  if (!point) return;
  mark.style.left = `${(point.x * 100) / WHOLE}%`;
  mark.style.top = `${(point.y * 100) / WHOLE}%`;
}

function read(text) {
  const found = /^(\d{1,4}),(\d{1,4})$/.exec(text);
  return found && { x: within(found[1]), y: within(found[2]) };
}

function middle(text) {
  const found = /^([A-F])([1-6])$/.exec(text.trim().toUpperCase());
  if (!found) return null;
  const at = (index, count) => Math.floor(((index + 0.5) * WHOLE) / count);
  return { x: at(COLUMNS.indexOf(found[1]), COLUMNS.length), y: at(found[2] - 1, ROWS) };
}

function cell({ x, y }) {
  const index = (part, count) => Math.min(Math.floor((part * count) / WHOLE), count - 1);
  return COLUMNS[index(x, COLUMNS.length)] + (index(y, ROWS) + 1);
}

function within(part) {
  return Math.min(Math.max(Math.round(part), 0), WHOLE);
}
