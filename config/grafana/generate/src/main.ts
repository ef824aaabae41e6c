// SPDX-License-Identifier: MIT
// Writes the dashboards as JSON into a directory: node out/main.js DIRECTORY
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fleetDashboard } from './fleet.js';
import { hostDashboard } from './host.js';

const directory = process.argv[2];
if (directory === undefined) {
  throw new Error('main.js DIRECTORY');
}
for (const dashboard of [hostDashboard(), fleetDashboard()]) {
  writeFileSync(join(directory, `${dashboard.uid}.json`), `${JSON.stringify(dashboard, null, 2)}\n`);
}
