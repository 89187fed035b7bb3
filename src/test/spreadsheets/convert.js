// Makes an xlsb of each xlsx, in the present folder: node convert.js NAME…
const XLSX = require("xlsx");

for (const name of process.argv.slice(2)) {
  const wb = XLSX.readFile(`${name}.xlsx`, { cellNF: true, cellFormula: true, sheetStubs: true, nodim: true });
  XLSX.writeFile(wb, `sheetjs-of-${name}.xlsb`, { bookType: "xlsb", bookSST: name.length % 2 === 0, compression: true });
}
