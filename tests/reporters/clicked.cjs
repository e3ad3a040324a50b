// Opens the list in a browser, clicks its filters and prints it; writes what was seen as JSON.
// node clicked.cjs PLAYWRIGHT CHROMIUM PAGE PDF
const [playwright, chromium, page, pdf] = process.argv.slice(2);
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

async function main() {
  const browser = await require(playwright).chromium.launch({ executablePath: chromium, args: FLAGS });
  const tab = await browser.newPage();
  const seen = { requests: [], errors: [] };
  tab.on("request", (request) => seen.requests.push(request.url()));
  tab.on("console", (message) => seen.errors.push(message.text()));
  tab.on("pageerror", (error) => seen.errors.push(String(error)));
  tab.on("dialog", (dialog) => { seen.errors.push(dialog.message()); dialog.dismiss(); });
  const rows = () => tab.$$eval("tr[data-severity]", (all) =>
    all.filter((row) => row.checkVisibility()).map((row) => [row.dataset.severity, row.dataset.section]));
  await tab.goto(page);
  seen.all = await rows();
  seen.words = await tab.locator("main").innerText();
  seen.foreign = await tab.locator("img, main script, link").count();
  await tab.click("button[value=error]");
  seen.errorsOnly = await rows();
  seen.shown = await tab.locator("#shown").innerText();
  await tab.locator("[data-by=section] button", { hasText: "行政复议" }).click();
  seen.both = await rows();
  seen.reports = await tab.$$eval(".report", (all) => all.filter((one) => one.checkVisibility()).length);
  await tab.pdf({ path: pdf, preferCSSPageSize: true });
  await tab.click("#all");
  seen.again = await rows();
  const choose = async (by) => {
    const value = await tab.$eval(`select[data-by=${by}]`, (select) => select.options[1].value);
    await tab.selectOption(`select[data-by=${by}]`, value);
    const shown = await tab.$$eval("tr[data-severity]", (all) => all.filter((row) => row.checkVisibility()).map((row) => {
      const report = row.closest(".report").id;
      const line = document.querySelector(`tr[data-report=${report}]`);
      return { rule: row.dataset.rule, report, region: line.dataset.region };
    }));
    const lines = await tab.$$eval("tr[data-report]", (all) => all.filter((line) => line.checkVisibility()).length);
    await tab.click("#all");
    return { value, rows: shown, lines };
  };
  seen.rule = await choose("rule");
  seen.unit = await choose("unit");
  seen.region = await choose("region");
  const charts = () => tab.$$eval(".charts svg", (all) => all.filter((one) => one.checkVisibility()).length);
  seen.charts = await charts();
  await tab.fill("#search", "行政复议 总计");
  await tab.waitForFunction(() => !document.getElementById("only").hidden);
  seen.searched = await tab.$$eval("tr[data-severity]", (all) =>
    all.filter((row) => row.checkVisibility()).map((row) => row.textContent));
  seen.chartsWhileSearching = await charts();
  await tab.click("#all");
  const reported = () => tab.$$eval("tr[data-report]", (all) =>
    all.map((line) => [line.dataset.report, line.querySelector(".count.error").textContent]));
  const head = tab.locator(".overview th.count").first();
  await head.locator("button").click();
  seen.down = await reported();
  seen.listsDown = await tab.$$eval(".report", (all) => all.map((report) => report.id));
  await head.locator("button").click();
  seen.up = await reported();
  await head.locator("button").click();
  seen.unsorted = await reported();
  seen.fetched = await tab.evaluate(() => fetch("https://example.org/").then(() => "fetched", () => "barred"));
  const phone = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  const bare = await phone.newPage();
  await bare.goto(page);
  seen.bare = {
    filters: await bare.locator(".filters").isVisible(),
    rows: await bare.locator("tr[data-severity]").count(),
    // A box with a scroll bar of its own has more in it than it shows.
    boxes: await bare.locator("body *").evaluateAll((all) => all.filter((one) =>
      one.scrollHeight > one.clientHeight + 1 && ["auto", "scroll"].includes(getComputedStyle(one).overflowY)).map((one) => one.className)),
  };
  seen.widerThanThePhone = await bare.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
  await browser.close();
  console.log(JSON.stringify(seen));
}

main();
