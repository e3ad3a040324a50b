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
  seen.fetched = await tab.evaluate(() => fetch("https://example.org/").then(() => "fetched", () => "barred"));
  await browser.close();
  console.log(JSON.stringify(seen));
}

main();
