// SPDX-License-Identifier: MIT
// The kinds of panels that both dashboards are made of.
import * as common from '@grafana/grafana-foundation-sdk/common';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as BarGauge } from '@grafana/grafana-foundation-sdk/bargauge';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as StateTimeline } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as StatusHistory } from '@grafana/grafana-foundation-sdk/statushistory';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { cellSteps, labelMappings, statuses, statusMappings, statusSteps, steps } from './status.js';

export const source = { type: 'prometheus', uid: '${datasource}' };

const query = (expr: string) => new DataqueryBuilder().expr(expr).refId('A').datasource(source);
const over = (expr: string, legend: string) => query(expr).range().legendFormat(legend);
const now = (expr: string, legend = '') => query(expr).instant().legendFormat(legend);
const rows = (expr: string) => query(expr).instant().format(PromQueryFormat.Table);

const lastValue = new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields('');

/** One number now; red or orange from 1 on if `bad` says so. */
export function count(title: string, description: string, expr: string, bad?: string): Stat {
  return new Stat()
    .title(title)
    .description(description)
    .datasource(source)
    .withTarget(now(expr))
    .unit('none')
    .reduceOptions(lastValue)
    .graphMode(common.BigValueGraphMode.None)
    .colorMode(bad ? common.BigValueColorMode.Background : common.BigValueColorMode.Value)
    .thresholds(bad ? steps('green', [1, bad]) : steps('text'));
}

/** One coloured word for each series now. */
export function verdicts(title: string, description: string, expr: string, legend = ''): Stat {
  return count(title, description, expr)
    .targets([now(expr, legend)])
    .colorMode(common.BigValueColorMode.Background)
    .mappings(statusMappings)
    .thresholds(statusSteps());
}

/** The names of what is there, such as versions. */
export function names(title: string, description: string, expr: string, legend: string): Stat {
  return count(title, description, expr)
    .targets([now(expr, legend)])
    .textMode(common.BigValueTextMode.Name);
}

export function timeline(title: string, description: string, expr: string, legend: string): StateTimeline {
  return new StateTimeline()
    .title(title)
    .description(description)
    .datasource(source)
    .withTarget(over(expr, legend))
    .unit('none')
    .mergeValues(true)
    .showValue(common.VisibilityMode.Never)
    .mappings(statusMappings)
    .thresholds(statusSteps());
}

export function history(title: string, description: string, expr: string, legend: string): StatusHistory {
  return new StatusHistory()
    .title(title)
    .description(description)
    .datasource(source)
    .withTarget(over(expr, legend))
    .unit('none')
    .maxDataPoints(60)
    .showValue(common.VisibilityMode.Never)
    .mappings(statusMappings)
    .thresholds(statusSteps());
}

export function graph(title: string, description: string, expr: string, legend: string, unit: string): TimeSeries {
  return new TimeSeries()
    .title(title)
    .description(description)
    .datasource(source)
    .withTarget(over(expr, legend))
    .unit(unit)
    .min(0)
    .fillOpacity(10)
    .lineWidth(1)
    .legend(new common.VizLegendOptionsBuilder().showLegend(true).displayMode(common.LegendDisplayMode.List).placement(common.LegendPlacement.Bottom));
}

export function levels(title: string, description: string, expr: string, legend: string): BarGauge {
  return new BarGauge()
    .title(title)
    .description(description)
    .datasource(source)
    .withTarget(now(expr, legend))
    .unit('none')
    .reduceOptions(lastValue)
    .orientation(common.VizOrientation.Horizontal);
}

interface Link {
  title: string;
  url: string;
}

/** A matrix of coloured words; each name in its first column leads somewhere. The names of columns break at their words. */
export function matrix(title: string, description: string, expr: string, row: string, column: string, link: Link): Table {
  return new Table()
    .title(title)
    .description(description)
    .datasource(source)
    .withTarget(rows(expr))
    .withTransformation({
      id: 'groupingToMatrix',
      options: { rowField: row, columnField: column, valueField: 'Value', emptyValue: 'null' },
    })
    .withTransformation({ id: 'sortBy', options: { fields: {}, sort: [{ field: `${row}\\${column}` }] } })
    .withTransformation({ id: 'renameByRegex', options: { regex: '/_/g', renamePattern: ' ' } })
    .unit('none')
    .noValue('')
    .mappings(statusMappings)
    .thresholds(cellSteps())
    .cellOptions({ type: 'color-background', mode: 'basic' } as common.TableCellOptions)
    .align(common.FieldTextAlignment.Center)
    .minWidth(105)
    .overrideByRegexp('/./', [{ id: 'custom.wrapHeaderText', value: true }])
    .overrideByName(`${row}\\${column}`, [
      { id: 'custom.cellOptions', value: { type: 'auto' } },
      { id: 'custom.align', value: 'left' },
      { id: 'custom.width', value: 255 },
      { id: 'links', value: [link] },
    ]);
}

/** How many there are of each status now and before; the series are named by its number. */
export function counts(title: string, description: string, expr: string, label: string): TimeSeries {
  const panel = graph(title, description, expr, `{{${label}}}`, 'none').decimals(0);
  for (const [severity, { text, color }] of statuses.entries()) {
    panel.overrideByName(String(severity), [
      { id: 'displayName', value: text },
      { id: 'color', value: { mode: 'fixed', fixedColor: color } },
    ]);
  }
  return panel;
}

/** Series as rows: the named labels as columns in this order, each as wide as said or as there is room; nothing is cut off. */
export function list(title: string, description: string, expr: string, columns: [string, number?, string?][], empty: string): Table {
  const names = columns.map(([name]) => name);
  const panel = new Table()
    .title(title)
    .description(description)
    .datasource(source)
    .withTarget(rows(expr))
    .withTransformation({ id: 'filterFieldsByName', options: { include: { names } } })
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: {},
        renameByName: {},
        indexByName: Object.fromEntries(names.map((name, index) => [name, index])),
      },
    })
    .noValue(empty)
    .cellOptions({ type: 'auto', wrapText: true } as common.TableCellOptions)
    .minWidth(80);
  for (const [name, width, shown] of columns) {
    if (width !== undefined) {
      panel.overrideByName(name, [{ id: 'custom.width', value: width }, { id: 'displayName', value: shown ?? name }]);
    }
  }
  return panel.overrideByName('status', [
    { id: 'mappings', value: labelMappings },
    { id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic' } },
  ]);
}
