// SPDX-License-Identifier: MIT
// The kinds of panels that are tables: matrices of statuses, and lists.
import * as common from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import type { Link } from './links.js';
import { now, rows, source } from './panels.js';
import { cellSteps, severityLabels, statusLabels, statusMappings } from './status.js';

/** What a unit is asked first; the other checks follow in the order of their names. */
const first = ['service_state', 'health_probe', 'port_bindings', 'gpu_device_access', 'dependencies', 'journal_errors'];

/** What links need and a table does not show. Grafana before 13 knows only the first of both. */
const hidden = [
  { id: 'custom.hidden', value: true },
  { id: 'custom.hideFrom', value: { viz: true, legend: false, tooltip: false } },
];

function cells(title: string, description: string): Table {
  return new Table()
    .title(title)
    .description(description)
    .datasource(source)
    .unit('none')
    .noValue('')
    .mappings(statusMappings)
    .thresholds(cellSteps())
    .cellOptions({ type: 'color-background', mode: 'basic' } as common.TableCellOptions)
    .align(common.FieldTextAlignment.Center)
    .minWidth(96)
    .overrideByRegexp('/./', [{ id: 'custom.wrapHeaderText', value: true }]);
}

const rowNames = (shown: string, links: Link[]) => [
  { id: 'displayName', value: shown },
  { id: 'custom.cellOptions', value: { type: 'auto' } },
  { id: 'custom.align', value: 'left' },
  { id: 'custom.width', value: 255 },
  { id: 'links', value: links },
];

// Keeps the order of rows that are equally bad.
const worstFirst = { id: 'sortBy', options: { fields: {}, sort: [{ field: 'worst', desc: true }] } };
// The names of columns break at their words.
const words = { id: 'renameByRegex', options: { regex: '/_/g', renamePattern: ' ' } };

/** Hosts and checks, from series with the labels `instance` and `check`; the check `worst` sorts the rows. */
export function hostMatrix(title: string, description: string, expr: string, link: Link): Table {
  const corner = 'instance\\check';
  return cells(title, description)
    .withTarget(rows(expr))
    .withTransformation({
      id: 'groupingToMatrix',
      options: { rowField: 'instance', columnField: 'check', valueField: 'Value', emptyValue: 'null' },
    })
    .withTransformation({ id: 'sortBy', options: { fields: {}, sort: [{ field: corner }] } })
    .withTransformation(worstFirst)
    .withTransformation(words)
    .overrideByName(corner, rowNames('Host', [link]));
}

/** Units and checks, from series with the labels `name`, `manager`, `unit`, `check`; the check `worst` sorts the rows, and is not shown. */
export function unitMatrix(title: string, description: string, expr: string, link: Link): Table {
  const labels = ['name', 'manager', 'unit', 'check'];
  return cells(title, description)
    .withTarget(now(expr))
    .withTransformation({ id: 'labelsToFields', options: { mode: 'columns', keepLabels: labels, valueLabel: 'check' } })
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({ id: 'sortBy', options: { fields: {}, sort: [{ field: 'name' }] } })
    .withTransformation(worstFirst)
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: { Time: true, worst: true },
        renameByName: {},
        indexByName: Object.fromEntries(['name', ...first].map((name, index) => [name, index])),
      },
    })
    .withTransformation(words)
    .overrideByName('name', rowNames('Unit', [link]))
    .overrideByName('manager', hidden)
    .overrideByName('unit', hidden);
}

export interface Column {
  name: string;
  /** What stands above the column; without it, the name. */
  shown?: string;
  /** In pixels; without it, the column takes what is left. */
  width?: number;
  unit?: string;
  /** A text that stands for each value. */
  text?: string;
  links?: Link[];
}

/** A hidden column is found by the name of its label, which no shown column may have: shown names start with a capital. */
const heading = ({ name, shown = name }: Column) => shown.charAt(0).toUpperCase() + shown.slice(1);

function properties(column: Column) {
  const { width, unit, text, links } = column;
  return [
    { id: 'displayName', value: heading(column) },
    ...(width === undefined ? [] : [{ id: 'custom.width', value: width }]),
    ...(unit === undefined
      ? []
      : [
          { id: 'unit', value: unit },
          { id: 'custom.align', value: 'left' },
        ]),
    ...(text === undefined ? [] : [{ id: 'mappings', value: [{ type: 'regex', options: { pattern: '.+', result: { text, index: 0 } } }] }]),
    ...(links === undefined ? [] : [{ id: 'links', value: links }]),
  ];
}

/** Of every cell of a list. The text for no value is that of an empty table; Grafana before 13 wraps by the type of a cell. */
const everyCell = [
  { id: 'noValue', value: '' },
  { id: 'custom.wrapText', value: true },
  { id: 'custom.wrapHeaderText', value: true },
];

/** Series as rows in the order of the answer, labels and `Value` as columns in this order; a label that no series has is no column. */
export function list(title: string, description: string, expr: string, columns: Column[], empty: string, needed: string[] = []): Table {
  const names = [...columns.map(({ name }) => name), ...needed];
  const panel = new Table()
    .title(title)
    .description(description)
    .datasource(source)
    .withTarget(rows(expr))
    .withTransformation({ id: 'filterFieldsByName', options: { include: { names } } })
    .withTransformation({
      id: 'organize',
      options: { excludeByName: {}, renameByName: {}, indexByName: Object.fromEntries(names.map((name, index) => [name, index])) },
    })
    .noValue(empty)
    .cellOptions({ type: 'auto', wrapText: true } as common.TableCellOptions)
    .minWidth(80)
    .overrideByRegexp('/./', everyCell);
  for (const column of columns) {
    panel.overrideByName(column.name, properties(column));
  }
  for (const name of needed) {
    panel.overrideByName(name, hidden);
  }
  for (const [name, mappings] of Object.entries({ status: statusLabels, severity: severityLabels })) {
    if (names.includes(name)) {
      panel.overrideByName(name, [
        { id: 'mappings', value: mappings },
        { id: 'custom.cellOptions', value: { type: name === 'status' ? 'color-background' : 'color-text', mode: 'basic' } },
      ]);
    }
  }
  return panel;
}
