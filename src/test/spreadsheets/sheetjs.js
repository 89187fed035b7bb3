// What SheetJS reads, as JSON lines of [file, sheet, row, column, kind, text]: node sheetjs.js FILE…
const XLSX = require("xlsx");
const path = require("path");

const ERRORS = { 0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#GETTING_DATA" };
const pad = (n, w) => String(n).padStart(w, "0");

function number(cell, date1904) {
  const z = typeof cell.z === "string" ? cell.z : XLSX.SSF.get_table()[cell.z || 0] || "General";
  const shown = z.replace(/"[^"]*"|\\.|_.|\*./g, "").split(";")[0];
  if (!XLSX.SSF.is_date(shown) || /\[(h+|m+|s+)\]/i.test(shown)) return ["NUMBER", cell.v];
  if (cell.v < 0 || cell.v > 2958465.99999) return ["NUMBER", cell.v];
  const d = XLSX.SSF.parse_date_code(Math.round(cell.v * 86400) / 86400 + 1e-9, { date1904 });
  const day = d.y === 1900 && d.m === 1 && d.d === 0 ? "1899-12-31" : `${pad(d.y, 4)}-${pad(d.m, 2)}-${pad(d.d, 2)}`;
  return ["DATE", d.H || d.M || d.S ? `${day}T${pad(d.H, 2)}:${pad(d.M, 2)}:${pad(d.S, 2)}` : day];
}

function value(cell, date1904) {
  switch (cell.t) {
    case "s": return ["TEXT", cell.v];
    case "b": return ["BOOLEAN", cell.v ? "TRUE" : "FALSE"];
    case "e": return ["ERROR", ERRORS[cell.v] || cell.w || String(cell.v)];
    case "n": return number(cell, date1904);
    case "d": return ["DATE", cell.v.toISOString ? cell.v.toISOString().slice(0, 19).replace(/T00:00:00$/, "") : cell.v];
    default: return cell.f ? ["ERROR", "#UNCALCULATED"] : ["BLANK", ""];
  }
}

// The charsets and delimiters of the texts, as README.md lists them.
const TEXTS = JSON.parse(process.env.TEXTS || "{}");

function open(file, name) {
  if (!/\.(csv|tsv|txt)$/.test(name)) {
    return XLSX.readFile(file, { cellNF: true, cellFormula: true, sheetStubs: true, nodim: true });
  }
  const [charset, delimiter] = TEXTS[name] || ["utf-8", ","];
  const text = new TextDecoder(charset, { fatal: true }).decode(require("fs").readFileSync(file));
  return XLSX.read(text, { type: "string", raw: true, FS: delimiter });
}

for (const file of process.argv.slice(2)) {
  const name = path.basename(file);
  try {
    const wb = open(file, name);
    const date1904 = !!(wb.Workbook && wb.Workbook.WBProps && wb.Workbook.WBProps.date1904);
    wb.SheetNames.forEach((sheet, i) => {
      const info = wb.Workbook && wb.Workbook.Sheets && wb.Workbook.Sheets[i];
      const ws = wb.Sheets[sheet];
      if ((info && info.Hidden) || !ws || ["chart", "dialog", "macro"].includes(ws["!type"])) return;
      console.log(JSON.stringify([name, sheet]));
      for (const [ref, cell] of Object.entries(ws)) {
        if (ref[0] === "!") continue;
        const at = XLSX.utils.decode_cell(ref);
        const [kind, v] = value(cell, date1904);
        if (kind !== "BLANK") console.log(JSON.stringify([name, sheet, at.r + 1, at.c, kind, v]));
      }
    });
  } catch (e) {
    console.log(JSON.stringify([name, null, String(e.message).slice(0, 200)]));
  }
}
