// What is left until the server's deadline, counted from the server's clock. The sentence beside it is enough without this
// script. At the end the page is loaded anew: the server closes the attempt and shows the result.
const clock = document.querySelector("[data-deadline]");

if (clock) {
  const shown = clock.querySelector("[data-shown]");
  const said = clock.querySelector("[data-said]");
  const ahead = Date.parse(clock.dataset.now) - Date.now();
  const deadline = Date.parse(clock.dataset.deadline);
  const spoken = new Set();

  const tick = () => {
    const left = deadline - (Date.now() + ahead);
    if (left < -1500) {
      clearInterval(timer);
      location.reload();
      return;
    }
    const minutes = Math.floor(left / 60000);
    const words = minutes < 1 ? clock.dataset.last : clock.dataset.left.replace("{n}", minutes);
    if (shown.textContent !== words) shown.textContent = words;
    for (const mark of [10, 5, 0]) {
      if (minutes === mark && !spoken.has(mark)) {
        spoken.add(mark);
        said.textContent = words;
      }
    }
    clock.classList.toggle("attention", minutes < 5);
  };
  const timer = setInterval(tick, 1000);
  tick();
}
