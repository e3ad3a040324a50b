// Uses the page as a clerk does, with no network, and writes what was seen as JSON.
// node used.cjs PLAYWRIGHT AXE CHROMIUM PLAN
const fs = require("fs");
const path = require("path");
const [playwright, axe, chromium, planned] = process.argv.slice(2);
const plan = JSON.parse(fs.readFileSync(planned, "utf-8"));
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const PATIENCE = 120_000;
const DESK = { width: 1280, height: 820 };

/** A tab with the page, without network; all that it asks for and complains of is kept. */
async function opened(browser, options = {}) {
  const context = await browser.newContext({ offline: true, viewport: DESK, acceptDownloads: true, ...options });
  const tab = await context.newPage();
  tab.setDefaultTimeout(PATIENCE);
  const seen = { requests: [], errors: [] };
  context.on("request", (request) => seen.requests.push(request.url().slice(0, 200)));
  tab.on("console", (message) => seen.errors.push(message.text()));
  tab.on("pageerror", (error) => seen.errors.push(String(error)));
  await tab.goto(plan.page);
  return { context, tab, seen };
}

const findings = (tab) => tab.$$eval(".finding:not(.doubt)", (all) => all.map((one) => ({
  severity: one.className.split(" ")[1],
  code: one.querySelector(".rule").textContent.split(" ")[0],
  message: one.querySelector(".message").textContent,
})));

/** Whether all of an element is seen in what it scrolls in. */
const inSight = (tab, element, scroller) => tab.evaluate(([one, other]) => {
  const [box, frame] = [one, other].map((name) => document.querySelector(name).getBoundingClientRect());
  return box.top >= frame.top && box.bottom <= frame.bottom;
}, [element, scroller]);

const still = (tab) => tab.waitForTimeout(700); // smooth scrolling has come to its end

let count = 0;

async function saved(tab, kind) {
  await tab.click(".top summary.main");
  if (!(await tab.isVisible(`[data-save=${kind}]`))) await tab.click(".others summary");
  const [download] = await Promise.all([tab.waitForEvent("download"), tab.click(`[data-save=${kind}]`)]);
  const to = path.join(plan.room, `saved-${++count}`);
  await download.saveAs(to);
  return { name: download.suggestedFilename(), path: to };
}

/** Drops a file on the page, as the mouse does. */
async function drop(tab, file) {
  const bytes = fs.readFileSync(file).toString("base64");
  await tab.evaluate(([name, data]) => {
    const files = new DataTransfer();
    files.items.add(new File([Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))], name));
    for (const type of ["dragover", "drop"]) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
    }
  }, [path.basename(file), bytes]);
}

/** Pastes on the page what Word, WPS or a browser has copied. */
async function pasted(browser, file, html) {
  const { context, tab, seen } = await opened(browser);
  await tab.evaluate(([type, text]) => {
    const copied = new DataTransfer();
    copied.setData("text/plain", "copied");
    copied.setData(type, text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: copied, bubbles: true, cancelable: true }));
  }, [html ? "text/html" : "text/plain", fs.readFileSync(file, "utf-8")]);
  await tab.waitForSelector(".finding");
  seen.findings = await findings(tab);
  await context.close();
  return seen;
}

/** Opens a report together with settings. */
async function withSettings(browser, files) {
  const { context, tab, seen } = await opened(browser);
  await tab.setInputFiles("input.files", files);
  await tab.waitForSelector(".finding");
  seen.findings = await findings(tab);
  seen.said = await tab.locator(".setting").allInnerTexts();
  await tab.locator(".setting button").click();
  await tab.waitForFunction(() => document.querySelectorAll(".setting").length === 0);
  seen.without = await findings(tab);
  await context.close();
  return seen;
}

