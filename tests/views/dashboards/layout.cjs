// SPDX-License-Identifier: MIT
// The panels of a dashboard once a viewer has opened every row that is folded at first, where Grafana then places them.
exports.unfolded = function unfolded(panels) {
  const out = [];
  let lower = 0; // by so much, what stands below opened rows
  for (const { panels: inside = [], ...panel } of panels) {
    const moved = (each) => ({ ...each, gridPos: { ...each.gridPos, y: each.gridPos.y + lower } });
    out.push(moved(panel), ...inside.map(moved));
    const bottom = Math.max(...inside.map(({ gridPos }) => gridPos.y + gridPos.h), panel.gridPos.y + panel.gridPos.h);
    lower += inside.length > 0 ? bottom - panel.gridPos.y - panel.gridPos.h : 0;
  }
  return out;
};
