// SPDX-License-Identifier: MIT
// Which service is broken, since when, and what to type: the first screen of a phone answers, for five kinds of faults.
import assert from "node:assert/strict";

import { assertFits, fault, open, phone, picture, problem, statusOf } from "./stage.mjs";

// By fault of tests/system/faults.
const faults = {
  "killed service": ["1", "llamacpp.service", "service_state"],
  "lost permission for the GPU": ["17b", "llamacpp.service", "gpu_device_access"],
  "moved port": ["23", "grafana.service", "port_bindings"],
  "failing probe": ["38a", "grafana.service", "health_probe"],
  "refused configuration": ["543", "sshd.service", "unit_definition"],
};

// Returns what the first card does not say of that check within the first screen.
const missing = (page, unit, check) => page.evaluate(([unit, check, { width, height }]) => {
  const card = document.querySelector(".problem");
  const section = [...card?.querySelectorAll("section") ?? []].find((each) => each.textContent.includes(check));
  const isSeen = (part) => {
    const box = part?.getBoundingClientRect();
    return box && box.height > 0 && box.top >= 0 && box.bottom <= height && box.right <= width;
  };
  const parts = { unit: card?.querySelector("h3"), check: section?.querySelector("h4"),
    "since when": section?.querySelector(".since"), "what to type": section?.querySelector("dd code") };
  const name = parts.unit?.textContent ?? "no unit";
  return [...name === unit ? [] : [`${name} is first`], ...Object.keys(parts).filter((each) => !isSeen(parts[each]))];
}, [unit, check, phone.viewport]);

async function walk(page, [number, unit, check]) {
  await statusOf(page, unit, check, "fail");
  await problem(page, unit).filter({ hasText: check }).waitFor();
  assert.deepEqual(await missing(page, unit, check), []);
  await assertFits(page);
  await picture(page, `walk-${number}`);
}

export const tests = Object.fromEntries(Object.entries(faults).map(([name, parts]) =>
  [`answers on a phone's first screen: ${name}`, async () => {
    const page = await open(phone);
    await fault(parts[0], "inject");
    try {
      await walk(page, parts);
    } finally {
      await fault(parts[0], "undo");
    }
    await problem(page, parts[1]).filter({ hasText: parts[2] }).waitFor({ state: "detached", timeout: 15000 });
  }]));
