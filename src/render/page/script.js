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
  const [length, name] = units.find(([least]) => away >= least) ?? units[3];
  const count = Math.floor(away / length);
  const words = `${count} ${name}${count === 1 ? "" : "s"}`;
  return seconds < 0 ? `in ${words}` : `${words} ago`;
}

function showTimes() {
  for (const time of all("time")) {
    const moment = new Date(time.dateTime);
    time.title = moment.toLocaleString();
    time.textContent = distance((Date.now() - moment) / 1000);
  }
}

function applyFilter() {
  const words = byId("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  const onlyBad = byId("bad").checked;
  for (const row of all("[data-row]")) {
    const text = row.dataset.row.toLowerCase();
    const isBad = row.dataset.worst === "fail" || row.dataset.worst === "unknown";
    row.hidden = !words.every((word) => text.includes(word)) || (onlyBad && !isBad);
  }
  for (const group of all(".matrix tbody, .problems")) {
    group.hidden = [...group.querySelectorAll("[data-row]")].every((row) => row.hidden);
  }
}

// Opens the <details> around the target of a link, then scrolls to it.
function openTarget() {
  const target = byId(decodeURIComponent(location.hash.slice(1)));
  const details = target?.closest("details");
  if (details) {
    details.open = true;
    target.scrollIntoView();
  }
}

// Keys: arrows move in the matrix, "/" focuses the filter, "f" hides what passes.

function moveFocus(event) {
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const step = steps[event.key];
  const cell = event.target.closest?.(".matrix td, .matrix th[scope=row]");
  if (!step || !cell) {
    return;
  }
  event.preventDefault();
  const rows = all(".matrix [data-row]").filter((row) => !row.hidden && !row.parentElement.hidden);
  let x = cell.cellIndex;
  let y = rows.indexOf(cell.parentElement);
  for (;;) {
    x += step[0];
    y += step[1];
    const next = rows[y]?.cells[x];
    if (!next) {
      return;
    }
    const link = next.querySelector("a");
    if (link) {
      link.focus();
      return;
    }
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
  } else if (event.key === "/") {
    event.preventDefault();
    byId("filter").focus();
  } else if (event.key === "f") {
    byId("bad").click();
  } else {
    moveFocus(event);
  }
}

// Updates

function replace(text) {
  // The policy refuses a style with another nonce, even in a parsed document that is not shown.
  const body = text.replace(/<style[^]*?<\/style>/, "");
  const page = new DOMParser().parseFromString(body, "text/html");
  const open = all("main details[open]").map((each) => each.id);
  const focused = document.activeElement?.closest("main a")?.getAttribute("href");
  const area = document.activeElement?.closest(".matrix") ? ".matrix" : "main"; // both link to a check
  const scrolled = document.querySelector(".matrix").parentElement.scrollLeft;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.title = page.title;
  const status = page.getElementById("status");
  if (byId("status").textContent !== status.textContent) { // screen readers announce each change
    byId("status").replaceChildren(...status.childNodes);
    byId("status").className = status.className;
  }
  tag = page.body.dataset.etag;
  for (const id of open) {
    byId(id)?.setAttribute("open", "");
  }
  document.querySelector(".matrix").parentElement.scrollLeft = scrolled;
  if (focused) {
    document.querySelector(`${area} a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
  applyFilter();
  showTimes();
}

function showLost(isLost) {
  byId("lost").hidden = !isLost;
  document.body.classList.toggle("lost", isLost);
}

async function follow() {
  for (;;) {
    try {
      const answer = await fetch("/?wait=30s", { headers: { "If-None-Match": tag }, cache: "no-store" });
      if (answer.status === 200) {
        replace(await answer.text());
      } else if (answer.status !== 304) {
        throw new Error(answer.statusText);
      }
      showLost(false);
      await pause(300); // bounds the rate of updates
    } catch {
      showLost(true);
      await pause(2000);
    }
  }
}

byId("controls").hidden = false;
byId("controls").addEventListener("input", applyFilter);
byId("controls").addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", onKey);
addEventListener("hashchange", openTarget);
setInterval(showTimes, 10000);
showTimes();
openTarget();
follow();
