// The review page in a real browser: what a person does, and what the browser itself says about the network.
//
//   node tools/review/browser.mjs target/debug/nianbao [FOLDER FOR PICTURES]
//
// Wants Chromium (CHROMIUM names it), pdftotext of poppler, and playwright-core: `npm install` in this folder. It drives the page through
// the program's own server and compares with what does not come from nianbao: words that pdftotext finds, text that the browser shows.

import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const program = resolve(process.argv[2] ?? join(root, "target/debug/nianbao"));
const pictures = process.argv[3] && resolve(process.argv[3]);
const FIGURES = 50;
const folder = mkdtempSync(join(tmpdir(), "nianbao-review-"));
const sample = (name) => join(root, "samples", name);
const results = [];

const say = (name, ok, measured = "") => {
  results.push(ok);
  console.log(`${ok ? "ok  " : "FAIL"} ${name}${measured && `: ${measured}`}`);
};

/** Runs `nianbao review` and gives its address and the way to end it. */
async function serve(...what) {
  const child = spawn(program, ["review", ...what], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const [address] = await new Promise((found) => lines.once("line", (line) => found([line])));
  return { address, origin: new URL(address).origin, end: () => child.kill() };
}

/** A page in a context of its own, with every address that it asks for. */
async function visit(browser, server, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "zh-CN", ...options });
  const asked = [];
  const dialogs = [];
  context.on("request", (request) => asked.push(request.url()));
  const page = await context.newPage();
  page.on("dialog", (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
  await page.goto(server.address);
  return { context, page, asked, dialogs };
}

const picture = async (page, name) => {
  // Pages of a PDF file are drawn when they come into sight.
  const drawn = () => [...document.querySelectorAll(".sheet img")].slice(0, 1).every((image) => image.complete && image.naturalWidth > 0);
  await page.waitForFunction(drawn, null, { timeout: 20000 });
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
};
const bare = (text) => text.replace(/[\s,，]/g, "");

/** Numbers of the tables that have a place, spread over the page: link and text of each. */
async function figures(page) {
  const all = await page.$$eval("td a.fig[data-p]", (links) =>
    links.map((link) => ({ place: link.dataset.p, text: link.textContent.trim() })).filter(({ text }) => /^-?[\d.]+$/.test(text)));
  const step = Math.max(1, all.length / FIGURES);
  return Array.from({ length: Math.min(FIGURES, all.length) }, (_, index) => all[Math.floor(index * step)]);
}

const click = (page, place) => page.locator(`td a.fig[data-p="${place}"]`).first().click();

/** Words of a PDF file with their boxes in points, by page, as poppler finds them. */
function words(file) {
  const text = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8" });
  return text.split("<page ").slice(1).map((page) =>
    [...page.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g)]
      .map(([, ...parts]) => ({ box: parts.slice(0, 4).map(Number), text: parts[4] })));
}

