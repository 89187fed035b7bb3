"""Files as departments send them and no test had yet: exports of other systems, names of parts and elements that say
something else elsewhere, dates and codes in unusual forms, texts in odd shapes.

    python make_odd.py FOLDER
"""

import datetime as dt
import struct
import sys
import zipfile
import zlib
from pathlib import Path

import make_by_hand as hand
import odf.opendocument
import odf.style
import odf.table
import odf.text
import openpyxl
import xlsxwriter
import xlwt
from make_by_hand import MAIN, REL, STRICT_MAIN, STRICT_REL, parts, sheet, write

OUT = Path(sys.argv[1])
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
X15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def cell(ref, value, style=None, kind=None):
    s = "" if style is None else f' s="{style}"'
    t = "" if kind is None else f' t="{kind}"'
    return f'<c r="{ref}"{s}{t}><v>{value}</v></c>'


def text(ref, value):
    return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def styles(codes):
    """Cell style 0 is General, then one for each format code."""
    formats = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{c.replace("&", "&amp;").replace("<", "&lt;").replace(chr(34), "&quot;")}"/>' for i, c in enumerate(codes))
    xfs = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{164 + i}" applyNumberFormat="1"/>' for i in range(len(codes)))
    return (f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(codes)}">{formats}</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
            f'<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="{len(codes) + 1}">{xfs}</cellXfs></styleSheet>')


