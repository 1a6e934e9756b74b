// Forms: one dialog, whose content is the step that the server asks.

import { element } from "./panes.js";
import { equipSpots } from "./spots.js";

const dialog = document.querySelector("dialog");

/** Tell whether a form is open. */
export const isOpen = () => dialog.open;

/** Where notices go while a form is open. */
export const notices = () => dialog.querySelector(".notices");

/** Show a step, in place of the one before; files that were chosen for it stay chosen. */
export function showForm(html) {
  const old = dialog.querySelector("form");
  const form = element(html);
  form.noValidate = true;
  if (old && same(old, form, "session") && same(old, form, "step")) keepFiles(old, form);
  equipSpots(form);
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
  form.querySelector("[autofocus]")?.focus();
  reveal(form);
}

/** Say below a file field of the open form why its files are not taken; false if it has none. */
export function refuse(input, text) {
  const field = input && dialog.querySelector(`[name="${CSS.escape(`file.${input}`)}"]`);
  if (!field) return false;
  mark(field.closest(".input"), field, text);
  field.focus();
  reveal(field.form);
  return true;
}

/** Return the form's field that takes a file at this element: that one itself, or the first. */
export function fieldAt(target) {
  const near = target.closest?.(".input")?.querySelector("input[type=file]");
  return near ?? dialog.querySelector("input[type=file]");
}

/** Put files into a field of the open form, beside those that are there, and see if they fit. */
export function putFiles(files, field) {
  const all = new DataTransfer();
  const kept = field.multiple ? [...field.files] : [];
  for (const file of [...kept, ...files]) all.items.add(file);
  field.files = all.files;
  mark(field.closest(".input"), field, problem(field));
  field.focus();
  reveal(field.form);
}

/** Close the form, if one is open. */
export function closeForm() {
  dialog.close();
}

/** Call `send(fields)` for a form that has no mistake which the browser itself can see. */
export function onForm(send) {
  dialog.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const leaves = event.submitter?.formNoValidate;
    if (form.ariaBusy === "true" || !(leaves || check(form))) return;
    form.ariaBusy = "true";
    notices().replaceChildren();
    await send(leaves ? draft(form, event.submitter) : new FormData(form));
    form.ariaBusy = "false";
  });
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-cancel]")) closeForm();
  });
  dialog.addEventListener("close", () => {
    const message = dialog.querySelector("[name=message]")?.value;
    dialog.replaceChildren();
    if (document.activeElement === document.body) placeBehind(message)?.focus();
  });
}

/** Return what is written so far; files, which no draft keeps, are not sent for it. */
function draft(form, button) {
  const fields = new FormData(form, button);
  for (const input of form.querySelectorAll("input[type=file]")) fields.delete(input.name);
  return fields;
}

/** Return where one was before the form: at its card, if that is still there. */
function placeBehind(message) {
  const card = message && document.querySelector(`[data-message="${CSS.escape(message)}"] article`);
  return card || document.querySelector("[role=combobox]");
}

function same(one, other, name) {
  return one.elements[name].value === other.elements[name].value;
}

function keepFiles(old, form) {
  for (const input of old.querySelectorAll("input[type=file]")) {
    form.querySelector(`[name="${CSS.escape(input.name)}"]`).files = input.files;
  }
}

function check(form) {
  let first = null;
  for (const box of form.querySelectorAll(".input")) {
    const field = box.querySelector("input:not([type=hidden]), textarea, select");
    const text = problem(field);
    mark(box, field, text);
    if (text) first ??= field;
  }
  first?.focus();
  reveal(form);
  return !first;
}

/** Bring the first mistake into sight, below its field, and say it to those who listen. */
function reveal(form) {
  const wrong = [...form.querySelectorAll(".error:not([hidden])")];
  wrong[0]?.closest(".input")?.scrollIntoView({ block: "nearest" });
  wrong[0]?.scrollIntoView({ block: "nearest" });
  // Said a moment after the place for it is there: what a place begins with, no reader speaks.
  setTimeout(() => {
    form.querySelector("[data-wrong]").textContent = wrong.map((each) => each.textContent).join(" ");
  });
}

function mark(box, field, text) {
  const marked = box.querySelector("fieldset") ?? field;
  const slot = box.querySelector(".error");
  slot.textContent = text;
  slot.hidden = !text;
  if (text) marked.setAttribute("aria-invalid", "true");
  else marked.removeAttribute("aria-invalid");
}

function problem(field) {
  const most = Number(field.dataset.files);
  const bytes = Number(field.dataset.bytes);
  const files = [...(field.files ?? [])];
  const large = files.find((file) => file.size > bytes);
  if (large) return `${large.name} is larger than ${bytes / 1e6} MB.`;
  if (files.length > most) return `Choose at most ${most} ${most === 1 ? "file" : "files"}.`;
  if (!field.validity.valueMissing) return field.validationMessage;
  if (field.type === "file") return "Choose a file.";
  return field.matches("select, [type=radio]") ? "Choose an option." : "Fill this in.";
}
