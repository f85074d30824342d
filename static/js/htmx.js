// htmx posts with the token of a form on the page (the cookie cannot be read by scripts), so that public pages
// without a form stay free of tokens and can be cached.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb === "get") return;
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  if (token) event.detail.headers["X-CSRFToken"] = token.value;
});