async function oneReport(browser, file) {
  const { context, tab, seen } = await opened(browser);
  if (file.endsWith(".docx")) await drop(tab, file);
  else await tab.setInputFiles("input.files", file);
  await tab.waitForSelector(".finding");
  seen.words = await tab.locator(".page").innerText();
  seen.findings = await findings(tab);
  seen.json = await saved(tab, "json");
  const mark = `.paper :is(#m3, td.now, .mark.now)`;
  await tab.click("#f1");
  await still(tab);
  const far = await tab.evaluate(() => document.querySelector(".scroll").scrollTop);
  await tab.click("#f3");
  await still(tab);
  seen.third = {
    moved: (await tab.evaluate(() => document.querySelector(".scroll").scrollTop)) - far,
    mark: await inSight(tab, mark, ".scroll"),
    card: await inSight(tab, "#f3", ".list"),
    open: await tab.getAttribute("#f3", "aria-expanded"),
  };
  // And the other way: from the first mark to its finding, by keyboard.
  await tab.evaluate(() => { document.querySelector(".list").scrollTop = 1e6; });
  await tab.locator(".paper .marked").first().focus();
  await tab.keyboard.press("Space");
  await still(tab);
  seen.back = {
    card: await inSight(tab, ".finding.now > button", ".list"),
    focus: await tab.evaluate(() => document.activeElement.closest(".finding") !== null),
  };
  const wrong = (await findings(tab)).findIndex((one) => one.code === plan.wrong.code) + 1;
  await tab.click(`#f${wrong}`);
  if ((await tab.getAttribute(`#f${wrong}`, "aria-expanded")) !== "true") await tab.click(`#f${wrong}`);
  await still(tab);
  await tab.hover("td.now");
  await tab.waitForSelector(".about .sums .wrong");
  seen.about = await tab.locator(".about").innerText();
  const cell = await tab.$("td.now");
  await cell.click();
  await tab.keyboard.type("1234"); // and left before it is judged
  await tab.keyboard.press("Enter");
  await tab.waitForFunction((one) => one.firstChild.textContent === "1234", cell);
  await still(tab);
  seen.quick = await tab.$$eval(".paper", ([paper]) => paper.innerText.match(/1234/g).length);
  await cell.click();
  await tab.keyboard.type(plan.wrong.right);
  const gone = (code, some) => tab.waitForFunction(([sought, there]) =>
    [...document.querySelectorAll(".rule")].some((one) => one.textContent.startsWith(sought)) === there, [code, some]);
  await gone(plan.wrong.code, false);
  await tab.keyboard.press("Enter");
  seen.corrected = await findings(tab);
  await tab.locator(".tools button").first().click(); // undo
  await gone(plan.wrong.code, true);
  await tab.locator(".tools button").nth(1).click(); // do it again
  await gone(plan.wrong.code, false);
  await tab.locator(".tools button").first().click();
  await gone(plan.wrong.code, true);
  await tab.click(`#f${wrong}`);
  await tab.locator(".finding.now .deeds .main").click(); // as it is proposed
  await gone(plan.wrong.code, false);
  seen.fixed = await findings(tab);
  seen.kinds = await tab.$$eval("[data-save]", (all) => all.map((one) => one.dataset.save));
  if (seen.kinds.includes("tracked")) seen.tracked = await saved(tab, "tracked");
  if (seen.kinds.includes("comments")) seen.comments = await saved(tab, "comments");
  seen.text = await tab.evaluate(async () => {
    const { promise, resolve } = Promise.withResolvers();
    navigator.clipboard.writeText = async (text) => resolve(text);
    document.querySelector("[data-copy]").click();
    return promise;
  });
  seen.fetched = await tab.evaluate(() => fetch("https://example.org/").then(() => "fetched", () => "barred"));
  seen.kept = await tab.evaluate(async () => ({
    storage: Object.keys(localStorage).length + Object.keys(sessionStorage).length,
    databases: (await indexedDB.databases()).length,
    cookies: document.cookie,
  }));
  seen.errors = seen.errors.filter((error) => !error.includes("example.org"));
  await context.close();
  return seen;
}

