// SPDX-License-Identifier: MIT
// What the tests of the page share: the browser, and the watched host, on which the parent process does what a line
// {"do": "…"} (a shell command) or {"fault", "step"} (of tests/system/faults) requests before it answers with a line;
// {"test", "error"} reports a result.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import readline from "node:readline";

const installed = createRequire(`${process.env.CHECKLIST_NODE_MODULES}/`);
const { chromium } = installed("playwright-core");
const axe = installed("axe-core").source;
export const [address, pictures] = process.argv.slice(2);
const answers = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const report = (line) => process.stdout.write(JSON.stringify(line) + "\n");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });

export const phone = { viewport: { width: 390, height: 844 }, isMobile: true };

async function request(line) {
  report(line);
  await answers.next();
}

export const host = (command) => request({ do: command });
export const fault = (number, step) => request({ fault: number, step });

export async function open({ path = "", base = address, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1180, height: 900 }, ...options });
  const page = await context.newPage();
  page.errors = [];
  page.on("console", (message) => message.type() === "error" && page.errors.push(message.text()));
  page.on("pageerror", (error) => page.errors.push(String(error)));
  await page.goto(base + path);
  return page;
}

export const picture = (page, name) => page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });

export const row = (page, unit) => page.locator(`.matrix [data-row^="${unit} "]`);
export const problem = (page, unit) => page.locator(`.problem[data-row^="${unit} "]`);

// Waits until the matrix shows that status.
export const statusOf = (page, unit, check, status) => page.waitForFunction(([unit, check, status]) => {
  const row = document.querySelector(`.matrix [data-row^="${unit} "]`);
  const names = [...row?.closest("table").tHead.rows[0].cells ?? []].map((each) => each.textContent);
  return row?.cells[names.indexOf(check)]?.className === status;
}, [unit, check, status], { timeout: 15000 });

export async function assertFits(page) {
  const [content, width] = await page.evaluate(() =>
    [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(content <= width, `the page is ${content} wide on a screen of ${width}`);
}

// Leaves out what is folded, which is made as what is not.
export async function assertAccessible(page, name) {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() =>
    window.axe.run({ exclude: [["details:not([open]) > table"]] }, { resultTypes: ["violations"] }));
  assert.deepEqual(violations.map(({ id, nodes }) => [name, id, nodes.slice(0, 3).map(({ html }) => html)]), []);
  assert.ok(passes.some(({ id }) => id === "color-contrast"));
}

export async function run(tests) {
  for (const [test, play] of Object.entries(tests)) {
    const began = performance.now();
    const took = () => Math.round(performance.now() - began);
    try {
      await play();
      report({ test, took: took() });
    } catch (error) {
      report({ test, took: took(), error: String(error?.stack ?? error) });
    }
    for (const context of browser.contexts()) {
      await context.close();
    }
  }
}

export const close = () => browser.close();
