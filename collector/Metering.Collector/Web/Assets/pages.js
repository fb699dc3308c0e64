// Draws the curves of a point with zoom and hover, and refreshes a list whose rows are still being computed. Without this
// script, or without uPlot, the figures of the server stay.
(function () {
  "use strict";
  var locale = document.documentElement.lang || "fr";
  var day = 86400;

  function number(digits) { return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }); }

  // Seconds as a date whose UTC fields are the site's local time.
  function localizer(zone, offset) {
    var parts;
    try {
      parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" });
    } catch (unknownZone) {
      return function (seconds) { return new Date((seconds + offset) * 1000); };
    }
    return function (seconds) {
      var found = {};
      parts.formatToParts(new Date(seconds * 1000)).forEach(function (p) { found[p.type] = Number(p.value); });
      return new Date(Date.UTC(found.year, found.month - 1, found.day, found.hour, found.minute, found.second));
    };
  }

  function formats() {
    function of(options) { options.timeZone = "UTC"; return new Intl.DateTimeFormat(locale, options); }
    return {
      month: of({ month: "short", year: "numeric" }), day: of({ day: "numeric", month: "short" }),
      minute: of({ hour: "2-digit", minute: "2-digit" }), full: of({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }),
      date: of({ day: "numeric", month: "short", year: "numeric" })
    };
  }

  function chart(section) {
    var from = Number(section.dataset.from), to = Number(section.dataset.to), unit = section.dataset.unit;
    var local = localizer(section.dataset.zone, Number(section.dataset.offset)), format = formats(), words = section.querySelector(".range").dataset.words.split("|");
    var host = section.querySelector(".plot"), loading = section.querySelector(".loading"), range = section.querySelector(".range");
    var shown = { from: from, to: to }, plot = null, asked = 0;
    var value = number(unit === "°C" || unit === "%" ? 1 : 0);

    function withUnit(v) { return v === null || v === undefined ? "—" : value.format(v) + " " + unit; }

    function figure() {
      if (section.querySelector("img")) { return; }
      var image = document.createElement("img");
      image.src = section.dataset.figure;
      image.alt = section.dataset.alt;
      image.width = 720;
      image.height = 240;
      section.insertBefore(image, range);
    }

    function describe(series) {
      var least = null, most = null, sum = 0, steps = 0;
      series.mean.forEach(function (mean, i) {
        if (mean === null) { return; }
        least = least === null ? series.least[i] : Math.min(least, series.least[i]);
        most = most === null ? series.most[i] : Math.max(most, series.most[i]);
        sum += mean;
        steps += 1;
      });
      var period = format.date.format(local(shown.from)) + " – " + format.date.format(local(shown.to - 1));
      range.textContent = steps === 0 ? period + " : " + words[5] : period + " : " + words[0] + " " + withUnit(least) + ", " + (section.dataset.kind === "register" ? "" : words[1] + " " + withUnit(sum / steps) + ", ")
        + words[2] + " " + withUnit(most) + " · " + number(0).format(series.count) + " " + words[3] + (series.missing > 0 ? ", " + number(0).format(series.missing) + " " + words[4] : "");
    }

    function tick(seconds, step) {
      var date = local(seconds);
      return step >= 27 * day ? format.month.format(date) : step >= day ? format.day.format(date)
        : date.getUTCHours() === 0 && date.getUTCMinutes() === 0 ? format.day.format(date) : format.minute.format(date);
    }

    function options() {
      return {
        width: host.clientWidth, height: 300,
        tzDate: function (seconds) { var d = local(seconds); return new Date(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds()); },
        series: [
          { label: locale === "fr" ? "heure" : "time", value: function (u, v) { return v === null ? "—" : format.full.format(local(v)); } },
          { label: words[0], stroke: "#7fa6c0", width: 1, value: function (u, v) { return withUnit(v); } },
          { label: words[2], stroke: "#7fa6c0", width: 1, value: function (u, v) { return withUnit(v); } },
          { label: words[1], stroke: "#0b5c92", width: 1.5, value: function (u, v) { return withUnit(v); } }
        ],
        bands: [{ series: [2, 1], fill: "rgba(11,92,146,0.15)" }],
        axes: [
          { space: 80, values: function (u, ticks, index, found, step) { return ticks.map(function (t) { return tick(t, step); }); } },
          { size: 64, values: function (u, ticks) { return ticks.map(function (t) { return value.format(t); }); } }
        ],
        hooks: {
          setSelect: [function (u) {
            if (u.select.width > 4) { show(u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x")); }
          }]
        },
        cursor: { drag: { setScale: false, x: true, y: false }, bind: { dblclick: function () { return function () { show(from, to); }; } } }
      };
    }

    function draw(series) {
      var data = [series.time, series.least, series.most, series.mean];
      if (plot === null) {
        host.hidden = false;
        section.querySelector(".hint").hidden = false;
        section.querySelector(".toolbar").hidden = false;
        plot = new uPlot(options(), data, host);
        host.querySelector("canvas").setAttribute("aria-hidden", "true");
      } else {
        plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        plot.setData(data);
      }
      plot.setScale("x", { min: shown.from, max: shown.to });
      describe(series);
    }

    function show(begin, end) {
      var mine = asked += 1;
      begin = Math.max(from, begin);
      end = Math.min(to, Math.max(end, begin + 600));
      section.setAttribute("aria-busy", "true");
      loading.hidden = plot !== null;
      fetch(section.dataset.series + "&from=" + Math.floor(begin) + "&to=" + Math.ceil(end) + "&steps=" + Math.min(2000, Math.max(100, section.clientWidth)))
        .then(function (answer) {
          if (!answer.ok) { throw new Error("curve: " + answer.status); }
          return answer.json();
        })
        .then(function (series) {
          // A later zoom has overtaken this one.
          if (mine !== asked) { return; }
          shown = { from: begin, to: end };
          draw(series);
          section.dataset.drawn = String(Number(section.dataset.drawn || 0) + 1);
          section.dataset.values = String(series.time.length);
        })
        .catch(function () {
          section.querySelector(".failed").hidden = false;
          figure();
        })
        .finally(function () {
          if (mine === asked) {
            loading.hidden = true;
            section.setAttribute("aria-busy", "false");
          }
        });
    }

    if (typeof uPlot === "undefined") {
      figure();
      return;
    }

    section.querySelectorAll(".toolbar button").forEach(function (button) {
      button.addEventListener("click", function () {
        var span = shown.to - shown.from;
        if (button.dataset.shift) {
          var begin = Math.min(to - span, Math.max(from, shown.from + Number(button.dataset.shift) * span));
          show(begin, begin + span);
        } else if (button.dataset.days === "0") {
          show(from, to);
        } else {
          show(shown.to - Number(button.dataset.days) * day, shown.to);
        }
      });
    });
    window.addEventListener("resize", function () { if (plot !== null) { plot.setSize({ width: host.clientWidth, height: 300 }); } });

    // A curve is read when it comes into sight: what nobody scrolls to costs nothing.
    if (typeof IntersectionObserver === "undefined") {
      show(from, to);
      return;
    }
    var sight = new IntersectionObserver(function (entries) {
      if (entries.some(function (entry) { return entry.isIntersecting; })) {
        sight.disconnect();
        show(from, to);
      }
    });
    sight.observe(section);
  }

  // Rows that are being computed come by themselves, for as long as there are any.
  function refresh(list) {
    if (Number(list.dataset.pending) === 0) { return; }
    setTimeout(function () {
      fetch(location.href).then(function (answer) { return answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status))); })
        .then(function (text) {
          var fresh = new DOMParser().parseFromString(text, "text/html").getElementById(list.id);
          if (fresh) {
            list.replaceWith(fresh);
            refresh(fresh);
          }
        })
        .catch(function () { /* The list stays as it is; reloading the page tries again. */ });
    }, 4000);
  }

  document.querySelectorAll("section.chart").forEach(chart);
  document.querySelectorAll("[data-pending]").forEach(refresh);
}());
