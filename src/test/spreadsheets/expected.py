"""Works out what reading each file has to give, from readers that have nothing to do with Keyroll.

    python expected.py INDEX.csv FOLDER WORK

Readers: LibreOffice (through its flat XML), SheetJS, and one of openpyxl, xlrd and calamine by kind of file; of csv,
Python's csv module and SheetJS. A value counts when two readers agree on kind and text. Where they do not, decisions.csv
must say what is right and why, or this ends with a list of the cells. Writes expected.csv beside INDEX.csv.
"""

import csv
import datetime as dt
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path

import openpyxl
import python_calamine
import xlrd

HERE = Path(__file__).parent
FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
# Charset and delimiter of the texts that are not in UTF-8 with commas.
TEXTS = {
    "csv-gb18030.csv": ("gb18030", ","), "csv-gbk.csv": ("gbk", ","), "csv-gb18030-four-byte.csv": ("gb18030", ","), "csv-big5.csv": ("big5", ","),
    "csv-latin1.csv": ("latin1", ";"), "csv-semicolon.csv": ("utf-8", ";"), "csv-tab.tsv": ("utf-8", "\t"), "csv-utf16le-bom.csv": ("utf-16le", ","),
    "csv-utf16be-bom.csv": ("utf-16be", ","), "sheetjs-utf16.txt": ("utf-16le", "\t"),
    "odd-utf16le.csv": ("utf-16le", ","), "odd-utf16be.csv": ("utf-16be", ","), "odd-gb18030.csv": ("gb18030", ","), "odd-gbk-one-word.csv": ("gbk", ","), "odd-big5.csv": ("big5", ","), "odd-latin1.csv": ("latin1", ";"),
    "odd-windows1252.csv": ("windows-1252", ";"), "odd-sep.csv": ("utf-8", ";"), "odd-sep-bom.csv": ("utf-8", ";"), "odd-sep-cr.csv": ("utf-8", ";"), "odd-sep-quoted.csv": ("utf-8", ";"), "odd-pipe.csv": ("utf-8", "|"),
    "odd-tab-quotes.tsv": ("utf-8", "\t"), "odd-semicolon-decimal.csv": ("utf-8", ";"), "odd-comma-in-semicolon-title.csv": ("utf-8", ";"),
}
FAR = {"hand-xfd.xlsx", "xlsxwriter-gaps.xlsx"}  # calamine takes memory for all cells up to the last
ENDLESS = {"odd-repeats.ods": "SheetJS", "odd-zip64-streamed.xlsx": "SheetJS LibreOffice"}  # which readers never come to their end
TIME = re.compile(r"(-?)PT(\d+)H(\d+)M([\d.]+)S")


def canonical(kind, value):
    """One cell as (kind, text): the form that README.md defines."""
    if kind == "NUMBER":
        number = FIFTEEN.create_decimal(Decimal(value) if not isinstance(value, str) else Decimal(float(value)))
        return kind, "0" if number == 0 else format(number.normalize(), "f")
    if kind == "TEXT":
        value = value.replace("\r\n", "\n").replace("\r", "\n")
        return ("BLANK", "") if value == "" else (kind, value)
    if kind == "DATE" and isinstance(value, dt.datetime):
        value = (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0).isoformat()
        value = value.removesuffix("T00:00:00")
    return kind, value


def python_value(value, from1904=False):
    if value is None or value == "":
        return "BLANK", ""
    if isinstance(value, bool):
        return "BOOLEAN", str(value).upper()
    if isinstance(value, (int, float)):
        return canonical("NUMBER", value)
    if isinstance(value, dt.timedelta):
        return canonical("NUMBER", value.total_seconds() / 86400)
    if isinstance(value, dt.time):
        return canonical("DATE", dt.datetime.combine(dt.date(1904, 1, 1) if from1904 else dt.date(1899, 12, 31), value))
    if isinstance(value, dt.datetime):
        return canonical("DATE", value)
    if isinstance(value, dt.date):
        return "DATE", value.isoformat()
    return canonical("TEXT", str(value))


def with_openpyxl(path):
    values, formulas = (openpyxl.load_workbook(path, data_only=d) for d in (True, False))
    sheets = {}
    for ws in values.worksheets:
        if ws.sheet_state != "visible":
            continue
        cells = sheets[ws.title] = {}
        for cell in ws._cells.values():
            kind, text = python_value(cell.value, values.epoch.year == 1904)
            if cell.data_type == "e":
                kind = "ERROR"
            formula = formulas[ws.title]._cells.get((cell.row, cell.column))
            if kind == "BLANK" and formula and formula.data_type == "f":
                kind, text = "ERROR", "#UNCALCULATED"
            if kind != "BLANK":
                cells[cell.row, cell.column - 1] = kind, text
    return sheets


