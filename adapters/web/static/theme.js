// Runs before the first paint, so that the page never flashes in the wrong colours.
const saved = localStorage.getItem("theme");
if (saved === "light" || saved === "dark") document.documentElement.dataset.theme = saved;
document.documentElement.dataset.scripted = "";

document.addEventListener("DOMContentLoaded", () => {
  const choices = document.querySelectorAll("[data-theme-choice]");
  const mark = () => {
    const chosen = document.documentElement.dataset.theme ?? "system";
    for (const each of choices) each.ariaPressed = String(each.dataset.themeChoice === chosen);
  };
  for (const each of choices) {
    each.addEventListener("click", () => {
      const theme = each.dataset.themeChoice;
      if (theme === "system") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = theme;
      localStorage.setItem("theme", theme);
      mark();
    });
  }
  mark();
});
