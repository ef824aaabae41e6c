// SPDX-License-Identifier: MIT
// The display of numbers and words: one text and one colour for each status and each severity.
import { MappingType, ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Threshold, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';

interface Shown {
  text: string;
  color: string;
}

/** By the numbers of check_result and of the recording rules. Larger is worse: the maximum of several never hides a failure. */
export const statuses: Shown[] = [
  { text: 'SKIP', color: '#808080' },
  { text: 'PASS', color: 'green' },
  { text: 'UNKNOWN', color: 'orange' },
  { text: 'FAIL', color: 'red' },
  { text: 'NO ANSWER', color: 'purple' },
];

/** Of alerts and units, from the least urgent on. */
export const severities: Shown[] = [
  { text: 'INFO', color: 'blue' },
  { text: 'WARNING', color: 'orange' },
  { text: 'CRITICAL', color: 'red' },
];

function mapping(entries: [string, Shown][]): ValueMapping[] {
  return [
    { type: MappingType.ValueToText, options: Object.fromEntries(entries.map(([value, shown], index) => [value, { ...shown, index }])) },
  ];
}

const byNumber = (all: Shown[], first: number) => mapping(all.map((each, index) => [String(index + first), each]));
const byLabel = (all: Shown[]) => mapping(all.map((each) => [each.text.toLowerCase(), each]));

export const statusMappings = byNumber(statuses, 0);
export const statusLabels = byLabel(statuses);
export const severityMappings = byNumber(severities, 1);
export const severityLabels = byLabel(severities);

/** Colours from a value on; the first holds from below. */
export function steps(first: string, ...more: [number, string][]): ThresholdsConfigBuilder {
  const all: Threshold[] = [{ value: null, color: first }, ...more.map(([value, color]) => ({ value, color }))];
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(all);
}

export const statusSteps = (none = 'text') => steps(none, [1, 'green'], [2, 'orange'], [3, 'red'], [4, 'purple']);
export const severitySteps = () => steps('blue', [2, 'orange'], [3, 'red']);

/** Of a matrix, in which most units are not held to every check: what is not there has no colour. */
export const cellSteps = () => statusSteps('transparent');
