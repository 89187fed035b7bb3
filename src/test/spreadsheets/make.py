"""Makes the files that Python's libraries can write: openpyxl, XlsxWriter, PyExcelerate, xlwt, odfpy.

    python make.py FOLDER
"""

import datetime as dt
import sys
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt
from odf import opendocument, style, table, text
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.table import Table
from pyexcelerate import Workbook

OUT = Path(sys.argv[1])
HEAD = ["代码", "名称", "数值", "日期", "时刻", "比例", "是否", "备注"]
DAY = dt.datetime(2026, 11, 2)
ROWS = [
    ["0012345", "福州示范精密仪器有限公司", 92.5, DAY, dt.datetime(2026, 11, 2, 8, 30), 0.125, True, "甲"],
    ["91350100M000100Y43", "Müller & Söhne <GmbH>", -3, dt.datetime(1999, 12, 31), dt.datetime(2000, 2, 29, 23, 59, 59), 1, False, "第一行\n第二行"],
    ["１２３４", "  两端有空格  ", 0.1 + 0.2, dt.datetime(1970, 1, 1), dt.datetime(1970, 1, 1, 0, 0, 1), 0, True, "\"quoted\", 'single'"],
    ["1E5", "𠮷野家 😀", 1e-7, dt.datetime(2100, 3, 1), dt.datetime(2100, 3, 1, 12), 0.333333333333333, False, "=1+1"],
]
FORMATS = [
    "General", "0", "0.00", "#,##0.00", "0%", "0.00E+00", "# ?/?", "@", "yyyy-mm-dd", "yyyy/m/d", "d/m/yyyy",
    "yyyy\"年\"m\"月\"d\"日\"", "[$-804]yyyy\"年\"m\"月\"d\"日\";@", "[$-F800]dddd, mmmm dd, yyyy", "[$-409]d-mmm-yy;@",
    "h:mm", "h:mm:ss AM/PM", "[h]:mm", "[mm]:ss", "mm:ss.0", "yyyy-mm-dd hh:mm:ss", "0\" days\"", "0\\d", "[Red]0.00",
    "[Red]-#,##0.00;[Blue]#,##0.00", "\"d\"0", "General;[Red]-General", "_-* #,##0.00\\ \"DM\"_-", "[>100]0;0.0", "mmm-yy",
    "[DBNum1][$-804]yyyy\"年\"m\"月\"", "0.0_);(0.0)", "#,##0\\ \"Stück\"", "[Magenta]dd.mm.yyyy", ";;;", "e\"年\"", "aaaa",
]


def save(workbook, name):
    workbook.save(OUT / name)


