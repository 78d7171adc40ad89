// The one script of all pages: live values, forms to JSON, the login's proof. Knows no sentence: those are in the page.
"use strict";
const $ = (id) => document.getElementById(id);
const all = (what, from) => [...(from || document).querySelectorAll(what)];
const put = (text, ...words) => text.replace(/\{(\d)\}/g, (_, n) => words[n] ?? "–");
const number = new Intl.NumberFormat(document.documentElement.lang);
const watts = (w) => (w === null || w === undefined ? "–" : number.format(w) + " W");
let token = document.body.dataset.token;

async function ask(path, body) {
  const send = body === undefined ? {} : {method: "POST", body: JSON.stringify(body),
    headers: {"Content-Type": "application/json", "X-Token": token}};
  const got = await fetch("/api/v1/" + path, send);
  const text = await got.text();
  let said = {};
  try { said = JSON.parse(text); } catch (_) { said = {error: got.status}; }
  if (got.status === 401 && !$("login")) location.href = "/login";
  said.status_code = got.status;
  return said;
}

// Live values: the stream while there is room, else a question every three seconds.
const now = {};
function show(fresh) {
  Object.assign(now, fresh);
  for (const name of ["grid_w", "solar_w", "battery_w", "load_w"]) $(name).textContent = watts(now[name]);
  $("soc_pct").textContent = now.soc_pct == null ? "–" : now.soc_pct + " %";
  for (const [name, sign] of [["grid", 1], ["solar", 1], ["battery", 1], ["load", 1]]) {
    const w = (now[name + "_w"] || 0) * sign;
    $("l-" + name).setAttribute("class", "line" + (w > 20 ? " out" : w < -20 ? " in" : ""));
  }
  const set = $("set_w");
  const how = now.set_w == null ? "none" : now.set_w > 0 ? "discharge" : now.set_w < 0 ? "charge" : "hold";
  set.textContent = put(set.dataset[how], number.format(Math.abs(now.set_w || 0)));
  $("why").textContent = now.why || "";
  const text = $("quarter-text"), most = Math.max(now.demand_w || 0, now.month_peak_w || 0, 2500) * 1.1;
  text.textContent = now.demand_w == null ? text.dataset.none
    : put(text.dataset.text, number.format(now.demand_w), number.format(now.month_peak_w || 0));
  $("demand").style.width = (100 * (now.demand_w || 0)) / most + "%";
  $("peak").style.display = now.month_peak_w == null ? "none" : "block";
  $("peak").style.left = (100 * (now.month_peak_w || 0)) / most + "%";
}

async function lights() {
  const list = $("lights"), words = list.dataset;
  try {
    const items = (await ask("lights")).map((one) => {
      const item = document.createElement("li"), name = document.createElement("b"), word = document.createElement("em");
      item.className = one.light;
      name.textContent = words[one.id];
      word.textContent = {good: "● ", warn: "▲ ", bad: "■ ", off: "○ "}[one.light] + words[one.light];
      item.append(name, " ", word, " " + one.text + (one.age_s == null ? "" : " (" + put(words.age, one.age_s) + ")"));
      if (one.do && one.light !== "good") item.append(document.createElement("br"), "→ " + one.do);
      return item;
    });
    list.replaceChildren(...items);
  } catch (_) { /* the next round tries again */ }
  if (!document.hidden) setTimeout(lights, 6000);
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
    poll = setTimeout(async () => { try { show(await ask("status")); } catch (_) { /* away */ } live(); }, 3000);
  };
}
function statusPage() {
  live();
  lights();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { if (stream) stream.close(); stream = null; } else { live(); lights(); }
  });
}

// Forms: each field by its name, checked by the box; what it refuses is said at the field.
function say(form, text, bad) {
  const told = form.querySelector(".told:not([id])");
  told.textContent = text;
  told.classList.toggle("bad", !!bad);
}
function values(form) {
  return Object.fromEntries(all("[name]", form).map((one) => [one.name, one.value]));
}
async function apply(form) {
  const words = form.dataset;
  all("[aria-invalid]", form).forEach((one) => one.removeAttribute("aria-invalid"));
  say(form, words.working);
  try {
    const said = await ask("settings", values(form));
    if (said.ok) {
      say(form, said.restart ? words.restarts : words.saved);
      if (said.restart) await back(form);
      return;
    }
    say(form, put(words.error, said.error), true);
    const field = said.name && form.elements[said.name];
    if (field) { field.setAttribute("aria-invalid", "true"); field.focus(); }
  } catch (_) { say(form, words.away, true); }
}
const rest = (ms) => new Promise((done) => setTimeout(done, ms));
async function back(form) {
  await rest(4000);
  for (let i = 0; i < 40; i++) {
    try { if ((await ask("status")).status_code === 200) { say(form, form.dataset.back); return; } } catch (_) { /* not yet */ }
    await rest(1500);
  }
  say(form, form.dataset.away, true);
}

