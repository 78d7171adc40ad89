// Passwords in the browser: keys, proofs, the first visit, invitations. A password never leaves this file.
"use strict";
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
  form.elements.password.focus();
  return false;
}
function entered(form, said) {
  if (said.role) {
    const claim = location.hash.includes("m=");
    location.href = claim ? "/config/devices" + location.hash : said.role.startsWith("user") ? "/" : "/config";
    return;
  }
  say(form, said.text + (said.wait_s && said.status_code !== 429 ? " " + put(form.dataset.wait, said.wait_s) : ""), true);
}
// A user who was invited by name logs in with it; the others have one account each.
function account_name(form) {
  const role = form.elements.role.value, name = form.elements.who ? form.elements.who.value.trim() : "";
  return role === "user" && name ? "user:" + name : role;
}
async function proved(form, act, role, secret, made) {
  const {nonce} = await ask("challenge");
  entered(form, await ask(act, {role, nonce, account: made, proof: hex(keyed(utf8(secret))(utf8(nonce + made[0] + made[1])))}));
}
acts.login = async (form) => {
  const role = account_name(form);
  say(form, form.dataset.working);
  await rest(20);
  const given = await ask("challenge?role=" + role.replace(/[^A-Za-z:]/g, ""));
  const key = pbkdf2(form.elements.password.value, unhex(given.salt), given.rounds);
  const mask = keyed(sha256(key))(utf8(given.nonce));
  entered(form, await ask("login", {role, nonce: given.nonce, proof: hex(key.map((b, i) => b ^ mask[i]))}));
};
acts.setup = async (form) => {
  if (!fit(form)) return;
  say(form, form.dataset.working);
  await rest(20);
  const printed = form.elements.printed.value.replace(/[\s-]/g, "").toUpperCase();
  await proved(form, "setup", "installer", printed, account(form.elements.password.value));
};
acts.join = async (form) => {
  if (!fit(form)) return;
  say(form, form.dataset.working);
  await rest(20);
  const [role, code] = decodeURIComponent(location.hash.slice(1)).split("/");
  await proved(form, "join", role, code || "", account(form.elements.password.value));
};
acts.password = async (form) => {
  if (!fit(form)) return;
  const said = await ask("password", {role: form.elements.role.value, account: account(form.elements.password.value)});
  say(form, said.ok ? form.dataset.saved : put(form.dataset.error, said.text), !said.ok);
  if (said.ok) form.reset();
};
if ($("login")) {
  ask("challenge").then((given) => { if (given.first) location.href = "/welcome" + location.hash; });
  const named = () => { $("named").hidden = $("role").value !== "user"; };
  $("role").addEventListener("change", named);
  named();
}
if ($("invited")) $("invited").textContent = put($("invited").textContent, decodeURIComponent(location.hash.slice(1)).split("/")[0].replace(/^user:/, ""));
