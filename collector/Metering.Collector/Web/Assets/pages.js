// Turns the figures of a point into charts with zoom and hover. Without this script, or without uPlot, the figures
// of the server stay.
(function () {
  "use strict";
  if (typeof uPlot === "undefined") { return; }
  var locale = document.documentElement.lang || "fr";

  function load(section, from, to) {
    var steps = Math.min(2000, Math.max(100, section.clientWidth));
    return fetch(section.dataset.series + "&from=" + Math.floor(from) + "&to=" + Math.ceil(to) + "&steps=" + steps)
      .then(function (answer) {
        if (!answer.ok) { throw new Error("series: " + answer.status); }
        return answer.json();
      })
      .then(function (series) { return [series.time, series.least, series.most, series.mean]; });
  }

  function chart(section) {
    var from = Number(section.dataset.from), to = Number(section.dataset.to), offset = Number(section.dataset.offset);
    var unit = section.dataset.unit, host = section.querySelector(".plot");
    var number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
    var zone = { timeZone: "UTC" };
    var byDay = new Intl.DateTimeFormat(locale, Object.assign({ day: "numeric", month: "short" }, zone));
    var byMonth = new Intl.DateTimeFormat(locale, Object.assign({ month: "short", year: "numeric" }, zone));
    var byMinute = new Intl.DateTimeFormat(locale, Object.assign({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }, zone));
    var full = new Intl.DateTimeFormat(locale, Object.assign({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }, zone));
    function label(seconds, step) {
      var local = new Date((seconds + offset) * 1000);
      return (step >= 28 * 86400 ? byMonth : step >= 86400 ? byDay : byMinute).format(local);
    }
    var options = {
      width: section.clientWidth, height: 280, title: "",
      tzDate: function (seconds) { return new Date((seconds + offset + new Date(seconds * 1000).getTimezoneOffset() * 60) * 1000); },
      series: [
        { label: locale === "fr" ? "heure" : "time", value: function (u, v) { return v === null ? "—" : full.format(new Date((v + offset) * 1000)); } },
        { label: "min", stroke: "#9dbdd3", width: 1, value: function (u, v) { return v === null ? "—" : number.format(v) + " " + unit; } },
        { label: "max", stroke: "#9dbdd3", width: 1, value: function (u, v) { return v === null ? "—" : number.format(v) + " " + unit; } },
        { label: section.dataset.name, stroke: "#0b5c92", width: 1.5, value: function (u, v) { return v === null ? "—" : number.format(v) + " " + unit; } }
      ],
      bands: [{ series: [2, 1], fill: "rgba(11,92,146,0.15)" }],
      axes: [{ space: 90, values: function (u, ticks, index, found, step) { return ticks.map(function (t) { return label(t, step); }); } }, { size: 70, values: function (u, ticks) { return ticks.map(function (t) { return number.format(t); }); } }],
      scales: { x: { time: true } },
      hooks: {
        setSelect: [function (plot) {
          if (plot.select.width > 4) {
            show(plot.posToVal(plot.select.left, "x"), plot.posToVal(plot.select.left + plot.select.width, "x"));
          }
        }]
      },
      cursor: { drag: { setScale: false, x: true, y: false }, bind: { dblclick: function () { return function () { show(from, to); }; } } }
    };
    var plot = null;

    function show(begin, end) {
      section.setAttribute("aria-busy", "true");
      return load(section, begin, end).then(function (data) {
        if (plot === null) {
          host.hidden = false;
          section.querySelector("figure").hidden = true;
          section.querySelector(".hint").hidden = false;
          options.width = host.clientWidth;
          plot = new uPlot(options, data, host);
        } else {
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          plot.setData(data);
        }
        section.dataset.drawn = "true";
      }).catch(function () { section.dataset.drawn = "failed"; }).finally(function () { section.removeAttribute("aria-busy"); });
    }

    window.addEventListener("resize", function () { if (plot !== null) { plot.setSize({ width: host.clientWidth, height: 280 }); } });
    return show(from, to);
  }

  document.querySelectorAll("section.chart").forEach(chart);
}());
