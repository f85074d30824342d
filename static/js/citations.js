// Pointing at a citation, or reaching it by keyboard, shows a card with title and gist. Escape closes it; the pointer may
// move onto it. Without this script a citation is a plain link.
const address = document.body.dataset.cards;
const kept = new Map();
const day = new URLSearchParams(location.search).get("on");
let card, shownFor, timer;

function fetchCard(key) {
  if (!kept.has(key)) {
    const url = address.replace("KEY", key.split("/").map(encodeURIComponent).join("/")) + (day ? `?on=${encodeURIComponent(day)}` : "");
    kept.set(key, fetch(url, { headers: { "X-Citation-Card": "1" } }).then((answer) => (answer.ok ? answer.text() : "")));
  }
  return kept.get(key);
}

function place(link) {
  const box = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const left = Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 16);
  const below = box.bottom + 8 + card.offsetHeight < window.innerHeight;
  card.style.left = `${Math.max(16, left) + window.scrollX}px`;
  card.style.top = `${(below ? box.bottom + 6 : box.top - card.offsetHeight - 6) + window.scrollY}px`;
}

async function show(link) {
  shownFor = link;
  const html = await fetchCard(link.dataset.key);
  if (!html || shownFor !== link) return;
  if (!card) {
    card = document.createElement("div");
    card.className = "citation-card";
    card.id = "citation-card";
    card.setAttribute("role", "tooltip");
    card.addEventListener("pointerenter", () => clearTimeout(timer));
    card.addEventListener("pointerleave", () => hideSoon());
    document.querySelector("main").append(card);
  }
  card.innerHTML = html;
  card.hidden = false;
  link.setAttribute("aria-describedby", card.id);
  place(link);
}

function hide() {
  clearTimeout(timer);
  shownFor?.removeAttribute("aria-describedby");
  shownFor = undefined;
  if (card) card.hidden = true;
}

function hideSoon() {
  clearTimeout(timer);
  timer = setTimeout(hide, 250);
}

function showSoon(link, wait) {
  clearTimeout(timer);
  if (shownFor && shownFor !== link) hide();
  timer = setTimeout(() => show(link), wait);
}

const citation = (event) => event.target.closest?.("a.citation[data-key]");

if (address) {
  document.addEventListener("pointerover", (event) => {
    const link = citation(event);
    if (link && event.pointerType !== "touch") showSoon(link, 300);
  });
  document.addEventListener("pointerout", (event) => {
    if (citation(event)) hideSoon();
  });
  document.addEventListener("focusin", (event) => {
    const link = citation(event);
    if (link?.matches(":focus-visible")) showSoon(link, 0);
  });
  document.addEventListener("focusout", (event) => {
    if (citation(event)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}
