// Files that are dragged or pasted: into the open form, or as evidence for what one looks at.

const carries = (data) => data?.types.includes("Files") ?? false;

// What is copied from a table comes as words and as a picture of them: the words are meant.
const pasted = (data) => (carries(data) && !data.types.includes("text/plain") ? [...data.files] : []);

/** Call `take(files, target)` for files that are dropped or pasted; `placeOf(target)` takes them. */
export function listenForFiles(placeOf, take) {
  let over = null;
  const show = (place) => {
    if (place === over) return;
    if (over) delete over.dataset.dropping;
    over = place;
    if (over) over.dataset.dropping = "";
  };
  document.addEventListener("dragover", (event) => {
    if (!carries(event.dataTransfer)) return;
    event.preventDefault(); // a file that misses its place would be opened instead of the page
    const place = placeOf(event.target);
    event.dataTransfer.dropEffect = place ? "copy" : "none";
    show(place);
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) show(null);
  });
  document.addEventListener("drop", (event) => {
    if (!carries(event.dataTransfer)) return;
    event.preventDefault();
    show(null);
    const place = placeOf(event.target);
    if (place) take([...event.dataTransfer.files], place);
  });
  document.addEventListener("paste", (event) => {
    const files = pasted(event.clipboardData);
    const place = placeOf(event.target);
    if (!files.length || !place) return;
    event.preventDefault();
    take(files, place);
  });
}
