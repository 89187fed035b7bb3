"""Writes the XML and the zip containers of workbooks by hand, for what no library at hand writes: strict files,
namespace prefixes, parts in UTF-16, absolute and odd part names, streamed zips, and what other programs are known to write.

    python make_by_hand.py FOLDER
"""

import io
import re
import struct
import sys
import zipfile
import zlib
from pathlib import Path
from xml.sax.saxutils import quoteattr

OUT = Path(sys.argv[1])
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PKG = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_REL = "http://purl.oclc.org/ooxml/officeDocument/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="166" formatCode="0&quot; days&quot;"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>'
)


def parts(rows, strings=None, styles=STYLES, main=MAIN, rel=REL, sheets=None, properties=""):
    """The parts of a workbook with one sheet of the rows (XML), or the given sheets {name: (attributes, xml)}."""
    sheets = sheets or {"Sheet1": ("", sheet(rows, main))}
    override = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for i in range(1, len(sheets) + 1))
    all_parts = {
        "[Content_Types].xml": DECLARATION + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        + override
        + ('<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>' if strings is not None else "")
        + ('<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>' if styles else "")
        + "</Types>",
        "_rels/.rels": DECLARATION + f'<Relationships xmlns="{PKG}"><Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": DECLARATION + f'<workbook xmlns="{main}" xmlns:r="{rel}">{properties}<sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{i}" {a} r:id="rId{i}"/>' for i, (name, (a, _)) in enumerate(sheets.items(), 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": DECLARATION + f'<Relationships xmlns="{PKG}">'
        + "".join(f'<Relationship Id="rId{i}" Type="{rel}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in range(1, len(sheets) + 1))
        + (f'<Relationship Id="rId98" Type="{rel}/sharedStrings" Target="sharedStrings.xml"/>' if strings is not None else "")
        + (f'<Relationship Id="rId99" Type="{rel}/styles" Target="styles.xml"/>' if styles else "")
        + "</Relationships>",
    }
    for i, (_, xml) in enumerate(sheets.values(), 1):
        all_parts[f"xl/worksheets/sheet{i}.xml"] = xml
    if strings is not None:
        all_parts["xl/sharedStrings.xml"] = DECLARATION + f'<sst xmlns="{main}" count="9" uniqueCount="9">{strings}</sst>'
    if styles:
        all_parts["xl/styles.xml"] = DECLARATION + styles.replace(MAIN, main)
    return all_parts


def sheet(rows, main=MAIN, before="", after=""):
    return DECLARATION + f'<worksheet xmlns="{main}" xmlns:r="{REL}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def write(name, all_parts, method=zipfile.ZIP_DEFLATED, comment=b"", prefix=b""):
    buffer = io.BytesIO()
    buffer.write(prefix)
    with zipfile.ZipFile(buffer, "a" if prefix else "w", method) as z:
        z.comment = comment
        for part, content in all_parts.items():
            info = zipfile.ZipInfo(part, (2026, 1, 1, 0, 0, 0))
            info.compress_type = method
            z.writestr(info, content if isinstance(content, bytes) else content.encode("utf-8"))
    (OUT / name).write_bytes(buffer.getvalue())


SHARED = "<si><t>代码</t></si><si><t xml:space=\"preserve\"> 名称 </t></si><si><r><t>重点</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> 单位</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si><si><t/></si><si><t>a_x000D_\nb_x005F_x0041_</t></si>"
TYPICAL = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
    '<row r="3"><c r="A3"><v>12.50</v></c><c r="B3" s="1"><v>46328</v></c><c r="C3" s="2"><v>46328.354166666664</v></c><c r="D3" s="3"><v>7</v></c>'
    '<c r="E3" t="b"><v>1</v></c><c r="F3" t="e"><v>#N/A</v></c><c r="H3" t="s"><v>4</v></c><c r="I3" t="s"><v>3</v></c></row>'
)


