// SPDX-License-Identifier: MIT
// What happened to the host, as vertical lines in its graphs.
import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { source } from './panels.js';

function annotation(name: string, color: string, expr: string, text = ''): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(source)
    .enable(true)
    .iconColor(color)
    .titleFormat(name)
    .textFormat(text)
    .expr(expr)
    .step('60s');
}

/** At a time that is the value, in seconds; Grafana expects milliseconds. */
const at = (name: string, color: string, time: string, text = '') =>
  annotation(name, color, `1000 * ${time} > \${__from}`, text).useValueForTime(true);

export const annotations = (host: string) => [
  // From node_exporter, if it is scraped with the same name of the host, with a port or without.
  at('Reboot', 'purple', 'node_boot_time_seconds{instance=~"$instance(:[0-9]+)?"}'),
  at('checklistd starts', 'semi-dark-blue', `process_start_time_seconds{${host}}`),
  at('Configuration is reloaded', 'blue', `checklist_config_last_reload_success_timestamp_seconds{${host}}`),
  annotation(
    'NixOS generation changes',
    'light-blue',
    `checklist_nixos_generation{${host}} != checklist_nixos_generation{${host}} offset 1m`,
  ),
  at('Critical alert', 'red', `ALERTS_FOR_STATE{${host},alertname=~"Checklist.+",severity="critical"}`, '{{alertname}} {{unit}}'),
];