def openpyxl_files():
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "名录"
    ws.append(HEAD)
    for row in ROWS:
        ws.append(row)
        ws.cell(ws.max_row, 6).number_format = "0.0%"
        ws.cell(ws.max_row, 8).data_type = "s"
    ws.append(["#N/A", "#DIV/0!", "=SUM(C2:C5)", "=A2", dt.time(7, 15), dt.timedelta(hours=30)])
    save(wb, "openpyxl-types.xlsx")

    wb = openpyxl.Workbook()
    wb.epoch = CALENDAR_MAC_1904
    wb.active.append(["日期", "时刻", "数"])
    for row in ROWS:
        wb.active.append([row[3], row[4], row[2]])
    save(wb, "openpyxl-1904.xlsx")

    wb = openpyxl.Workbook()
    ws = wb.active
    for i in range(1, 8):
        ws.append([f"row {i}", i, i * i])
    ws.row_dimensions[3].hidden = True
    ws.column_dimensions["B"].hidden = True
    wb.create_sheet("hidden").append(["not shown"])
    wb["hidden"].sheet_state = "hidden"
    wb.create_sheet("very hidden").append(["never shown"])
    wb["very hidden"].sheet_state = "veryHidden"
    wb.create_sheet("last").append(["shown"])
    save(wb, "openpyxl-hidden.xlsx")

    wb = openpyxl.Workbook()
    ws = wb.active
    ws["A1"] = "重点单位名录（2026年）"
    ws.merge_cells("A1:E1")
    ws["A2"] = "填报单位：省工业和信息化厅"
    ws.merge_cells("A2:E2")
    ws["A4"], ws["B4"], ws["D4"] = "序号", "单位", "规模"
    ws["B5"], ws["C5"], ws["D5"], ws["E5"] = "代码", "名称", "人数", "产值"
    ws.merge_cells("B4:C4")
    ws.merge_cells("D4:E4")
    ws.merge_cells("A4:A5")
    for i in range(6, 20):
        for c, v in enumerate([i - 5, f"00{i}", f"单位{i}", i * 10, i * 1.5], 1):
            ws.cell(i, c, v)
    ws["A25"] = "合计"
    ws["D25"] = "=SUM(D6:D19)"
    ws["A27"] = "注：本表由各部门填报。"
    ws.merge_cells("B8:B10")
    save(wb, "openpyxl-title-merged.xlsx")

    wb = openpyxl.Workbook(write_only=True)
    ws = wb.create_sheet("流")
    ws.append(HEAD)
    for row in ROWS:
        ws.append(row[:7])
    save(wb, "openpyxl-write-only.xlsx")

    wb = openpyxl.Workbook()
    ws = wb.active
    bold = InlineFont(b=True)
    ws["A1"] = CellRichText("重点", TextBlock(bold, "单位"), " 名录 ")
    ws["B2"] = CellRichText(TextBlock(bold, "a"), TextBlock(bold, " b "), "c")
    ws["A3"] = "带批注"
    ws["A3"].comment = Comment("批注不是值", "x")
    ws["C3"] = "link"
    ws["C3"].hyperlink = "https://example.invalid/"
    save(wb, "openpyxl-rich.xlsx")

    wb = openpyxl.Workbook()
    ws = wb.active
    for i, code in enumerate(FORMATS, 1):
        ws.cell(i, 1, code).data_type = "s"
        for c, v in enumerate([0, 1, 0.5, 45000, 45000.75, -1.5], 2):
            ws.cell(i, c, v).number_format = code
    save(wb, "openpyxl-formats.xlsx")

    wb = openpyxl.Workbook()
    ws = wb.active
    for c in list(range(1, 301)) + [702, 703, 16384]:
        ws.cell(1, c, f"列{c}")
        ws.cell(3, c, c)
    save(wb, "openpyxl-wide.xlsx")

    wb = openpyxl.Workbook()
    wb.active.title = "data"
    for i in range(1, 6):
        wb.active.append([f"x{i}", i])
    chart = BarChart()
    chart.add_data(Reference(wb.active, min_col=2, min_row=1, max_row=5))
    sheet = wb.create_chartsheet("图表", 0)
    sheet.add_chart(chart)
    ws = wb.create_sheet("table")
    ws.append(["甲", "乙"])
    ws.append([1, 2])
    ws.add_table(Table(displayName="T", ref="A1:B2"))
    save(wb, "openpyxl-chartsheet.xlsx")

    save(openpyxl.Workbook(), "openpyxl-empty.xlsx")

    wb = openpyxl.Workbook()
    ws = wb.active
    for v in [
        "000123", "１２３", "91350100M000100Y43", 913501000000000123, 123456789012345678, 123456789012345, 1234567890123456,
        9.99999999999999e14, 1e15, 1e21, 1.5e300, 1e-300, 5e-324, 0.1, 1 / 3, 2 / 3, 100 * 1.1, 4.35 * 100, 1.005, -0.0,
        4503599627370497.5, 87.65, 0.000001, 1e-15, 123456.789012345678, 3.0, "3.0", "TRUE", "2026-11-02", "#REF!", "'x",
        " ", "\t", "a\tb", "a\nb", "_x000D_", "_x0041_", "x" * 32767, "e\u0301", "\u00e9", "\u200b", "\u3000全角\u3000", "\ufeff",
    ]:
        ws.append([v])
        if isinstance(v, str):
            ws.cell(ws.max_row, 1).data_type = "s"
    save(wb, "openpyxl-codes.xlsx")


def xlsxwriter_book(name, fill, **options):
    wb = xlsxwriter.Workbook(str(OUT / name), options)
    wb.set_properties({"created": dt.datetime(2026, 1, 1)})
    fill(wb)
    wb.close()


