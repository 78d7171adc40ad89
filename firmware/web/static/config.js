// What single pages of Config do beyond a form: the guide's choices, scan and test, bands, cost, panels, boxes, journal.
"use strict";
function row(table, ...cells) {
  const line = table.insertRow(), heads = all("th", table.parentElement);
  cells.forEach((cell, i) => { const it = line.insertCell(); it.append(cell ?? ""); if (heads[i]) it.dataset.label = heads[i].textContent; });
  return line;
}
function button(text, act) {
  const made = make("button", text, "second");
  Object.assign(made, {type: "button", onclick: act});
  return made;
}

// The guide's four choices: each list holds what is possible after those above it.
let models = [];
const LEVELS = ["type", "group", "subgroup", "model"];
function fill(from) {
  const picked = LEVELS.map((id) => $(id).value);
  for (let i = from; i < 4; i++) {
    const fits = models.filter((it) => it.slice(0, i).every((word, j) => word === picked[j]));
    const possible = [...new Set(fits.map((it) => it[i]))];
    const list = $(LEVELS[i]), wish = picked[i] || $("choices").dataset[LEVELS[i]];
    list.replaceChildren(...(possible.length === 1 ? possible : ["", ...possible.filter(Boolean)])
      .map((word) => new Option(word || (possible.length === 1 ? "–" : $("choices").dataset.choose), word)));
    list.value = possible.includes(wish) ? wish : list.options[0].value;
    picked[i] = list.value;
    list.disabled = possible.length === 1 && !possible[0];
    list.closest(".field").hidden = list.disabled;
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
const chosen = () => Object.fromEntries([...LEVELS, "station"].map((id) => [id, $(id).value]));
// Scan sixteen stations at a time, so that the box answers others in between; further ones only when asked.
async function scan(told) {
  const from = +(told.dataset.next || 1), said = await ask("scan", {first: from, last: from + 15});
  if (!said.found) throw said;
  told.dataset.next = from + 16 > 247 ? 1 : from + 16;
  if (!said.found.length) { told.textContent = put(told.dataset.none, from, from + 15); return; }
  $("station").value = said.found[0];
  told.textContent = put(told.dataset.found, said.found.join(", "));
  delete told.dataset.next;
  await name(told, said.found[0]);
}
// Which model answers there? Each of the catalogue is tried until one tells its serial number.
async function name(told, station) {
  const first = chosen(), tries = [[first.type, first.group, first.subgroup, first.model], ...models].filter((it) => it[3]);
  for (const [type, group, subgroup, model] of tries) {
    const said = await ask("test", {type, group, subgroup, model, station});
    if (!said.ok || !said.serial) continue;
    told.textContent += " " + put(told.dataset.known, said.serial, said.model || model);
    if (!first.model) { Object.assign($("choices").dataset, {type, group, subgroup, model}); $("type").value = type; fill(0); }
    return;
  }
}
async function test(told) {
  const said = await ask("test", chosen());
  told.textContent = said.ok ? put(told.dataset.good, said.serial, said.model, said.soc_pct, said.battery_w) + " " + said.text
    : put(told.dataset.bad, said.text);
  $("passive").hidden = said.status !== "inverter_not_passive";
}
async function trial(what, sender) {
  const told = $("trial");
  sender.disabled = true;
  told.textContent = sender.form.dataset.working;
  try { await what(told); } catch (said) { told.textContent = said.text || sender.form.dataset.away; }
  sender.disabled = false;
}

// Control: the three bands, drawn as they are typed.
function bands() {
  const min = +$("control.min_soc_pct").value || 0, buffer = +$("control.buffer_pct").value || 0, warn = $("warn"), own = +warn.dataset.own;
  $("b-min").style.height = Math.min(min, 100) + "%";
  $("b-buffer").style.height = Math.min(buffer, Math.max(100 - min, 0)) + "%";
  $("at-min").textContent = min + " %";
  $("at-half").textContent = min + Math.round(buffer / 2) + " %";
  $("at-buffer").textContent = min + buffer + " %";
  const low = Math.min(min, 96) + "%", top = Math.min(min + buffer, 100) + "%";
  $("at-min").style.bottom = low;
  $("at-half").style.bottom = Math.min(min + buffer / 2, 98) + "%";
  $("at-buffer").style.bottom = top;
  $("at-half").hidden = buffer < 16;
  $("at-buffer").hidden = buffer < 8;
  warn.textContent = min + buffer > 100 ? warn.dataset.full : min < 10 ? warn.dataset.low : own && min <= own ? put(warn.dataset.under, own) : "";
}

// The guide's cost: price / (cycles x capacity x depth of discharge).
function cost() {
  const euro = $("price").value / ($("cycles").value * $("inverter.capacity_wh").value * $("depth").value / 100);
  const good = isFinite(euro) && euro > 0;
  $("cost").textContent = put($("cost").dataset.text, good ? new Intl.NumberFormat(LANG, {maximumFractionDigits: 4}).format(euro) : "–");
  return good ? euro.toFixed(4) : "";
}

// Panels: groups of the same direction and power, kept as one text.
const groups = () => $("panels.groups").value.split(";").filter(Boolean).map((it) => it.split(/[x@/]/).map(Number));
function panels() {
  const table = $("groups"), words = table.dataset, list = groups();
  table.replaceChildren();
  list.forEach(([count, power, azimuth, tilt], i) => row(table, String(count), power + " Wp", azimuth + "°", tilt + "°",
    button(words.remove, () => { list.splice(i, 1); keep(list); })));
  const total = list.reduce((sum, [count, power]) => sum + count * power, 0);
  $("total").textContent = list.length ? put($("total").dataset.total, number.format(total / 1000)) : $("total").dataset.none;
}
function keep(list) { $("panels.groups").value = list.map(([c, p, a, t]) => `${c}x${p}@${a}/${t}`).join(";"); panels(); }
function addGroup(form) {
  const ids = ["count", "power", "azimuth", "tilt"], bad = ids.map($).find((it) => it.value === "" || !it.checkValidity());
  if (bad) { bad.setAttribute("aria-invalid", "true"); bad.focus(); say(form, bad.validationMessage || bad.min + " – " + bad.max, true); return; }
  ids.forEach((id) => $(id).removeAttribute("aria-invalid"));
  if (groups().length >= 6) { say(form, $("groups").dataset.most, true); return; }
  keep([...groups(), ids.map((id) => +$(id).value)]);
  say(form, $("groups").dataset.added);
}

async function devices() {
  const table = $("devices"), words = table.dataset, said = await ask("devices");
  table.replaceChildren();
  const known = said.devices;
  known.forEach((it, i) => {
    const line = row(table, it.type || "–", it.id, it.name + (it.gateway ? " (" + words.gateway + ")" : ""),
      it.status + (it.rssi_dbm ? ` ${it.rssi_dbm} dBm` : ""));
    const acts = line.insertCell();
    if (i) acts.append(button(words.rename, () => edit(acts, it, words)), button(words.remove, () => sure(acts, words, () => ask("remove", {mac: it.id}).then(devices))));
  });
  $("replaces").replaceChildren(new Option(words.none, ""), ...known.slice(1).map((it) => new Option(it.name + " " + it.id, it.id)));
  if (said.claim) {
    $("claim-told").textContent = said.claim.text;
    if (["calling", "answered"].includes(said.claim.state)) setTimeout(devices, 1500);
  }
}
// Asked in the page: a captive browser has no prompt().
function edit(cell, it, words) {
  const field = Object.assign(make("input"), {value: it.name, maxLength: 24, ariaLabel: words.name});
  cell.replaceChildren(field, button(words.save, async () => { await ask("rename", {mac: it.id, name: field.value}); devices(); }));
  field.focus();
}
function sure(cell, words, act) { cell.replaceChildren(button(words.sure, act), button(words.keep, devices)); }
acts.claim = async (form) => {
  const said = await ask("claim", values(form));
  say(form, said.ok ? "" : put(form.dataset.error, said.text), !said.ok);
  if (said.ok) devices();
};
async function journal() {
  const when = (it) => (it.time ? new Date(it.time * 1000).toLocaleString(LANG) : it.up_s + " s");
  const list = (await ask("journal")).reverse();
  $("journal").replaceChildren(...list.map((it) => {
    const item = make("li");
    item.append(make("b", when(it)), make("br"), it.text);
    return item;
  }));
  const text = list.map((it) => [when(it), it.code, it.text].join("\t")).join("\n");
  $("save").href = URL.createObjectURL(new Blob([text], {type: "text/plain"}));
}
acts.restore = async (form) => {
  const file = $("file").files[0];
  let text = null;
  try { text = JSON.parse(await file.text()); } catch (_) { /* said below */ }
  if (!text || text.kind !== "jullix-backup") { say(form, $("file").dataset.wrong, true); return; }
  const said = await ask("restore", text);
  if (!said.ok) { say(form, put(form.dataset.error, said.text), true); return; }
  say(form, said.restart ? form.dataset.restarts : form.dataset.saved);
  if (said.restart) await back(form);
};
acts.reset = async (form) => {
  const said = await ask("reset", values(form));
  say(form, said.ok ? form.dataset.restarts : put(form.dataset.error, said.text), !said.ok);
};

if ($("choices")) choices();
if ($("b-min")) { bands(); document.addEventListener("input", bands); }
if ($("cost")) { cost(); document.addEventListener("input", cost); }
if ($("groups")) panels();
if ($("devices")) {
  devices();
  // The sticker's QR opens this page with both in the part of the address that is never sent.
  const given = new URLSearchParams(location.hash.slice(1));
  if (given.get("m")) { $("mac").value = given.get("m"); $("pop").value = given.get("p") || ""; $("pop").scrollIntoView(); }
}
if ($("journal")) journal();
if ($("ask")) $("ask").textContent = put($("ask").textContent, $("ask").dataset.ssid);
document.addEventListener("click", (event) => {
  const what = event.target.dataset.do;
  if (what === "scan" || what === "test") trial({scan, test}[what], event.target);
  if (what === "cost") $("inverter.cost_eur_kwh").value = cost();
  if (what === "group") addGroup(event.target.form);
});