def workbooks():
    day = '<row r="1">' + cell("A1", 44866, 1) + cell("B1", 44866.5, 2) + cell("C1", 0, 1) + "</row>"
    mac = parts(day, properties='<workbookPr date1904="1"/>')
    mac["xl/workbook.xml"] = mac["xl/workbook.xml"].replace("</sheets>", f'</sheets><extLst><ext uri="{{140A7094-0E35-4892-8432-C4D2E57EDEB5}}" xmlns:x15="{X15}"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>')
    write("odd-1904-and-extension.xlsx", mac)

    late = parts('<row r="1">' + cell("A1", 46328, 1) + cell("B1", 46328, 2) + "</row>")
    late["xl/styles.xml"] = (f'<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs><dxfs count="1"><dxf><numFmt numFmtId="165" formatCode="0.00"/></dxf></dxfs>'
                             '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy/m/d"/></numFmts></styleSheet>')
    write("odd-styles-in-another-order.xlsx", late)

    codes = ['yyyy"年"m"月"d"日"', '[$-804]yyyy"年"m"月"d"日";@', '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "[$-F400]h:mm:ss\\ AM/PM", "[$-D07041E]d\\ mmm\\ yyyy;@",
             "[$-107041E]d/m/bb;@", "B1yyyy/mm/dd", "[$-404]e/m/d;@", '[$-411]ggge"年"m"月"d"日";@', "上午/下午h\"时\"mm\"分\"", "[h]:mm", "[hh]:mm:ss", "[m]:ss", "[ss]", "mm:ss.0", "mmm\\-yy", "[$-409]d\\-mmm;@",
             "yyyy\\.mm", "[Red]yyyy-mm-dd", "[>40000]yyyy-mm-dd;0", "aaaa;@", "0\"天\"", '#,##0"元"', '#,##0.00\\ "kr"', "0.00E+00", "# ?/?", "# ??/16", "0%", "0.00%", "_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)",
             "[$€-407]\\ #,##0.00", "[$¥-804]#,##0.00", "[DBNum2][$-804]General", "000000", "0000\\-00\\-00", "\"No.\"0", "General\"页\"", "G/通用格式", "#,##0_ ;[Red]\\-#,##0\\ ", "@", "0;-0;;@", ";;;", "yyyy", "d", "\\d0", "\"d\"0", "0\\.0,\"万\"",
             "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "[$-x-sysdate]dddd, mmmm dd, yyyy", "yyyy-mm-dd\\Thh:mm:ss", "h\"小时\"", "[Color10]0.0", "[$-2010000]yyyy/mm/dd;@"]
    rows = ""
    for i, _ in enumerate(codes, 1):
        rows += f'<row r="{i}">' + cell(f"A{i}", 46328, i) + cell(f"B{i}", 46328.75, i) + cell(f"C{i}", 0.354166666666667, i) + cell(f"D{i}", 12, i) + "</row>"
    write("odd-formats.xlsx", parts(rows, styles=styles(codes)))

    rows = "".join(f'<row r="{i}">' + c + "</row>" for i, c in enumerate([
        cell("A1", "2026-11-02", 1, "d") + cell("B1", "2026-11-02T08:30:00.25", 2, "d"),
        cell("A2", "2026-11-02T00:00:00", 1, "d") + cell("B2", "2026-11-02T08:30:00Z", 2, "d"),
        cell("A3", "1900-01-01", 1, "d") + cell("B3", "9999-12-31", 1, "d"),
        '<c r="A4" t="d" s="1"><f>TODAY()</f><v>2026-11-02</v></c><c r="B4" t="d" s="1"><f>TODAY()</f></c>'], 1))
    write("odd-strict-dates.xlsx", parts(rows, main=STRICT_MAIN, rel=STRICT_REL))
    write("odd-strict-time.xlsx", parts('<row r="1">' + cell("A1", "08:30:00", 1, "d") + "</row>", main=STRICT_MAIN, rel=STRICT_REL))
    write("odd-date-with-zone.xlsx", parts('<row r="1">' + cell("A1", "2026-11-02T08:30:00+08:00", 2, "d") + "</row>"))

    phonetic = ('<row r="1"><c r="A1" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></is></c>'
                '<c r="B1" t="inlineStr"><is><r><rPr><b/><sz val="11"/></rPr><t>重</t></r><r><t>点</t></r><rPh sb="0" eb="1"><t>じゅう</t></rPh><rPh sb="1" eb="2"><t>てん</t></rPh></is></c>'
                '<c r="C1" t="str"><f>PHONETIC(A1)</f><v>トウキョウ</v></c></row>')
    write("odd-phonetic.xlsx", parts(phonetic))
    escapes = "".join(f"<si><t xml:space=\"preserve\">{t}</t></si>" for t in [" 前后 ", "a_x000D_\nb", "_x000D_", "_x0041_", "_x005F_x0041_", "_x005f_x005F_", "_X0041_", "_x41_", "tab_x0009_end", "_xD83D__xDE00_", "a\r\nb", "&#13;&#10;x", "  ", "&#160;不间断&#160;", "零&#8203;宽", "&#65279;标记"])
    write("odd-escapes.xlsx", parts("".join(f'<row r="{i + 1}">' + cell(f"A{i + 1}", i, None, "s") + "</row>" for i in range(16)), escapes))

    ordered = '<row r="1">' + text("A1", "甲") + "</row>"
    write("odd-rows-out-of-order.xlsx", parts('<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'))
    write("odd-cells-out-of-order.xlsx", parts('<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>'))
    write("odd-lower-case-references.xlsx", parts('<row r="1"><c r="a1"><v>1</v></c><c r="b1"><v>2</v></c></row>'))
    write("odd-two-cells-at-one-place.xlsx", parts('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'))

    compatible = parts(ordered)
    compatible["xl/workbook.xml"] = compatible["xl/workbook.xml"].replace("<sheets>", f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x15"><x15ac:absPath url="C:\\x\\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent><sheets>')
    compatible["xl/worksheets/sheet1.xml"] = sheet('<row r="1" spans="1:1" x14ac:dyDescent="0.25" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">' + text("A1", "甲") + '<extLst><ext uri="x"><row><c r="B1"><v>9</v></c></row></ext></extLst></row>',
        after=f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x14"><controls><control><controlPr><anchor><from><col>1</col><row>1</row></from></anchor></controlPr></control></controls></mc:Choice></mc:AlternateContent>'
              f'<extLst><ext uri="y" xmlns:x14="{X14}"><x14:conditionalFormattings/></ext></extLst>')
    write("odd-extensions.xlsx", compatible)

    grouped = sheet("".join(f'<row r="{i}"' + (' hidden="1" outlineLevel="1"' if i in (3, 4) else "") + (' ht="0" customHeight="1"' if i == 5 else "") + ">" + cell(f"A{i}", i) + cell(f"B{i}", i * 10) + "</row>" for i in range(1, 7)),
        before='<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/><cols><col min="2" max="2" width="0" customWidth="1"/></cols>', after='<autoFilter ref="A1:B6"><filterColumn colId="0"><filters><filter val="1"/></filters></filterColumn></autoFilter>')
    write("odd-grouped-and-filtered.xlsx", parts("", sheets={"S": ("", grouped)}))
    covered = sheet('<row r="1">' + text("A1", "合并") + text("B1", "被盖住") + "</row><row r=\"2\">" + text("A2", "也被盖住") + "</row>", after='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>')
    write("odd-covered-values.xlsx", parts("", sheets={"S": ("", covered)}))

    percent = parts(ordered)
    percent["xl/worksheets/%E8%A1%A8 1.xml"] = percent.pop("xl/worksheets/sheet1.xml")
    percent["xl/_rels/workbook.xml.rels"] = percent["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", "worksheets/%E8%A1%A8%201.xml")
    write("odd-percent-in-part-name.xlsx", percent)
    chinese = parts(ordered)
    chinese["xl/worksheets/表 1.xml"] = chinese.pop("xl/worksheets/sheet1.xml")
    chinese["xl/_rels/workbook.xml.rels"] = chinese["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", "worksheets/表 1.xml")
    write("odd-chinese-part-name.xlsx", chinese)
    fragment = parts(ordered)
    fragment["xl/_rels/workbook.xml.rels"] = fragment["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", "./worksheets/../worksheets/sheet1.xml")
    write("odd-dots-within-target.xlsx", fragment)
    windows = parts(ordered)
    windows["xl/_rels/workbook.xml.rels"] = windows["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", "worksheets\\sheet1.xml")
    write("odd-backslash-in-target.xlsx", windows)
    gb = {k: (v.replace("UTF-8", "GB2312").encode("gb2312") if k == "xl/worksheets/sheet1.xml" else v) for k, v in parts(ordered).items()}
    write("odd-part-in-gb2312.xlsx", gb)
    latin = {k: (v.replace("UTF-8", "ISO-8859-1").encode("latin1") if k == "xl/worksheets/sheet1.xml" else v) for k, v in parts('<row r="1">' + text("A1", "Müller") + "</row>").items()}
    write("odd-part-in-latin1.xlsx", latin)
    single = {k: v.replace('"', "'") if k.endswith("sheet1.xml") else v for k, v in parts('<row r="1">' + cell("A1", 1) + "</row>").items()}
    write("odd-single-quotes.xlsx", single)
    write("odd-prefix-of-bytes.xlsx", parts(ordered), prefix=b"MZ self-extracting stub")
    write("odd-folders.xlsx", {"xl/": b"", "xl/worksheets/": b"", **parts(ordered)})
    write("odd-macintosh-folders.xlsx", {**parts(ordered), "__MACOSX/xl/._workbook.xml": b"\0\5\26\7", ".DS_Store": b"x"})

    hexadecimal = '<row r="1">' + "".join(cell(f"{c}1", v) for c, v in zip("ABC", ["12d", "0x1p4", "12f"])) + "</row>"
    write("odd-numbers-of-java.xlsx", parts(hexadecimal))
    write("odd-numbers-with-plus.xlsx", parts('<row r="1">' + "".join(cell(f"{c}1", v) for c, v in zip("ABCDE", ["+5", "1e5", "007", "-0.0", "1.50"])) + "</row>"))
    write("odd-style-beyond.xlsx", parts('<row r="1">' + cell("A1", 46328, 99) + "</row>"))

    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "表"
    for i, v in enumerate([913501000000000123, 91350100000000012, 1234567890123456, 123456789012345, 0.1 + 0.2, 1e21, 1e-7, -1e15, 9007199254740993], 1):
        ws.cell(i, 1, v)
    ws.cell(1, 2, 123).number_format = "000000"
    ws.cell(2, 2, 20261102).number_format = "0000\\-00\\-00"
    ws.cell(3, 2, dt.timedelta(hours=30, minutes=15))
    ws.cell(4, 2, dt.time(8, 30))
    ws.cell(5, 2, dt.datetime(2026, 11, 2, 23, 59, 59, 999999))
    ws.cell(6, 2, dt.date(1899, 12, 31))
    ws.cell(7, 2, "=SUM(A1:A3)")
    ws.cell(8, 2, True)
    wb.save(OUT / "odd-openpyxl-values.xlsx")

    wb = xlsxwriter.Workbook(str(OUT / "odd-headings.xlsx"))
    ws = wb.add_worksheet("统计表")
    bold = wb.add_format({"bold": True, "text_wrap": True})
    ws.merge_range("A1:E1", "重点单位情况统计表", bold)
    ws.write("A2", "填报单位：某局")
    ws.write("E2", "单位：万元")
    ws.merge_range("A3:A4", "单位\n名称", bold)
    ws.merge_range("B3:C3", "2025年", bold)
    ws.write("B4", "营业\r\n收入")
    ws.write("C4", "职工\u3000人数")
    ws.merge_range("D3:D4", "\u200b备注\u00a0", bold)
    ws.write_row("A5", ["甲公司", 12.5, 30, "—"])
    ws.write_row("A7", ["乙\u00a0公司", 8, 12])
    ws.write_rich_string("A8", bold, "丙", "公司")
    ws.write("B8", "１２．５")
    ws.write("A10", "合计")
    ws.write_formula("B10", "=SUM(B5:B8)", None, 20.5)
    ws.write("A11", "注：本表由各单位填报。")
    ws.write("A14", "附表")
    ws.write_row("A15", ["项目", "数量"])
    ws.write_row("A16", ["一", 1])
    ws.set_row(6, None, None, {"hidden": True})
    ws.set_column("C:C", None, None, {"hidden": True})
    wb.add_worksheet("说明").very_hidden()
    wb.close()


def zips():
    small = parts('<row r="1">' + text("A1", "甲") + cell("B1", 7) + "</row>")
    hand.OUT = OUT
    # Sizes only behind the data and zip64 records in the directory, as some servers write them.
    data, directory = b"", b""
    for part, content in small.items():
        raw = content.encode("utf-8")
        packed = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packed.compress(raw) + packed.flush()
        path, crc = part.encode(), zlib.crc32(raw)
        local = struct.pack("<4s5H3L2H", b"PK\3\4", 45, 8, 8, 0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF, len(path), 20) + path + struct.pack("<2H2Q", 1, 16, 0, 0)
        offset = len(data)
        data += local + packed + struct.pack("<4sL2Q", b"PK\7\x08", crc, len(packed), len(raw))
        directory += struct.pack("<4s6H3L5H2L", b"PK\1\2", 45, 45, 8, 8, 0, 0, crc, 0xFFFFFFFF, 0xFFFFFFFF, len(path), 28, 0, 0, 0, 0, 0xFFFFFFFF) + path + struct.pack("<2H3Q", 1, 24, len(raw), len(packed), offset)
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, len(small), len(small), len(directory), len(data))
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(data) + len(directory), 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    (OUT / "odd-zip64-streamed.xlsx").write_bytes(data + directory + end64 + locator + end)
    with zipfile.ZipFile(OUT / "odd-bzip2.xlsx", "w", zipfile.ZIP_BZIP2) as z:
        for part, content in small.items():
            z.writestr(zipfile.ZipInfo(part, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_BZIP2)
    locked = bytearray((OUT / "odd-folders.xlsx").read_bytes())
    for sign, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        i = locked.find(sign)
        while i >= 0:
            locked[i + at] |= 1
            i = locked.find(sign, i + 4)
    (OUT / "odd-zip-with-password.xlsx").write_bytes(locked)


NS = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
      'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
      'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"')
