// Opens the page in Chromium, brings it into the state that a picture shows, and takes the picture.
// node page.cjs MODULES CHROMIUM PAGE STATE PNG [REPORT, or a folder for an overview]
const { join } = require("path");
const [modules, chromium, page, state, png, ...reports] = process.argv.slice(2);
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const WIDE = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };
const WRONG = "SUM001"; // the finding that is opened and tried
const RIGHT = "14";

async function main() {
  const browser = await require(join(modules, "playwright-core")).chromium.launch({ executablePath: chromium, args: FLAGS });
  const context = await browser.newContext({
    offline: true,
    viewport: state === "phone" ? PHONE : WIDE,
    colorScheme: state === "dark" ? "dark" : "light",
    deviceScaleFactor: state === "phone" ? 2 : 1,
    reducedMotion: "reduce",
  });
  const tab = await context.newPage();
  await tab.goto(page);
  if (state === "empty") await tab.waitForSelector(".state");
  if (reports.length) await tab.setInputFiles(state === "overview" ? "input.folder" : "input.files", reports);
  if (state === "loading") await tab.waitForFunction(() => document.querySelector("progress")?.value > 0.6);
  if (state === "overview") {
    await tab.waitForFunction(() => document.querySelector(".reports") && !document.querySelector(".verdict.waiting, .progress"));
  }
  if (["report", "trying", "phone", "dark"].includes(state)) {
    const head = tab.locator(".finding", { has: tab.locator(".rule", { hasText: WRONG }) }).locator("> button");
    await tab.waitForSelector(".finding");
    if (state !== "phone") await head.click();
    if (state !== "phone") await tab.hover("td.now");
    if (state === "trying") {
      await tab.click("td.now");
      await tab.keyboard.type(RIGHT);
      await tab.waitForFunction((code) => ![...document.querySelectorAll(".rule")].some((one) => one.textContent.startsWith(code)), WRONG);
    }
    if (state === "phone") await tab.locator(".tabs button").first().click();
    await tab.waitForTimeout(500);
  }
  await tab.screenshot({ path: png });
  await browser.close();
}

main();
