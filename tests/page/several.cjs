// Opens several reports, and settings that are wrong, as a clerk does, and writes what was seen as JSON.
// node several.cjs PLAYWRIGHT CHROMIUM PAGE FOLDER SETTINGS REPORT
const [playwright, chromium, page, folder, settings, report] = process.argv.slice(2);
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"];

async function opened(browser) {
  const tab = await (await browser.newContext({ offline: true })).newPage();
  tab.setDefaultTimeout(120_000);
  await tab.goto(page);
  return tab;
}

/** What stands in the overview each time that it changes, until no report waits. */
async function waiting(browser) {
  const tab = await opened(browser);
  await tab.evaluate(() => {
    window.seen = [];
    new MutationObserver(() => {
      const rows = [...document.querySelectorAll(".reports tbody tr")];
      if (rows.length === 0) return;
      const waits = rows.filter((row) => row.querySelector(".verdict.waiting"));
      const counted = [...document.querySelectorAll(".counts span")].find((one) => /等着检查/.test(one.textContent));
      window.seen.push({
        rows: waits.length,
        counted: counted ? Number(counted.querySelector("b").textContent) : 0,
        progress: document.querySelector(".over-all .progress") !== null,
        compared: waits.filter((row) => row.querySelector("td.wide").textContent !== "").length,
      });
    }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
  });
  await tab.setInputFiles("input.folder", folder);
  await tab.waitForFunction(() => window.seen.some((one) => one.rows > 0) && window.seen.at(-1).rows === 0);
  await tab.waitForFunction(() => document.querySelector(".over-all .progress") === null);
  return tab.evaluate(() => window.seen);
}

/** What is said of settings that come alone and are wrong, and of a report that comes after them, and with them. */
async function wrong(browser) {
  const said = {};
  for (const files of [[report], [settings, report]]) {
    const tab = await opened(browser);
    if (files.length === 1) {
      await tab.setInputFiles("input.files", settings);
      await tab.waitForSelector(".notice p");
      said.alone = await tab.locator(".notice").innerText();
    }
    await tab.setInputFiles("input.files", files);
    await tab.waitForSelector(".finding");
    said[files.length === 1 ? "after" : "together"] = {
      codes: await tab.$$eval(".finding .rule", (all) => all.map((one) => one.textContent.split(" ")[0])),
      notice: await tab.locator(".notice").innerText(),
      settings: await tab.locator(".setting").count(),
    };
  }
  return said;
}

(async () => {
  const browser = await require(playwright).chromium.launch({ executablePath: chromium, args: FLAGS });
  const seen = { waiting: await waiting(browser), wrong: await wrong(browser) };
  await browser.close();
  process.stdout.write(JSON.stringify(seen));
})();
