// SPDX-License-Identifier: MIT
// The kinds of panels that show numbers and their history.
import * as common from '@grafana/grafana-foundation-sdk/common';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as BarGauge } from '@grafana/grafana-foundation-sdk/bargauge';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as StateTimeline } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as StatusHistory } from '@grafana/grafana-foundation-sdk/statushistory';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { severityMappings, severitySteps, statuses, statusMappings, statusSteps, steps } from './status.js';

export const source = { type: 'prometheus', uid: '${datasource}' };

const query = (expr: string) => new DataqueryBuilder().expr(expr).refId('A').datasource(source);
const over = (expr: string, legend: string) => query(expr).range().legendFormat(legend);
export const now = (expr: string, legend = '') => query(expr).instant().legendFormat(legend);
export const rows = (expr: string) => query(expr).instant().format(PromQueryFormat.Table);

/** Of a text; Grafana's own choice, as large as there is room, suits numbers. */
const size = (value: number) => new common.VizTextDisplayOptionsBuilder().titleSize(14).valueSize(value);

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

/** A time in milliseconds, as how long ago it is. */
export const moment = (title: string, description: string, expr: string, none: string) =>
  count(title, description, expr).unit('dateTimeFromNow').noValue(none).text(size(24));

/** One coloured word for each series now. */
export function verdicts(title: string, description: string, expr: string, legend = '', height = 36): Stat {
  return count(title, description, expr)
    .targets([now(expr, legend)])
    .colorMode(common.BigValueColorMode.Background)
    .mappings(statusMappings)
    .thresholds(statusSteps())
    .text(size(height));
}

/** The names of what is there, such as versions. */
export function names(title: string, description: string, expr: string, legend: string): Stat {
  return count(title, description, expr)
    .targets([now(expr, legend)])
    .textMode(common.BigValueTextMode.Name)
    .text(size(24));
}

/** What had which status when. */
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

/** Which alerts fired when, in the colour of their severity. */
export const alertTimeline = (title: string, description: string, expr: string, legend: string) =>
  timeline(title, description, expr, legend).mappings(severityMappings).thresholds(severitySteps()).noValue('No alert fired.');

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
    .legend(
      new common.VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(common.LegendDisplayMode.List)
        .placement(common.LegendPlacement.Bottom),
    );
}

/** Whole numbers over time. The expression leaves out what is 0, so that the legend names only what happened. */
export function events(title: string, description: string, expr: string, legend: string, none: string): TimeSeries {
  return graph(title, description, `${expr} > 0`, legend, 'none')
    .drawStyle(common.GraphDrawStyle.Bars)
    .fillOpacity(60)
    .decimals(0)
    .axisSoftMax(1)
    .noValue(none);
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

/** How many there are of each status now and before; the series are named by its number. */
export function counts(title: string, description: string, expr: string, label: string): TimeSeries {
  const panel = graph(title, description, expr, `{{${label}}}`, 'none').decimals(0).axisSoftMax(1);
  for (const [severity, { text, color }] of statuses.entries()) {
    panel.overrideByName(String(severity), [
      { id: 'displayName', value: text },
      { id: 'color', value: { mode: 'fixed', fixedColor: color } },
    ]);
  }
  return panel;
}