const sums = (tab, tone) => tab.$$eval(`.about .sums .${tone}`, (all) => all.map((one) => one.textContent));

/** Changes the wrong cell and a sentence by keyboard, gives up, and goes away with and without what was changed. */
async function trying(browser, file) {
  const { context, tab, seen } = await opened(browser);
  const tools = () => tab.$$eval(".tools > .button.plain", (all) => all.slice(0, 2).map((one) => one.disabled));
  const effect = () => tab.locator(".effect").innerText();
  const gone = (some) => tab.waitForFunction(([sought, there]) =>
    [...document.querySelectorAll(".rule")].some((one) => one.textContent.startsWith(sought)) === there, [plan.wrong.code, some]);
  await tab.setInputFiles("input.files", file);
  await tab.waitForSelector(".finding");
  seen.findings = await findings(tab);
  const wrong = seen.findings.findIndex((one) => one.code === plan.wrong.code) + 1;
  await tab.click(`#f${wrong}`);
  await still(tab);
  const cell = await tab.$("td.now");
  await cell.click();
  await tab.keyboard.type(`${plan.wrong.right} `); // the last sign changes nothing
  await gone(false);
  await still(tab);
  seen.effect = await effect();
  seen.right = await sums(tab, "right");
  await tab.keyboard.press("Escape");
  await gone(true);
  seen.givenUp = { tools: await tools(), effect: await effect(), findings: await findings(tab) };
  const column = () => tab.evaluate(() => {
    const here = document.activeElement.closest("td");
    return [here.cellIndex, here.closest("table") !== null, document.activeElement.tagName];
  });
  seen.before = await column();
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("Tab");
  await still(tab);
  seen.tab = await column();
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("Shift+Tab");
  await still(tab);
  seen.back = await column();
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("Delete");
  await tab.waitForSelector(".about .sums .open");
  seen.open = await sums(tab, "open");
  await tab.keyboard.press("Escape");
  await gone(true);
  // A sentence that nothing is wrong with: one stop for all of them, arrows, Enter.
  const stops = ".paper > [tabindex='0']";
  seen.stops = await tab.locator(stops).count();
  await tab.focus(stops);
  await tab.keyboard.press("ArrowDown");
  seen.moved = await tab.evaluate(() => [...document.querySelector(".paper").children].indexOf(document.activeElement));
  await tab.keyboard.press("Enter");
  await tab.keyboard.type("等等");
  await tab.waitForFunction(() => !document.querySelector(".tools > .button.plain").disabled);
  await tab.keyboard.press("Enter");
  await still(tab);
  seen.written = await tab.evaluate(() => document.activeElement.innerText);
  // The page is left.
  const asked = tab.waitForEvent("dialog");
  await tab.close({ runBeforeUnload: true });
  const dialog = await asked;
  seen.asked = dialog.type();
  await dialog.dismiss();
  await saved(tab, "direct");
  await still(tab);
  const left = tab.waitForEvent("close");
  tab.on("dialog", (again) => (seen.errors.push(`asked: ${again.type()}`), again.accept()));
  await tab.close({ runBeforeUnload: true });
  await left;
  await context.close();
  return seen;
}

/** How a report and a file that is none are laid out on a narrow desk. */
async function laidOut(browser) {
  const { context, tab, seen } = await opened(browser, { viewport: { width: 1024, height: 768 } });
  await tab.setInputFiles("input.files", plan.reports.docx);
  await tab.waitForSelector(".finding");
  seen.cut = await tab.$$eval(".sheet-table", (all) => all.map((one) => one.scrollWidth - one.clientWidth));
  seen.covered = await tab.$$eval("td.marked", (all) => all.filter((cell) => {
    const words = document.createRange();
    words.selectNode(cell.firstChild);
    const [figure, number] = [words, cell.querySelector(".numbers")].map((one) => one.getBoundingClientRect());
    return figure.width > 0 && figure.right > number.left && figure.top + 3 < number.bottom - 3;
  }).length);
  seen.marked = await tab.locator("td.marked").count();
  seen.heads = await tab.$$eval(".finding:not(.doubt) .head", (all) => all.map((head) => head.lastChild.offsetTop - head.firstChild.offsetTop));
  await tab.setInputFiles("input.files", plan.broken);
  await tab.waitForSelector("main.unread");
  seen.unread = await tab.locator("main").innerText();
  seen.tools = await tab.locator(".tools").innerText();
  seen.notices = await tab.locator(".notice").count();
  await context.close();
  return seen;
}

