// The page of one report: a click on a figure shows its place in the source, a click on the source its figure.
// Everything here is also reachable without this script, by links to fragments of the page.
"use strict";
(() => {
  const frame = document.getElementById("frame");
  const source = document.getElementById("source");
  const base = frame && frame.getAttribute("src").split("#")[0];
  if (location.protocol === "file:") document.documentElement.lang = navigator.language.startsWith("zh") ? "zh" : "en";

  const light = (element) => {
    const scope = element.closest("#source") ? source : document.getElementById("figures");
    scope.querySelectorAll(".here").forEach((other) => other.classList.remove("here"));
    element.classList.add("here");
    element.scrollIntoView({ block: "center", inline: "nearest" });
  };
  const toPlace = (number) => {
    if (frame) { frame.src = base + "#nb-" + number; return; }
    const mark = document.getElementById("p" + number);
    if (mark) light(mark);
  };
  const toFigure = (number) => {
    const figure = document.getElementById("f" + number);
    if (!figure) return;
    light(figure);
    figure.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-p]");
    if (!link) return;
    event.preventDefault();
    const number = link.dataset.p;
    const cell = link.closest("td[data-key]");
    const correction = document.getElementById("correction-key");
    if (cell && correction) correction.value = cell.dataset.key;
    if (link.closest("#source")) { light(document.getElementById("p" + number)); toFigure(number); }
    else { light(link); toPlace(number); }
  });

  // Arrows lead from figure to figure, n and p to the next and previous failing check.
  const step = (list, by) => {
    const all = [...document.querySelectorAll(list)];
    const at = all.indexOf(document.activeElement.closest(list));
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
    return next;
  };
  const vertical = (by) => {
    const cell = document.activeElement.closest("td");
    if (!cell) return;
    const column = cell.closest("tr").querySelectorAll("td");
    const at = [...column].indexOf(cell);
    let row = cell.closest("tr");
    while ((row = by > 0 ? row.nextElementSibling : row.previousElementSibling)) {
      const figure = row.querySelectorAll("td")[at]?.querySelector("a.fig");
      if (figure) { figure.focus(); return; }
    }
  };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
    const onFigure = document.activeElement.closest("td a.fig");
    if (event.key === "n" || event.key === "p") step("article.check", event.key === "n" ? 1 : -1);
    else if (event.key === "/" && document.querySelector("input[type=search]")) document.querySelector("input[type=search]").focus();
    else if (event.key === "j" || event.key === "k") step("a.report", event.key === "j" ? 1 : -1);
    else if (onFigure && event.key === "ArrowRight") step("td a.fig", 1);
    else if (onFigure && event.key === "ArrowLeft") step("td a.fig", -1);
    else if (onFigure && event.key === "ArrowDown") vertical(1);
    else if (onFigure && event.key === "ArrowUp") vertical(-1);
    else return;
    event.preventDefault();
  });

  // A sandboxed page runs no script: the server tells which of its marks was clicked.
  const listen = async (address, after) => {
    for (;;) {
      let answer = "";
      try {
        const response = await fetch(address + "?after=" + after);
        if (!response.ok) return;
        answer = await response.text();
      } catch { return; }
      if (!answer) continue;
      const [number, place] = answer.split(" ");
      after = number;
      toPlace(place);
      toFigure(place);
    }
  };
  if (source && source.dataset.points) {
    const [address, after] = source.dataset.points.split("?after=");
    listen(address, after);
  }
})();