def xlsxwriter_files():
    def types(wb):
        ws = wb.add_worksheet("名录")
        date = wb.add_format({"num_format": "yyyy-mm-dd"})
        time = wb.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        ws.write_row(0, 0, HEAD)
        for r, row in enumerate(ROWS, 1):
            ws.write_string(r, 0, row[0])
            ws.write_string(r, 1, row[1])
            ws.write_number(r, 2, row[2])
            ws.write_datetime(r, 3, row[3], date)
            ws.write_datetime(r, 4, row[4], time)
            ws.write_number(r, 5, row[5], wb.add_format({"num_format": "0.00%"}))
            ws.write_boolean(r, 6, row[6])
            ws.write_string(r, 7, row[7])

    xlsxwriter_book("xlsxwriter-types.xlsx", types)
    xlsxwriter_book("xlsxwriter-1904.xlsx", types, date_1904=True)
    xlsxwriter_book("xlsxwriter-constant-memory.xlsx", types, constant_memory=True)
    xlsxwriter_book("xlsxwriter-zip64.xlsx", types, use_zip64=True)

    def formulas(wb):
        ws = wb.add_worksheet()
        date = wb.add_format({"num_format": "d.m.yyyy"})
        for r, (formula, value) in enumerate([
            ("=1+1", 2), ("=1/3", 0.333333333333333), ('="a"&"b"', "ab"), ('=""', ""), ("=TRUE()", True), ("=1>2", False),
            ("=1/0", "#DIV/0!"), ("=NA()", "#N/A"), ("=VLOOKUP(1,A1:B2,2)", "#N/A"), ("=FOO()", "#NAME?"), ("=A1:A2 B1:B2", "#NULL!"),
            ("=SQRT(-1)", "#NUM!"), ('=1+"x"', "#VALUE!"), ("=OFFSET(A1,-5,0)", "#REF!"),
        ]):
            ws.write_string(r, 0, formula[1:])
            ws.write_formula(r, 1, formula, None, value)
        ws.write_formula(20, 1, "=DATE(2026,11,2)", date, 46328)
        ws.write_array_formula("C1:C3", "{=A1:A3}", None, 7)
        ws.write_dynamic_array_formula("D1:D1", "=LEN(A1)", None, 3)

    xlsxwriter_book("xlsxwriter-formulas.xlsx", formulas)

    def rich(wb):
        ws = wb.add_worksheet("rich")
        bold, red = wb.add_format({"bold": True}), wb.add_format({"color": "red"})
        ws.write_rich_string(0, 0, "重点", bold, "单位", " 与 ", red, "行业")
        ws.write_rich_string(1, 1, bold, " lead", " trail ")
        ws.write_rich_string(2, 2, "line\n", bold, "break\n")
        ws.write_url(3, 0, "https://example.invalid/", string="链接")
        ws.write_comment(4, 4, "not a value")
        ws.write_blank(5, 5, None, bold)
        ws.merge_range(6, 0, 8, 3, "并", bold)

    xlsxwriter_book("xlsxwriter-rich.xlsx", rich)

    def sheets(wb):
        for i in range(60):
            ws = wb.add_worksheet(f"第{i + 1}表")
            ws.write(i, i % 30, i)
            ws.write(i + 2, 0, f"text {i % 7}")
            if i % 10 == 3:
                ws.hide()

    xlsxwriter_book("xlsxwriter-many-sheets.xlsx", sheets)

    def gaps(wb):
        ws = wb.add_worksheet("gaps & <names>")
        grey = wb.add_format({"bg_color": "#eeeeee"})
        ws.set_row(1, 30, grey)
        ws.set_column("D:F", 20, grey)
        for r in (0, 4, 5, 99, 5000, 1048575):
            ws.write(r, 2, f"row {r + 1}")
        ws.write_blank(7, 1, None, grey)
        ws.write_string(9, 0, "")
        ws.write_string(9, 3, "after an empty text")

    xlsxwriter_book("xlsxwriter-gaps.xlsx", gaps)

    def builtin(wb):
        ws = wb.add_worksheet()
        for i in range(0, 60):
            fmt = wb.add_format()
            fmt.set_num_format(i)
            ws.write_number(i, 0, i)
            for c, v in enumerate([0, 1.25, 45000, 45000.75]):
                ws.write_number(i, c + 1, v, fmt)

    xlsxwriter_book("xlsxwriter-builtin-formats.xlsx", builtin)

    def days(wb):
        ws = wb.add_worksheet()
        date = wb.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for r, v in enumerate([0, 0.5, 1, 58, 59, 59.99999, 61, 61.5, 367, 36526, 45000.999994, 45000.9999999, 73050, 2958465, 2958465.99998, 2958466, -1, -0.5, 1e9]):
            ws.write_number(r, 0, v)
            ws.write_number(r, 1, v, date)

    xlsxwriter_book("xlsxwriter-days-1900.xlsx", days)
    xlsxwriter_book("xlsxwriter-days-1904.xlsx", days, date_1904=True)

    def big(wb):
        ws = wb.add_worksheet("大")
        for r in range(3000):
            ws.write_string(r, 0, f"91350100{r:010d}")
            ws.write_string(r, 1, f"第{r}单位" + "长" * (r % 40))
            ws.write_number(r, 2, r * 1.1)

    xlsxwriter_book("xlsxwriter-3000-rows.xlsx", big)
    xlsxwriter_book("xlsxwriter-3000-rows-inline.xlsx", big, constant_memory=True)