async function manyReports(browser) {
  const { context, tab, seen } = await opened(browser);
  await tab.setInputFiles("input.folder", plan.many);
  await tab.waitForFunction((count) => {
    const rows = [...document.querySelectorAll(".reports tbody tr")];
    return rows.length === count && rows.every((row) => !row.querySelector(".verdict.waiting"));
  }, plan.count);
  seen.rows = await tab.$$eval(".reports tbody tr", (all) => all.map((row) => ({
    name: row.querySelector(".name small")?.textContent ?? row.querySelector(".name button").textContent,
    counts: [...row.querySelectorAll("td.n")].slice(0, 4).map((cell) => Number(cell.textContent)),
  })));
  await tab.locator(".reports th.n button").first().click();
  seen.sorted = await tab.$$eval(".reports tbody tr", (all) => all.map((row) => Number(row.querySelector("td.n").textContent)));
  await tab.locator(".reports .name button").first().click();
  await tab.waitForSelector(".paper");
  seen.back = await tab.locator(".way button").innerText();
  await context.close();
  return seen;
}

/** What axe finds wrong for those who do not see or use a mouse; the policy would not let its script in. */
async function accessible(browser, file) {
  const script = fs.readFileSync(axe, "utf-8");
  const found = {};
  const modes = {
    light: {},
    dark: { colorScheme: "dark" },
    phone: { viewport: { width: 390, height: 844 } },
  };
  for (const [mode, options] of Object.entries(modes)) {
    const { context, tab } = await opened(browser, { bypassCSP: true, ...options });
    await tab.evaluate(script);
    const look = async (state) => {
      const violations = await tab.evaluate(async () => (await window.axe.run()).violations);
      found[`${mode} ${state}`] = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`);
      const wide = await tab.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
      if (wide) found[`${mode} ${state}`].push(`${wide} pixels wider than the window`);
    };
    await look("empty");
    await tab.setInputFiles("input.files", file);
    await tab.waitForSelector(".finding");
    await tab.click("#f1");
    await look("findings");
    await tab.locator(".finding.now .deeds button").last().click();
    await tab.waitForSelector(".trying textarea, td .field");
    await look("trying");
    await tab.locator(".tools button").last().click();
    await look("in English");
    await tab.setInputFiles("input.files", [plan.reports.md, plan.reports.txt]);
    await tab.waitForSelector(".reports");
    await look("overview");
    await tab.setInputFiles("input.files", plan.broken);
    await tab.waitForSelector("main.unread");
    await look("unread");
    await context.close();
  }
  return found;
}

async function main() {
  const browser = await require(playwright).chromium.launch({ executablePath: chromium, args: FLAGS });
  const seen = { reports: {} };
  for (const [kind, file] of Object.entries(plan.reports)) seen.reports[kind] = await oneReport(browser, file);
  seen.pasted = { txt: await pasted(browser, plan.reports.txt, false), html: await pasted(browser, plan.reports.html, true) };
  seen.settings = await withSettings(browser, [plan.reports.txt, plan.settings]);
  seen.trying = await trying(browser, plan.reports.docx);
  seen.laidOut = await laidOut(browser);
  seen.many = await manyReports(browser);
  seen.accessible = await accessible(browser, plan.reports.docx);
  await browser.close();
  console.log(JSON.stringify(seen));
}

main();
