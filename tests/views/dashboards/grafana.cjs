// SPDX-License-Identifier: MIT
// @grafana/data as Grafana sets it up: all transformations, the options of fields. The caller passes the package:
// Node and the bundle for a browser each have a copy of their own, and all that is registered is registered in one.
module.exports = function setUp(grafana) {
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
  const custom = ['align', 'cellOptions', 'width', 'minWidth', 'wrapHeaderText', 'wrapText', 'hidden', 'hideFrom', 'drawStyle', 'fillOpacity', 'lineWidth', 'axisSoftMax'];

  function option(id, path, process, isCustom) {
    return { id, path, name: id, isCustom, process, shouldApply: () => true, override: () => null, editor: () => null, settings: {} };
  }

  const fieldConfigRegistry = new grafana.FieldConfigOptionsRegistry(() => [
    ...Object.entries(processors).map(([id, process]) => option(id, id, process, false)),
    ...custom.map((id) => option(`custom.${id}`, id, grafana.identityOverrideProcessor, true)),
  ]);

  grafana.standardTransformersRegistry.setInit(() => {
    const all = new Map(Object.values(grafana.standardTransformers).map((each) => [each.id, each]));
    return [...all.values()].map((each) => ({ id: each.id, name: each.name, aliasIds: [], transformation: () => Promise.resolve(each), editor: () => null, description: '' }));
  });

  const units = new Set(grafana.getValueFormats().flatMap((category) => category.submenu.map((unit) => unit.value)));
  return { ...grafana, fieldConfigRegistry, units };
};