def with_xlrd(path):
    book = xlrd.open_workbook(path, formatting_info=True)
    sheets = {}
    for ws in book.sheets():
        if ws.visibility:
            continue
        cells = sheets[ws.name] = {}
        for r in range(ws.nrows):
            for c in range(ws.ncols):
                cell = ws.cell(r, c)
                code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str if cell.xf_index is not None else ""
                if cell.ctype == xlrd.XL_CELL_TEXT:
                    value = canonical("TEXT", cell.value)
                elif cell.ctype == xlrd.XL_CELL_DATE and not re.search(r"\[(h+|m+|s+)\]", code, re.I) and 0 <= cell.value < 2958466:
                    epoch = dt.datetime(1904, 1, 1) if book.datemode else dt.datetime(1899, 12, 31 if cell.value < 60 else 30)
                    value = canonical("DATE", epoch + dt.timedelta(days=cell.value))
                elif cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                    value = canonical("NUMBER", cell.value)
                elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                    value = "BOOLEAN", "TRUE" if cell.value else "FALSE"
                elif cell.ctype == xlrd.XL_CELL_ERROR:
                    value = "ERROR", xlrd.error_text_from_code.get(cell.value, str(cell.value))
                else:
                    continue
                if value[0] != "BLANK":
                    cells[r + 1, c] = value
    return sheets


def with_calamine(path):
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    sheets = {}
    for info in book.sheets_metadata:
        if info.visible != python_calamine.SheetVisibleEnum.Visible or info.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        rows = book.get_sheet_by_name(info.name).to_python(skip_empty_area=False)
        sheets[info.name] = {
            (r, c): python_value(v) for r, row in enumerate(rows, 1) for c, v in enumerate(row) if python_value(v)[0] != "BLANK"}
    return sheets


def with_csv(path):
    charset, delimiter = TEXTS.get(path.name, ("utf-8", ","))
    with io.StringIO(path.read_bytes().decode(charset).removeprefix("\ufeff"), newline="") as f:
        rows = csv.reader(f, delimiter=delimiter, strict=True)
        return {"csv": {(r, c): canonical("TEXT", v) for r, row in enumerate(rows, 1) for c, v in enumerate(row) if v}}


def with_sheetjs(paths):
    env = dict(os.environ, TEXTS=json.dumps(TEXTS))
    readings = {}
    for start in range(0, len(paths), 40):
        out = subprocess.run(["node", str(HERE / "sheetjs.js"), *map(str, paths[start:start + 40])], env=env, capture_output=True, text=True, check=True).stdout
        for line in out.split("\n")[:-1]:  # texts hold other ends of lines
            entry = json.loads(line)
            sheets = readings.setdefault(entry[0], {})
            if entry[1] is None:
                readings[entry[0]] = entry[2]
            elif len(entry) == 2:
                sheets.setdefault(entry[1], {})
            else:
                value = ("NUMBER", "NaN") if entry[5] is None else canonical(entry[4], entry[5])
                if value[0] != "BLANK":
                    sheets[entry[1]][entry[2], entry[3]] = value
    return readings