def pyexcelerate_files():
    wb = Workbook()
    wb.new_sheet("名录", data=[HEAD] + [row[:3] + [row[3], row[4]] + row[5:] for row in ROWS])
    wb.save(str(OUT / "pyexcelerate-types.xlsx"))
    wb = Workbook()
    wb.new_sheet("one", data=[[r, f"文本{r}", r / 7, r % 2 == 0] for r in range(500)])
    wb.new_sheet("two", data=[["x", None, "z"], [], [None, None, 3]])
    wb.save(str(OUT / "pyexcelerate-two.xlsx"))


def xlwt_files():
    date = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    time = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm:ss")

    def types(name, from1904=False):
        wb = xlwt.Workbook(encoding="utf-8")
        wb.dates_1904 = from1904
        ws = wb.add_sheet("名录")
        for c, v in enumerate(HEAD):
            ws.write(0, c, v)
        for r, row in enumerate(ROWS, 1):
            for c, v in enumerate(row):
                if isinstance(v, dt.datetime):
                    ws.write(r, c, v, time if c == 4 else date)
                else:
                    ws.write(r, c, v)
        for c, code in enumerate((0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A)):
            ws.row(6).set_cell_error(c, code)
        ws.row(7).set_cell_boolean(3, True)
        ws.row(7).set_cell_blank(5)
        for c, v in enumerate((0, 1, -1, 536870911, 536870912, -536870912, 0.01, 123.45, 1234567.89, 1e100, 1.5, 100)):
            ws.write(9, c, v)
        save(wb, name)

    types("xlwt-types.xls")
    types("xlwt-1904.xls", True)

    wb = xlwt.Workbook(encoding="utf-8")
    ws = wb.add_sheet("strings")
    for r in range(400):
        ws.write(r, 0, f"ascii text number {r} " + "x" * (r % 97))
        ws.write(r, 1, f"第{r}个 " + "长文本" * (r % 61))
        ws.write(r, 2, ("mixed " * (r % 13)) + "混")
    save(wb, "xlwt-strings.xls")

    wb = xlwt.Workbook(encoding="utf-8")
    ws = wb.add_sheet("long")
    for r, unit in enumerate(("a", "长", "aé", "ab长")):
        ws.write(r, 0, (unit * 32767)[:32767])
        ws.write(r, 1, f"end {r}")
    ws.write_rich_text(6, 0, ("plain ", ("红", xlwt.easyfont("color_index red")), " tail"))
    ws.write(7, 0, "a\nb\tc")
    ws.write(7, 1, "\u00ff\u0100")
    save(wb, "xlwt-long.xls")

    wb = xlwt.Workbook(encoding="utf-8")
    ws = wb.add_sheet("formats")
    for r, code in enumerate(FORMATS):
        ws.write(r, 0, code)
        own = xlwt.easyxf(num_format_str=code)
        for c, v in enumerate([0, 1, 0.5, 45000, 45000.75, -1.5]):
            ws.write(r, c + 1, v, own)
    save(wb, "xlwt-formats.xls")

    wb = xlwt.Workbook(encoding="utf-8")
    ws = wb.add_sheet("shown")
    for r in range(6):
        ws.write(r, 0, f"row {r}")
        ws.write(r, 1, r)
    ws.row(2).hidden = True
    ws.col(1).hidden = True
    hidden = wb.add_sheet("hidden")
    hidden.write(0, 0, "x")
    hidden.visibility = 1
    very = wb.add_sheet("very")
    very.write(0, 0, "x")
    very.visibility = 2
    last = wb.add_sheet("last")
    last.write_merge(0, 2, 0, 3, "merged")
    last.write(5, 255, "IV6")
    last.write(65535, 0, "last row")
    save(wb, "xlwt-hidden.xls")

    wb = xlwt.Workbook()
    ws = wb.add_sheet("never calculated")
    ws.write(0, 0, 5)
    ws.write(0, 1, xlwt.Formula("A1*2"))
    ws.write(1, 0, "x")
    ws.write(1, 1, xlwt.Formula('A2&"y"'))
    save(wb, "xlwt-uncalculated.xls")


