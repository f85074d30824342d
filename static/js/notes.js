// Who writes a note after following the link of a paragraph means that paragraph: its place is filled in.
document.addEventListener(
  "toggle",
  (event) => {
    const place = event.target.open && event.target.querySelector("#reading-place");
    if (place && !place.value) place.value = decodeURIComponent(location.hash.slice(1));
  },
  true,
);
