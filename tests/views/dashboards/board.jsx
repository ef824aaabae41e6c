// SPDX-License-Identifier: MIT
// A dashboard as a viewer sees it: its panels where it places them, in one of Grafana's themes.
import * as data from '@grafana/data';
import { GlobalStyles, Icon, PanelChrome } from '@grafana/ui';
import { createRoot } from 'react-dom/client';
import { cacheStore } from 'react-inlinesvg';
import setUp from './grafana.cjs';
import { Source } from './source.cjs';
import { drawable, kinds } from './panels.jsx';

const grafana = setUp(data);
const [columns, unit, gap, padding] = [24, 30, 8, 16]; // Grafana's own grid, in pixels
const colors = ['red', 'green', 'orange'];
const icons = ['info-circle', 'angle-down']; // of descriptions and of headlines

function place({ x, y, w, h }, width) {
  const column = (width - 2 * padding + gap) / columns;
  return { left: padding + x * column, top: padding + y * (unit + gap), width: w * column - gap, height: h * (unit + gap) - gap };
}

const isEmpty = (frames) => frames.every((frame) => frame.length === 0 || frame.fields.length === 0);

function Nothing({ panel, theme }) {
  const style = { display: 'flex', height: '100%', alignItems: 'center', justifyContent: 'center', color: theme.colors.text.secondary };
  return <div style={style}>{panel.fieldConfig.defaults.noValue || 'No data'}</div>;
}

function Panel({ panel, frames, source, room }) {
  const Kind = kinds[panel.type];
  return (
    <PanelChrome title={panel.remark ? `${panel.title} (${panel.remark})` : panel.title} description={panel.description} width={room.width} height={room.height}>
      {(width, height) =>
        isEmpty(frames) ? <Nothing panel={panel} theme={source.theme} /> : <Kind panel={panel} data={frames} source={source} width={width} height={height} />
      }
    </PanelChrome>
  );
}

function Headline({ title }) {
  return <h2 style={{ fontSize: 18, margin: 0 }}><Icon name="angle-down" /> {title}</h2>;
}

function Board({ panels, source, width, height }) {
  const { theme } = source;
  return (
    <data.ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <div style={{ position: 'relative', width, height, background: theme.colors.background.canvas }}>
        {panels.map(({ panel, frames, room }) => (
          <section key={panel.title} data-panel={panel.title} data-kind={panel.type} style={{ position: 'absolute', ...room }}>
            {panel.type === 'row' ? <Headline title={panel.title} /> : <Panel {...{ panel, frames, source, room }} />}
          </section>
        ))}
      </div>
    </data.ThemeContext.Provider>
  );
}

async function filled(panel, source, width) {
  const frames = panel.type === 'row' ? [] : await source.frames(panel);
  grafana.cacheFieldDisplayNames(frames);
  return { panel, frames, room: place(panel.gridPos, width) };
}

/** Draws a dashboard over a live Prometheus; says how high it is, and what the names of colours are in its theme. */
window.draw = async ({ panels: given, prometheus, variables, span, at, width, mode }) => {
  const theme = grafana.createTheme({ colors: { mode } });
  const source = new Source(grafana, { prometheus, variables, span, at, theme });
  const panels = await Promise.all(given.map((panel) => filled(drawable(panel), source, width)));
  // Of many panels that ask for an icon which is being loaded, react-inlinesvg may leave one without it.
  await Promise.all(icons.map((name) => cacheStore.get(`public/build/img/icons/unicons/${name}.svg`)));
  const height = Math.max(...panels.map(({ room }) => room.top + room.height)) + padding;
  createRoot(document.getElementById('board')).render(<Board {...{ panels, source, width, height }} />);
  return { height, colors: Object.fromEntries(colors.map((each) => [each, theme.visualization.getColorByName(each)])) };
};
