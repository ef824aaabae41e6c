// SPDX-License-Identifier: MIT
// The page of a host with a thousand more units.
import assert from "node:assert/strict";

import { assertAccessible, assertFits, host, open, phone, picture, problem, row, statusOf } from "./stage.mjs";

const specs = "/etc/checklistd/services.d";
const bad = "many@500.service";
// Shell: a spec for a unit that must not run, or for one that must, which does not exist.
const must = (run) => `"enabled": ${run}, "checks": {"toggles": false}`;

export const tests = {
  async "unfolds only what does not pass among a thousand units"() {
    await host(`for i in $(seq -w 0 999); do
  echo '{"unit": "many@'$i'.service", "group": "batch '\${i%??}'", ${must(false)}}' > ${specs}/many-$i.json
done; sed -i 's/${must(false)}/${must(true)}/' ${specs}/many-500.json; systemctl reload checklistd.service`);
    const page = await open();
    await page.waitForFunction(() => document.querySelectorAll(".matrix [data-row]").length > 1000, null, { timeout: 30000 });
    await statusOf(page, bad, "service_state", "fail");
    await problem(page, bad).first().waitFor();
    assert.ok(await row(page, bad).isVisible());
    assert.ok(await page.locator(".matrix [data-row]:visible").count() < 50);
    const bytes = (await page.content()).length;
    assert.ok(bytes < 500 * 1000, `${bytes} bytes`);
    await picture(page, "many");
    await assertAccessible(page, "many");
    assert.deepEqual(page.errors, []);
  },

  async "filters over what is folded, and folds it again"() {
    const page = await open();
    await page.keyboard.press("/");
    await page.keyboard.type("many@321");
    assert.deepEqual(await page.locator(".matrix [data-row]:visible th a").allInnerTexts(), ["many@321.service"]);
    await page.keyboard.press("Escape");
    assert.ok(!(await row(page, "many@321.service").isVisible()));
    await page.keyboard.press("f");
    assert.ok(await row(page, bad).isVisible());
    assert.ok(await page.locator('.matrix [data-row][data-worst="pass"]:visible').count() === 0);
  },

  async "keeps unfolded what the reader unfolded while the page follows"() {
    const page = await open();
    await page.locator('[data-fold="batch 3"] > summary').click();
    await host(`sed -i 's/${must(true)}/${must(false)}/' ${specs}/many-500.json; systemctl reload checklistd.service`);
    await row(page, bad).waitFor({ state: "hidden", timeout: 15000 }); // with the rest of its group
    assert.ok(await row(page, "many@321.service").isVisible());
  },

  async "fits a phone with a thousand units, without a script"() {
    const page = await open({ ...phone, javaScriptEnabled: false });
    await assertFits(page);
    await picture(page, "many-phone");
    await page.locator('[data-fold="batch 3"] > summary').click();
    assert.ok(await row(page, "many@321.service").isVisible());
    await host(`rm ${specs}/many-*.json; systemctl reload checklistd.service`);
  },
};
