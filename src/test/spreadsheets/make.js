// Makes the files that SheetJS and ExcelJS can write: node make.js FOLDER
const path = require("path");
const fs = require("fs");
const XLSX = require("xlsx");
const ExcelJS = require("exceljs");

const out = (name) => path.join(process.argv[2], name);
const HEAD = ["代码", "名称", "数值", "日期", "时刻", "比例", "是否", "备注"];
const ROWS = [
  ["0012345", "福州示范精密仪器有限公司", 92.5, 46328, 46328.354166666664, 0.125, true, "甲"],
  ["91350100M000100Y43", "Müller & Söhne <GmbH>", -3, 36525, 36585.99998842593, 1, false, "第一行\n第二行"],
  ["１２３４", "  两端有空格  ", 0.1 + 0.2, 25569, 25569.00001157407, 0, true, "\"quoted\""],
  ["1E5", "𠮷野家 😀", 1e-7, 73110, 73110.5, 1 / 3, false, "=1+1"],
];
const ERRORS = { "#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42 };

function sheet() {
  const ws = {};
  const put = (r, c, cell) => (ws[XLSX.utils.encode_cell({ r, c })] = cell);
  HEAD.forEach((h, c) => put(0, c, { t: "s", v: h }));
  ROWS.forEach((row, i) =>
    row.forEach((v, c) => {
      const t = typeof v === "string" ? "s" : typeof v === "boolean" ? "b" : "n";
      put(i + 1, c, { t, v, ...(c === 3 ? { z: "yyyy-mm-dd" } : c === 4 ? { z: "yyyy-mm-dd hh:mm:ss" } : c === 5 ? { z: "0.00%" } : {}) });
    }));
  Object.values(ERRORS).forEach((v, c) => put(6, c, { t: "e", v }));
  put(8, 0, { t: "n", v: 3, f: "1+2" });
  put(8, 1, { t: "s", v: "ab", f: '"a"&"b"' });
  put(8, 2, { t: "b", v: true, f: "1=1" });
  put(8, 3, { t: "e", v: 7, f: "1/0" });
  put(8, 4, { t: "n", v: 46328, f: "DATE(2026,11,2)", z: "yyyy-mm-dd" });
  put(10, 0, { t: "n", v: 913501000000000123 });
  put(10, 1, { t: "n", v: 123456789012345 });
  put(10, 2, { t: "n", v: 1e100 });
  put(10, 5, { t: "s", v: "F11" });
  ws["!ref"] = "A1:H11";
  ws["!merges"] = [XLSX.utils.decode_range("F11:G11")];
  return ws;
}

function book(date1904) {
  const wb = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(wb, sheet(), "名录");
  XLSX.utils.book_append_sheet(wb, XLSX.utils.aoa_to_sheet([["hidden"]]), "hidden");
  XLSX.utils.book_append_sheet(wb, XLSX.utils.aoa_to_sheet([["last", 1], [], [null, "B3"]]), "last");
  wb.Workbook = { Sheets: [{}, { Hidden: 1 }, {}], WBProps: { date1904: !!date1904 } };
  return wb;
}

const write = (wb, name, options) => XLSX.writeFile(wb, out(name), options);
for (const type of ["xlsx", "xlsm", "xlsb", "ods"]) {
  write(book(), `sheetjs-types.${type}`, { bookType: type, compression: true });
}
for (const type of ["xlsx", "xlsb"]) {
  write(book(), `sheetjs-shared.${type}`, { bookType: type, bookSST: true, compression: true });
  write(book(true), `sheetjs-1904.${type}`, { bookType: type, bookSST: true, compression: true });
}
write(book(), "sheetjs-stored.xlsx", { bookType: "xlsx", compression: false });
write(book(), "sheetjs-biff8.xls", { bookType: "biff8" });
write(book(true), "sheetjs-1904.xls", { bookType: "biff8" });
write(book(), "sheetjs-biff5.xls", { bookType: "biff5" });
for (const type of ["biff2", "biff3", "biff4"]) write(book(), `refuse-${type}.xls`, { bookType: type });
write(book(), "refuse-2003.xml", { bookType: "xlml" });
write(book(), "refuse-html.xls", { bookType: "html" });
write(book(), "refuse-sylk.slk", { bookType: "sylk" });
write(book(), "refuse-flat.fods", { bookType: "fods" });
write(book(), "refuse-dbase.dbf", { bookType: "dbf" });
write(book(), "sheetjs-utf16.txt", { bookType: "txt" });
write(book(), "sheetjs.csv", { bookType: "csv" });

const rows = [];
for (let r = 0; r < 1500; r++) rows.push([`9135${String(r).padStart(14, "0")}`, `第${r}单位`, r * 1.1, r % 3 === 0]);
for (const type of ["xlsb", "ods", "xls"]) {
  const wb = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(wb, XLSX.utils.aoa_to_sheet(rows), "大");
  const wide = XLSX.utils.aoa_to_sheet([Array.from({ length: 250 }, (_, i) => `列${i}`), [], Array.from({ length: 250 }, (_, i) => i)]);
  XLSX.utils.book_append_sheet(wb, wide, "宽");
  XLSX.utils.book_append_sheet(wb, {}, "空");
  write(wb, `sheetjs-big.${type}`, { bookType: type, bookSST: type === "xlsb", compression: true });
}

async function exceljs() {
  const plain = new ExcelJS.Workbook();
  plain.created = plain.modified = new Date(Date.UTC(2026, 0, 1));
  const ws = plain.addWorksheet("名录");
  ws.addRow(HEAD);
  for (const row of ROWS) ws.addRow(row);
  ws.getColumn(4).numFmt = "yyyy-mm-dd";
  ws.getColumn(5).numFmt = "yyyy-mm-dd hh:mm:ss";
  ws.getCell("A8").value = { richText: [{ text: "重点" }, { font: { bold: true }, text: " 单位" }] };
  ws.getCell("B8").value = { formula: "1+1", result: 2 };
  ws.getCell("C8").value = { formula: '"x"', result: "x" };
  ws.getCell("D8").value = { formula: "1/0", result: { error: "#DIV/0!" } };
  ws.getCell("E8").value = { error: "#N/A" };
  ws.getCell("F8").value = { text: "link", hyperlink: "https://example.invalid/" };
  ws.getCell("B10").value = { formula: "ROW()", result: 10, shareType: "shared", ref: "B10:B12" };
  ws.getCell("B11").value = { sharedFormula: "B10", result: 11 };
  ws.getCell("B12").value = { sharedFormula: "B10", result: 12 };
  ws.getRow(3).hidden = true;
  plain.addWorksheet("hidden", { state: "hidden" }).addRow(["x"]);
  await plain.xlsx.writeFile(out("exceljs-types.xlsx"));
  for (const shared of [true, false]) {
    const stream = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: out(`exceljs-stream-${shared ? "shared" : "inline"}.xlsx`), useSharedStrings: shared, useStyles: true });
    const s = stream.addWorksheet("流");
    for (let r = 0; r < 200; r++) s.addRow([r, `文本 ${r % 11}`, r / 3, r % 2 === 0, new Date(Date.UTC(2026, 0, 1 + r))]).commit();
    s.commit();
    await stream.commit();
  }
}
exceljs();
