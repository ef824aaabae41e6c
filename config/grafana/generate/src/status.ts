// SPDX-License-Identifier: MIT
// The display of the numbers of config/prometheus/checklistd.rules.yml: one text and one colour for each status.
import { MappingType, ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Threshold, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';

/** Larger is worse, so that the maximum of several never hides a failure. */
export const statuses = [
  { text: 'SKIP', color: '#808080' },
  { text: 'PASS', color: 'green' },
  { text: 'UNKNOWN', color: 'orange' },
  { text: 'FAIL', color: 'red' },
  { text: 'NO ANSWER', color: 'purple' },
];

/** Of each check of a family with the label `status`, one of these numbers. */
export function severityOf(family: string, labels: string): string {
  const at = (status: string) => `${family}{${labels},status="${status}"}`;
  return `sum without (status) (3 * ${at('fail')} or 2 * ${at('unknown')} or ${at('pass')})`;
}

export const statusMappings: ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: Object.fromEntries(statuses.map((status, index) => [String(index), { ...status, index }])),
  },
];

/** The same for a status that is a label. */
export const labelMappings: ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: Object.fromEntries(statuses.map((status, index) => [status.text.toLowerCase(), { ...status, index }])),
  },
];

/** Colours from a value on; the first holds from below. */
export function steps(first: string, ...more: [number, string][]): ThresholdsConfigBuilder {
  const all: Threshold[] = [{ value: null, color: first }, ...more.map(([value, color]) => ({ value, color }))];
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(all);
}

export const statusSteps = (none = 'text') => steps(none, [1, 'green'], [2, 'orange'], [3, 'red'], [4, 'purple']);

/** Of a matrix, in which most units are not held to every check: what is not there has no colour. */
export const cellSteps = () => statusSteps('transparent');
