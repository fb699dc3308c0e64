// Live registers of a board in commissioning mode, once a second while the page is looked at. Without this script the
// page shows the values of the moment it was opened.
(function () {
  "use strict";
  var form = document.querySelector("[data-live]");
  if (!form) { return; }
  var registers = {}, state = document.getElementById("live-state"), rows = form.querySelectorAll("[data-channel]").length;

  form.addEventListener("input", function (event) {
    var row = event.target.closest("[data-channel]");
    if (row && event.target.id === "display-" + row.dataset.channel) {
      // What the board had counted when the display was read.
      form.elements["register-" + row.dataset.channel].value = registers[row.dataset.channel] === undefined ? "" : registers[row.dataset.channel];
    }
  });

  function show(live) {
    // A status that changes every second would be read out every second.
    state.setAttribute("role", live.on ? "none" : "status");
    state.textContent = live.text;
    if (live.channels.length > rows) { location.reload(); return; }
    live.channels.forEach(function (channel) {
      registers[channel.channel] = channel.register;
      var row = form.querySelector("[data-channel='" + channel.channel + "']");
      if (row) {
        row.querySelector("[data-field=pulses]").textContent = channel.pulses;
        row.querySelector("[data-field=index]").textContent = channel.index;
      }
    });
  }

  function next() {
    if (document.hidden) { return setTimeout(next, 1000); }
    fetch(form.dataset.live)
      .then(function (answer) { if (!answer.ok) { throw new Error("live: " + answer.status); } return answer.json(); })
      .then(show)
      .catch(function () { /* The next second tries again. */ })
      .then(function () { setTimeout(next, 1000); });
  }

  next();
})();
