// Follows the report by long poll and replaces the parts of the page that changed. The page is complete without it.
"use strict";

const byId = (id) => document.getElementById(id);
const all = (selector) => [...document.querySelectorAll(selector)];
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
let tag = document.body.dataset.etag;

// Display

function distance(seconds) {
  const units = [[86400, "day"], [3600, "hour"], [60, "minute"], [1, "second"]];
  const away = Math.abs(seconds);
  if (away < 1) {
    return "now";
  }
  const [length, name] = units.find(([least]) => away >= least);
  const count = Math.floor(away / length);
  const words = `${count} ${name}${count === 1 ? "" : "s"}`;
  return seconds < 0 ? `in ${words}` : `${words} ago`;
}

function clock(moment) {
  const isToday = moment.toDateString() === new Date().toDateString();
  return moment.toLocaleString([], { dateStyle: isToday ? undefined : "medium", timeStyle: "short" });
}

function showTimes() {
  for (const time of all("time[datetime]")) {
    const moment = new Date(time.dateTime);
    const away = distance((Date.now() - moment) / 1000);
    time.title = moment.toLocaleString();
    time.textContent = time.closest(".since") ? `${clock(moment)}, ${away}` : away;
  }
}

// The filter, and what is folded

const chosen = new Map(); // by fold: whether the reader opened it

function rememberFold(event) {
  const fold = event.target.closest?.("summary")?.parentElement;
  if (fold) {
    chosen.set(fold.dataset.fold, !fold.open);
  }
}

// Folds are as the reader chose, else as the daemon sent them; a filter opens all, and hides those without a match.
function applyFilter() {
  const words = byId("filter")?.value.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  const onlyBad = byId("bad")?.checked ?? false;
  for (const row of all("[data-row]")) {
    const text = row.dataset.row.toLowerCase();
    const isBad = row.dataset.worst === "fail" || row.dataset.worst === "unknown";
    row.hidden = !words.every((word) => text.includes(word)) || (onlyBad && !isBad);
  }
  for (const fold of all("[data-fold]")) {
    fold.openAtFirst ??= fold.open;
    const isFiltered = (words.length > 0 || onlyBad) && fold.querySelector("[data-row]");
    fold.open = isFiltered || (chosen.get(fold.dataset.fold) ?? fold.openAtFirst);
  }
  for (const part of all(".problems, .matrix [data-fold]")) {
    part.hidden = !part.querySelector("[data-row]:not([hidden])");
  }
}

// Opens the fold around the target of a link, then scrolls to it.
function openTarget() {
  const target = byId(decodeURIComponent(location.hash.slice(1)));
  const fold = target?.closest("details");
  if (fold) {
    fold.open = true;
    chosen.set(fold.dataset.fold, true);
    fold.scrollIntoView();
  }
}

// The matrix: a click on a cell leads to its check on the unit's page. Arrows move, "/" focuses the filter, "f" hides
// what passes.

function openCell(event) {
  const cell = event.target.closest?.(".matrix td");
  const unit = cell?.parentElement.querySelector("th a");
  if (unit && cell.textContent && !event.target.closest("a")) {
    const check = cell.closest("table").tHead.rows[0].cells[cell.cellIndex].textContent;
    location.href = `${unit.href}#${check}`;
  }
}

function moveFocus(event) {
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const step = steps[event.key];
  const cell = event.target.closest?.(".matrix td, .matrix th");
  if (!step || !cell) {
    return;
  }
  event.preventDefault();
  const rows = all(".matrix details[open] [data-row]").filter((row) => row.checkVisibility());
  let x = cell.cellIndex;
  let y = rows.indexOf(cell.parentElement);
  let next;
  do {
    x += step[0];
    y += step[1];
    next = rows[y]?.cells[x];
  } while (next && !next.textContent);
  if (next) {
    const target = next.querySelector("a") ?? next;
    next.tabIndex = target === next ? -1 : next.tabIndex;
    target.focus();
  }
}

function onKey(event) {
  if (event.target.tagName === "INPUT") {
    if (event.key === "Escape") {
      event.target.value = "";
      event.target.blur();
      applyFilter();
    }
  } else if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  } else if (event.key === "/" && byId("filter")) {
    event.preventDefault();
    byId("filter").focus();
  } else if (event.key === "f") {
    byId("bad")?.click();
  } else if (event.key === "Enter") {
    openCell(event);
  } else {
    moveFocus(event);
  }
}

// Updates

// Returns a selector that finds what has the focus in the next version of the page.
function focused() {
  const active = document.activeElement;
  const fold = active.closest("summary")?.parentElement.dataset.fold;
  const area = active.closest(".matrix") ? ".matrix" : "main"; // both link to a check
  const href = active.closest("main a")?.getAttribute("href");
  return fold ? `[data-fold="${CSS.escape(fold)}"] > summary` : href && `${area} a[href="${CSS.escape(href)}"]`;
}

function replace(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const focus = focused();
  const scrolled = document.querySelector(".matrix")?.scrollLeft;
  for (const id of ["icon", "changed"]) {
    byId(id).replaceWith(page.getElementById(id));
  }
  document.querySelector("h1").replaceWith(page.querySelector("h1"));
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.title = page.title;
  const status = page.getElementById("status");
  if (byId("status").textContent !== status.textContent) { // screen readers announce each change
    byId("status").replaceChildren(...status.childNodes);
    byId("status").className = status.className;
  }
  tag = page.body.dataset.etag;
  applyFilter();
  showTimes();
  document.querySelector(".matrix")?.scrollTo({ left: scrolled });
  if (focus) {
    document.querySelector(focus)?.focus({ preventScroll: true });
  }
}

// Each answer says that the page is as the daemon sees the host now.
function showConfirmed() {
  byId("confirmed").dateTime = new Date().toISOString();
  byId("live").hidden = false;
  showTimes();
}

function showLost(isLost) {
  byId("lost").hidden = !isLost;
  document.body.classList.toggle("lost", isLost);
}

// A page that is not in view waits between requests instead: a browser has few connections for all its tabs.
async function follow() {
  const address = new URL(location);
  for (;;) {
    try {
      address.searchParams.set("wait", document.hidden ? "0" : "30s");
      const answer = await fetch(address, { headers: { "If-None-Match": tag }, cache: "no-store" });
      if (answer.status === 200) {
        replace(await answer.text());
      } else if (answer.status !== 304) {
        throw new Error(answer.statusText);
      }
      showLost(false);
      showConfirmed();
      await pause(document.hidden ? 5000 : 300); // bounds the rate of updates
    } catch {
      showLost(true);
      await pause(2000);
    }
  }
}

const controls = byId("controls");
if (controls) {
  controls.hidden = false;
  controls.addEventListener("input", applyFilter);
  controls.addEventListener("submit", (event) => event.preventDefault());
}
document.addEventListener("click", rememberFold);
document.addEventListener("click", openCell);
document.addEventListener("keydown", onKey);
addEventListener("hashchange", openTarget);
setInterval(showTimes, 10000);
applyFilter();
showConfirmed();
openTarget();
follow();
