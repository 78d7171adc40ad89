// The script of every page: live values, charts, forms to JSON. Knows no sentence: those are in the page.
"use strict";
const $ = (id) => document.getElementById(id);
const all = (what, from) => [...(from || document).querySelectorAll(what)];
const put = (text, ...words) => text.replace(/\{(\d)\}/g, (_, n) => words[n] ?? "–");
const LANG = document.documentElement.lang;
const number = new Intl.NumberFormat(LANG);
const one = new Intl.NumberFormat(LANG, {minimumFractionDigits: 1, maximumFractionDigits: 1});
const watts = (w) => (w === null || w === undefined || w === "" ? "–" : number.format(w) + " W");
const rest = (ms) => new Promise((done) => setTimeout(done, ms));
const make = (tag, text, kind) => { const it = document.createElement(tag); it.textContent = text ?? ""; if (kind) it.className = kind; return it; };
// Sentences that stand at an element, by the names they have there.
const wordsOf = (it) => Object.fromEntries([...it.attributes].map((at) => [at.name.replace("data-", ""), at.value]));
let token = document.body.dataset.token;

async function ask(path, body) {
  const send = body === undefined ? {} : {method: "POST", body: JSON.stringify(body),
    headers: {"Content-Type": "application/json", "X-Token": token}};
  for (let tries = 0; ; tries++) {
    const got = await fetch("/api/v1/" + path, send);
    const text = await got.text();
    if (got.status === 503 && tries < 4) { await rest(700 + 600 * tries); continue; }
    let said;
    try { said = JSON.parse(text); } catch (_) { said = {error: got.status, text: text.trim() || String(got.status)}; }
    if (got.status === 401 && !$("login") && document.body.dataset.who !== "nobody") location.href = "/login";
    if (said && !Array.isArray(said)) said.status_code = got.status;
    return said;
  }
}

// Live values: the stream while there is room, else a question every three seconds.
const now = {};
const SHAPE = {good: "● ", warn: "▲ ", bad: "■ ", off: "○ "};
function show(fresh) {
  if (fresh.lights) { lights(fresh.lights); delete fresh.lights; }
  if (fresh.error) return;
  Object.assign(now, fresh);
  for (const name of ["grid_w", "solar_w", "battery_w", "load_w"]) $(name).textContent = watts(now[name]);
  $("g-solar").setAttribute("class", now.solar_w == null ? "none" : "");
  $("house").textContent = $("house").dataset[now.solar_w == null ? "net" : "all"];
  $("soc_pct").textContent = now.soc_pct == null ? "–" : now.soc_pct + " %";
  for (const name of ["grid", "solar", "battery", "load"]) {
    const w = (now[name + "_w"] || 0) * (name === "load" ? -1 : 1);
    $("l-" + name).setAttribute("class", "line" + (w > 20 ? " out" : w < -20 ? " in" : ""));
  }
  const set = $("set_w"), bar = $("bar").dataset;
  const how = now.set_w == null ? "none" : now.set_w > 0 ? "discharge" : now.set_w < 0 ? "charge" : "hold";
  set.textContent = put(set.dataset[how], number.format(Math.abs(now.set_w || 0)));
  $("why").textContent = now.why || "";
  const text = $("quarter-text"), peak = Math.max(now.month_peak_w || 0, 2500), most = Math.max(now.demand_w || 0, peak) * 1.15;
  text.textContent = now.demand_w == null ? bar.none
    : put(bar.text, number.format(now.demand_w), number.format(peak)) + " " + put(bar.left, Math.ceil(15 - (Date.now() / 60000) % 15));
  $("demand").style.width = (100 * (now.demand_w || 0)) / most + "%";
  $("demand").className = now.demand_w > peak ? "over" : "";
  $("peak").style.left = (100 * peak) / most + "%";
}
let charted = false;
function lights(list) {
  const words = $("lights").dataset;
  $("lights").replaceChildren(...list.map((it) => point(it, words[it.id], words)));
  if (charted) return;
  charted = true;  // only now is known what is in view
  new IntersectionObserver((seen, eye) => { if (seen.some((it) => it.isIntersecting)) { eye.disconnect(); charts().catch(() => {}); } }).observe($("charts"));
}
function point(it, name, words) {
  const item = make("li", "", it.light);
  item.append(make("b", name), " ", make("em", SHAPE[it.light] + words[it.light]), make("br"), it.text,
    it.age_s == null ? "" : " (" + put(words.age, it.age_s) + ")");
  if (it.do) item.append(make("span", "→ " + it.do, it.light === "off" ? "do later" : "do"));
  return item;
}

