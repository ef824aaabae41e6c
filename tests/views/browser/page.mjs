// SPDX-License-Identifier: MIT
// The pages of the host and of its units.
import assert from "node:assert/strict";
import http from "node:http";

import { address, assertAccessible, assertFits, host, open, phone, picture, problem, row, statusOf } from "./stage.mjs";

// Serves what is at the address below a prefix, as a proxy may; returns the prefixed address.
async function behindPrefix(prefix) {
  const proxy = http.createServer((request, response) => {
    const target = request.url.startsWith(prefix) ? new URL(request.url.slice(prefix.length), address) : undefined;
    if (!target) {
      response.writeHead(404).end();
      return;
    }
    const { host: _, ...headers } = request.headers;
    const upstream = http.get(target, { headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    response.on("close", () => upstream.destroy());
    upstream.on("error", () => response.destroy());
  });
  await new Promise((done) => proxy.listen(0, "127.0.0.1", done));
  return { base: `http://127.0.0.1:${proxy.address().port}${prefix}`, close: () => proxy.close() };
}

export const tests = {
  async "shows every unit in its group without an error in the console"() {
    const page = await open();
    for (const unit of ["llamacpp.service", "sshd.service", "jupyter.service"]) {
      assert.equal(await page.locator(".matrix th[scope=row]", { hasText: unit }).count(), 1, unit);
    }
    assert.match(await page.title(), /^[✓?✗] \S+: .*checks/);
    assert.ok((await page.locator("h1").innerText()).includes("service checklist"));
    await page.locator("#live", { hasText: "Confirmed" }).waitFor({ timeout: 60000 });
    await picture(page, "light");
    assert.deepEqual(page.errors, []);
  },

  async "shows why a check fails above the matrix, without a click and without a script"() {
    await host("systemctl stop grafana.service");
    const live = await open();
    await statusOf(live, "grafana.service", "service_state", "fail");
    const page = await open({ javaScriptEnabled: false });
    const card = problem(page, "grafana.service");
    assert.ok(await card.isVisible());
    const text = await card.innerText();
    for (const part of ["FAIL", "expected", "observed", "hint", "systemctl start grafana.service", "since", "what to do"]) {
      assert.ok(text.includes(part), `${part} is missing: ${text}`);
    }
    const [above, below] = [await card.boundingBox(), await page.locator(".matrix").boundingBox()];
    assert.ok(above.y + above.height <= below.y, "the problem is not above the matrix");
    assert.match(await page.locator("#status").innerText(), /of \d+ checks fail/);
    const order = await page.locator(".problem").evaluateAll((all) => all.map((each) => each.dataset.worst));
    assert.deepEqual(order, [...order].sort(), "unknown before fail"); // "fail" sorts before "unknown"
    await card.locator("a", { hasText: "what to do" }).first().click();
    assert.equal(await page.locator("h1").innerText(), "service_state");
    assert.ok(await page.locator("h3", { hasText: "Reasons" }).isVisible());
    await host("systemctl start grafana.service");
    await problem(live, "grafana.service").waitFor({ state: "detached", timeout: 15000 });
  },

  async "filters what fails together with the matrix"() {
    await host("systemctl stop grafana.service");
    const page = await open();
    await problem(page, "grafana.service").waitFor({ timeout: 15000 });
    await page.keyboard.press("/");
    await page.keyboard.type("sshd");
    assert.ok(!(await problem(page, "grafana.service").isVisible()));
    await page.keyboard.press("Escape");
    assert.ok(await problem(page, "grafana.service").isVisible());
    await host("systemctl start grafana.service");
  },

  async "leads from a cell to the findings, and on to the runbook"() {
    const page = await open();
    await row(page, "llamacpp.service").locator("td.pass").first().click();
    await page.waitForURL("**/unit/llamacpp.service#service_state");
    assert.ok(await page.locator("#service_state").isVisible());
    await page.locator("#service_state a", { hasText: "what to do" }).click();
    assert.equal(await page.locator("h1").innerText(), "service_state");
    await page.locator("header a").click();
    await page.locator('.matrix a[href="explain/toggles"]').click();
    assert.equal(await page.locator("h1").innerText(), "toggles");
    assert.deepEqual(page.errors, []);
  },

  async "shows the pages of a user's unit and of the host"() {
    const page = await open();
    await row(page, "jupyter.service").locator("th a").click();
    assert.match(await page.locator("h1").innerText(), /^jupyter.service \(user:dev\)/);
    await page.locator("header a").click();
    await page.locator(".host a", { hasText: "coverage" }).click();
    assert.match(await page.locator("h1").innerText(), /^host .*systemd/);
    assert.ok(await page.locator("#coverage").isVisible());
    assert.deepEqual(page.errors, []);
  },

  async "follows a change without a reload or a vain request, and keeps folded what is folded"() {
    const page = await open();
    const polls = [];
    page.on("response", (answer) => answer.url().includes("wait=") && polls.push(answer.status()));
    await page.locator("[data-fold=security] > summary").click();
    await host("systemctl stop llamacpp.service");
    await statusOf(page, "llamacpp.service", "service_state", "fail");
    await page.locator(".finding.is-fail", { hasText: "systemctl start llamacpp.service" }).first().waitFor();
    assert.ok(await page.locator("[data-fold=security]:not([open])").count());
    await host("systemctl start llamacpp.service");
    await statusOf(page, "llamacpp.service", "service_state", "pass");
    assert.ok(polls.every((status) => status === 200), `answers without a change: ${polls}`);
    assert.deepEqual(page.errors, []);
  },

  async "follows a unit on its page, behind a prefix"() {
    const proxy = await behindPrefix("/some/where/");
    const page = await open({ base: proxy.base });
    await row(page, "grafana.service").locator("th a").click();
    await host("systemctl stop grafana.service");
    await page.locator("#service_state code", { hasText: "systemctl start grafana.service" }).waitFor({ timeout: 15000 });
    await picture(page, "unit");
    await page.locator("header a").click();
    await problem(page, "grafana.service").waitFor();
    await host("systemctl start grafana.service");
    await problem(page, "grafana.service").waitFor({ state: "detached", timeout: 15000 });
    assert.deepEqual(page.errors, []);
    proxy.close();
  },

  async "works by keyboard alone"() {
    const page = await open();
    await page.keyboard.press("/");
    await page.keyboard.type("clamav");
    assert.equal(await page.locator(".matrix [data-row]:visible").count(), 3);
    await page.keyboard.press("Escape");
    await row(page, "sshd.service").locator("th a").focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight"); // over the columns of checks that the unit does not have
    await page.keyboard.press("Enter");
    await page.waitForURL("**/unit/setup-system-credentials.service#boot_start");
    assert.ok(await page.locator("#boot_start").isVisible());
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
    await row(page, "grafana.service").waitFor({ state: "hidden", timeout: 15000 });
  },

  async "shows the matrix and all texts without a script"() {
    const page = await open({ javaScriptEnabled: false });
    assert.ok(await page.locator(".matrix [data-row]").count() >= 13);
    assert.ok(!(await page.locator("#controls").isVisible()));
    await page.locator("[data-fold=security] > summary").click();
    assert.ok(!(await row(page, "sshd.service").isVisible()));
    await page.locator("[data-fold=security] > summary").click();
    await row(page, "sshd.service").locator("th a").click();
    await page.locator("summary", { hasText: "port_bindings" }).click();
    assert.ok(await page.locator("#port_bindings").isVisible());
  },

  async "names each cell for a screen reader"() {
    const page = await open();
    const table = page.getByRole("table", { name: "security" });
    for (const [role, name] of [["columnheader", "toggles"], ["rowheader", "sshd.service"]]) {
      assert.equal(await table.getByRole(role, { name }).count(), 1, name);
    }
    for (const role of ["status", "main", "navigation", "heading"]) {
      assert.ok(await page.getByRole(role).count() >= 1, role);
    }
  },

  async "has no violation for axe-core"() {
    await host("systemctl stop grafana.service");
    for (const [name, options] of Object.entries({ light: {}, dark: { colorScheme: "dark" }, phone })) {
      const page = await open(options);
      await statusOf(page, "grafana.service", "service_state", "fail");
      await picture(page, `failing-${name}`);
      await assertAccessible(page, name);
    }
    const page = await open({ path: "unit/grafana.service" });
    await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
    await assertAccessible(page, "a unit's page");
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
    assert.equal(await page.locator("img, script:not([src])").count(), 0);
    assert.ok(!(await page.content()).includes(script));
    assert.equal(await page.evaluate(() => window.entered), undefined);
    assert.deepEqual(page.errors, []);
    await host(`rm /etc/checklistd/services.d/markup.json '/etc/systemd/system/${unit}'; systemctl stop '${unit}'; systemctl daemon-reload; systemctl reload checklistd.service`);
  },

  async "fits a phone, in the dark"() {
    const page = await open({ ...phone, colorScheme: "dark" });
    await assertFits(page);
    const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(dark, "rgb(17, 19, 21)");
    await host("systemctl stop grafana.service");
    const line = row(page, "grafana.service");
    await line.getByText("✗").first().waitFor({ timeout: 15000 });
    assert.equal(await line.locator("td:visible").count(), 1, "only what does not pass has a mark");
    await picture(page, "phone-dark");
    await host("systemctl start grafana.service");
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

  async "reports that the daemon is down, and recovers"() {
    const page = await open();
    await host("systemctl stop checklistd.socket checklistd-publish.socket checklistd.service");
    await page.locator("#lost").waitFor({ timeout: 15000 });
    await host("systemctl start checklistd.socket checklistd-publish.socket checklistd.service");
    await page.locator("#lost").waitFor({ state: "hidden", timeout: 15000 });
  },
};