def with_libreoffice(paths, work):
    out = work / "fods"
    todo = [p for p in paths if not (out / (p.name + ".fods")).exists()]
    for p in todo:  # one by one: files of one name and several endings would overwrite each other
        link = work / "in" / (p.name.replace(".", "%") + p.suffix)
        link.parent.mkdir(exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(p.resolve())
    links = [str(work / "in" / (p.name.replace(".", "%") + p.suffix)) for p in todo]
    if links:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", "fods", "--outdir", str(out), *links], capture_output=True, timeout=500)
    for p in todo:
        made = out / (p.name.replace(".", "%") + ".fods")
        if made.exists():
            made.rename(out / (p.name + ".fods"))
    return {p.name: flat(out / (p.name + ".fods")) for p in paths if (out / (p.name + ".fods")).exists()}


def flat(path):
    office, tab, text, styles, calcext = (
        f"{{urn:oasis:names:tc:opendocument:xmlns:{n}:1.0}}" if n != "calcext" else "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
        for n in ("office", "table", "text", "style", "calcext"))
    root = ET.parse(path).getroot()
    hidden = {s.get(styles + "name") for s in root.iter(styles + "style") for p in s.iter(styles + "table-properties") if p.get(tab + "display") == "false"}

    def characters(p):
        out = p.text or ""
        for e in p:
            if e.tag == text + "s":
                out += " " * int(e.get(text + "c", "1"))
            elif e.tag == text + "tab":
                out += "\t"
            elif e.tag == text + "line-break":
                out += "\n"
            else:
                out += characters(e)
            out += e.tail or ""
        return out

    def value(cell):
        kind = cell.get(office + "value-type")
        shown = "\n".join(characters(p) for p in cell.findall(text + "p"))
        if kind is None:
            return "BLANK", ""
        if cell.get(calcext + "value-type") == "error":
            return "ERROR", shown
        if kind in ("float", "percentage", "currency"):
            return canonical("NUMBER", cell.get(office + "value"))
        if kind == "date":
            date = cell.get(office + "date-value")
            whole, _, part = date.partition(".")
            if not re.match(r"\d{4}-", date):
                return "DATE", date  # before the year 0 or after 9999, which LibreOffice shows
            return canonical("DATE", dt.datetime.fromisoformat(whole) + dt.timedelta(seconds=float("0." + (part or "0"))))
        if kind == "time":
            sign, h, m, s = TIME.match(cell.get(office + "time-value")).groups()
            return "TIME", float(sign + "1") * (int(h) * 3600 + int(m) * 60 + float(s))
        if kind == "boolean":
            return "BOOLEAN", cell.get(office + "boolean-value").upper()
        return canonical("TEXT", cell.get(office + "string-value") or shown)

    def rows(parent):
        for e in parent:
            if e.tag == tab + "table-row":
                yield e
            elif e.tag in (tab + "table-row-group", tab + "table-header-rows", tab + "table-rows"):
                yield from rows(e)

    sheets = {}
    for t in root.iter(tab + "table"):
        if t.get(tab + "style-name") in hidden:
            continue
        cells = sheets[t.get(tab + "name")] = {}
        r = 1
        for row in rows(t):
            times, c = int(row.get(tab + "number-rows-repeated", "1")), 0
            filled = {}
            for cell in row:
                if cell.tag not in (tab + "table-cell", tab + "covered-table-cell"):
                    continue
                wide, v = int(cell.get(tab + "number-columns-repeated", "1")), value(cell)
                if v[0] != "BLANK":
                    for i in range(wide):
                        filled[c + i] = v
                c += wide
            if filled:
                for i in range(times):
                    for at, v in filled.items():
                        cells[r + i, at] = v
            r += times
    return sheets


def same(a, b):
    if a == b:
        return True
    for x, y in ((a, b), (b, a)):
        # LibreOffice tells times of day and durations apart in the style only.
        if x and y and x[0] == "TIME" and y[0] == "DATE":
            try:
                moment = dt.datetime.fromisoformat(y[1])
            except ValueError:
                return False
            for epoch in (dt.datetime(1899, 12, 31), dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)):
                if abs((moment - epoch).total_seconds() - x[1]) < 1:
                    return True
        if x and y and x[0] == "TIME" and y[0] == "NUMBER":
            return abs(float(y[1]) * 86400 - x[1]) < 1
        # LibreOffice tells booleans from numbers by style; SheetJS reads errors of ods as texts.
        if x and y and x[0] == "NUMBER" and y[0] == "BOOLEAN":
            return x[1] == str(int(y[1] == "TRUE"))
        if x and y and x[0] == "TEXT" and y[0] == "ERROR":
            return x[1] == y[1]
    return False


def vague(value, others):
    """A value that says less than another reader's, which it does not contradict."""
    return value and (value[0] == "TIME" or any(w and w != value and w[0] in ("BOOLEAN", "ERROR") and same(value, w) for w in others))


def column(index):
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def place(reference):
    letters, row = re.match(r"([A-Z]+)(\d+)", reference).groups()
    index = 0
    for letter in letters:
        index = 26 * index + ord(letter) - 64
    return int(row), index - 1


