// Suggestions under a search box as a combobox: arrows move, Enter opens, Escape closes, focus stays in the box.
// "/" anywhere else on the page goes to the box. Without this file the suggestions are links.
const box = document.querySelector("input[data-suggests]");
const target = box && document.getElementById(box.dataset.suggests);

function options() {
  return target ? [...target.querySelectorAll('[role="option"]')] : [];
}

function choose(option) {
  for (const other of options()) other.removeAttribute("aria-selected");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) box.setAttribute("aria-activedescendant", option.id);
  else box.removeAttribute("aria-activedescendant");
}

function chosen() {
  return options().find((option) => option.getAttribute("aria-selected") === "true");
}

function close() {
  target.replaceChildren();
  choose();
  box.setAttribute("aria-expanded", "false");
}

if (box && target) {
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-controls", "suggested");

  target.addEventListener("htmx:afterSwap", () => {
    choose();
    if (document.activeElement !== box) target.replaceChildren();
    box.setAttribute("aria-expanded", String(options().length > 0));
  });

  box.addEventListener("keydown", (event) => {
    const all = options();
    if (event.isComposing || !all.length) return;
    const at = all.indexOf(chosen());
    if (event.key === "ArrowDown") choose(all[(at + 1) % all.length]);
    else if (event.key === "ArrowUp") choose(all[at < 1 ? all.length - 1 : at - 1]);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) all[at].querySelector("a").click();
    else return;
    event.preventDefault();
  });

  box.addEventListener("blur", () => setTimeout(() => target.contains(document.activeElement) || close(), 200));
}

document.addEventListener("keydown", (event) => {
  const field = document.activeElement?.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || field || event.ctrlKey || event.metaKey || event.altKey) return;
  const first = box ?? document.querySelector('form[role="search"] input[type="search"]');
  if (!first) return;
  event.preventDefault();
  first.focus();
  first.select();
});