def odfpy_files():
    def cell(kind=None, show="", **attributes):
        c = table.TableCell(**({"valuetype": kind} if kind else {}), **attributes)
        for line in str(show).split("\n") if show != "" else []:
            c.addElement(text.P(text=line))
        return c

    doc = opendocument.OpenDocumentSpreadsheet()
    t = table.Table(name="名录")
    doc.spreadsheet.addElement(t)

    def row(*cells, **attributes):
        r = table.TableRow(**attributes)
        for c in cells:
            r.addElement(c)
        t.addElement(r)

    row(*[cell("string", h) for h in HEAD])
    row(cell("string", "0012345"), cell("string", "福州示范"), cell("float", "92.50", value="92.5"),
        cell("date", "02.11.2026", datevalue="2026-11-02"), cell("date", "x", datevalue="2026-11-02T08:30:00"),
        cell("percentage", "12.5%", value="0.125"), cell("boolean", "TRUE", booleanvalue="true"), cell("string", "第一行\n第二行"))
    row(cell(numbercolumnsrepeated=7), cell("string", "H3"))
    row(cell(), numberrowsrepeated=5)
    row(cell("float", "7", value="7", numbercolumnsrepeated=3), numberrowsrepeated=2)
    row(cell("currency", "1,234.50 €", value="1234.5", currency="EUR"), cell("string", "shown", stringvalue="stored"),
        cell("float", "0.3", value="0.30000000000000004"), cell("boolean", "FALSE", booleanvalue="false"))
    merged = cell("string", "并", numbercolumnsspanned="2", numberrowsspanned="2")
    row(merged, table.CoveredTableCell(), cell("string", "C"))
    row(table.CoveredTableCell(numbercolumnsrepeated=2), cell("string", "C2"))
    row(cell(numbercolumnsrepeated=1024), numberrowsrepeated=1048000)
    second = table.Table(name="second")
    r = table.TableRow()
    p = text.P(text="a")
    p.addElement(text.S(c=3))
    p.addText("b")
    p.addElement(text.Tab())
    p.addText("c")
    p.addElement(text.LineBreak())
    p.addElement(text.Span(text="span"))
    c = table.TableCell(valuetype="string")
    c.addElement(p)
    r.addElement(c)
    second.addElement(r)
    doc.spreadsheet.addElement(second)
    doc.save(str(OUT / "odfpy-types.ods"))

    doc = opendocument.OpenDocumentSpreadsheet()
    hidden = style.Style(name="h", family="table")
    hidden.addElement(style.TableProperties(display="false"))
    doc.automaticstyles.addElement(hidden)
    for name, look in (("shown", None), ("hidden", hidden), ("last", None)):
        t = table.Table(name=name, **({"stylename": look} if look else {}))
        group = table.TableRowGroup()
        for i in range(3):
            r = table.TableRow(visibility="collapse" if i == 1 else "visible")
            r.addElement(cell("string", f"{name} {i}"))
            r.addElement(cell("float", str(i), value=str(i)))
            group.addElement(r)
        header = table.TableHeaderRows()
        r = table.TableRow()
        r.addElement(cell("string", "heading"))
        header.addElement(r)
        t.addElement(header)
        t.addElement(group)
        doc.spreadsheet.addElement(t)
    doc.save(str(OUT / "odfpy-hidden.ods"))

    doc = opendocument.OpenDocumentSpreadsheet()
    doc.spreadsheet.addElement(table.Table(name="empty"))
    doc.save(str(OUT / "odfpy-empty.ods"))


