// A table wider than the screen scrolls inside its frame: the keyboard must reach the frame to scroll it.
const fit = (frame) => {
  if (frame.scrollWidth <= frame.clientWidth) {
    for (const name of ["tabindex", "role", "aria-label"]) frame.removeAttribute(name);
    return;
  }
  frame.tabIndex = 0;
  const caption = frame.querySelector("caption")?.textContent.trim();
  if (!caption) return;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", caption);
};
const watch = new ResizeObserver((changes) => changes.forEach((change) => fit(change.target)));
const watchAll = () => document.querySelectorAll(".table-wrap").forEach((frame) => watch.observe(frame));
watchAll();
document.addEventListener("htmx:afterSwap", watchAll);
