// Menus are <details>; this closes them on Escape and on a click elsewhere. Tables that overflow can be scrolled by keyboard.
const menus = document.querySelectorAll("details.dropdown, details.menu");

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.dropdown[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

for (const menu of menus) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

for (const wrap of document.querySelectorAll(".table-wrap, pre")) {
  if (wrap.scrollWidth <= wrap.clientWidth) continue;
  wrap.tabIndex = 0;
  const caption = wrap.querySelector("caption");
  if (caption) {
    wrap.setAttribute("role", "region");
    wrap.setAttribute("aria-label", caption.textContent.trim());
  }
}
