// Searches a site from the disk as a reader does, in the field beside each page, and tells what it lists and leads to.
const [, , playwright, chromium, root, ...words] = process.argv;
const { chromium: browser } = require(playwright);
const { pathToFileURL } = require("url");

(async () => {
  const running = await browser.launch({ executablePath: chromium, args: ["--no-sandbox"] });
  const page = await running.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const told = { found: {}, asked, errors: [] };
  page.on("pageerror", (error) => told.errors.push(String(error)));
  for (const [language, word] of words.map((each) => each.split(":"))) {
    await page.goto(`${pathToFileURL(root)}/${language}/index.html`);
    await page.fill(".sidebar-search", word);
    await page.press(".sidebar-search", "Enter");
    const links = page.locator("#search-results ul.search > li > a");
    await page.waitForFunction(() => /结果|Results/.test(document.querySelector("#search-results h2")?.textContent ?? ""));
    await page.waitForFunction(() => !document.querySelector("#search-progress")?.textContent);
    const listed = await links.evaluateAll((all) => all.map((each) => each.getAttribute("href").split("?")[0].split("#")[0]));
    let text = "";
    if (listed.length) {
      await links.first().click();
      await page.waitForSelector("article h1");
      text = await page.innerText("article");
    }
    told.found[`${language}:${word}`] = { listed, text };
  }
  await page.goto(`${pathToFileURL(root)}/zh/reference/SUM001.html`);
  await page.click(".sidebar-languages a[lang=en]");
  await page.waitForSelector("html[lang=en]");
  told.other = page.url();
  await page.click(".sidebar-languages a:not([lang])");
  told.checker = decodeURI(page.url());
  await running.close();
  console.log(JSON.stringify(told));
})();