let stream, poll;
function live() {
  if (document.hidden || stream) return;
  stream = new EventSource("/api/v1/events");
  stream.onmessage = (event) => show(JSON.parse(event.data));
  stream.onerror = () => {
    if (stream.readyState !== EventSource.CLOSED) return;
    stream = null;
    clearTimeout(poll);
    poll = setTimeout(async () => {
      try { show(await ask("status")); const list = await ask("lights"); if (Array.isArray(list)) lights(list); } catch (_) { /* away */ }
      live();
    }, 3000);
  };
}

// Charts: lines and steps as SVG, drawn when they come into view; the same numbers as a sentence for who cannot see.
const NS = "http://www.w3.org/2000/svg";
function svg(tag, set, ...inside) {
  const it = document.createElementNS(NS, tag);
  for (const name in set) it.setAttribute(name, set[name]);
  it.append(...inside);
  return it;
}
const nice = (w) => { const step = 10 ** Math.floor(Math.log10(w)); return Math.ceil(w / step) * step; };
function chart(id, series, labels, unit) {
  const box = $(id), W = 320, H = 130, L = 38, B = 112;
  const flat = series.flatMap((it) => it.values).filter((v) => v != null);
  if (!flat.length) { box.replaceChildren(make("p", box.dataset.none)); return; }
  const high = nice(Math.max(500, ...flat)), low = Math.min(...flat) < -20 ? -nice(-Math.min(-500, ...flat)) : 0;
  const y = (v) => 6 + (B - 6) * (high - v) / (high - low), n = series[0].values.length;
  const x = (i) => L + (W - L - 4) * i / Math.max(1, n - 1);
  const made = svg("svg", {viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": put(box.dataset.said, number.format(Math.min(...flat)), number.format(Math.max(...flat))), class: "chart"});
  for (const v of [...new Set([low, 0, high])].filter((it) => !it || Math.abs(y(it) - y(0)) > 12)) made.append(svg("line", {x1: L, x2: W - 4, y1: y(v), y2: y(v), class: v ? "rule" : "zero"}), svg("text", {x: L - 4, y: y(v) + 4, class: "end"}, one.format(v / 1000)));
  for (const it of series) {
    let path = "", pen = false;
    it.values.forEach((v, i) => { if (v == null) { pen = false; return; } path += (pen ? "L" : "M") + x(i).toFixed(1) + " " + y(v).toFixed(1); pen = true; });
    made.append(svg("path", {d: path, class: "curve " + it.kind}));
  }
  labels.forEach(([at, text], i) => made.append(svg("text", {x: x(at * (n - 1)), y: H - 4, class: i ? (i === labels.length - 1 ? "end" : "mid") : ""}, text)));
  const key = make("p", unit + " ", "key");
  for (const it of series) key.append(make("span", it.name, it.kind));
  box.replaceChildren(made, key);
}
const clock = (s) => new Date(s * 1000).toLocaleTimeString(LANG, {hour: "2-digit", minute: "2-digit"});
async function charts() {
  const words = $("charts").dataset;
  const hour = await ask("history?span=hour");
  if (Array.isArray(hour)) {
    const start = Date.now() / 1000 - hour.length * 30;
    const kinds = [["grid", 0], ["battery", 1], ["solar", 2]].filter(([, i]) => hour.some((row) => row[i] != null));
    chart("hour", kinds.map(([kind, i]) => ({kind, name: words[kind], values: hour.map((row) => row[i])})),
      [[0, clock(start)], [0.5, clock((start + Date.now() / 1000) / 2)], [1, clock(Date.now() / 1000)]], "kW");
  }
  const day = await ask("history?span=day");
  if (Array.isArray(day)) {
    const last = day.length ? day[day.length - 1][0] : 0, slots = Array(96).fill(null), out = Array(96).fill(null);
    for (const [at, taken, given] of day) { const i = 95 - (last - at) / 900; if (i >= 0) { slots[i] = taken; out[i] = -given; } }
    chart("day", [{kind: "grid", name: words.taken, values: slots}, {kind: "solar", name: words.given, values: out}],
      [[0, clock(last - 85500)], [0.5, clock(last - 42300)], [1, clock(last + 900)]], "kW");
  }
  if (!document.hidden) setTimeout(charts, 60000);
}
function statusPage() {
  show({});
  live();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { if (stream) stream.close(); stream = null; } else live();
  });
}

