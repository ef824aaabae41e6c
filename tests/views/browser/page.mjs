// SPDX-License-Identifier: MIT
// Tests of the page in Chromium. The parent process runs commands for it: a line {"do": "…"} requests a shell command
// on the watched host and waits for a line back; {"test", "error"} reports a result.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import readline from "node:readline";

const installed = createRequire(`${process.env.CHECKLIST_NODE_MODULES}/`);
const { chromium } = installed("playwright-core");
const axe = installed("axe-core").source;
const [address, pictures] = process.argv.slice(2);
const answers = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const report = (line) => process.stdout.write(JSON.stringify(line) + "\n");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });

async function host(command) {
  report({ do: command });
  await answers.next();
}

async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1180, height: 900 }, ...options });
  const page = await context.newPage();
  page.errors = [];
  page.on("console", (message) => message.type() === "error" && page.errors.push(message.text()));
  page.on("pageerror", (error) => page.errors.push(String(error)));
  await page.goto(address);
  return page;
}

const cell = (page, unit, check) => page.locator(`.matrix a[href="#${unit}/${check}"]`);
const statusOf = (page, unit, check, status) =>
  page.locator(`.matrix td.${status} a[href="#${unit}/${check}"]`).waitFor({ timeout: 15000 });

const tests = {
  async "shows every unit in its group without an error in the console"() {
    const page = await open();
    for (const unit of ["llamacpp.service", "sshd.service", "jupyter.service"]) {
      assert.equal(await page.locator(".matrix th[scope=row]", { hasText: unit }).count(), 1, unit);
    }
    assert.match(await page.title(), /\d+ of \d+ checks pass/);
    await page.screenshot({ path: `${pictures}/light.png`, fullPage: true });
    assert.deepEqual(page.errors, []);
  },

  async "shows why a check fails above the matrix, without a click and without a script"() {
    await host("systemctl stop grafana.service");
    const live = await open();
    await statusOf(live, "grafana.service", "service_state", "fail");
    const page = await open({ javaScriptEnabled: false });
    const problem = page.locator(".problem", { hasText: "grafana.service service_state" });
    assert.ok(await problem.isVisible());
    const text = await problem.innerText();
    for (const part of ["FAIL", "expected", "observed", "hint", "systemctl start grafana.service", "since", "what to do"]) {
      assert.ok(text.includes(part), `${part} is missing: ${text}`);
    }
    const [above, below] = [await problem.boundingBox(), await page.locator(".matrix").boundingBox()];
    assert.ok(above.y + above.height <= below.y, "the problem is not above the matrix");
    assert.match(await page.locator("#status").innerText(), /of \d+ checks fail/);
    const order = await page.locator(".problem").evaluateAll((all) => all.map((each) => each.dataset.worst));
    assert.deepEqual(order, [...order].sort(), "unknown before fail"); // "fail" sorts before "unknown"
    await problem.locator("a", { hasText: "what to do" }).click();
    assert.ok(await page.locator('[id="check-service_state"] h3', { hasText: "Reasons" }).isVisible());
    await host("systemctl start grafana.service");
    await live.locator(".problem", { hasText: "grafana.service service_state" }).waitFor({ state: "detached", timeout: 15000 });
  },

  async "filters what fails together with the matrix"() {
    await host("systemctl stop grafana.service");
    const page = await open();
    await page.locator(".problem", { hasText: "grafana.service service_state" }).waitFor({ timeout: 15000 });
    await page.keyboard.press("/");
    await page.keyboard.type("sshd");
    assert.equal(await page.locator(".problem:visible", { hasText: "grafana.service" }).count(), 0);
    await page.keyboard.press("Escape");
    assert.ok(await page.locator(".problem", { hasText: "grafana.service service_state" }).isVisible());
    await host("systemctl start grafana.service");
  },

  async "leads from a cell to the findings, and on to the runbook"() {
    const page = await open();
    await cell(page, "llamacpp.service", "service_state").click();
    const section = page.locator('[id="llamacpp.service/service_state"]');
    assert.ok(await section.isVisible());
    await page.locator('.matrix a[href="#check-toggles"]').click();
    assert.ok(await page.locator('[id="check-toggles"] h3', { hasText: "Reasons" }).isVisible());
  },

  async "follows a change without a reload and keeps open what is open"() {
    const page = await open();
    await page.locator('summary', { hasText: "sshd.service" }).click();
    await host("systemctl stop llamacpp.service");
    await statusOf(page, "llamacpp.service", "service_state", "fail");
    await page.locator(".finding.is-fail", { hasText: "systemctl start llamacpp.service" }).first().waitFor();
    assert.ok(await page.locator('details[id="sshd.service"][open]').count());
    await host("systemctl start llamacpp.service");
    await statusOf(page, "llamacpp.service", "service_state", "pass");
    assert.deepEqual(page.errors, []);
  },

  async "works by keyboard alone"() {
    const page = await open();
    await page.keyboard.press("/");
    await page.keyboard.type("clamav");
    assert.equal(await page.locator(".matrix [data-row]:visible").count(), 3);
    await page.keyboard.press("Escape");
    await cell(page, "sshd.service", "boot_start").focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowRight");
    const focused = await page.evaluate(() => document.activeElement.getAttribute("href"));
    assert.equal(focused, "#setup-system-credentials.service/dependencies");
    await page.keyboard.press("Enter");
    assert.ok(await page.locator('[id="setup-system-credentials.service/dependencies"]').isVisible());
  },

  async "hides what passes on request"() {
    const page = await open();
    await host("systemctl stop grafana.service");
    await statusOf(page, "grafana.service", "service_state", "fail");
    await page.keyboard.press("f");
    const shown = await page.locator(".matrix [data-row]:visible").evaluateAll(
      (rows) => rows.map((row) => [row.querySelector("th a").textContent, row.dataset.worst]));
    assert.ok(shown.some(([unit]) => unit === "grafana.service"));
    assert.ok(shown.every(([, worst]) => worst === "fail" || worst === "unknown"), String(shown));
    await host("systemctl start grafana.service");
    await page.locator('.matrix [data-row^="grafana.service "]').waitFor({ state: "hidden", timeout: 15000 });
  },

  async "reports that the daemon is down, and recovers"() {
    const page = await open();
    await host("systemctl stop checklistd.socket checklistd-publish.socket checklistd.service");
    await page.locator("#lost").waitFor({ timeout: 15000 });
    await host("systemctl start checklistd.socket checklistd-publish.socket checklistd.service");
    await page.locator("#lost").waitFor({ state: "hidden", timeout: 15000 });
  },

  async "shows the matrix and all texts without a script"() {
    const page = await open({ javaScriptEnabled: false });
    assert.ok(await page.locator(".matrix tbody tr").count() > 13);
    assert.ok(!(await page.locator("#controls").isVisible()));
    await page.locator("summary", { hasText: "sshd.service" }).click();
    assert.ok(await page.locator('[id="sshd.service/port_bindings"]').isVisible());
  },

  async "names each cell for a screen reader"() {
    const page = await open();
    const name = await cell(page, "sshd.service", "toggles").getAttribute("aria-label");
    assert.equal(name, "sshd.service toggles: pass");
    for (const [role, count] of [["status", 1], ["table", 1], ["main", 1], ["heading", 1]]) {
      assert.ok(await page.getByRole(role).count() >= count, role);
    }
    assert.equal(await page.locator(".matrix").getByRole("rowheader", { name: "sshd.service" }).count(), 1);
  },

  async "has no serious violation for axe-core with everything open"() {
    await host("systemctl stop grafana.service");
    for (const colorScheme of ["light", "dark"]) {
      const page = await open({ colorScheme });
      await statusOf(page, "grafana.service", "service_state", "fail");
      await page.screenshot({ path: `${pictures}/failing-${colorScheme}.png`, fullPage: true });
      await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate(() => window.axe.run());
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      assert.deepEqual(serious.map(({ id, nodes }) => [colorScheme, id, nodes.slice(0, 3).map(({ html }) => html)]), []);
      assert.ok(passes.some(({ id }) => id === "color-contrast"));
    }
    await host("systemctl start grafana.service");
  },

  async "escapes what units and their logs contain"() {
    const script = "<script>window.entered = true</script>";
    const path = "/srv/<img src=x onerror=window.entered=true>";
    const unit = "a\\x3cb\\x3e.service"; // as systemd-escape(1) spells "a<b>"
    const spec = JSON.stringify({ unit, checks: { files: { [path]: { type: "file" } }, boot_start: false, journal_errors: { window: "1h" } } });
    await host(`cat > '/etc/systemd/system/${unit}' <<'END'
[Unit]
Description=${script}
[Service]
ExecStart=/bin/sh -c 'echo "<3>${script}"; exec sleep 9000'
END
mkdir -p /etc/checklistd/services.d
cat > /etc/checklistd/services.d/markup.json <<'END'
${spec}
END
systemctl daemon-reload; systemctl start '${unit}'; systemctl reload checklistd.service`);
    const page = await open();
    for (const check of ["journal_errors", "files"]) {
      await page.getByLabel(`${unit} ${check}: fail`, { exact: true }).waitFor({ timeout: 15000 });
    }
    assert.ok(await page.getByText(path).count() > 0, "the path is not shown");
    assert.equal(await page.locator("img, script:not([nonce])").count(), 0);
    assert.ok(!(await page.content()).includes(script));
    assert.equal(await page.evaluate(() => window.entered), undefined);
    assert.deepEqual(page.errors, []);
    await host(`rm /etc/checklistd/services.d/markup.json '/etc/systemd/system/${unit}'; systemctl stop '${unit}'; systemctl daemon-reload; systemctl reload checklistd.service`);
  },

  async "fits a phone, in the dark"() {
    const page = await open({ viewport: { width: 390, height: 844 }, colorScheme: "dark", isMobile: true });
    const [content, width] = await page.evaluate(() =>
      [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(content <= width, `the page is ${content} wide on a screen of ${width}`);
    const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(dark, "rgb(17, 19, 21)");
    await page.screenshot({ path: `${pictures}/phone.png` });
  },

  async "runs no script but its own"() {
    const page = await open();
    const refused = await page.evaluate(() => new Promise((done) => {
      document.addEventListener("securitypolicyviolation", (event) => done(event.violatedDirective));
      const script = document.createElement("script");
      script.textContent = "window.entered = true";
      document.body.append(script);
    }));
    assert.match(refused, /script-src/);
    assert.equal(await page.evaluate(() => window.entered), undefined);
  },
};

for (const [test, run] of Object.entries(tests)) {
  try {
    await run();
    report({ test });
  } catch (error) {
    report({ test, error: String(error?.stack ?? error) });
  }
  for (const context of browser.contexts()) {
    await context.close();
  }
}
await browser.close();
process.exit(0);
