// Users, invitations with their QR code, tokens of programs, who is logged in.
"use strict";
// QR code (ISO/IEC 18004), bytes, level M, versions 2 to 6: up to 106 letters. Mask 0; readers take any.
const QR = {2: [16, 1, 28], 3: [26, 1, 44], 4: [18, 2, 64], 5: [24, 2, 86], 6: [16, 4, 108]};
function product(a, b) { let p = 0; for (; b; b >>= 1) { if (b & 1) p ^= a; a = a << 1 ^ (a & 128 ? 285 : 0); } return p; }
function check(data, count) {
  let poly = [1];
  for (let i = 0, root = 1; i < count; i++, root = product(root, 2)) {
    poly = [...poly, 0].map((c, j) => c ^ (j ? product(poly[j - 1], root) : 0));
  }
  const left = [...data, ...Array(count).fill(0)];
  data.forEach((_, i) => { const f = left[i]; if (f) poly.forEach((c, j) => { left[i + j] ^= product(c, f); }); });
  return left.slice(data.length);
}
function codewords(text, version) {
  const [count, blocks, room] = QR[version], bytes = [...new TextEncoder().encode(text)], bits = [];
  const add = (value, length) => { for (let i = length - 1; i >= 0; i--) bits.push(value >> i & 1); };
  add(4, 4); add(bytes.length, 8); bytes.forEach((b) => add(b, 8)); add(0, Math.min(4, room * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const data = [];
  for (let i = 0; i < bits.length; i += 8) data.push(parseInt(bits.slice(i, i + 8).join(""), 2));
  for (let pad = 236; data.length < room; pad ^= 253) data.push(pad);
  const size = room / blocks, parts = Array.from({length: blocks}, (_, i) => data.slice(i * size, (i + 1) * size));
  const checks = parts.map((part) => check(part, count)), out = [];
  for (let i = 0; i < size; i++) parts.forEach((part) => out.push(part[i]));
  for (let i = 0; i < count; i++) checks.forEach((part) => out.push(part[i]));
  return out;
}
function qr(text) {
  const length = new TextEncoder().encode(text).length, version = +Object.keys(QR).find((v) => QR[v][2] - 2 >= length);
  const n = 17 + 4 * version, grid = Array.from({length: n}, () => Array(n).fill(null));
  const finder = (r, c) => { for (let i = -1; i < 8; i++) for (let j = -1; j < 8; j++) if (grid[r + i] && grid[r + i][c + j] !== undefined) grid[r + i][c + j] = +(i >= 0 && i < 7 && j >= 0 && j < 7 && (i % 6 === 0 || j % 6 === 0 || (i > 1 && i < 5 && j > 1 && j < 5))); };
  finder(0, 0); finder(0, n - 7); finder(n - 7, 0);
  for (let i = -2; i < 3; i++) for (let j = -2; j < 3; j++) grid[n - 7 + i][n - 7 + j] = +(Math.max(Math.abs(i), Math.abs(j)) !== 1);
  for (let i = 8; i < n - 8; i++) grid[6][i] = grid[i][6] = +(i % 2 === 0);
  grid[n - 8][8] = 1;
  // Level M, mask 0: its fifteen format bits, twice.
  for (let i = 0; i < 15; i++) {
    const bit = +"101010000010010"[14 - i];
    if (i < 8) { grid[i < 6 ? i : i + 1][8] = bit; grid[8][n - 1 - i] = bit; }
    else { grid[8][i === 8 ? 7 : 14 - i] = bit; grid[n - 15 + i][8] = bit; }
  }
  const stream = codewords(text, version).flatMap((b) => [7, 6, 5, 4, 3, 2, 1, 0].map((i) => b >> i & 1));
  let at = 0, up = true;
  for (let c = n - 1; c > 0; c -= 2) {
    if (c === 6) c--;
    for (let k = 0; k < n; k++) {
      const r = up ? n - 1 - k : k;
      for (const x of [c, c - 1]) if (grid[r][x] === null) grid[r][x] = (stream[at++] || 0) ^ +((r + x) % 2 === 0);
    }
    up = !up;
  }
  let path = "";
  grid.forEach((line, r) => line.forEach((dark, c) => { if (dark) path += `M${c + 4} ${r + 4}h1v1h-1z`; }));
  return svg("svg", {viewBox: `0 0 ${n + 8} ${n + 8}`, role: "img", "aria-label": "QR", class: "qr"},
    svg("rect", {width: n + 8, height: n + 8, fill: "#fff"}), svg("path", {d: path, fill: "#000"}));
}

function row(table, ...cells) {
  const line = table.insertRow();
  cells.forEach((cell) => line.insertCell().append(cell ?? ""));
}
function button(text, act) {
  const made = make("button", text, "second");
  Object.assign(made, {type: "button", onclick: act});
  return made;
}
const called = (role, words) => role.startsWith("user:") ? role.slice(5) + " (" + words.user + ")" : words[role] || role;
async function sessions() {
  const table = $("sessions"), words = table.dataset;
  table.replaceChildren();
  for (const it of await ask("sessions")) {
    row(table, called(it.role, words) + (it.own ? " (" + words.own + ")" : ""), it.address,
      button(words.revoke, async () => { await ask("revoke", {id: it.id}); if (it.own) location.href = "/"; else sessions(); }));
  }
}
async function users() {
  const table = $("users"), words = table.dataset, list = await ask("users");
  table.replaceChildren();
  for (const it of list) {
    row(table, called(it.name, words), it.name === "installer" ? "" : button(words.remove, async () => { await ask("dismiss", {name: it.name}); users(); sessions(); }));
  }
}
acts.invite = async (form) => {
  const role = form.elements.role.value, name = form.elements.who.value.trim();
  const said = await ask("invite", {role: role === "user" && name ? "user:" + name : role});
  if (!said.ok) { say(form, put(form.dataset.error, said.text), true); return; }
  const link = "http://" + location.host + said.path;
  say(form, form.dataset.invited);
  $("link").replaceChildren(Object.assign(make("a", link), {href: link}), qr(link));
};
async function tokens() {
  const table = $("tokens"), words = table.dataset;
  table.replaceChildren();
  for (const it of await ask("tokens")) {
    row(table, it.name, words[it.scope], it.made_s ? new Date(it.made_s * 1000).toLocaleDateString(LANG) : "–",
      button(words.remove, async () => { await ask("untoken", {name: it.name}); tokens(); }));
  }
}
acts.token = async (form) => {
  const said = await ask("tokens", values(form));
  if (!said.ok) { say(form, put(form.dataset.error, said.text), true); return; }
  say(form, $("tokens").dataset.once);
  $("secret").textContent = said.token;
  tokens();
};
if ($("sessions")) { sessions(); users(); }
if ($("tokens")) tokens();