// SHA-256 (FIPS 180-4), because a page on plain http has no crypto.subtle; PBKDF2 and HMAC on top (RFC 8018, 2104).
const K = [], H0 = [];
for (let n = 2; K.length < 64; n++) {
  let prime = true;
  for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
  if (!prime) continue;
  const part = (root) => ((root - Math.floor(root)) * 4294967296) | 0;
  if (H0.length < 8) H0.push(part(Math.sqrt(n)));
  K.push(part(Math.cbrt(n)));
}
const W = new Int32Array(64);
function block(state, m) {
  for (let i = 0; i < 64; i++) {
    if (i < 16) { W[i] = m[i]; continue; }
    const a = W[i - 15], b = W[i - 2];
    W[i] = (W[i - 16] + ((a >>> 7 | a << 25) ^ (a >>> 18 | a << 14) ^ a >>> 3) + W[i - 7]
      + ((b >>> 17 | b << 15) ^ (b >>> 19 | b << 13) ^ b >>> 10)) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const t = (h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + K[i] + W[i]) | 0;
    const u = (((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c)) | 0;
    h = g; g = f; f = e; e = d + t | 0; d = c; c = b; b = a; a = t + u | 0;
  }
  return [state[0] + a | 0, state[1] + b | 0, state[2] + c | 0, state[3] + d | 0,
    state[4] + e | 0, state[5] + f | 0, state[6] + g | 0, state[7] + h | 0];
}
function words(bytes, before) {
  const padded = new Uint8Array((bytes.length + 9 + 63) & ~63);
  padded.set(bytes);
  padded[bytes.length] = 128;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, (bytes.length + before) * 8);
  return Array.from({length: padded.length / 4}, (_, i) => view.getInt32(i * 4));
}
function run(state, list) {
  for (let i = 0; i < list.length; i += 16) state = block(state, list.slice(i, i + 16));
  return state;
}
const bytesOf = (state) => { const out = new DataView(new ArrayBuffer(32)); state.forEach((w, i) => out.setInt32(i * 4, w)); return new Uint8Array(out.buffer); };
const sha256 = (bytes) => bytesOf(run(H0, words(bytes, 0)));
function keyed(key) {
  if (key.length > 64) key = sha256(key);
  const pad = (x) => { const p = new Uint8Array(64).fill(x); key.forEach((b, i) => { p[i] ^= b; }); return run(H0, words(p, 0).slice(0, 16)); };
  const inner = pad(0x36), outer = pad(0x5c);
  return (bytes) => bytesOf(run(outer, words(bytesOf(run(inner, words(bytes, 64))), 64)));
}
function pbkdf2(password, salt, rounds) {
  const mac = keyed(utf8(password));
  let u = mac(new Uint8Array([...salt, 0, 0, 0, 1]));
  const out = u.slice();
  for (let i = 1; i < rounds; i++) { u = mac(u); for (let j = 0; j < 32; j++) out[j] ^= u[j]; }
  return out;
}
const utf8 = (text) => new TextEncoder().encode(text.normalize("NFC"));
const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
const unhex = (text) => new Uint8Array((text.match(/../g) || []).map((b) => parseInt(b, 16)));

function account(password) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return [hex(salt), hex(sha256(pbkdf2(password, salt, 3000))), 3000];
}
function fit(form) {
  const first = form.elements.password.value, again = form.elements.again.value;
  if (first.length < 10) say(form, form.dataset.short, true);
  else if (first !== again) say(form, form.dataset.differ, true);
  else return true;
  return false;
}
function entered(form, said) {
  if (said.role) { location.href = "/config"; return; }
  say(form, said.wait_s ? put(form.dataset.wait, said.wait_s) : form.dataset.wrong, true);
}
async function login(form) {
  const role = form.elements.role.value;
  say(form, form.dataset.working);
  await rest(20);
  const given = await ask("challenge?role=" + role);
  const key = pbkdf2(form.elements.password.value, unhex(given.salt), given.rounds);
  const mask = keyed(sha256(key))(utf8(given.nonce));
  entered(form, await ask("login", {role, nonce: given.nonce, proof: hex(key.map((b, i) => b ^ mask[i]))}));
}
async function setup(form) {
  if (!fit(form)) return;
  say(form, form.dataset.working);
  await rest(20);
  const {nonce} = await ask("challenge"), made = account(form.elements.password.value);
  const printed = form.elements.printed.value.replace(/[\s-]/g, "").toUpperCase();
  entered(form, await ask("setup", {nonce, account: made, proof: hex(keyed(utf8(printed))(utf8(nonce + made[0] + made[1])))}));
}
async function password(form) {
  if (!fit(form)) return;
  const said = await ask("password", {role: form.elements.role.value, account: account(form.elements.password.value)});
  say(form, said.ok ? form.dataset.saved : put(form.dataset.error, said.error), !said.ok);
}

async function logout() { await ask("logout", {}); location.href = "/"; }
const acts = {apply, login, setup, password, logout};  // config.js adds its own
document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target, sender = form.querySelector("[type=submit]");
  sender.disabled = true;
  Promise.resolve(acts[form.dataset.act](form)).catch(() => say(form, form.dataset.away, true))
    .finally(() => { sender.disabled = false; });
});
document.addEventListener("click", (event) => {
  for (const id of (event.target.dataset.show || "").split(" ").filter(Boolean)) $(id).type = $(id).type === "text" ? "password" : "text";
});
if ($("grid_w")) statusPage();
if ($("login")) ask("challenge").then((given) => { if (given.first) location.href = "/welcome"; });
