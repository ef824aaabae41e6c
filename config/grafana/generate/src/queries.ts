// SPDX-License-Identifier: MIT
// What the expressions of both dashboards are made of.

/** Labels by which a series of a unit's check is joined with another family. */
const checkOfUnit = 'job, instance, manager, unit, check';
const checkOfHost = 'job, instance, check';

/** Adds the label `name`: the unit, with its user in front if that user's manager runs it: USER/UNIT. */
export function named(expr: string): string {
  return `label_replace(label_join(${expr}, "name", "/", "manager", "unit"), "name", "$1", "name", "(?:system/|user:|/)(.*)")`;
}

/** Adds the label to what has no unit: it is the host's, and leads to all of its units. */
export function ofHostToo(expr: string): string {
  const all = (each: string, label: string) => `label_replace(${each}, "${label}", "$$__all", "${label}", "")`;
  return `label_replace(${all(all(named(expr), 'unit'), 'manager')}, "name", "(host)", "name", "")`;
}

/**
 * Adds a label with the data source that the variable names, to the series whose label `of` matches. If there is no such data
 * source, the label is empty, hence not there, and a table leaves the column out.
 */
export function leading(expr: string, label: string, variable: string, of: string, matching: string): string {
  return `label_replace(${expr}, "${label}", "\${${variable}}", "${of}", "${matching}")`;
}

/** Each finding with the time since when its check does not pass, in milliseconds, and by whom that is acknowledged. */
function dated(findings: string, since: string, acknowledged: string, by: string, more = ''): string {
  const at = `((${findings}) * on (${by}) group_left (${more}) ${since})`;
  return `1000 * (${at} * on (${by}) group_left (by) ${acknowledged} or on (${by}, subject, reason, expected, observed) ${at})`;
}

/** Selects units by labels; if there is `within`, only those that it finds; if there is `severity`, only checks of that severity. */
interface Units {
  labels: string;
  within?: string;
  severity?: string;
}

/** Findings with one status, newest first: of units, with their severity, and of hosts, which have none. */
export function findings(status: string, { labels, within, severity }: Units, host?: string): string {
  const ofUnits = dated(
    `checklist_finding_info{${labels},status="${status}"}${within ? ` and on (job, instance, manager, unit) ${within}` : ''}`,
    `checklist_check_problem_timestamp_seconds{${[labels, ...(severity ? [severity] : [])].join()}}`,
    `checklist_check_acknowledged{${labels}}`,
    checkOfUnit,
    'severity',
  );
  if (host === undefined) {
    return `sort_desc(${ofUnits})`;
  }
  const ofHosts = dated(
    `checklist_host_finding_info{${host},status="${status}"}`,
    `checklist_host_check_problem_timestamp_seconds{${host}}`,
    `checklist_host_check_acknowledged{${host}}`,
    checkOfHost,
  );
  return `sort_desc(${ofUnits} or ${ofHosts})`;
}

/** Checks of units and of hosts with one result. */
export function checksAt(result: number, host: string): string {
  return `(checklist_check_result{${host}} == ${result} or checklist_host_check_result{${host}} == ${result})`;
}

/** How many there are, also if none. */
export const countOf = (expr: string) => `count(${expr}) or vector(0)`;

/** Alerts that fire, as numbers of their severity. */
export function firing(labels: string): string {
  const at = (severity: string) => `ALERTS{${labels},alertname=~"Checklist.+",alertstate="firing",severity="${severity}"}`;
  return `(3 * ${at('critical')} or 2 * ${at('warning')} or ${at('info')})`;
}
