// Plan and Costs: the plan drawn with its reasons, a month's bill beside what it would have been.
"use strict";
const euro = new Intl.NumberFormat(LANG, {style: "currency", currency: "EUR"});
function fact(table, name, value) { const line = make("tr"); line.append(Object.assign(make("th", name), {scope: "row"}), make("td", value)); table.append(line); }
async function plan() {
  const said = await ask("plan"), told = $("plan-told");
  if (said.error || said.trouble || !said.rows.length) { told.textContent = said.text || said.trouble || "–"; if (!said.rows || !said.rows.length) return; }
  const rows = said.rows, words = $("plan-page").dataset, at = (i) => clock(said.first_s + i * 900);
  if (!said.trouble) told.textContent = put(told.dataset.saves, euro.format(said.whole.saves_ueur / 1e6)) + " " + put(told.dataset.known, said.whole.told, said.whole.slots);
  $("plan-page").hidden = false;
  const marks = [[0, at(0)], [0.5, at(rows.length >> 1)], [1, at(rows.length)]];
  chart("prices", [{kind: "grid", name: words.buy, values: rows.map((it) => it.buy_ueur_kwh / 10)}, {kind: "solar", name: words.sell, values: rows.map((it) => it.sell_ueur_kwh / 10)}], marks, "ct/kWh");
  chart("soc", [{kind: "battery", name: words.soc, values: rows.map((it) => it.soc_wh)}], marks, "kWh");
  chart("power", [{kind: "battery", name: words.give, values: rows.map((it) => 4 * (it.discharge_wh - it.charge_wh))}, {kind: "grid", name: words.grid, values: rows.map((it) => 4 * it.grid_wh)}], marks, "kW");
  let last = null;
  rows.forEach((it, i) => {
    if (it.why === last) return;
    last = it.why;
    const item = make("li");
    item.append(make("b", at(i)), make("br"), it.why);
    $("slots").append(item);
  });
}
async function costs(month) {
  const said = await ask("costs" + (month ? "?month=" + month : "")), words = $("costs-page").dataset;
  if (said.error) { $("costs-told").textContent = said.text; return; }
  $("costs-told").textContent = said.from + " – " + said.to;
  $("costs-page").hidden = false;
  $("month").replaceChildren(...said.months.map((it) => new Option(it)));
  $("month").value = said.month;
  for (const id of ["sums", "lines", "notes"]) $(id).replaceChildren();
  const cents = (it) => (it == null ? "–" : euro.format(it / 100));
  fact($("sums"), words.billed, cents(said.billed.cents));
  fact($("sums"), words.without, cents(said.no_battery.cents));
  if (said.rules_only) fact($("sums"), words.rules, cents(said.rules_only.cents));
  fact($("sums"), words.saved, cents(said.saved_cents));
  fact($("sums"), words.today, cents(said.today_cents.billed));
  fact($("sums"), words.peak, watts(said.billed.peak_w));
  for (const [name, sum] of said.billed.lines) fact($("lines"), name, cents(sum));
  $("notes").replaceChildren(...said.billed.notes.map((it) => make("li", it)));
}
async function compare() {
  $("compare").disabled = true;
  const said = await ask("compare");
  $("contracts").replaceChildren();
  if (Array.isArray(said)) for (const it of said) fact($("contracts"), it.name || $("contracts").dataset.own, it.cents == null ? it.fault || "–" : euro.format(it.cents / 100));
  else fact($("contracts"), "–", said.text);
  $("compare").disabled = false;
}
if ($("plan-page")) plan();
if ($("costs-page")) {
  costs();
  $("month").addEventListener("change", () => costs($("month").value));
  $("compare").onclick = compare;
}
