// The self-test, one point after the other; the trial of sign and fallback; the report to print.
"use strict";
async function points() {
  const list = $("points"), words = list.dataset, found = [];
  list.replaceChildren();
  for (let n = 0, of = 1; n < of; n++) {
    $("far").textContent = put(words.far, n + 1, of > 1 ? of : "…");
    const it = await ask("check", {n, now_s: Math.round(Date.now() / 1000)});
    if (it.error) { list.append(make("li", it.text, "bad")); break; }
    of = it.of;
    found.push(it);
    list.append(point(it, n + 1 + ". " + it.title, words));
  }
  const count = (light) => found.filter((it) => it.light === light).length;
  $("far").textContent = put(words.sum, count("good"), count("warn"), count("bad"), count("off"));
}
acts.check = async (form) => { await points(); $("report-form").hidden = false; say(form, ""); };
acts.trial = async (form) => {
  const said = await ask("trial", {agreed: $("agreed").checked});
  if (said.error) { say(form, said.text, true); return; }
  for (;;) {
    await rest(1500);
    const it = await ask("trial");
    if (it.running) { say(form, it.text); continue; }
    say(form, "");
    $("trial").replaceChildren(...["sign", "fallback"].filter((name) => it[name]).map((name) =>
      point(it[name], form.dataset[name], $("points").dataset)));
    return;
  }
};
acts.report = async (form) => {
  say(form, form.dataset.working);
  const said = await ask("report", {now_s: Math.round(Date.now() / 1000)});
  if (said.ok) location.href = "/report"; else say(form, put(form.dataset.error, said.text), true);
};
function pair(name, value) { const line = make("tr"); line.append(Object.assign(make("th", name), {scope: "row"}), make("td", value)); return line; }
async function report() {
  const said = await ask("report"), words = $("report").dataset;
  if (!said || !said.report) { $("none").hidden = false; return; }
  const told = said.report, box = told.box, set = told.settings;
  const address = [set["installation.address"], set["installation.postcode"], set["installation.city"], set["installation.country"]].filter(Boolean).join(", ");
  const facts = [[words.made, new Date(told.made_s * 1000).toLocaleString(LANG)], [words.name, set.name || box.ssid], [words.address, address || "–"],
    [words.installer, set["installation.installer"] || told.by], [words.scenario, set["installation.scenario"] || "–"],
    ["ID", box.mac + "  " + box.serial], [words.version, box.version + "  " + box.board]];
  $("facts").replaceChildren(...facts.map((it) => pair(...it)));
  $("points").replaceChildren(...told.points.map((it, i) => point(it, i + 1 + ". " + it.title, $("points").dataset)));
  $("boxes").replaceChildren(...told.devices.map((it) => pair(it.name, [it.type, it.id, it.status].join("  "))));
  $("settings").replaceChildren(...Object.keys(set).sort().map((name) => pair(name, String(set[name]))));
  $("sum").textContent = said.sha256;
  $("report").hidden = false;
  $("save").href = URL.createObjectURL(new Blob([JSON.stringify(said)], {type: "application/json"}));
}
if ($("report")) report();
document.addEventListener("click", (event) => { if (event.target.dataset.do === "print") print(); });
