// SPDX-License-Identifier: MIT
// Writes a source in which each dashboard's JSON is a value of the builders' types, so that tsc says what does not fit:
//   node check.mjs DIRECTORY SOURCE
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [directory, source] = process.argv.slice(2);
const sdk = '@grafana/grafana-foundation-sdk';
const kinds = { bargauge: 'bargauge', stat: 'stat', table: 'table', timeseries: 'timeseries', 'state-timeline': 'statetimeline', 'status-history': 'statushistory' };
const withFields = new Set(['table', 'timeseries', 'statetimeline', 'statushistory']);

const lines = [
  `import type * as dashboard from '${sdk}/dashboard';`,
  `import type { Dataquery } from '${sdk}/prometheus';`,
  ...Object.values(kinds).map((kind) => `import type * as ${kind} from '${sdk}/${kind}';`),
  '// JSON has no enums: values are written out.',
  'type Plain<T> = T extends string ? `${T}` : T extends (infer U)[] ? Plain<U>[] : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;',
  "type Query = Omit<Plain<Dataquery>, '_implementsDataqueryVariant' | 'type'>;",
  "type Panel = Omit<Plain<dashboard.Panel>, 'targets'> & { targets?: Query[] };",
  "type Row = Omit<Plain<dashboard.RowPanel>, 'panels'> & { panels: Panel[] };",
  "type Dashboard = Omit<Plain<dashboard.Dashboard>, 'panels' | 'annotations'> & { annotations: unknown; panels: (Panel | Row)[] };",
  'export const checked: unknown[] = [];',
];
for (const file of readdirSync(directory).filter((each) => each.endsWith('.json'))) {
  const board = JSON.parse(readFileSync(join(directory, file), 'utf8'));
  lines.push(`checked.push(${JSON.stringify(board)} satisfies Dashboard);`);
  for (const panel of board.panels.flatMap((each) => (each.type === 'row' ? each.panels : [each]))) {
    const kind = kinds[panel.type];
    if (kind === undefined) {
      throw new Error(`${file}: panel '${panel.title}': no types for '${panel.type}'`);
    }
    lines.push(`checked.push(${JSON.stringify(panel.options)} satisfies Plain<Partial<${kind}.Options>>);`);
    if (withFields.has(kind)) {
      lines.push(`checked.push(${JSON.stringify(panel.fieldConfig.defaults.custom ?? {})} satisfies Plain<Partial<${kind}.FieldConfig>>);`);
    }
  }
}
writeFileSync(source, `${lines.join('\n')}\n`);
