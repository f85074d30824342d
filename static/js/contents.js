// The contents beside a long text mark the section in view. Without this script they are a plain list of links.
const nav = document.querySelector(".contents");
const fold = nav.querySelector("details");
const links = new Map();
for (const link of nav.querySelectorAll("a[href^='#']")) {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (target) links.set(target, link);
}
const targets = [...links.keys()];
let current;

function mark() {
  const line = window.innerHeight * 0.3;
  const end = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
  const above = targets.filter((target) => target.getBoundingClientRect().top <= line);
  const last = targets.at(-1);
  const seen = end && last.getBoundingClientRect().top < window.innerHeight ? last : above.at(-1);
  if (seen === current) return;
  links.get(current)?.removeAttribute("aria-current");
  current = seen;
  const link = links.get(current);
  if (!link) return;
  link.setAttribute("aria-current", "location");
  const box = link.getBoundingClientRect(), frame = fold.getBoundingClientRect();
  if (box.top < frame.top || box.bottom > frame.bottom) fold.scrollTop += box.top - frame.top - frame.height / 3;
}

// Targets cross the line one by one; positions are read only then.
const watch = new IntersectionObserver(mark, { rootMargin: "100000px 0px -70% 0px", threshold: [0, 1] });
targets.forEach((target) => watch.observe(target));
document.addEventListener("scrollend", mark);

// A fold that lies over the text closes when a section was chosen; where the style opens it anyway this changes nothing.
const beside = window.matchMedia("(min-width: 78rem)");
const fit = () => { fold.open = beside.matches; };
fit();
beside.addEventListener("change", fit);
nav.addEventListener("click", (event) => {
  if (event.target.closest("a") && !beside.matches) fold.open = false;
});
