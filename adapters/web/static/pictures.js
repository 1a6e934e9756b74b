// Pictures of products: one that the server is still fetching comes a moment later.

const STAND_IN = 48; // pixels; no-picture.svg is so wide, and a product's picture is not
const LATER = [1500, 4000, 10_000]; // milliseconds until the server is asked again

const asked = new WeakMap();

function look(image) {
  const times = asked.get(image) ?? 0;
  if (image.naturalWidth !== STAND_IN || times >= LATER.length) return;
  asked.set(image, times + 1);
  setTimeout(() => {
    const address = new URL(image.src);
    address.searchParams.set("again", times + 1);
    image.src = address;
  }, LATER[times]);
}

const isProduct = (target) => target.matches?.("img.product");

document.querySelectorAll("img.product").forEach(look);
document.addEventListener("load", ({ target }) => isProduct(target) && look(target), true);
