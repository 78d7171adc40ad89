// The planner of materials: the guide's flowchart as questions, its table as a parts list, a drawing for the choice.
"use strict";
// Article numbers and counts of scenarios A to F, from the guide. [article, words, A, B, C, D, E, F]
const PARTS = [
  ["EL0178", "jullix", 1, 1, 1, 1, 1, 2], ["EL0178", "p1cable", 1, 1, 1, 1, 1, 1], ["EL0178", "netcable", 1, 1, 1, 1, 1, 1],
  ["EL0178", "plug", 1, 1, 1, 1, 1, 1], ["EL0124", "liyy", 1, 1, 1, 1, 1, 1], ["EL0227", "extender", 0, 1, 1, 1, 2, 0]];
const words = wordsOf($("plan"));
const picked = (name) => { const it = document.querySelector(`[name=${name}]:checked`); return it && it.value; };
// Which letter, by where the meter, the inverter and the network stand.
function scenario() {
  const together = picked("together"), where = picked("where"), way = picked("way");
  if (together === "yes") return "A";
  if (!where) return null;
  if (where === "inverter") return way === "slave" ? "F" : way ? "B" : null;
  return {meter: "C", both: "D", apart: "E"}[where];
}
// What a Jullix or extender is fed by. A new meter cannot feed a Jullix by P1; an extender it always can.
function supplies(letter) {
  const weak = picked("meter") === "new", atMeter = letter === "A" || letter === "B", usb = picked("usb") === "yes";
  const found = [];
  if (letter === "F") found.push(["jullix", "psu"]);
  else if (atMeter) found.push(["jullix", !weak ? "p1" : letter === "A" && usb ? "usb" : "psu"]);
  else found.push(["jullix", letter === "C" && usb ? "usb" : "psu"]);
  if (letter === "B") found.push(["ext-inverter", usb ? "usb" : "psu"]);
  if (letter === "C") found.push(["ext-meter", "p1"]);
  if (letter === "D") found.push(["ext-both", "p1"]);
  if (letter === "E") found.push(["ext-meter", "p1"], ["ext-inverter", usb ? "usb" : "psu"]);
  if (letter === "F") found.push(["slave", usb ? "usb" : "psu"]);
  return found;
}
// Who speaks to the inverter; fed by P1 it needs G, fed by the inverter it has its ground already.
function ground(letter, list) {
  const at = {A: "jullix", B: "ext-inverter", C: "jullix", D: "ext-both", E: "ext-inverter", F: "slave"}[letter];
  return [at, list.find(([who]) => who === at)[1]];
}
function box(x, y, w, text, kind) {
  return svg("g", {class: kind || ""}, svg("rect", {x, y, width: w, height: 34, rx: 6}), svg("text", {x: x + w / 2, y: y + 22, class: "mid"}, text));
}
function wire(d, text, x, y, kind) {
  const made = svg("g", {}, svg("path", {d, class: "wire " + (kind || "")}));
  if (text) made.append(svg("text", {x, y, class: "mid small"}, text));
  return made;
}
function drawing(letter, list) {
  const fed = Object.fromEntries(list), made = svg("svg", {viewBox: "0 0 320 250", role: "img", class: "plan", "aria-label": words["drawing"] + " " + letter});
  const [who, by] = ground(letter, list), far = {B: "ext-inverter", F: "slave"}[letter], near = {C: "ext-meter", D: "ext-both", E: "ext-meter"}[letter];
  const air = letter === "F" ? words.lanradio : words.radio;
  made.append(box(4, 8, 92, words.meter), box(224, 8, 92, words.router));
  made.append(wire("M96 25H112V80H" + (near ? "60" : "130"), "P1", 122, 52));
  if (near) {
    made.append(box(4, 64, 92, words[near], "ours"), box(130, 64, 92, "Jullix", "ours"));
    made.append(wire("M96 81H130", ")))", 113, 76, "air"), make_label(air, 113, 112));
  } else made.append(box(130, 64, 92, "Jullix", "ours"));
  made.append(wire("M222 81H270V42", "RJ45", 284, 74));
  const cx = letter === "D" ? 50 : 176, top = letter === "B" || letter === "F" || letter === "E" ? 130 : 98;
  if (top === 130) {
    made.append(box(130, 130, 92, words[letter === "F" ? "slave" : "ext-inverter"], "ours"), wire("M176 98V130", ")))", 190, 118, "air"));
  }
  const from = top === 130 ? 164 : 98, g = by === "p1" || by === "psu";
  made.append(box(cx - 46, 210, 92, words.inverter));
  const lines = g ? [["A", -26], ["B", 0], ["G", 26]] : [["A", -26], ["B", 0]];
  for (const [name, dx] of lines) made.append(wire(`M${cx + dx} ${from}V210`, name, cx + dx + 8, (from + 214) / 2, "bus"));
  if (by === "usb") made.append(wire(`M${cx + 46} 227H${cx + 70}V${from - 17}H${cx + 46}`, "USB", cx + 88, (from + 227) / 2, "usb"));
  if (fed.jullix === "psu") made.append(svg("text", {x: 176, y: 60, class: "mid small"}, "5 V"));
  if (fed.jullix === "p1") made.append(svg("text", {x: 118, y: 100, class: "mid small"}, "5 V"));
  return made;
}
const make_label = (text, x, y) => svg("text", {x, y, class: "mid small"}, text);
function refresh() {
  $("q-where").hidden = picked("together") !== "no";
  $("q-way").hidden = $("q-where").hidden || picked("where") !== "inverter";
  const letter = scenario();
  $("result").hidden = !letter || !picked("meter") || !picked("usb");
  if ($("result").hidden) return;
  const list = supplies(letter), column = 2 + "ABCDEF".indexOf(letter), rows = PARTS.filter((it) => it[column]).map((it) => [it[0], words[it[1]], it[column]]);
  const count = (kind) => list.filter(([, by]) => by === kind).length;
  if (count("usb")) rows.push(["EL0179", words.ycable, count("usb")]);
  if (count("psu")) rows.push(["EL0223", words.psu, count("psu")]);
  $("letter").textContent = letter + ": " + words["s-" + letter.toLowerCase()];
  $("parts").replaceChildren(...rows.map(([article, text, n]) => { const line = make("tr"); line.append(make("td", n + " ×"), make("td", text), make("td", article)); return line; }));
  $("fed").replaceChildren(...list.map(([who, by]) => make("li", words[who] + ": " + words["by-" + by])));
  const [who, by] = ground(letter, list);
  $("ground").textContent = put(by === "usb" ? words.noground : by === "p1" ? words.needground : words.psuground, words[who]);
  $("drawn").replaceChildren(drawing(letter, list));
}
document.addEventListener("change", refresh);
document.addEventListener("click", (event) => { if (event.target.dataset.do === "print") print(); });
refresh();