def escape(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def main(index, folder, work):
    folder, work = Path(folder), Path(work)
    work.mkdir(exist_ok=True)
    entries = [e for e in csv.DictReader(open(index, encoding="utf-8")) if e["expect"] == "READ"]
    paths = [folder / e["file"] for e in entries]
    texts = [p for p in paths if p.suffix in (".csv", ".tsv", ".txt")]
    books = [p for p in paths if p not in texts]
    sheetjs = with_sheetjs([p for p in paths if "SheetJS" not in ENDLESS.get(p.name, "")])
    office = with_libreoffice([p for p in books if "LibreOffice" not in ENDLESS.get(p.name, "")], work)
    decisions = {}
    for d in csv.DictReader(open(HERE / "decisions.csv", encoding="utf-8")):
        decisions[d["file"], d["sheet"], d["cell"]] = (d["kind"], d["text"].replace("\\n", "\n").replace("\\t", "\t").replace("\\s", " "), d["reason"])
    used, open_cells, outvoted, lines, dump = set(), [], [], [], {}
    for path in paths:
        readers = {}
        if path.name in sheetjs and isinstance(sheetjs[path.name], dict):
            readers["SheetJS"] = sheetjs[path.name]
        if path.name in office:
            readers["LibreOffice"] = office[path.name]
        try:
            if path in texts:
                readers["Python csv"] = with_csv(path)
                if "SheetJS" in readers:
                    readers["SheetJS"] = {"csv": next(iter(readers["SheetJS"].values()))}
            elif path.suffix in (".xlsx", ".xlsm"):
                readers["openpyxl"] = with_openpyxl(path)
            elif path.suffix == ".xls":
                readers["xlrd"] = with_xlrd(path)
        except Exception as e:
            print(f"{path.name}: third reader: {type(e).__name__} {e}")
        if path not in texts and path.name not in FAR:
            try:
                readers["calamine"] = with_calamine(path)
            except BaseException as e:
                print(f"{path.name}: calamine: {type(e).__name__} {e}")
        names = []
        for sheets in readers.values():
            names += [s for s in sheets if s not in names]
        result = dump[path.name] = {}
        for name in names:
            holders = [r for r in readers if name in readers[r]]
            given = decisions.get((path.name, name, ""))
            if given:
                used.add((path.name, name, ""))
                if given[0] == "NO_SHEET":
                    continue
            elif len(holders) < 2 and len(readers) - len(holders) >= 2:
                continue
            elif len(holders) < 2 and (path.name, name, "*") not in decisions:
                open_cells.append((path.name, name, "", {r: "sheet" for r in holders}))
                continue
            cells = result[name] = {}
            decided = {place(c) for f, s, c in decisions if (f, s) == (path.name, name) and c not in ("", "*")}
            for at in sorted({at for r in holders for at in readers[r][name]} | decided):
                key = path.name, name, f"{column(at[1])}{at[0]}"
                if key in decisions:
                    used.add(key)
                    if decisions[key][0] != "BLANK":
                        cells[at] = decisions[key][:2]
                    continue
                seen = {r: readers[r][name].get(at) for r in holders}
                votes = {v: sum(same(v, w) for w in seen.values()) for v in seen.values() if not vague(v, seen.values())}
                best = max(votes, key=lambda v: votes[v], default=None)
                if votes.get(best, 0) >= 2 and sum(n == votes[best] for n in votes.values()) == 1:
                    if best:
                        cells[at] = best
                    if votes[best] < len(seen):
                        outvoted.append((*key, seen))
                elif (path.name, name, "*") in decisions:
                    used.add((path.name, name, "*"))
                    if seen[decisions[path.name, name, "*"][1]]:
                        cells[at] = seen[decisions[path.name, name, "*"][1]]
                else:
                    open_cells.append((*key, seen))
        for name, cells in result.items():
            digest = hashlib.sha256()
            for (r, c), (kind, text) in sorted(cells.items()):
                digest.update(f"{r}\t{column(c)}\t{kind}\t{escape(text)}\n".encode())
            lines.append([path.name, name, len({r for r, _ in cells}), len(cells), digest.hexdigest()[:32], " ".join(r for r in readers if name in readers[r])])
    json.dump({f: {s: {f"{r} {column(c)}": v for (r, c), v in cells.items()} for s, cells in sheets.items()} for f, sheets in dump.items()}, open(work / "dump.json", "w"), ensure_ascii=False)
    for cell in open_cells:
        print("UNDECIDED", *cell[:3], {k: v for k, v in cell[3].items()})
    (work / "outvoted.txt").write_text("\n".join(map(str, outvoted)), "utf-8")
    for key in [k for k in decisions.keys() - used if k[0] in {p.name for p in paths}]:
        print("UNUSED", key)
    with open(Path(index).parent / "expected.csv", "w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(["file", "sheet", "rows", "cells", "checksum", "read_by"])
        writer.writerows(lines)
    print(len(paths), "files", len(lines), "sheets", len(open_cells), "undecided")


if __name__ == "__main__":
    main(*sys.argv[1:])
