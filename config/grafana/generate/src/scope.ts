// SPDX-License-Identifier: MIT
// What the variables of a host's dashboard select.

export const host = 'job=~"$job",instance="$instance"';

/** Labels of each family of units; groups and severities are labels of few, so that they need `scope`. */
export const units = `${host},manager=~"$manager",unit=~"$unit"`;

export const scope = `checklist_unit_info{${units},group=~"$group",severity=~"$severity"}`;

/** Only series of selected units. */
export const inScope = (expr: string) => `(${expr} and on (job, instance, manager, unit) ${scope})`;

/** Results of the checks of selected units. */
export const results = (more = '') => inScope(`checklist_check_result{${units}${more}}`);
