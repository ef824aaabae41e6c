// SPDX-License-Identifier: MIT
// Runs all tests of the pages in one browser: main.mjs ADDRESS PICTURES
import { tests as many } from "./many.mjs";
import { tests as page } from "./page.mjs";
import { close, run } from "./stage.mjs";
import { tests as walk } from "./walk.mjs";

await run({ ...page, ...walk, ...many });
await close();
process.exit(0);
