// What single pages of Config do beyond a form: the guide's choices, scan and test, bands, cost, boxes, journal.
"use strict";
function row(table, ...cells) {
  const line = table.insertRow();
  cells.forEach((cell) => line.insertCell().append(cell ?? ""));
  return line;
}
function button(text, act) {
  const made = document.createElement("button");
  Object.assign(made, {type: "button", textContent: text, onclick: act});
  made.className = "second";
  return made;
}

// The guide's four choices: each list holds what is possible after those above it.
let models = [];
const LEVELS = ["type", "group", "subgroup", "model"];
function fill(from) {
  const picked = LEVELS.map((id) => $(id).value);
  for (let i = from; i < 4; i++) {
    const fits = models.filter((one) => one.slice(0, i).every((word, j) => word === picked[j]));
    const possible = [...new Set(fits.map((one) => one[i]))];
    const list = $(LEVELS[i]), wish = picked[i] || $("choices").dataset[LEVELS[i]];
    list.replaceChildren(...(possible.length === 1 ? possible : ["", ...possible.filter(Boolean)])
      .map((word) => new Option(word || (possible.length === 1 ? "–" : $("choices").dataset.choose), word)));
    list.value = possible.includes(wish) ? wish : list.options[0].value;
    picked[i] = list.value;
    list.disabled = possible.length === 1 && !possible[0];
  }
}
async function choices() {
  models = await ask("models");
  fill(0);
  LEVELS.forEach((id, i) => $(id).addEventListener("change", () => {
    for (const after of LEVELS.slice(i + 1)) { $(after).value = ""; $("choices").dataset[after] = ""; }
    fill(i + 1);
  }));
}
async function scan(told) {
  const said = await ask("scan", {first: 1, last: 16});
  if (!said.found) throw said;
  if (said.found.length) $("station").value = said.found[0];
  told.textContent = said.found.length ? put(told.dataset.found, said.found.join(", ")) : told.dataset.none;
}
async function test(told) {
  const body = Object.fromEntries([...LEVELS, "station"].map((id) => [id, $(id).value]));
  const said = await ask("test", body);
  told.textContent = said.ok ? put(told.dataset.good, said.serial, said.model, said.soc_pct, said.battery_w) + " " + said.text
    : put(told.dataset.bad, said.text || said.error);
}
async function trial(what, sender) {
  const told = $("trial");
  sender.disabled = true;
  told.textContent = sender.form.dataset.working;
  try { await what(told); } catch (said) { told.textContent = sender.form.dataset.away; }
  sender.disabled = false;
}

// Control: the three bands, drawn as they are typed.
function bands() {
  const min = +$("control.min_soc_pct").value || 0, buffer = +$("control.buffer_pct").value || 0, warn = $("warn");
  $("b-min").style.height = Math.min(min, 100) + "%";
  $("b-buffer").style.height = Math.min(buffer, Math.max(100 - min, 0)) + "%";
  warn.textContent = min + buffer > 100 ? warn.dataset.full : min < 10 ? warn.dataset.low : "";
}

// The guide's cost: price / (cycles x capacity x depth of discharge), in micro-euro for the box.
function cost() {
  const kwh = $("inverter.capacity_wh").value / 1000;
  const euro = $("price").value / ($("cycles").value * kwh * $("depth").value / 100);
  const good = isFinite(euro) && euro > 0;
  $("cost").textContent = put($("cost").dataset.text, good ? number.format(Math.round(euro * 10000) / 10000) : "–");
  return good ? Math.round(euro * 1000000) : "";
}

async function devices() {
  const table = $("devices"), words = table.dataset;
  const list = await ask("devices");
  table.replaceChildren();
  for (const one of list) {
    const line = row(table, one.type, one.id, one.name + (one.gateway ? " (" + words.gateway + ")" : ""), one.status);
    if (one.gateway || list[0] === one) continue;
    line.insertCell().append(
      button(words.rename, async () => { const name = prompt(words.rename, one.name); if (name) { await ask("rename", {mac: one.id, name}); devices(); } }),
      button(words.remove, async () => { await ask("remove", {mac: one.id}); devices(); }));
  }
}
acts.claim = async (form) => {
  const said = await ask("claim", values(form));
  say(form, said.ok ? put($("called").textContent, form.elements.mac.value) : put(form.dataset.error, said.error), !said.ok);
  if (said.ok) setTimeout(devices, 5000);
};
async function sessions() {
  const table = $("sessions"), words = table.dataset;
  table.replaceChildren();
  for (const one of await ask("sessions")) {
    row(table, one.role + (one.own ? " (" + words.own + ")" : ""), one.address,
      button(words.revoke, async () => { await ask("revoke", {id: one.id}); if (one.own) location.href = "/"; else sessions(); }));
  }
}
async function journal() {
  const when = (one) => (one.time ? new Date(one.time * 1000).toLocaleString() : one.up_s + " s");
  $("journal").replaceChildren(...(await ask("journal")).reverse().map((one) => {
    const item = document.createElement("li");
    item.textContent = when(one) + " – " + one.text;
    return item;
  }));
}
acts.restore = async (form) => {
  const said = await ask("restore", JSON.parse(await $("file").files[0].text()));
  if (!said.ok) { say(form, put(form.dataset.error, said.error), true); return; }
  say(form, said.restart ? form.dataset.restarts : form.dataset.saved);
  if (said.restart) await back(form);
};
acts.reset = async (form) => {
  const said = await ask("reset", values(form));
  say(form, said.ok ? form.dataset.restarts : put(form.dataset.error, "SSID"), !said.ok);
};

if ($("choices")) choices();
if ($("bands") || $("b-min")) { bands(); document.addEventListener("input", bands); }
if ($("cost")) { cost(); document.addEventListener("input", cost); }
if ($("devices")) devices();
if ($("sessions")) sessions();
if ($("journal")) journal();
if ($("ask")) $("ask").textContent = put($("ask").textContent, $("ask").dataset.ssid);
document.addEventListener("click", (event) => {
  const what = event.target.dataset.do;
  if (what === "scan" || what === "test") trial({scan, test}[what], event.target);
  if (what === "cost") $("inverter.cost_eur_kwh").value = cost();
});
