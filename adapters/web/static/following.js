// The end of a pane: who is there stays there while messages come.

import { shifted } from "./steady.js";

const NEAR = 80; // pixels from the end within which a reader counts as being at the end

/** Let a pane stay at its end while messages come, if its reader is there. */
export function follow(pane) {
  const scroll = pane.querySelector(".scroll");
  const pill = pane.querySelector("[data-latest]");
  let atEnd = true;
  let top = 0;
  const look = () => {
    const near = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
    // What grows moves the end away; only who goes up leaves it.
    if (near || scroll.scrollTop < top) atEnd = near;
    top = scroll.scrollTop;
    if (atEnd) pill.hidden = true;
  };
  const toEnd = () => {
    const before = scroll.scrollTop;
    scroll.scrollTo({ top: scroll.scrollHeight });
    if (scroll.scrollTop !== before) shifted(pane);
    look();
  };
  scroll.addEventListener("scroll", look);
  const sizes = new ResizeObserver(() => atEnd && toEnd());
  for (const part of [scroll, ...scroll.children]) sizes.observe(part);
  pill.addEventListener("click", () => {
    toEnd();
    scroll.focus();
  });
  pane.addEventListener("arriving", () => {
    // The reader may have moved a moment ago, and the browser has not said so yet.
    if (scroll.scrollTop !== top) look();
    pill.hidden = atEnd;
  });
}
