// The command line: completion, history, sending.

const KEPT = 50;
const HISTORY = "commands";

/** Make a command line complete and send; `send(text)` tells whether it was taken. */
export function compose(form, send) {
  const input = form.querySelector("input[role=combobox]");
  const completion = new Completion(form, input);
  const history = new History(input);
  input.addEventListener("input", () => completion.update());
  input.addEventListener("blur", () => completion.close());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (completion.key(event.key) || history.key(event.key)) {
      event.preventDefault();
      event.stopPropagation();
    }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    completion.update();
    history.add(text);
    const taken = await send(text);
    if (!taken && !input.value) input.value = text;
  });
}

/** Put text into a command line and go there. */
export function insert(form, text) {
  const input = form.querySelector("input[role=combobox]");
  input.value = text;
  input.focus();
  input.dispatchEvent(new Event("input"));
}

class Completion {
  constructor(form, input) {
    this.input = input;
    this.list = form.querySelector("[role=listbox]");
    this.usage = form.querySelector(".usage");
    this.options = [...this.list.children];
    this.matching = [];
    this.active = -1;
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // keeps the focus, and so the list, until the choice is made
    });
    this.list.addEventListener("click", (event) => {
      this.accept(event.target.closest("[role=option]"));
    });
  }

  update() {
    const [name, ...rest] = this.input.value.split(" ");
    const typing = name.startsWith("/") && rest.length === 0;
    this.matching = typing ? this.options.filter((each) => matches(each, name)) : [];
    for (const option of this.options) option.hidden = !this.matching.includes(option);
    this.open(this.matching.length > 0);
    this.select(Math.max(0, this.matching.findIndex((each) => this.isWhole(each))));
    const known = this.options.find((each) => rest.length && `/${each.dataset.name}` === name);
    this.usage.hidden = !known;
    this.usage.replaceChildren(...(known ? [...known.cloneNode(true).children] : []));
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", isOpen);
    if (!isOpen) this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.matching = [];
    this.open(false);
  }

  select(index) {
    if (!this.matching.length) return;
    this.active = (index + this.matching.length) % this.matching.length;
    const chosen = this.matching[this.active];
    for (const option of this.options) option.setAttribute("aria-selected", option === chosen);
    this.input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  accept(option) {
    if (!option) return;
    this.input.value = `/${option.dataset.name} `;
    this.update();
    this.input.focus();
  }

  /** Tell whether the option's name is typed already. */
  isWhole(option) {
    return this.input.value.toLowerCase() === `/${option.dataset.name}`;
  }

  /** Act on a key; true if it was meant for the list. */
  key(key) {
    if (!this.matching.length) return false;
    const chosen = this.matching[this.active];
    if (key === "Enter" && this.isWhole(chosen)) return false; // there is nothing to add: it is sent
    if (key === "ArrowDown") this.select(this.active + 1);
    else if (key === "ArrowUp") this.select(this.active - 1);
    else if (key === "Escape") this.close();
    else if (key === "Tab" || key === "Enter") this.accept(chosen);
    else return false;
    return true;
  }
}

class History {
  constructor(input) {
    this.input = input;
    this.entries = JSON.parse(sessionStorage.getItem(HISTORY) ?? "[]");
    this.place = this.entries.length;
  }

  add(text) {
    this.entries = [...this.entries.filter((each) => each !== text), text].slice(-KEPT);
    this.place = this.entries.length;
    sessionStorage.setItem(HISTORY, JSON.stringify(this.entries));
  }

  /** Act on a key; true if it moved through what was sent before. */
  key(key) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[key];
    const shown = this.entries[this.place] ?? "";
    const place = this.place + (step ?? 0);
    if (!step || this.input.value !== shown || place < 0 || place > this.entries.length) return false;
    this.place = place;
    this.input.value = this.entries[place] ?? "";
    return true;
  }
}

function matches(option, name) {
  return `/${option.dataset.name}`.startsWith(name.toLowerCase());
}
