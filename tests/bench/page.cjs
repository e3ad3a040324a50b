// Measures the page in Chromium, with no network, and writes the figures as JSON.
// node page.cjs MODULES CHROMIUM PAGE REPORT CODE RIGHT [REPORT…]: CODE is the finding that is gone with RIGHT in its cell
const fs = require("fs");
const { join } = require("path");
const [modules, chromium, page, report, code, right, ...kinds] = process.argv.slice(2);
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const KEYSTROKES = 40;

async function main() {
  const browser = await require(join(modules, "playwright-core")).chromium.launch({ executablePath: chromium, args: FLAGS });
  const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 820 } });
  const tab = await context.newPage();
  tab.setDefaultTimeout(300_000);
  const begun = Date.now();
  await tab.goto(page);
  await tab.waitForSelector(".state");
  const told = { ready: Date.now() - begun, first: {} };
  const open = async (file) => {
    const from = Date.now();
    await tab.setInputFiles("input.files", file);
    await tab.waitForFunction((name) => document.querySelector(".way span")?.textContent === name && document.querySelector(".finding"), file.split("/").pop());
    return Date.now() - from;
  };
  told.firstFinding = await open(report);
  await tab.evaluate(() => {
    window.times = [];
    let since = 0;
    document.addEventListener("input", () => { since = performance.now(); }, true);
    new MutationObserver(() => {
      if (since === 0) return;
      const from = since;
      since = 0;
      requestAnimationFrame(() => window.times.push(performance.now() - from));
    }).observe(document.querySelector(".list"), { childList: true, subtree: true, characterData: true });
  });
  await tab.locator(".finding", { has: tab.locator(".rule", { hasText: code }) }).locator("> button").click();
  await tab.click("td.now");
  await tab.keyboard.type(right);
  for (let stroke = 0; stroke < KEYSTROKES; stroke++) {
    const count = await tab.evaluate(() => window.times.length);
    await tab.keyboard.press(stroke % 2 ? right.at(-1) : "Backspace");
    await tab.waitForFunction((before) => window.times.length > before, count);
  }
  const times = (await tab.evaluate(() => window.times)).slice(-KEYSTROKES).sort((one, other) => one - other);
  told.keystroke = { median: times[KEYSTROKES / 2], p95: times[Math.ceil(KEYSTROKES * 0.95) - 1] };
  for (const file of kinds) {
    const kind = file.split(".").pop();
    told.first[kind] = await open(file);
  }
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const resident = (id) => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${id}/status`, "utf-8"))[1]) / 1024;
  told.megabytes = Math.max(...processInfo.filter((one) => one.type === "renderer").map((one) => resident(one.id)));
  await browser.close();
  console.log(JSON.stringify(told));
}

main();