// Forms: each field by its name, checked by the box; what it refuses is said at the field.
function say(form, text, bad) {
  const told = form.querySelector(".told:not([id])");
  told.textContent = text;
  told.classList.toggle("bad", !!bad);
}
const scale = (it) => 10 ** (it.dataset.scale || 0);
for (const it of all("[data-scale]")) if (it.value !== "") it.value = it.value / scale(it);
function values(form) {
  return Object.fromEntries(all("[name]", form).filter((it) => !it.disabled).map((it) =>
    [it.name, it.dataset.scale && it.value !== "" ? String(Math.round(it.value * scale(it))) : it.value]));
}
function wrongField(form) {
  const bad = all("[name]", form).find((it) => !it.checkValidity());
  if (!bad) return false;
  bad.setAttribute("aria-invalid", "true");
  bad.focus();
  const label = form.querySelector(`label[for="${bad.id}"]`);
  say(form, (label ? label.textContent + ": " : "") + bad.validationMessage, true);
  return true;
}
async function apply(form) {
  const words = form.dataset;
  all("[aria-invalid]", form).forEach((it) => it.removeAttribute("aria-invalid"));
  if (wrongField(form)) return;
  say(form, words.working);
  const said = await ask("settings", values(form));
  if (said.ok) {
    say(form, said.restart ? words.restarts : words.saved);
    if (said.restart) await back(form);
    return;
  }
  say(form, put(words.error, said.text), true);
  const field = said.name && form.elements[said.name];
  if (field) { field.setAttribute("aria-invalid", "true"); field.focus(); }
}
async function back(form) {
  await rest(4000);
  for (let i = 0; i < 40; i++) {
    try { if ((await ask("info")).status_code === 200) { say(form, form.dataset.back); return; } } catch (_) { /* not yet */ }
    await rest(1500);
  }
  say(form, form.dataset.away, true);
}

// A fixed address is asked for only where there is one.
if ($("network.mode")) {
  const fixed = () => { for (const id of ["address", "mask", "gateway", "dns"]) $("network." + id).closest(".field").hidden = $("network.mode").value !== "static"; };
  $("network.mode").addEventListener("change", fixed);
  fixed();
}
async function logout() { await ask("logout", {}); location.href = "/"; }
const acts = {apply, logout};  // the other scripts add their own
document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target, sender = form.querySelector("[type=submit]");
  sender.disabled = true;
  Promise.resolve().then(() => acts[form.dataset.act](form)).catch(() => say(form, form.dataset.away, true))
    .finally(() => { sender.disabled = false; });
});
document.addEventListener("click", (event) => {
  for (const id of (event.target.dataset.show || "").split(" ").filter(Boolean)) $(id).type = $(id).type === "text" ? "password" : "text";
});
// A field that this role may not change says so by being grey.
if (document.body.dataset.who === "owner") for (const it of all("[data-who=installer]")) if (it.name) it.disabled = true;
if ($("grid_w")) statusPage();
