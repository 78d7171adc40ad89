// Tariff and contract: the guide's form for a manual contract, the known dynamic ones, an own formula.
"use strict";
const words = wordsOf($("contract-form"));
const MANUAL = ["from", "peak_ct", "off_peak_ct", "injection_peak_ct", "injection_off_peak_ct", "fixed_eur_month"];
const DYNAMIC = ["factor", "constant", "fee_eur_year", "injection_factor", "injection_constant"];
let given = {};
function period(fields) {
  const part = make("fieldset"), title = make("legend", put(words.period, $("periods").children.length + 1));
  part.append(title);
  for (const name of MANUAL) {
    const field = make("p", "", "field"), label = make("label", words[name.replaceAll("_", "-")]);
    const input = Object.assign(make("input"), {type: name === "from" ? "date" : "text", inputMode: "decimal", required: true, value: fields[name] ?? "", id: "p" + $("periods").children.length + name});
    input.dataset.field = name;
    label.htmlFor = input.id;
    field.append(label, input, make("span", name === "from" ? "" : name === "fixed_eur_month" ? " €/" + words.month : " ct/kWh", "unit"));
    part.append(field);
  }
  if ($("periods").children.length) {
    const gone = make("button", words.remove, "second");
    Object.assign(gone, {type: "button", onclick: () => part.remove()});
    part.append(gone);
  }
  $("periods").append(part);
}
function sort() {
  const kind = $("contract").value;
  $("manual").hidden = kind !== "manual";
  $("own").hidden = kind === "manual" || !kind;
  $("formula-needed").hidden = kind !== "dynamic";
  $("formula-known").hidden = kind === "dynamic";
}
async function contract() {
  const said = await ask("contract");
  given = said.contract || {};
  $("area").replaceChildren(new Option(words.choose, ""), ...(said.areas || []).map((it) => new Option(it)));
  $("contract").replaceChildren(new Option(words.manual, "manual"), new Option(words.dynamic, "dynamic"),
    ...(said.contracts || []).map(([id, name]) => new Option(name, id)));
  $("area").value = given.area || "";
  $("contract").value = given.contract || "manual";
  const parts = given.contract === "manual" && given.periods ? given.periods : [{}];
  parts.forEach(period);
  const own = given.contract !== "manual" && given.periods ? given.periods[0] : {};
  for (const name of DYNAMIC) $(name).value = own[name] ?? "";
  $("grid").value = own.grid || "";
  $("vat").checked = own.vat ?? true;
  $("domiciled").checked = given.domiciled ?? true;
  $("maximum_tariff").checked = given.maximum_tariff ?? true;
  $("peaks").value = (given.month_peaks_w || []).map((w) => w / 1000).join(" ");
  sort();
}
const decimal = (text) => text.trim().replace(",", ".");
function collected() {
  const kind = $("contract").value, found = {area: $("area").value, contract: kind, domiciled: $("domiciled").checked, maximum_tariff: $("maximum_tariff").checked};
  if (kind === "manual") {
    found.periods = [...$("periods").children].map((part) => Object.fromEntries(all("[data-field]", part).map((it) => [it.dataset.field, decimal(it.value)])));
  } else {
    const own = {};
    for (const name of DYNAMIC) if ($(name).value.trim()) own[name] = decimal($(name).value);
    if ($("grid").value) own.grid = $("grid").value;
    if (kind === "dynamic") own.vat = $("vat").checked;
    if (Object.keys(own).length) found.periods = [own];
  }
  const peaks = $("peaks").value.trim().split(/\s+/).filter(Boolean).map((it) => Math.round(decimal(it) * 1000));
  if (peaks.length) found.month_peaks_w = peaks;
  return found;
}
acts.contract = async (form) => {
  if (!$("area").value) { $("area").focus(); say(form, words.area, true); return; }
  const empty = $("contract").value === "manual" && all("[data-field]").find((it) => !it.value.trim());
  if (empty) { empty.setAttribute("aria-invalid", "true"); empty.focus(); say(form, words.empty, true); return; }
  const said = await ask("contract", collected());
  say(form, said.ok ? form.dataset.saved : put(form.dataset.error, said.text), !said.ok);
};
$("contract").addEventListener("change", sort);
$("more").onclick = () => period({});
contract();
