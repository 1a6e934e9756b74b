// Talking to the server: every post carries an id that stays the same when it is sent again.

const PAUSES = [500, 1000, 2000, 4000, 8000];
const LOST = "Connection lost. Reconnecting";
const CLOSED = "Your session has ended. To get a new link, run .venv/bin/python -m bot page-link.";

const key = document.querySelector("meta[name=key]").content;
const bar = document.querySelector(".lost");
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Show or hide the bar that says that the server does not answer. */
export function lost(isLost) {
  bar.textContent = isLost ? LOST : "";
  bar.hidden = !isLost;
}

/** Send fields to the server and return its replies; null if it cannot be reached. */
export async function send(url, fields) {
  fields.set("interaction", crypto.randomUUID());
  for (const ms of PAUSES) {
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { Accept: "application/json", "X-Brandwarden-Key": key },
        body: fields,
      });
      lost(false);
      return (await answer.json()).replies;
    } catch {
      lost(true);
      await pause(ms);
    }
  }
  return null;
}

/**
 * Listen to what changes, and connect again for ever, until the server refuses us. Each connection
 * begins by saying what is wrong with the whole page, if anything is.
 */
export function listen(told, reload, trouble) {
  let cursor = document.body.dataset.cursor;
  let failures = 0;
  const open = () => {
    const source = new EventSource(`/events?after=${encodeURIComponent(cursor)}`);
    source.onopen = () => {
      failures = 0;
      lost(false);
      trouble("");
    };
    source.addEventListener("trouble", (event) => trouble(JSON.parse(event.data).words));
    source.onmessage = (event) => {
      cursor = event.lastEventId;
      told(JSON.parse(event.data));
    };
    source.addEventListener("reload", (event) => {
      cursor = event.lastEventId;
      reload();
    });
    source.onerror = async () => {
      source.close();
      lost(true);
      await pause(PAUSES[Math.min(failures++, 3)]);
      if (await refused()) bar.textContent = CLOSED;
      else open();
    };
  };
  open();
}

async function refused() {
  try {
    return (await fetch("/", { method: "HEAD" })).status === 403;
  } catch {
    return false;
  }
}
