// SPDX-License-Identifier: MIT
// @grafana/data as Grafana sets it up: a browser's globals, all transformations, the options of fields.
const { JSDOM } = require('jsdom');

const { window } = new JSDOM('<!doctype html>', { url: 'http://127.0.0.1/' });
window.matchMedia = () => ({ matches: false, addEventListener() {}, removeEventListener() {} });
const browser = ['document', 'navigator', 'HTMLElement', 'Element', 'Node', 'localStorage', 'getComputedStyle', 'MutationObserver', 'matchMedia'];
for (const [name, value] of [['window', window], ...browser.map((each) => [each, window[each]])]) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

const grafana = require('@grafana/data');

const processors = {
  displayName: grafana.displayNameOverrideProcessor,
  unit: grafana.unitOverrideProcessor,
  min: grafana.numberOverrideProcessor,
  max: grafana.numberOverrideProcessor,
  decimals: grafana.numberOverrideProcessor,
  noValue: grafana.stringOverrideProcessor,
  color: grafana.identityOverrideProcessor,
  thresholds: grafana.thresholdsOverrideProcessor,
  mappings: grafana.valueMappingsOverrideProcessor,
  links: grafana.dataLinksOverrideProcessor,
};

function option(id, path, process, isCustom) {
  return { id, path, name: id, isCustom, process, shouldApply: () => true, override: () => null, editor: () => null, settings: {} };
}

const fieldConfigRegistry = new grafana.FieldConfigOptionsRegistry(() => [
  ...Object.entries(processors).map(([id, process]) => option(id, id, process, false)),
  ...['cellOptions', 'width'].map((id) => option(`custom.${id}`, id, grafana.identityOverrideProcessor, true)),
]);

grafana.standardTransformersRegistry.setInit(() => {
  const all = new Map(Object.values(grafana.standardTransformers).map((each) => [each.id, each]));
  return [...all.values()].map((each) => ({ id: each.id, name: each.name, aliasIds: [], transformation: () => Promise.resolve(each), editor: () => null, description: '' }));
});

const units = new Set(grafana.getValueFormats().flatMap((category) => category.submenu.map((unit) => unit.value)));

module.exports = { ...grafana, fieldConfigRegistry, units, theme: grafana.createTheme({ colors: { mode: 'dark' } }) };
