// Autosave is htmx's work; this says so when a save did not reach the server, and holds the page until it has.
const status = (fieldset) => fieldset.querySelector(".question-status");

document.addEventListener("input", (event) => {
  const fieldset = event.target.closest("fieldset.question[hx-post]");
  if (fieldset) fieldset.dataset.unsaved = "";
});
document.addEventListener("htmx:afterRequest", (event) => {
  const fieldset = event.detail.elt.closest?.("fieldset.question");
  if (!fieldset) return;
  if (event.detail.successful) delete fieldset.dataset.unsaved;
  const lost = document.querySelector("#autosave-lost");
  if (event.detail.successful || !lost) return;
  fieldset.querySelector(".autosave-lost")?.remove();
  status(fieldset).append(lost.content.cloneNode(true));
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("fieldset[data-unsaved]")) event.preventDefault();
});
document.querySelector("form.questions")?.addEventListener("submit", () => {
  document.querySelectorAll("fieldset[data-unsaved]").forEach((fieldset) => delete fieldset.dataset.unsaved);
});

// What was answered before the scripts had arrived is saved now.
const changed = (field) =>
  field.type === "radio" || field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
window.addEventListener("load", () => {
  document.querySelectorAll("fieldset.question[hx-post]").forEach((fieldset) => {
    const field = [...fieldset.querySelectorAll("input:not([type=hidden]), textarea")].find(changed);
    field?.dispatchEvent(new Event("input", { bubbles: true }));
  });
});
