// SPDX-License-Identifier: MIT
// Each kind of panel, drawn by Grafana's own components.
import { dateTime, getDisplayValueAlignmentFactors, getFieldDisplayValues } from '@grafana/data';
import { BarGauge, BigValue, TimeSeries, VizRepeater } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';

/** Each value by itself, in the room that is there for all. */
function Repeated({ panel, data, source, width, height, spacing, draw }) {
  const { reduceOptions, orientation, ...options } = panel.options;
  const values = () =>
    getFieldDisplayValues({ data, reduceOptions, fieldConfig: source.fieldConfig(panel), replaceVariables: source.fill, theme: source.theme, timeZone: 'utc' });
  return (
    <VizRepeater
      getValues={values}
      getAlignmentFactors={(all) => getDisplayValueAlignmentFactors(all)}
      renderValue={draw}
      width={width}
      height={height}
      source={data}
      itemSpacing={spacing}
      renderCounter={0}
      autoGrid={true}
      orientation={orientation}
      minVizHeight={options.minVizHeight}
      maxVizHeight={options.maxVizHeight}
    />
  );
}

function Stat(props) {
  const { graphMode, colorMode, justifyMode, text, textMode, wideLayout } = props.panel.options;
  const draw = ({ value, ...room }) => (
    <BigValue {...{ graphMode, colorMode, justifyMode, text, textMode, wideLayout }} {...room} value={value.display} theme={props.source.theme} />
  );
  return <Repeated {...props} spacing={3} draw={draw} />;
}

function Gauges(props) {
  const { displayMode, valueMode, namePlacement, showUnfilled } = props.panel.options;
  const draw = ({ value: { display, field, view, colIndex }, ...room }) => (
    <BarGauge
      {...{ displayMode, namePlacement, showUnfilled }}
      {...room}
      value={display}
      field={field}
      display={view?.getFieldDisplayProcessor(colIndex)}
      valueDisplayMode={valueMode}
      theme={props.source.theme}
    />
  );
  return <Repeated {...props} spacing={8} draw={draw} />;
}

function Graph({ panel, data, source, width, height }) {
  const [from, to] = [source.from, source.to].map((each) => dateTime(each * 1000));
  const { legend } = panel.options;
  return <TimeSeries frames={data} timeRange={{ from, to, raw: { from, to } }} timeZone="utc" width={width} height={height} legend={legend} options={panel.options} />;
}

function Table({ panel, data, source, width, height }) {
  const { cellHeight, showTypeIcons, showHeader } = panel.options;
  const { noValue } = panel.fieldConfig.defaults;
  return <TableNG {...{ width, height, cellHeight, showTypeIcons, noValue }} noHeader={!showHeader} data={data[0]} fieldConfig={source.fieldConfig(panel)} />;
}

export const kinds = { stat: Stat, bargauge: Gauges, timeseries: Graph, table: Table };

/**
 * State timelines and histories are drawn by Grafana's core, which is no package: they become tables of some moments,
 * by transformations that a person could choose in Grafana, too, and say so.
 */
export function drawable(panel) {
  if (panel.type !== 'state-timeline' && panel.type !== 'status-history') {
    return panel;
  }
  const { legendFormat } = panel.targets[0];
  const first = legendFormat.replace(/[{}]/g, '');
  const width = legendFormat.includes(' ') ? 345 : 255; // of the names, in pixels; a moment has what is left
  const { defaults } = panel.fieldConfig;
  return {
    ...panel,
    type: 'table',
    remark: `${panel.type.replace('-', ' ')}, here as a table`,
    maxDataPoints: Math.floor((panel.gridPos.w * 68 - width) / 85),
    options: { cellHeight: 'sm', showHeader: true, showTypeIcons: false },
    transformations: [
      { id: 'joinByField', options: { byField: 'Time', mode: 'outer' } },
      { id: 'formatTime', options: { timeField: 'Time', outputFormat: 'HH:mm:ss', timezone: 'utc' } },
      { id: 'transpose', options: { firstFieldName: first } },
    ],
    fieldConfig: {
      defaults: { ...defaults, custom: { cellOptions: { type: 'color-background', mode: 'basic' }, align: 'center', minWidth: 60 } },
      overrides: [
        {
          matcher: { id: 'byName', options: first },
          properties: [
            { id: 'custom.cellOptions', value: { type: 'auto' } },
            { id: 'custom.align', value: 'left' },
            { id: 'custom.width', value: width },
          ],
        },
      ],
    },
  };
}
