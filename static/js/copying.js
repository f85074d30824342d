// Copies what stands in the element that a button names, and says so. The buttons are hidden until this script is there.
// Also the signs behind paragraphs: one stop of the Tab key for a whole text, the arrow keys go from sign to sign.
async function copy(words, status) {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    const field = document.createElement("textarea");
    field.value = words;
    field.className = "visually-hidden";
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  status.textContent = "";
  requestAnimationFrame(() => { status.textContent = status.dataset.copied; });
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = false;
  const status = document.getElementById(button.dataset.says);
  const words = document.getElementById(button.dataset.copies);
  button.addEventListener("click", () => copy(words.textContent.trim().replace(/\s+/g, " "), status));
}

const words = document.body.dataset;
for (const text of document.querySelectorAll("main .prose")) {
  const signs = [...text.querySelectorAll(".block-link")];
  if (!signs.length) continue;
  let at = signs[0];
  const enter = (sign) => {
    at.tabIndex = -1;
    at.setAttribute("aria-hidden", "true");
    at = sign;
    at.tabIndex = 0;
    at.removeAttribute("aria-hidden");
    at.setAttribute("aria-label", words.blockLink);
  };
  enter(at);
  text.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const here = signs.indexOf(event.target);
    if (!step || here < 0) return;
    event.preventDefault();
    enter(signs[Math.max(0, Math.min(signs.length - 1, here + step))]);
    at.focus();
    at.scrollIntoView({ block: "nearest" });
  });
}

const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
said.dataset.copied = words.linkCopied ?? "";
if (document.querySelector(".block-link")) document.querySelector("main")?.append(said);
document.addEventListener("click", (event) => {
  const sign = event.target.closest?.(".block-link");
  if (sign) copy(sign.href, said);
});
