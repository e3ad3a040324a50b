"use strict";
const english = document.documentElement.lang === "en";
const buttons = [...document.querySelectorAll("[data-by] button")];
const selects = [...document.querySelectorAll("select[data-by]")];
const search = document.getElementById("search");
const rows = [...document.querySelectorAll("tr[data-severity]")];
const reports = [...document.querySelectorAll(".report")];
const lines = [...document.querySelectorAll("tr[data-report]")];
const ofAll = [...document.querySelectorAll(".charts, .absent, #clean")]; // what is about all reports
const shown = document.getElementById("shown");
const regions = new Map(lines.map((line) => [line.dataset.report, line.dataset.region]));
const ownRows = new Map(reports.map((report) => [report, [...report.querySelectorAll("tr[data-severity]")]]));
const words = new Map();

function told(element) {
  if (!words.has(element)) words.set(element, element.textContent.toLowerCase());
  return words.get(element);
}

// In one group of buttons none pressed means all of them.
function pressed(by) {
  const here = buttons.filter((button) => button.parentElement.dataset.by === by);
  return here.filter((button) => button.getAttribute("aria-pressed") === "true").map((button) => button.value);
}

function chosen(by) {
  const select = selects.find((one) => one.dataset.by === by);
  return select ? select.value : "";
}

function filter() {
  const severities = pressed("severity");
  const sections = pressed("section");
  const [unit, region, rule] = ["unit", "region", "rule"].map(chosen);
  const sought = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const byRow = severities.length + sections.length > 0 || rule !== "";
  const filtering = byRow || unit !== "" || region !== "" || sought.length > 0;
  let count = 0;
  for (const report of reports) {
    const here = (unit === "" || report.id === unit) && (region === "" || regions.get(report.id) === region);
    const head = told(report.querySelector("h2")) + told(report.querySelector(".facts"));
    const rest = sought.filter((word) => !head.includes(word));
    let some = false;
    for (const row of ownRows.get(report)) {
      row.hidden =
        !here ||
        (severities.length > 0 && !severities.includes(row.dataset.severity)) ||
        (sections.length > 0 && !sections.includes(row.dataset.section)) ||
        (rule !== "" && row.dataset.rule !== rule) ||
        !rest.every((word) => told(row).includes(word));
      some = some || !row.hidden;
      count += !row.hidden;
    }
    report.hidden = filtering && !some && (byRow || !here || rest.length > 0);
  }
  const hidden = new Set(reports.filter((report) => report.hidden).map((report) => report.id));
  for (const line of lines) line.hidden = hidden.has(line.dataset.report);
  for (const one of ofAll) one.hidden = filtering;
  const only = [
    ...(sought.length > 0 ? [search.value.trim()] : []),
    ...selects.filter((select) => select.value !== "").map((select) => select.selectedOptions[0].textContent),
    ...buttons.filter((button) => button.getAttribute("aria-pressed") === "true").map((button) => button.dataset.word),
  ];
  document.getElementById("only").hidden = !filtering;
  document.getElementById("chosen").textContent = only.join(english ? ", " : "、");
  document.getElementById("all").hidden = !filtering;
  shown.textContent = shown.dataset.words.replace("{shown}", count).replace("{all}", rows.length);
}

// A click on the head of a column sorts the overview and the lists by it, another turns the order, a third undoes it.
function sortable(head, column) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  const figures = head.classList.contains("count");
  const value = (line) => line.cells[column].textContent;
  const compare = figures
    ? (one, other) => Number(value(other)) - Number(value(one))
    : (one, other) => value(one).localeCompare(value(other), english ? "en" : "zh-CN", { numeric: true });
  button.addEventListener("click", () => {
    const first = figures ? "descending" : "ascending";
    const other = figures ? "ascending" : "descending";
    const was = head.getAttribute("aria-sort");
    const order = was === first ? other : was === other ? null : first;
    for (const one of head.parentElement.cells) one.removeAttribute("aria-sort");
    if (order) head.setAttribute("aria-sort", order);
    const sorted = order ? [...lines].sort((one, two) => (order === first ? compare(one, two) : compare(two, one))) : lines;
    const lists = sorted.map((line) => document.getElementById(line.dataset.report));
    sorted[0]?.parentElement.append(...sorted);
    lists[0]?.parentElement.prepend(...lists);
  });
}

for (const select of selects) {
  const by = select.dataset.by;
  const options =
    by === "unit"
      ? lines.map((line) => [line.cells[0].textContent, line.dataset.report])
      : by === "region"
        ? [...new Set(regions.values())].filter(Boolean).map((region) => [region, region])
        : [];
  for (const [text, value] of options) select.add(new Option(text, value));
  if (select.options.length <= 2) select.parentElement.hidden = true;
  select.addEventListener("change", filter);
}
let later = 0;
search.addEventListener("input", () => {
  clearTimeout(later);
  later = setTimeout(filter, 150);
});
for (const button of buttons) {
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    filter();
  });
}
document.getElementById("all").addEventListener("click", () => {
  buttons.forEach((button) => button.setAttribute("aria-pressed", "false"));
  selects.forEach((select) => { select.value = ""; });
  search.value = "";
  filter();
});
document.getElementById("print").addEventListener("click", () => window.print());
if (lines.length > 1) [...document.querySelectorAll(".overview th")].forEach(sortable);
document.querySelector(".filters").hidden = false;
filter();
