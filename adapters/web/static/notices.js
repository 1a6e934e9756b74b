// Notices: what is said to this reader alone, and goes away again.

import * as dialog from "./dialog.js";

const NOTICES = 2; // at one time
const NOTICE_STAYS = 10_000; // milliseconds; warnings stay until they are dismissed
const UNSENT = "That could not be sent. Check that Brandwarden is running, then try again.";

/** Show a notice where its reader looks; `about` names what was asked. */
export function notify(notice, pane, about) {
  notice.dataset.about = about;
  const place = dialog.isOpen() ? dialog.notices() : pane.querySelector(".notices");
  place.append(notice);
  // Who works fast has seen the older ones.
  while (place.children.length > NOTICES) place.firstElementChild.remove();
  if (notice.role !== "alert") leave(notice);
}

/** Return a warning that what was done could not be sent. */
export function unsent() {
  const notice = document.querySelector("#unsent").content.firstElementChild.cloneNode(true);
  notice.querySelector("bdi").textContent = UNSENT;
  notice.dataset.unsent = "";
  return notice;
}

/** Show that warning where its reader looks. */
export function warnUnsent(pane) {
  notify(unsent(), pane, "");
}

function leave(notice) {
  setTimeout(() => {
    if (notice.matches(":hover, :focus-within")) leave(notice);
    else notice.remove();
  }, NOTICE_STAYS);
}