def csv_files():
    line = "\r\n".join(["代码,名称,数值,备注", '0012,"福州, 示范",92.5,"第一行\n第二行"', '1E5,"他说""好""",,=1+1', '"",, ,"  "', "末,行,x,", ""])
    for name, encoding, mark in [
        ("utf8", "utf-8", b""), ("utf8-bom", "utf-8", b"\xef\xbb\xbf"), ("utf16le-bom", "utf-16-le", b"\xff\xfe"),
        ("utf16be-bom", "utf-16-be", b"\xfe\xff"), ("gb18030", "gb18030", b""), ("gbk", "gbk", b""),
    ]:
        (OUT / f"csv-{name}.csv").write_bytes(mark + line.encode(encoding))
    (OUT / "csv-gb18030-four-byte.csv").write_bytes("代码,名称\n1,䶮𠮷㐂\n".encode("gb18030"))
    (OUT / "csv-big5.csv").write_bytes("代碼,名稱,備註\n001,臺北重點單位,測試資料\n002,高雄精密儀器股份有限公司,許功蓋\n".encode("big5"))
    (OUT / "csv-latin1.csv").write_bytes("code;name;rate\n1;Müller & Söhne;1,5\n2;Société Générale;2,5\n3;naïve café;3,5\n".encode("latin-1"))
    (OUT / "csv-semicolon.csv").write_text("a;b;c\n1,5;2;3\n4;\"5;6\";7\n", "utf-8", newline="")
    (OUT / "csv-tab.tsv").write_text("甲\t乙\t丙\n1\t2,5\t\"x\ty\"\n\t\t3\n", "utf-8", newline="")
    (OUT / "csv-cr-only.csv").write_text("a,b\r1,2\r\"x\ry\",3\r", "utf-8", newline="")
    (OUT / "csv-no-final-newline.csv").write_text("a,b\n1,2", "utf-8", newline="")
    (OUT / "csv-blank-lines.csv").write_text("\n\na,b\n\n,\n1,2\n\n\n3,4\n\n", "utf-8", newline="")
    (OUT / "csv-ragged.csv").write_text("a,b,c\n1\n1,2,3,4,5\n,,x\n", "utf-8", newline="")
    (OUT / "csv-wide.csv").write_text(",".join(f"c{i}" for i in range(3000)) + "\n" + ",".join(str(i) for i in range(3000)) + "\n", "utf-8", newline="")
    (OUT / "csv-one-column.csv").write_text("名称\n甲\n乙\n丙\n", "utf-8", newline="")
    (OUT / "csv-heading-only.csv").write_text("a,b,c\n", "utf-8", newline="")
    (OUT / "csv-formulas.csv").write_text("a,b\n=1+1,@SUM(A1)\n+1,-1\n\t=x,'=y\n", "utf-8", newline="")
    (OUT / "csv-numbers.csv").write_text("code,n\n000123,1E5\n91350100M000100Y43,913501000000000123\n１２３,1 000\n0.10,-0\n", "utf-8", newline="")
    (OUT / "csv-long-value.csv").write_text("a,b\n" + "长" * 40000 + ",x\n", "utf-8", newline="")
    (OUT / "csv-many.csv").write_text("id,text\n" + "".join(f"{i},\"值 {i}, {'x' * (i % 50)}\"\n" for i in range(2000)), "utf-8", newline="")
    (OUT / "refuse-unclosed-quote.csv").write_text("a,b\n1,\"2\n3,4\n", "utf-8", newline="")
    (OUT / "refuse-empty.csv").write_bytes(b"")


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    for make in (openpyxl_files, xlsxwriter_files, pyexcelerate_files, xlwt_files, odfpy_files, csv_files):
        make()