def xlsx_files():
    write("hand-minimal.xlsx", parts("<row><c><v>1</v></c><c t=\"inlineStr\"><is><t>二</t></is></c></row><row/><row><c/><c><v>4</v></c></row>", styles=None))
    write("hand-typical.xlsx", parts(TYPICAL, SHARED))
    write("hand-stored.xlsx", parts(TYPICAL, SHARED), zipfile.ZIP_STORED)
    write("hand-zip-comment.xlsx", parts(TYPICAL, SHARED), comment=b"made by hand PK\x05\x06")
    write("hand-parts-reversed.xlsx", dict(reversed(parts(TYPICAL, SHARED).items())))
    write("hand-no-content-types.xlsx", {k: v for k, v in parts(TYPICAL, SHARED).items() if k != "[Content_Types].xml"})

    prefixed = parts(TYPICAL, SHARED)
    for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"):
        text = prefixed[part].replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
        head, body = text.split("?>\n", 1)
        prefixed[part] = head + "?>\n" + re.sub(r"<(/?)([A-Za-z])", r"<\1x:\2", body)
    write("hand-prefixed.xlsx", prefixed)

    utf16 = {k: v if k.startswith("[") or k.startswith("_") else v.replace("UTF-8", "UTF-16").encode("utf-16") for k, v in parts(TYPICAL, SHARED).items()}
    write("hand-utf16-parts.xlsx", utf16)
    bom = {k: b"\xef\xbb\xbf" + v.encode("utf-8") for k, v in parts(TYPICAL, SHARED).items()}
    write("hand-utf8-marks.xlsx", bom)

    absolute = parts(TYPICAL, SHARED)
    absolute["xl/_rels/workbook.xml.rels"] = absolute["xl/_rels/workbook.xml.rels"].replace('Target="', 'Target="/xl/')
    absolute["_rels/.rels"] = absolute["_rels/.rels"].replace('Target="', 'Target="/')
    write("hand-absolute-targets.xlsx", absolute)
    write("hand-backslashes.xlsx", {k.replace("/", "\\"): v for k, v in parts(TYPICAL, SHARED).items()})
    dots = parts(TYPICAL, SHARED)
    dots["xl/_rels/workbook.xml.rels"] = dots["xl/_rels/workbook.xml.rels"].replace('Target="', 'Target="../xl/')
    write("hand-dotted-targets.xlsx", dots)
    write("hand-other-case.xlsx", {k.replace("worksheets/sheet1", "Worksheets/Sheet1").replace("sharedStrings", "SharedStrings"): v for k, v in parts(TYPICAL, SHARED).items()})
    elsewhere = {k.replace("xl/", "office/").replace("workbook.xml", "book.xml"): v.replace("xl/workbook.xml", "office/book.xml").replace("/xl/", "/office/") for k, v in parts(TYPICAL, SHARED).items()}
    write("hand-other-folder.xlsx", elsewhere)

    strict = parts(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="d" s="1"><v>2026-11-02</v></c><c r="C1" t="d" s="2"><v>2026-11-02T08:30:00</v></c>'
        '<c r="D1" t="d" s="2"><v>1999-12-31T23:59:59.000Z</v></c><c r="E1" s="1"><v>46328</v></c><c r="F1"><v>1.5</v></c></row>',
        "<si><t>严格</t></si>", main=STRICT_MAIN, rel=STRICT_REL, properties='<workbookPr dateCompatibility="0"/>')
    write("hand-strict.xlsx", strict)
    write("hand-strict-1904.xlsx", parts('<row r="1"><c r="A1" s="1"><v>0</v></c><c r="B1" s="2"><v>44866.25</v></c></row>', main=STRICT_MAIN, rel=STRICT_REL, properties='<workbookPr date1904="true"/>'))

    formulas = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">ROW()</f><v>1</v></c><c r="B1" t="str"><f>"x"</f><v>x</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c><c r="B2" t="str"><f>""</f><v></v></c><c r="C2" t="str"><f>""</f></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"/></c><c r="B3" t="b"><f>1=1</f><v>0</v></c><c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D3"><f>1+1</f></c><c r="E3" s="1"><f>TODAY()</f><v>46328</v></c></row>'
        '<row r="4"><c r="A4"><f ca="1">1&lt;2</f><v/></c><c r="B4" t="array"/></row>').replace('<c r="B4" t="array"/>', "")
    write("hand-formulas.xlsx", parts(formulas))

    texts = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve">  a  </t></is></c><c r="B1" t="inlineStr"><is><r><t>一</t></r><r><t xml:space="preserve"> 二</t></r></is></c>'
        '<c r="C1" t="inlineStr"><is><t><![CDATA[<a & b>]]></t></is></c><c r="D1" t="inlineStr"><is><t>&#20013;&#x56FD;&amp;&lt;&#x1F600;</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>a<!-- not a value -->b<?x y?>c</t></is></c><c r="B2" t="inlineStr"><is><t>x_x000D_y_x000A_z_x0009_</t></is></c>'
        '<c r="C2" t="inlineStr"><is><t>_x005F_x000D_ _xZZZZ_</t></is></c><c r="D2" t="inlineStr"><is/></c><c r="E2" t="inlineStr"><is><t>line\nbreak</t></is></c><c r="F2" t="str"><v>bare</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>000123</t></is></c><c r="B3" t="inlineStr"><is><t>TRUE</t></is></c><c r="C3" t="inlineStr"><is><t>2026-11-02</t></is></c><c r="D3" t="inlineStr"><is><t>#N/A</t></is></c></row>')
    write("hand-texts.xlsx", parts(texts))

    numbers = "".join(
        f'<row r="{i}"><c r="A{i}"><v>{v}</v></c><c r="B{i}" t="n"><v>{v}</v></c></row>'
        for i, v in enumerate(["1", "1.0", "-1.50", "1E3", "1e+03", "1.5E-05", "0.1", "0.30000000000000004", "87.649999999999991", "1234567890123456789", "9.13501000000000123E17", "1E-300", "1.7976931348623157E308", "4.9406564584124654E-324", "-0", "00012", ".5", "5."], 1))
    write("hand-numbers.xlsx", parts(numbers))
    pretty = parts(
        '\n  <row r="1">\n    <c r="A1" t="s">\n      <v>0</v>\n    </c>\n    <c r="B1">\n      <v>\n        12\n      </v>\n    </c>\n    <c r="C1" s="1">\n      <v> 46328 </v>\n    </c>\n'
        '    <c r="D1" t="b">\n      <v> 1 </v>\n    </c>\n    <c r="E1" t="s">\n      <v> 1 </v>\n    </c>\n  </row>\n', "\n  <si>\n    <t>甲</t>\n  </si>\n  <si>\n    <t>乙</t>\n  </si>\n")
    write("hand-pretty-printed.xlsx", pretty)
    write("hand-booleans.xlsx", parts('<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="b"><v>true</v></c><c r="D1" t="b"><v>false</v></c></row>'))
    write("hand-no-references.xlsx", parts('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="5"><c r="C5"><v>1</v></c><c><v>2</v></c><c r="H5"><v>3</v></c></row><row><c><v>6</v></c></row>', SHARED))
    write("hand-wrong-dimension.xlsx", parts("", SHARED, sheets={"S": ("", sheet(TYPICAL.replace('<row ', '<row spans="1:2" '), before='<dimension ref="A1"/>'))}))
    write("hand-xfd.xlsx", parts('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row><row r="1048576"><c r="XFD1048576"><v>3</v></c></row>'))
    write("hand-merged.xlsx", parts("", SHARED, sheets={"S": ("", sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"/><c r="C1"><v>9</v></c></row><row r="2"><c r="A2"/><c r="C2"><v>8</v></c></row>', after='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'))}))
    write("hand-empty-sheetdata.xlsx", parts("", sheets={"空": ("", DECLARATION + f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'), "满": ("", sheet("<row r=\"2\"><c r=\"B2\"><v>1</v></c></row>"))}))

    one = sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
    write("hand-sheet-states.xlsx", parts("", sheets={"a &amp; b": ("", one), "隐": ('state="hidden"', one), "极": ('state="veryHidden"', one), "示": ('state="visible"', one), " spaced ": ("", one)}))
    chart = parts("", sheets={"图": ("", ""), "数": ("", one), "框": ("", "")})
    chart["xl/_rels/workbook.xml.rels"] = chart["xl/_rels/workbook.xml.rels"].replace(f"{REL}/worksheet\" Target=\"worksheets/sheet1.xml", f"{REL}/chartsheet\" Target=\"chartsheets/sheet1.xml").replace(f"{REL}/worksheet\" Target=\"worksheets/sheet3.xml", f"{REL}/dialogsheet\" Target=\"dialogsheets/sheet1.xml")
    chart["xl/chartsheets/sheet1.xml"] = f'<chartsheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews></chartsheet>'
    chart["xl/dialogsheets/sheet1.xml"] = f'<dialogsheet xmlns="{MAIN}"/>'
    chart["[Content_Types].xml"] = chart["[Content_Types].xml"].replace("/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet", "/xl/chartsheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.chartsheet").replace("/xl/worksheets/sheet3.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet", "/xl/dialogsheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.dialogsheet")
    del chart["xl/worksheets/sheet1.xml"], chart["xl/worksheets/sheet3.xml"]
    write("hand-chart-and-dialog.xlsx", chart)

    macro = parts(TYPICAL, SHARED)
    macro["[Content_Types].xml"] = macro["[Content_Types].xml"].replace("spreadsheetml.sheet.main", "x").replace("application/vnd.openxmlformats-officedocument.x+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml").replace("</Types>", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>')
    macro["xl/_rels/workbook.xml.rels"] = macro["xl/_rels/workbook.xml.rels"].replace("</Relationships>", '<Relationship Id="rId50" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>')
    macro["xl/vbaProject.bin"] = b"not a real project, never read"
    write("hand-macros.xlsm", macro)

    external = parts(TYPICAL, SHARED)
    external["xl/_rels/workbook.xml.rels"] = external["xl/_rels/workbook.xml.rels"].replace("</Relationships>", f'<Relationship Id="rId60" Type="{REL}/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>')
    external["xl/externalLinks/externalLink1.xml"] = f'<externalLink xmlns="{MAIN}" xmlns:r="{REL}"><externalBook r:id="rId1"/></externalLink>'
    external["xl/externalLinks/_rels/externalLink1.xml.rels"] = f'<Relationships xmlns="{PKG}"><Relationship Id="rId1" Type="{REL}/externalLinkPath" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    write("hand-external-link.xlsx", external)

    google = parts("", SHARED, sheets={"Form responses 1": ('state="visible"', DECLARATION + f'<worksheet xmlns="{MAIN}" xmlns:r="{REL}" xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"><sheetPr><outlinePr summaryBelow="0"/></sheetPr><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/><sheetData>'
        '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c></row><row r="2"><c r="A2" s="2"><v>46328.354166666664</v></c><c r="B2" s="3"><v>3.0</v></c><c r="C2" s="0" t="str"><f>IFERROR(__xludf.DUMMYFUNCTION("UNIQUE(A:A)"),"甲")</f><v>甲</v></c><c r="D2" t="b"><v>1</v></c></row><row r="1000" ht="15.75" customHeight="1"/></sheetData><drawing r:id="rId1"/></worksheet>')})
    write("hand-like-google-sheets.xlsx", google)

    wps_rows = TYPICAL.replace("<row ", '<row etc:x="1" spans="1:9" ht="14" ')
    wps = parts("", SHARED, sheets={"Sheet1": ("", DECLARATION + f'<worksheet xmlns="{MAIN}" xmlns:r="{REL}" xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"><sheetPr/><dimension ref="A1:I3"/><sheetViews><sheetView workbookViewId="0" tabSelected="1"/></sheetViews><cols><col min="1" max="2" width="18" customWidth="1"/></cols><sheetData>{wps_rows}</sheetData><mc:AlternateContent><mc:Choice Requires="x14"><controls/></mc:Choice><mc:Fallback/></mc:AlternateContent><extLst><ext uri="x"><x14:conditionalFormattings><x14:row r="1"/></x14:conditionalFormattings></ext></extLst></worksheet>')})
    write("hand-like-wps.xlsx", wps)

    reordered = parts("", "".join(f"<si><t>{'ab' * (i % 9)}{i}</t></si>" for i in range(300)), sheets={"S": ("", sheet("".join(f'<row r="{i + 1}"><c r="A{i + 1}" t="s"><v>{299 - i}</v></c><c t="s" s="0" r="B{i + 1}"><v>{i * 7 % 300}</v></c></row>' for i in range(300))))})
    write("hand-shared-strings-any-order.xlsx", reordered)

    formats = ["yyyy/m/d;@", "[$-409]mmmm d, yyyy", "\"d\"0", "0\"m\"", "[Red]General", "General;-General", "[h]:mm:ss", "[$-F400]h:mm:ss AM/PM", "yyyy\"年\"", "#,##0.00\\ \"days\"", "@", "_(* #,##0_)", "上午/下午h\"时\"", "mm:ss", "0;[Red]d", "[$¥-804]#,##0.00", "[$-2052]yyyy-mm-dd", "s.000", "B2yyyy-mm-dd", "ggge\"年\"m\"月\"", "[ENG][$-409]d\\-mmm", "0.00\\d", "\\m0", "*d0", "_y0", "[blue][<1]0%;0"]
    own = (f'<styleSheet xmlns="{MAIN}"><numFmts>' + "".join('<numFmt numFmtId="%d" formatCode=%s/>' % (i, quoteattr(f)) for i, f in enumerate(formats, 200)) + '</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs>'
           + "".join(f'<xf numFmtId="{i}"/>' for i in [0] + list(range(200, 200 + len(formats)))) + "</cellXfs></styleSheet>")
    write("hand-formats.xlsx", parts("".join(f'<row r="{i}"><c r="A{i}" s="{i}"><v>45000</v></c><c r="B{i}" s="{i}"><v>0.5</v></c></row>' for i in range(1, len(formats) + 1)), styles=own))
    east = "".join(f'<xf numFmtId="{i}"/>' for i in [0] + list(range(14, 60)))
    write("hand-built-in-formats.xlsx", parts("".join(f'<row r="{i}"><c r="A{i}" s="{i}"><v>45000</v></c></row>' for i in range(1, 47)), styles=f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs>{east}</cellXfs></styleSheet>'))


def streamed_zip(name, all_parts):
    """As Java, Go and others stream: sizes and checksum follow the data."""
    data, directory = b"", b""
    for part, content in all_parts.items():
        raw = content.encode("utf-8") if isinstance(content, str) else content
        deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = deflater.compress(raw) + deflater.flush()
        crc, path, offset = zlib.crc32(raw), part.encode("utf-8"), len(data)
        data += struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0x0808, 8, 0, 0x5C21, 0, 0, 0, len(path), 0) + path + packed
        data += struct.pack("<4s3I", b"PK\7\10", crc, len(packed), len(raw))
        directory += struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0x0808, 8, 0, 0x5C21, crc, len(packed), len(raw), len(path), 0, 0, 0, 0, 0, offset) + path
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(all_parts), len(all_parts), len(directory), len(data), 0)
    (OUT / name).write_bytes(data + directory + end)


def refused():
    streamed_zip("hand-streamed-zip.xlsx", parts(TYPICAL, SHARED))
    good = parts(TYPICAL, SHARED)
    write("refuse-no-sheet-part.xlsx", {k: v for k, v in good.items() if "sheet1" not in k})
    write("refuse-missing-shared-string.xlsx", parts('<row r="1"><c r="A1" t="s"><v>99</v></c></row>', SHARED))
    write("refuse-shared-string-without-table.xlsx", parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'))
    write("refuse-unclosed-xml.xlsx", dict(good, **{"xl/worksheets/sheet1.xml": good["xl/worksheets/sheet1.xml"][:-40]}))
    write("refuse-entity.xlsx", dict(good, **{"xl/sharedStrings.xml": f'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst xmlns="{MAIN}"><si><t>&x;</t></si></sst>'}))
    write("refuse-not-a-number.xlsx", parts('<row r="1"><c r="A1"><v>12,5</v></c></row>'))
    write("refuse-infinity.xlsx", parts('<row r="1"><c r="A1"><v>1E999</v></c></row>'))
    write("refuse-rows-twice.xlsx", parts('<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'))
    write("refuse-column-beyond.xlsx", parts('<row r="1"><c r="XFE1"><v>1</v></c></row>'))
    write("refuse-zip-without-workbook.xlsx", {"readme.txt": "no workbook"})
    write("refuse-word.docx", {"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})
    bomb = dict(good, **{"xl/worksheets/sheet1.xml": sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>" + " " * 30_000_000)})
    write("refuse-bomb.xlsx", bomb)
    (OUT / "refuse-truncated.xlsx").write_bytes((OUT / "hand-typical.xlsx").read_bytes()[:-200])
    (OUT / "refuse-picture.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (OUT / "refuse-pdf.xlsx").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    (OUT / "refuse-zeros.xlsx").write_bytes(bytes(4096))
    (OUT / "refuse-gzip.csv").write_bytes(b"\x1f\x8b\x08\x00" + bytes(40))
    crc = bytearray((OUT / "hand-typical.xlsx").read_bytes())
    at = crc.rindex(b"PK\1\2")
    crc[at + 16] ^= 0xFF
    (OUT / "refuse-wrong-checksum.xlsx").write_bytes(crc)
    flat = '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>'
    (OUT / "refuse-flat-empty.fods").write_text(flat)


def ods_files():
    ns = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
          'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"')

    def ods(name, tables, mime="application/vnd.oasis.opendocument.spreadsheet", first=True):
        content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ns} office:version="1.2"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>'
        manifest = f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
        with zipfile.ZipFile(OUT / name, "w", zipfile.ZIP_DEFLATED) as z:
            def put(part, text, method=zipfile.ZIP_DEFLATED):
                info = zipfile.ZipInfo(part, (2026, 1, 1, 0, 0, 0))
                info.compress_type = method
                z.writestr(info, text)
            if first:
                put("mimetype", mime, zipfile.ZIP_STORED)
            put("content.xml", content)
            put("META-INF/manifest.xml", manifest)

    ods("hand-values.ods", '<table:table table:name="值"><table:table-row><table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="1.50"><text:p>1,5</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2026-11-02"><text:p>2.11.26</text:p></table:table-cell>'
        '<table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50 %</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="false"><text:p>FALSCH</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string" office:string-value="stored"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>x</text:p><text:p>y</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048571"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>')
    ods("hand-formulas.ods", '<table:table table:name="f"><table:table-row><table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=&quot;a&quot;" office:value-type="string" office:string-value="a"><text:p>a</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><office:annotation><text:p>comment</text:p></office:annotation><text:p>with comment</text:p></table:table-cell></table:table-row></table:table>')
    ods("refuse-text-document.odt", "<x/>", mime="application/vnd.oasis.opendocument.text")


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    xlsx_files()
    refused()
    ods_files()
