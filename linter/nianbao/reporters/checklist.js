"use strict";
const buttons = [...document.querySelectorAll("[data-by] button")];
const rows = [...document.querySelectorAll("tr[data-severity]")];
const reports = [...document.querySelectorAll(".report")];
const shown = document.getElementById("shown");

// In one group of buttons none pressed means all of them.
function pressed(by) {
  const here = buttons.filter((button) => button.parentElement.dataset.by === by);
  return here.filter((button) => button.getAttribute("aria-pressed") === "true").map((button) => button.value);
}

function filter() {
  const severities = pressed("severity");
  const sections = pressed("section");
  const filtering = severities.length + sections.length > 0;
  let count = 0;
  for (const row of rows) {
    row.hidden =
      (severities.length > 0 && !severities.includes(row.dataset.severity)) ||
      (sections.length > 0 && !sections.includes(row.dataset.section));
    count += !row.hidden;
  }
  for (const report of reports) {
    report.hidden = filtering && !report.querySelector("tr[data-severity]:not([hidden])");
  }
  const words = buttons.filter((button) => button.getAttribute("aria-pressed") === "true");
  document.getElementById("only").hidden = !filtering;
  document.getElementById("chosen").textContent = words.map((button) => button.dataset.word).join(document.documentElement.lang === "en" ? ", " : "、");
  document.getElementById("all").hidden = !filtering;
  shown.textContent = shown.dataset.words.replace("{shown}", count).replace("{all}", rows.length);
}

for (const button of buttons) {
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    filter();
  });
}
document.getElementById("all").addEventListener("click", () => {
  buttons.forEach((button) => button.setAttribute("aria-pressed", "false"));
  filter();
});
document.getElementById("print").addEventListener("click", () => window.print());
document.querySelector(".filters").hidden = false;
filter();
