// Follows the report by long poll and puts the new page's parts in place of the old ones. Without a
// script everything is there and nothing moves.
"use strict";

const byId = (id) => document.getElementById(id);
const all = (selector) => [...document.querySelectorAll(selector)];
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
let tag = document.body.dataset.etag;

// What to show

function distance(seconds) {
  const units = [[86400, "day"], [3600, "hour"], [60, "minute"], [1, "second"]];
  const away = Math.abs(seconds);
  const [length, name] = units.find(([least]) => away >= least) ?? units[3];
  const count = Math.floor(away / length);
  const words = `${count} ${name}${count === 1 ? "" : "s"}`;
  return seconds < 0 ? `in ${words}` : `${words} ago`;
}

function tellTimes() {
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
  for (const group of all(".matrix tbody")) {
    group.hidden = [...group.querySelectorAll("[data-row]")].every((row) => row.hidden);
  }
}

// Where a link leads is opened before it is shown.
function openTarget() {
  const target = byId(decodeURIComponent(location.hash.slice(1)));
  const details = target?.closest("details");
  if (details) {
    details.open = true;
    target.scrollIntoView();
  }
}

// Keys: arrows walk through the matrix, "/" filters, "f" leaves what does not pass.

function walk(event) {
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
    walk(event);
  }
}

// Following

function replace(text) {
  // Its style has another nonce, and would be refused even in a document that is only read.
  const body = text.replace(/<style[^]*?<\/style>/, "");
  const page = new DOMParser().parseFromString(body, "text/html");
  const open = all("main details[open]").map((each) => each.id);
  const focused = document.activeElement?.closest("main a")?.getAttribute("href");
  const scrolled = document.querySelector(".matrix").parentElement.scrollLeft;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.title = page.title;
  if (byId("status").textContent !== page.getElementById("status").textContent) {
    byId("status").replaceChildren(...page.getElementById("status").childNodes);
  }
  tag = page.body.dataset.etag;
  for (const id of open) {
    byId(id)?.setAttribute("open", "");
  }
  document.querySelector(".matrix").parentElement.scrollLeft = scrolled;
  if (focused) {
    document.querySelector(`main a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
  applyFilter();
  tellTimes();
}

function show(isLost) {
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
      show(false);
      await pause(300); // a storm is not for reading
    } catch {
      show(true);
      await pause(2000);
    }
  }
}

byId("controls").hidden = false;
byId("controls").addEventListener("input", applyFilter);
byId("controls").addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", onKey);
addEventListener("hashchange", openTarget);
setInterval(tellTimes, 10000);
tellTimes();
openTarget();
follow();