MIME = "application/vnd.oasis.opendocument.spreadsheet"


def ods(name, body, automatic=""):
    with zipfile.ZipFile(OUT / name, "w", zipfile.ZIP_DEFLATED) as z:
        def put(part, content, method=zipfile.ZIP_DEFLATED):
            info = zipfile.ZipInfo(part, (2026, 1, 1, 0, 0, 0))
            info.compress_type = method
            z.writestr(info, content)
        put("mimetype", MIME, zipfile.ZIP_STORED)
        put("content.xml", f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NS} office:version="1.3"><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>')
        put("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>')


def of(kind, value, shown, extra=""):
    attribute = {"date": "date-value", "time": "time-value", "boolean": "boolean-value", "string": "string-value"}.get(kind, "value")
    given = "" if value is None else f' office:{attribute}="{value}"'
    return f'<table:table-cell office:value-type="{kind}"{given} {extra}><text:p>{shown}</text:p></table:table-cell>'


def row(*cells, extra=""):
    return f"<table:table-row {extra}>" + "".join(cells) + "</table:table-row>"


def open_documents():
    durations = ('<number:time-style style:name="N1" number:truncate-on-overflow="false"><number:hours/><number:text>:</number:text><number:minutes/></number:time-style><number:time-style style:name="N2"><number:hours/><number:text>:</number:text><number:minutes/></number:time-style>'
                 '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/><style:style style:name="ce2" style:family="table-cell" style:data-style-name="N2"/>')
    ods("odd-values.ods", '<table:table table:name="值">' + row(
        of("currency", "1234.5", "¥1,234.50", 'office:currency="CNY"'), of("percentage", "0.125", "12.5%"), of("time", "PT08H30M00S", "8:30", 'table:style-name="ce2"'), of("time", "PT30H15M00S", "30:15", 'table:style-name="ce1"'), of("time", "PT0.5S", "0:00", 'table:style-name="ce1"'))
        + row(of("date", "2026-11-02T08:30:00.500000000", "x"), of("date", "1899-12-30", "x"), of("date", "0099-01-01", "x"), of("float", "9.13501E+017", "9.1E17"), of("float", "913501000000000128", "913501000000000000"))
        + row(of("boolean", "true", "WAHR"), of("string", None, "a<text:s text:c=\"3\"/>b<text:tab/>c<text:line-break/>d"), of("string", None, "<text:span>x</text:span><text:a xlink:href=\"http://e\">链接</text:a>"), of("string", None, "甲<office:annotation><dc:creator>x</dc:creator><text:p>批注</text:p></office:annotation>乙"), of("float", "1e-7", "0"))
        + row('<table:table-cell office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation><text:p>值</text:p></table:table-cell>', '<table:table-cell><office:annotation><text:p>只有批注</text:p></office:annotation></table:table-cell>',
              '<table:table-cell><draw:frame><draw:text-box><text:p>文本框</text:p></draw:text-box></draw:frame></table:table-cell>', '<table:table-cell office:value-type="void"/>', of("string", None, ""))
        + "</table:table>", durations)
    ods("odd-repeats.ods", '<table:table table:name="重复"><table:table-column table:number-columns-repeated="16384"/><table:table-header-rows>' + row(of("string", None, "头", 'table:number-columns-repeated="3"'), '<table:table-cell table:number-columns-repeated="16381"/>') + "</table:table-header-rows><table:table-row-group>"
        + row(of("float", "1", "1"), '<table:table-cell table:number-columns-repeated="2"/>', of("float", "2", "2", 'table:number-columns-repeated="2"'), extra='table:number-rows-repeated="3"')
        + row('<table:table-cell table:number-columns-repeated="16384"/>', extra='table:number-rows-repeated="20"')
        + row(of("string", None, "合并", 'table:number-columns-spanned="2" table:number-rows-spanned="2"'), '<table:covered-table-cell/>', of("float", "3", "3"))
        + row('<table:covered-table-cell table:number-columns-repeated="2"/>', of("float", "4", "4"))
        + row('<table:covered-table-cell office:value-type="string"><text:p>盖住</text:p></table:covered-table-cell>', of("float", "5", "5"))
        + "</table:table-row-group>" + row('<table:table-cell table:number-columns-repeated="16384"/>', extra='table:number-rows-repeated="1048547"') + "</table:table>")
    ods("odd-sheets.ods", '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings><table:table table:name="一" table:style-name="ta2">' + row(of("float", "1", "1")) + '</table:table><table:table table:name="隐" table:style-name="ta1">' + row(of("float", "2", "2")) + '</table:table><table:table table:name="三">'
        '<table:shapes><draw:frame><table:table table:name="图表数据"><table:table-row><table:table-cell office:value-type="float" office:value="99"/></table:table-row></table:table></draw:frame></table:shapes>' + row(of("date", "2026-11-02", "x"), of("time", "PT12H", "12:00")) + "</table:table><table:named-expressions/>",
        '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties table:display="true"/></style:style>')

    doc = odf.opendocument.OpenDocumentSpreadsheet()
    t = odf.table.Table(name="odfpy")
    for values in ([("string", "代码"), ("string", "日期"), ("string", "数")], [("string", "000123"), ("date", "2026-11-02"), ("float", 1.5)], [("string", "=1+1"), ("date", "2026-02-28T23:59:59"), ("percentage", 0.07)]):
        r = odf.table.TableRow()
        for kind, v in values:
            c = odf.table.TableCell(valuetype=kind, **({"datevalue": v} if kind == "date" else {} if kind == "string" else {"value": v}))
            c.addElement(odf.text.P(text=str(v)))
            r.addElement(c)
        t.addElement(r)
    doc.spreadsheet.addElement(t)
    doc.save(str(OUT / "odd-odfpy.ods"))


def old_workbooks():
    wb = xlwt.Workbook(encoding="utf-8")
    ws = wb.add_sheet("日期")
    for i, code in enumerate(['yyyy"年"m"月"d"日"', "[$-804]yyyy\"年\"m\"月\";@", "[h]:mm", "mm:ss.0", "0%", "# ?/?", "000000", "#,##0\"元\"", "0.00E+00", "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", "h:mm AM/PM", "General", "@", "d", "\"d\"0"]):
        style = xlwt.easyxf(num_format_str=code)
        for c, v in enumerate((46328, 46328.75, 0.354166666666667, 12)):
            ws.write(i, c, v, style)
    ws2 = wb.add_sheet("文本")
    for i, v in enumerate(["000123", " 空 格 ", "甲\n乙", "a_x000D_b", "=1+1", "𠮷野家", "零\u200b宽", "x" * 32767, "", "１２３"]):
        ws2.write(i, 0, v)
    ws2.write(0, 1, 913501000000000123)
    ws2.write(1, 1, True)
    ws2.write(2, 1, xlwt.Formula("A1&\"x\""))
    ws2.write_merge(3, 5, 1, 2, "合并")
    ws2.row(6).hidden = True
    ws2.col(3).hidden = True
    ws2.write(6, 3, 5)
    wb.add_sheet("很隐").visibility = 2
    wb.save(str(OUT / "odd-xlwt.xls"))
    wb = xlwt.Workbook()
    wb.dates_1904 = True
    ws = wb.add_sheet("1904")
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
    for i, v in enumerate((0, 0.5, 44866, 44866.25)):
        ws.write(i, 0, v, style)
    wb.save(str(OUT / "odd-xlwt-1904.xls"))


def texts():
    def put(name, content, encoding="utf-8"):
        (OUT / name).write_bytes(content if isinstance(content, bytes) else content.encode(encoding))

    put("odd-control-z.csv", "名称,数\r\n甲,1\r\n\x1a")
    put("odd-control-z-after-row.csv", "名称,数\r\n甲,1\x1a")
    put("odd-nul.csv", b"name,n\r\na\0b,1\r\n")
    put("odd-cr-only.csv", "name,n\rA,1\rB,2\r")
    put("odd-mixed-ends.csv", "name,n\rA,1\nB,2\r\nC,3\n\rD,4")
    put("odd-utf16le.csv", "名称,金额\r\n甲公司,12\r\n乙公司,13\r\n", "utf-16le")
    put("odd-utf16be.csv", "名称,金额\r\n甲公司,12\r\n乙公司,13\r\n", "utf-16be")
    put("odd-utf32.csv", "a,b\r\n1,2\r\n", "utf-32")
    put("odd-gb18030.csv", "单位名称,金额\r\n福州某某研究所,12\r\n厦门㐀公司,13\r\n", "gb18030")
    put("odd-gbk-one-word.csv", "code,name\r\n001,公司\r\n002,x\r\n", "gbk")
    put("odd-big5.csv", "單位名稱,金額\r\n臺北某某研究所,12\r\n高雄公司,13\r\n", "big5")
    put("odd-shift-jis.csv", "会社名,金額\r\n東京電力株式会社,12\r\n", "shift_jis")
    put("odd-euc-kr.csv", "회사명,금액\r\n한국전력공사,12\r\n", "euc-kr")
    put("odd-latin1.csv", "Name;Betrag\r\nMüller & Söhne;12,5\r\nÄrzte;3\r\n", "latin1")
    put("odd-windows1252.csv", "Name;Betrag\r\n„Müller“ – Söhne;12 €\r\n", "cp1252")
    put("odd-sep.csv", "sep=;\r\nName;Betrag\r\nA;1,5\r\n")
    put("odd-sep-bom.csv", "\ufeffsep=;\nName;Betrag\nA;1,5\n")
    put("odd-sep-cr.csv", "sep=;\rName;Betrag\rA;1,5\r")
    put("odd-sep-quoted.csv", '"sep=;"\r\nName;Betrag\r\nA;1,5\r\n')
    put("odd-pipe.csv", "name|n|note\nA|1|a,b;c\nB|2|\n")
    put("odd-tab-quotes.tsv", 'name\tn\n"a\tb"\t1\n"c ""d"""\t2\n')
    put("odd-space-before-quote.csv", 'name, note\nA, "x, y"\nB, z\n')
    put("odd-text-after-quote.csv", 'name,note\n"A"b,x\nC,d\n')
    put("odd-quote-within.csv", 'name,note\nA 12" pipe,x\nB,y "z"\n')
    put("odd-equals-quoted.csv", 'code,name\n="000123",A\n"=""000456""",B\n=1+1,C\n')
    put("odd-ragged.csv", "a,b,c\n1\n1,2\n1,2,3\n,,\n\n,2,\n")
    put("odd-too-wide.csv", "a,b\n1,2\n1,2,3\n")
    put("odd-trailing-delimiters.csv", "a,b,,,\n1,2,,,\n3,4,,,\n")
    put("odd-semicolon-decimal.csv", "name;n;m\nA;1,5;2,5\nB;3,5;4,5\nC;5,5;6,5\n")
    put("odd-comma-in-semicolon-title.csv", "Report of a, b, c\n\nname;n\nA;1\nB;2\n")
    put("odd-nbsp-zero-width.csv", "name,n\n\u00a0A\u00a0,\u200b1\u200b\n\u202aB\u202c,2\u200e\n\ufeffC,3\n")
    put("odd-line-separator.csv", "name,n\nA\u2028B,1\nC\x0bD,2\nE\x0cF,3\nG\u0085H,4\n")
    put("odd-two-bom.csv", b"\xef\xbb\xbf\xef\xbb\xbfname,n\nA,1\n")
    put("odd-invalid-utf8.csv", "名称,数\n甲,1\n".encode() + b"\xe4\xb9,2\n")
    put("odd-only-newlines.csv", "\n\n\n")
    put("odd-single-value.csv", "x")
    put("odd-html-as.xls", '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312"></head><body><table><tr><td>甲</td></tr></table></body></html>', "gb2312")
    put("odd-bare-table-as.xls", "<table border=1><tr><td>A</td></tr></table>")
    put("odd-div-as.xls", "\r\n\r\n<div>\r\n<style>td{}</style><table><tr><td>A</td></tr></table></div>")
    put("odd-rows-as.xls", "<tr><td>A</td><td>B</td></tr>\n<tr><td>1</td><td>2</td></tr>\n")
    put("odd-2003-without-declaration.xls", '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>A</Data></Cell></Row></Table></Worksheet></Workbook>')
    put("odd-2003-prefixed.xls", '<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ss:Worksheet/></ss:Workbook>')
    put("odd-2003-utf16.xls", '\ufeff<?xml version="1.0"?>\r\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>\r\n', "utf-16le")
    put("odd-mht-as.xls", "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n")
    put("odd-json-as.csv", '[{"name": "A", "n": 1},\n {"name": "B", "n": 2}]\n')
    put("odd-xml-as.csv", '<?xml version="1.0"?>\n<rows><row name="A"/></rows>\n')


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    hand.OUT = OUT
    workbooks()
    zips()
    open_documents()
    old_workbooks()
    texts()
