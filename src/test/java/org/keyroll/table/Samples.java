package org.keyroll.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.table.SheetColumn.Format;

/** A table such as a department receives. */
final class Samples {

  static final WorkbookInfo INFO =
      new WorkbookInfo("重点单位名录", "Keyroll", Instant.parse("2026-11-23T00:00:00Z"));

  private Samples() {}

  static SheetContent list() {
    return new SheetContent(
        "名录",
        "反间谍安全防范重点单位名录（2026年第4期） Key-unit list, revision 4",
        List.of(
            "依据：《反间谍安全防范工作规定》第八条；统计截至 2026-11-23；共 5 家。",
            "Supervising department: Provincial Department of Industry. For official use; corrections within 15 working days."),
        List.of(
            new SheetColumn("No.", 5, Format.INTEGER),
            new SheetColumn("Unified credit code", 21, Format.TEXT),
            new SheetColumn("Unit", 30, Format.TEXT),
            new SheetColumn("Entered on", 12, Format.DATE),
            new SheetColumn("Score", 9, Format.DECIMAL),
            new SheetColumn("Share of reasons with evidence", 13, Format.PERCENT),
            new SheetColumn("Reasons", 52, Format.WRAPPED),
            new SheetColumn("Open duty", 9, Format.TEXT)),
        List.of(
            row(
                1,
                "91350100M000100Y43",
                "福州示范精密仪器有限公司",
                "2024-03-01",
                92.5,
                1.0,
                "承担涉密科研项目三项（一级）；外方持股 31 %；近一年两次整改。\nTwo rectification orders in the last twelve months.",
                true),
            row(
                2,
                "913501000000000012",
                "厦门海洋信息技术研究院",
                "2025-07-15",
                88.25,
                0.875,
                "Handles core data of the state; 12 foreign staff with access.",
                false),
            row(
                3,
                "0012345678",
                "=HYPERLINK(\"http://example.invalid\")",
                null,
                81,
                0.5,
                "+1 −1 @text",
                false),
            row(
                4,
                "91350200MA2XN0000X",
                "Fujian Example Heavy Machinery Group Co., Ltd.",
                "2026-11-01",
                77.125,
                0.3333,
                "Export-controlled products.",
                null),
            row(5, "52350000500000000A", "@提及单位", "2026-11-23", 1234.5, 0.0, null, null)));
  }

  private static List<@Nullable Object> row(
      int number,
      String code,
      String name,
      @Nullable String date,
      Number score,
      double share,
      @Nullable String why,
      @Nullable Boolean open) {
    return Arrays.<@Nullable Object>asList(
        number, code, name, date == null ? null : LocalDate.parse(date), score, share, why, open);
  }

  static byte[] xlsx(SheetContent... sheets) throws IOException {
    var out = new ByteArrayOutputStream();
    TableWriter.xlsx(out, INFO, List.of(sheets));
    return out.toByteArray();
  }

  static byte[] csv(SheetContent sheet) throws IOException {
    var out = new ByteArrayOutputStream();
    TableWriter.csv(out, sheet);
    return out.toByteArray();
  }
}