async function onPdf(browser) {
  const file = sample("county-2023-chromium.pdf");
  const server = await serve(file);
  const { page, context } = await visit(browser, server);
  await page.waitForSelector(".sheet img");
  const printed = words(file);
  let [hits, seen] = [0, 0];
  const chosen = await figures(page);
  for (const { place, text } of chosen) {
    await click(page, place);
    const mark = await page.$eval(`rect[id="p${place}"]`, (rect) => {
      const sheets = [...document.querySelectorAll(".sheet")];
      const edge = (name) => rect[name].baseVal.value;
      const [seen, around] = [rect, document.getElementById("source")].map((one) => one.getBoundingClientRect());
      return { sheet: sheets.indexOf(rect.closest(".sheet")), lit: rect.classList.contains("here"),
        shown: seen.top >= around.top && seen.bottom <= around.bottom,
        box: [edge("x"), edge("y"), edge("x") + edge("width"), edge("y") + edge("height")] };
    });
    const inside = (word) => {
      const [x, y] = [(word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2];
      return x >= mark.box[0] && x <= mark.box[2] && y >= mark.box[1] && y <= mark.box[3];
    };
    const found = printed[mark.sheet].filter(inside).map((word) => word.text).join("");
    if (bare(found) === text) hits += 1; else console.log(`     ${text} has its mark on “${found}”`);
    seen += mark.lit && mark.shown;
  }
  say("PDF: the mark lies on the printed number", hits === chosen.length && hits >= FIGURES, `${hits} of ${chosen.length}`);
  say("PDF: a click lights the mark and scrolls there", seen === chosen.length, `${seen} of ${chosen.length}`);
  await picture(page, "pdf");
  let back = 0;
  for (const { place } of chosen.slice(0, 10)) {
    await page.locator(`.sheet a[data-p="${place}"]`).first().click();
    back += await page.evaluate((place) => document.activeElement.id === "f" + place, place);
  }
  say("PDF: a click on the source leads to its figure", back === 10, `${back} of 10`);
  await context.close();
  server.end();
}

async function onText(browser) {
  const server = await serve(sample("county-2024-lines.txt"));
  const { page, context } = await visit(browser, server);
  const chosen = await figures(page);
  let [hits, seen] = [0, 0];
  for (const { place, text } of chosen) {
    await click(page, place);
    const mark = await page.$eval(`a.mark[id="p${place}"]`, (mark) => {
      const [box, around] = [mark, document.getElementById("source")].map((one) => one.getBoundingClientRect());
      return { text: mark.textContent, lit: mark.classList.contains("here"), shown: box.top >= around.top && box.bottom <= around.bottom };
    });
    if (bare(mark.text) === text) hits += 1; else console.log(`     ${text} has its mark on “${mark.text}”`);
    seen += mark.lit && mark.shown;
  }
  say("text: the mark lies on the printed number", hits === chosen.length && hits >= FIGURES, `${hits} of ${chosen.length}`);
  say("text: a click lights the mark and scrolls there", seen === chosen.length, `${seen} of ${chosen.length}`);
  await picture(page, "text");
  await context.close();
  server.end();
}

async function onHtml(browser) {
  const server = await serve(sample("bureau-2023-gbk.html"));
  const { page, context } = await visit(browser, server);
  await page.waitForSelector("#frame");
  const chosen = await figures(page);
  let [hits, seen] = [0, 0];
  for (const { place, text } of chosen) {
    await click(page, place);
    const frame = page.frames().find((frame) => frame !== page.mainFrame());
    const mark = frame.locator(":target");
    await mark.waitFor();
    const id = await mark.getAttribute("id");
    const found = await mark.innerText();
    if (id === `nb-${place}` && bare(found) === text) hits += 1; else console.log(`     ${text} has its mark on “${found}” (${id})`);
    const [box, around] = [await mark.boundingBox(), await page.locator("#frame").boundingBox()];
    seen += box.y + box.height > around.y && box.y < around.y + around.height;
  }
  say("HTML: the mark lies on the printed number", hits === chosen.length && hits >= FIGURES, `${hits} of ${chosen.length}`);
  say("HTML: a click scrolls to the mark", seen === chosen.length, `${seen} of ${chosen.length}`);
  await picture(page, "html");
  let back = 0;
  for (const { place } of chosen.slice(0, 10)) {
    const frame = page.frames().find((frame) => frame !== page.mainFrame());
    await frame.locator(`#nb-${place} a, a#nb-${place}`).first().click();
    const figure = page.waitForFunction((place) => document.activeElement.id === "f" + place, place, { timeout: 5000 });
    back += await figure.then(() => true, () => false);
  }
  say("HTML: a click on the source leads to its figure", back === 10, `${back} of 10`);
  await context.close();
  server.end();
}

const HOSTILE = `<html><head><title>某县2022年政府信息公开工作年度报告<img src=x onerror=alert(1)></title>
<base href="http://evil.example/"><meta http-equiv="refresh" content="0;url=http://evil.example/">
<link rel="stylesheet" href="http://evil.example/a.css"><style>@import url(http://evil.example/b.css); body{background:url(//evil.example/c)}</style>
<script>alert(1)</script></head><body onload="alert(1)">
<h1>青禾县水务局2022年政府信息公开工作年度报告</h1>
<p style="position:fixed;background-image:url(http://evil.example/d);color:red">一、总体情况</p><p>本行政机关依法公开。</p>
<svg onload="alert(1)"><script>alert(2)</script><foreignObject><iframe src="http://evil.example/"></iframe></foreignObject></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert(3)></style></mglyph></table></mtext></math>
<img src="http://evil.example/i" onerror="alert(4)"><iframe srcdoc="<script>alert(5)</script>"></iframe>
<form action="http://evil.example/"><input name="a" autofocus onfocus="alert(6)"><button formaction="javascript:alert(6)">x</button></form>
<a href="javascript:alert(7)" ping="http://evil.example/ping">链接</a><object data="http://evil.example/o"></object>
<video src="http://evil.example/v" poster="http://evil.example/p"></video><noscript><p title="</noscript><img src=x onerror=alert(8)>"></noscript>
<table id="nb-1"><tr><td>项目<td>数量<tr><td id="nb-2" onclick="alert(9)">规章<td><a href="http://evil.example/y">3</a></table></body></html>`;

async function onHostile(browser, log) {
  const file = join(folder, "hostile.html");
  writeFileSync(file, HOSTILE);
  const server = await serve(file);
  const { page, context, asked, dialogs } = await visit(browser, server);
  await page.waitForSelector("#frame");
  const frame = page.frames().find((frame) => frame !== page.mainFrame());
  await frame.waitForSelector("h1");
  await page.waitForTimeout(1500);
  const shown = await frame.locator("body").innerText();
  say("hostile page: its text is shown", shown.includes("青禾县水务局"));
  const elsewhere = asked.filter((address) => !address.startsWith(server.origin));
  say("hostile page: no script has run", dialogs.length === 0 && page.url().startsWith(server.origin), `${dialogs.length} dialogs`);
  say("hostile page: nothing was asked for elsewhere", elsewhere.length === 0 && asked.length > 3, `${asked.length} requests, ${elsewhere.length} elsewhere`);
  await picture(page, "hostile");
  await context.close();
  server.end();
  await browser.close();
  const text = readFileSync(log, "utf8");
  say("hostile page: the browser's own log knows of no such host", text.includes(new URL(server.address).host) && !text.includes("evil.example"));
}

/** Rebound names, foreign origins and missing tokens. */
async function onStrangers() {
  const server = await serve(sample("county-2024-lines.txt"));
  const { port } = new URL(server.origin);
  const status = (headers, path = "/r/1") => Number(execFileSync("curl",
    ["-s", "-o", "/dev/null", "-w", "%{http_code}", ...headers.flatMap((header) => ["-H", header]), server.origin + path], { encoding: "utf8" }));
  const arrival = execFileSync("curl", ["-s", "-i", server.address], { encoding: "utf8" });
  const cookie = `Cookie: ${/set-cookie: ([^;]*)/i.exec(arrival)[1]}`;
  const found = [status([cookie]), status([]), status([cookie, `Host: rebound.example:${port}`]), status([cookie, "Origin: http://evil.example"])];
  say("only the browser with the token is let in", found.join() === "200,403,403,403", found.join(" "));
  server.end();
}

function batch() {
  execFileSync(program, ["batch", join(folder, "in"), "--out", join(folder, "dataset"), "--formats", "sqlite,jsonl"], { stdio: "ignore" });
}

async function onDataset(browser) {
  mkdirSync(join(folder, "in"));
  for (const name of ["county-2023-chromium.pdf", "bureau-2023-gbk.html", "township-2020-tabs.txt", "city-2024-word.doc", "county-2016-form2014.pdf"]) {
    cpSync(sample(name), join(folder, "in", name));
  }
  const wrong = join(folder, "in", "township-2020-tabs.txt");
  writeFileSync(wrong, readFileSync(wrong, "utf8").replace(/(本年新收.*\t)(\d+)$/m, "$199$2"));
  batch();
  let server = await serve(join(folder, "dataset"));
  let { page, context, asked } = await visit(browser, server);
  const rows = () => page.locator("a.report").count();
  say("list: every report is there", await rows() === 5, `${await rows()} of 5`);
  await picture(page, "list");
  await page.keyboard.press("/");
  await page.keyboard.type("2023");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=2023/);
  say("list: the keyboard searches", await rows() === 2, `${await rows()} of 2`);
  await page.goto(server.origin + "/?year=2020");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForSelector("article.check");
  say("list: j and Enter open a report", page.url().includes("/r/"));
  await page.keyboard.press("n");
  say("report: n leads to the failing check", await page.evaluate(() => document.activeElement.matches("article.check")));
  const form = page.locator("article.check form").first();
  await form.locator("select[name=finding]").selectOption("as_printed");
  await form.locator("input[name=why]").fill("原文如此，已核对");
  await form.locator("input[name=who]").fill("某人");
  await form.locator("button").click();
  await page.waitForSelector("article.check .verdict");
  await picture(page, "verdict");
  const report = new URL(page.url()).pathname;
  say("dataset: nothing was asked for elsewhere", asked.every((address) => address.startsWith(server.origin)), `${asked.length} requests`);
  await context.close();
  server.end();
  batch();
  server = await serve(join(folder, "dataset"));
  ({ page, context } = await visit(browser, server));
  await page.goto(server.origin + report);
  const kept = await page.locator("article.check .verdict").allInnerTexts();
  say("verdict: a new run keeps it", kept.length === 1 && kept[0].includes("原文如此，已核对"));
  await page.goto(server.origin + "/overview");
  await picture(page, "overview");
  await context.close();
  server.end();

  writeFileSync(wrong, readFileSync(wrong, "utf8") + "\n附件：无\n");
  batch();
  server = await serve(join(folder, "dataset"));
  ({ page, context } = await visit(browser, server));
  await page.goto(server.origin + "/verdicts");
  say("verdict: a changed source says that it no longer holds", await page.locator("article.void").count() === 1);
  await context.close();
  server.end();
}

async function onSmallScreens(browser) {
  const server = await serve(sample("county-2023-chromium.pdf"));
  for (const [name, width, colorScheme, locale] of [["dark", 1280, "dark", "zh-CN"], ["narrow", 400, "light", "en-US"]]) {
    const { page, context } = await visit(browser, server, { viewport: { width, height: 900 }, colorScheme, locale });
    await page.waitForSelector(".sheet img");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    const language = await page.evaluate(() => document.documentElement.lang);
    say(`${name}: nothing sticks out, labels in the browser's language`, wide <= width && locale.startsWith(language), `${wide} of ${width}, ${language}`);
    await picture(page, name);
    await context.close();
  }
  server.end();
}

const log = join(folder, "net.json");
const open = (...more) => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking", ...more] });
if (pictures) mkdirSync(pictures, { recursive: true });
try {
  const browser = await open();
  await onDataset(browser);
  await onPdf(browser);
  await onText(browser);
  await onHtml(browser);
  await onSmallScreens(browser);
  await browser.close();
  await onStrangers();
  await onHostile(await open(`--log-net-log=${log}`), log);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const failed = results.filter((ok) => !ok).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
