package org.keyroll.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.definition.Phrases;
import org.keyroll.definition.Source.Merged;
import org.keyroll.table.Area;
import org.keyroll.table.Cell;
import org.keyroll.table.Row;
import org.keyroll.table.UnreadableFile;

/** Small files of the kinds that departments send, read exactly or refused with the cell. */
class MappingTest {
  private final Probe probe;

  MappingTest(@TempDir Path folder) throws IOException {
    this.probe = new Probe(folder);
  }

  private static final String TWO =
      """
      key: [name]
      columns:
        name: {label: [单位名称], type: text, required: true}
        area: {label: [所属地区], type: text}
        note: {label: [备注], type: text}
      """;

  private static final List<List<String>> AREAS =
      List.of(
          List.of("单位名称", "所属地区", "备注"),
          List.of("甲", "福州"),
          List.of("乙", ""),
          List.of("丙", ""),
          List.of("丁", "厦门"));

  private static void mergeAreas(XSSFWorkbook workbook) {
    workbook.getSheetAt(0).addMergedRegion(CellRangeAddress.valueOf("B2:B4"));
  }

  @Test
  void refusesCellsMergedOverRowsOrTakesThemAsDeclared() throws Exception {
    probe.source("format: {kind: xlsx}\n" + TWO);
    assertThatThrownBy(() -> probe.xlsx(Map.of("名录", AREAS), MappingTest::mergeAreas))
        .isInstanceOf(Unusable.class)
        .hasMessageContaining(
            "sheet \"名录\", row 2: the cells B2:B4 are merged, so that only row 2");

    probe.source("format: {kind: xlsx, merged: first}\n" + TWO);
    assertThat(probe.xlsx(Map.of("名录", AREAS), MappingTest::mergeAreas).values(1))
        .containsExactly(entry("name", "乙"));

    probe.source("format: {kind: xlsx, merged: fill}\n" + TWO);
    var filled = probe.xlsx(Map.of("名录", AREAS), MappingTest::mergeAreas);
    assertThat(filled.values(1)).containsExactly(entry("name", "乙"), entry("area", "福州"));
    assertThat(filled.values(2)).containsEntry("area", "福州");
    assertThat(filled.values(3)).containsEntry("area", "厦门");
  }

  @Test
  void saysWhatIsWrongWithAValueGivenOnceInOneLanguage() throws Exception {
    probe.source(
        """
        key: [name]
        columns:
          name: {label: [单位名称], type: text}
          period: {from: {beside: [报告期]}, type: period}
        """);
    var refusal =
        catchThrowableOfType(Unusable.class, () -> probe.csv("报告期：2026年13期\n单位名称\n甲\n").rows());
    assertThat(refusal)
        .hasMessage(
            "sheet \"csv\": sheet \"csv\", cell A1: \"2026年13期\" is not a period; write it as"
                + " yyyy-MM");
    assertThat(refusal.refusal().say(new Phrases(Refusal.PHRASES, probe.definitions().programme())))
        .isEqualTo("工作表“csv”：工作表“csv”单元格 A1：“2026年13期”不是期间；请按 yyyy-MM 的格式填写");
  }

  @Test
  void neverTakesForACodeWhatASpreadsheetHasMadeOfIt() throws Exception {
    probe.source(
        """
        format: {kind: xlsx}
        key: [name]
        columns:
          name: {label: [单位名称], type: text}
          code: {label: [代码], type: code}
          staff: {label: [人数], type: integer}
        """);
    var rows =
        probe.xlsx(
            Map.of("名录", List.of(List.of("单位名称", "代码", "人数"))),
            workbook -> {
              var sheet = workbook.getSheetAt(0);
              var zeros = workbook.createCellStyle();
              zeros.setDataFormat(workbook.createDataFormat().getFormat("000000"));
              var day = workbook.createCellStyle();
              day.setDataFormat(workbook.createDataFormat().getFormat("m\"-\"d"));
              double[] codes = {123, 46328, 9.13501e17, 1234567890123456d};
              for (int i = 0; i < codes.length; i++) {
                var row = sheet.createRow(i + 1);
                row.createCell(0).setCellValue("甲" + i);
                row.createCell(1).setCellValue(codes[i]);
                row.createCell(2).setCellValue(7);
                row.getCell(2).setCellStyle(zeros);
              }
              sheet.getRow(1).getCell(1).setCellStyle(zeros);
              sheet.getRow(2).getCell(1).setCellStyle(day);
            });
    assertThat(rows.values(0)).containsEntry("code", "000123").containsEntry("staff", "7");
    assertThat(rows.faults(1)).containsExactly("number_as_code@B");
    assertThat(rows.rows().get(1).faults().get(0).fault().message()).contains("2026-11-02");
    assertThat(rows.faults(2)).containsExactly("number_as_code@B");
    assertThat(rows.faults(3)).containsExactly("number_as_code@B");
  }

  @Test
  void doesNotSeeSignsOfNoWidth() throws Exception {
    probe.source(
        """
        key: [code]
        columns:
          code: {label: [代码], type: code, pattern: "[0-9]{3}"}
          name: {label: [单位名称], type: text}
          staff: {label: [人数], type: integer}
        """);
    var rows = probe.csv("\u200b代\u00ad码,\u202a人数\u202c\n\u200e12\u200d3,\u2060 4\u200f\n");
    assertThat(rows.values(0)).containsEntry("code", "123").containsEntry("staff", "4");
  }

  @Test
  void fillsManyAreasInAsManySteps() {
    var merged = new MergedCells(Merged.FILL, 1, Set.of(0));
    for (int area = 200_000; area > 0; area--) {
      merged.add(new Area(2 * area, 2 * area + 1, 0, 0));
    }
    var last =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> {
              var row = new Row(1, List.of());
              for (int number = 2; number <= 400_001; number++) {
                row = merged.fill(new Row(number, List.of(sentIn(number))));
              }
              return row;
            });
    assertThat(last.cell(0).text()).isEqualTo("area 400000");
  }

  private static Cell sentIn(int row) {
    return row % 2 == 0 ? new Cell(Cell.Kind.TEXT, "area " + row) : Cell.BLANK;
  }

  @Test
  void takesMergedTitlesAndHeadingsForWhatTheyAre() throws Exception {
    probe.source("format: {kind: xlsx}\nheader: {rows: 2}\n" + TWO);
    var mapped =
        probe.xlsx(
            Map.of(
                "名录",
                List.of(List.of("名录"), List.of("单位名称", "所属地区"), List.of(), List.of("甲", "福州"))),
            workbook -> {
              var sheet = workbook.getSheetAt(0);
              sheet.addMergedRegion(CellRangeAddress.valueOf("A2:A3"));
              sheet.addMergedRegion(CellRangeAddress.valueOf("B2:B3"));
            });
    assertThat(mapped.values(0)).containsExactly(entry("name", "甲"), entry("area", "福州"));
  }

  @Test
  void readsSkipsOrRefusesWhatIsHiddenAsDeclared() throws Exception {
    Consumer<XSSFWorkbook> hide =
        workbook -> {
          workbook.getSheetAt(0).getRow(2).setZeroHeight(true);
          workbook.getSheetAt(0).setColumnHidden(1, true);
        };
    var sheets = Map.of("名录", AREAS);
    probe.source("format: {kind: xlsx}\n" + TWO);
    assertThat(probe.xlsx(sheets, hide).rows()).hasSize(4);
    probe.source("format: {kind: xlsx, hidden: {rows: skip, columns: skip}}\n" + TWO);
    assertThat(probe.xlsx(sheets, hide).rows()).hasSize(3);
    assertThat(probe.xlsx(sheets, hide).values(0)).containsExactly(entry("name", "甲"));
    probe.source("format: {kind: xlsx, hidden: {rows: refuse}}\n" + TWO);
    assertThatThrownBy(() -> probe.xlsx(sheets, hide))
        .isInstanceOf(UnreadableFile.class)
        .hasMessageContaining("The sheet '名录' hides row 3");
    probe.source("format: {kind: xlsx, hidden: {columns: refuse}}\n" + TWO);
    assertThatThrownBy(() -> probe.xlsx(sheets, hide))
        .isInstanceOf(UnreadableFile.class)
        .hasMessageContaining("hides column B, filled in row 1");
  }

  @Test
  void refusesAHiddenSheetOfRowsUnlessDeclared() throws Exception {
    var sheets = new LinkedHashMap<String, List<List<String>>>();
    sheets.put("名录", AREAS);
    sheets.put("旧", List.of(List.of("单位名称", "所属地区"), List.of("戊", "泉州")));
    sheets.put("词典", List.of(List.of("福州"), List.of("厦门")));
    Consumer<XSSFWorkbook> hide =
        workbook -> {
          workbook.setSheetHidden(1, true);
          workbook.setSheetHidden(2, true);
        };
    probe.source("format: {kind: xlsx}\n" + TWO);
    assertThatThrownBy(() -> probe.xlsx(sheets, hide))
        .isInstanceOf(Unusable.class)
        .hasMessageContaining("sheet \"旧\": the sheet is hidden, but has the headings");
    probe.source("format: {kind: xlsx, hidden: {sheets: skip}}\n" + TWO);
    assertThat(probe.xlsx(sheets, hide).rows()).hasSize(4);
    probe.source("format: {kind: xlsx, hidden: {sheets: read}}\n" + TWO);
    assertThat(probe.xlsx(sheets, hide).rows()).hasSize(5);
    sheets.remove("旧");
    probe.source("format: {kind: xlsx}\nsheets: {read: [名录]}\n" + TWO);
    assertThat(probe.xlsx(sheets, workbook -> workbook.setSheetHidden(1, true)).rows()).hasSize(4);
  }

  @Test
  void spreadsMergedHeadingsOfThreeRowsOverTheColumnsBelow() throws Exception {
    probe.source(
        """
        header: {rows: 3}
        key: [name]
        columns:
          name: {label: [单位名称], type: text, required: true}
          owned: {label: [场所/自有/面积], type: decimal}
          leased: {label: [场所/租赁/面积], type: decimal}
          posts: {label: [岗位/涉密], type: integer}
          note: {label: [说明], type: text}
        """);

    var mapped =
        probe.csv(
            """
            某省重点单位情况表,,,,
            单位名称,场所,,岗位,说明
            ,自有,租赁,涉密,
            ,面积,面积,,
            甲,1.5,2.5,3,无
            """);

    assertThat(mapped.values(0))
        .containsExactly(
            entry("name", "甲"),
            entry("owned", "1.5"),
            entry("leased", "2.5"),
            entry("posts", "3"),
            entry("note", "无"));
  }

  @Test
  void findsHeadingsFarDownAndPassesOverRepeatedHeadingsNotesAndTotals() throws Exception {
    probe.source(
        """
        skip_rows_starting: [合计, 注]
        key: [name]
        columns:
          name: {label: [Name], type: text, required: true}
          staff: {label: [Staff], type: integer}
        """);

    var mapped =
        probe.csv(
            "title,\n".repeat(120) + "Name,Staff\nA,1\nname ,STAFF\n合 计：,5\nB,2\n注：以上,\n\nC,3\n");

    assertThat(mapped.rows()).extracting(ParsedRow::rowNumber).containsExactly(122, 125, 128);
  }

  @Test
  void rejectsACellBeyondTheHeadings() throws Exception {
    probe.source(two());

    var mapped = probe.csv("Name,Staff\nA,1,stray\nB,2,\n");

    assertThat(mapped.faults(0)).containsExactly("no_heading@C");
    assertThat(mapped.faults(1)).isEmpty();
  }

  @Test
  void refusesIgnoresOrKeepsColumnsThatAreNotKnown() throws Exception {
    var file = "Name,Staff,Extra,Spare 1,Spare 2\nA,1,as it is,x,\n";
    probe.source(two());
    assertThatThrownBy(() -> probe.csv(file))
        .isInstanceOf(Unusable.class)
        .hasMessageContaining("column C: the heading \"Extra\" is not known");

    probe.source("ignore: [Extra, 'Spare *']\n" + two());
    assertThat(probe.csv(file).values(0)).containsExactly(entry("name", "A"), entry("staff", "1"));

    probe.source("unknown_columns: ignore\n" + two());
    assertThat(probe.csv(file).values(0)).containsOnlyKeys("name", "staff");

    probe.source("unknown_columns: keep\n" + two());
    assertThat(probe.csv(file).values(0))
        .containsExactly(
            entry("name", "A"),
            entry("staff", "1"),
            entry("kept:Extra", "as it is"),
            entry("kept:Spare 1", "x"));
  }

  @Test
  void refusesASheetWithoutAColumnThatMustAppear() throws Exception {
    probe.source(two().replace("type: integer", "type: integer, must_appear: true"));

    assertThatThrownBy(() -> probe.csv("Name,Other\nA,1\n").rows()).isInstanceOf(Unusable.class);
    assertThat(probe.csv("Name,Staff\nA,\n").values(0)).containsOnlyKeys("name");
  }

  @Test
  void readsEuropeanNumbersOnlyAsDeclared() throws Exception {
    probe.source(
        """
        format: {kind: csv, delimiter: ";"}
        numbers: {decimal: ",", grouping: [".", " "]}
        key: [name]
        columns:
          name: {label: [Name], type: text, required: true}
          turnover: {label: [Turnover], type: decimal}
        """);

    var mapped =
        probe.csv(
            """
            Name;Turnover
            A;1.234.567,89
            B;1 234,5
            C;1.2345
            D;1,234.5
            E;−12,5
            F;12 34
            """);

    assertThat(mapped.values(0)).containsEntry("turnover", "1234567.89");
    assertThat(mapped.raw(0)).containsEntry("turnover", "1.234.567,89");
    assertThat(mapped.values(1)).containsEntry("turnover", "1234.5");
    assertThat(mapped.faults(2)).containsExactly("not_a_number@B");
    assertThat(mapped.faults(3)).containsExactly("not_a_number@B");
    assertThat(mapped.values(4)).containsEntry("turnover", "-12.5");
    assertThat(mapped.faults(5)).containsExactly("not_a_number@B");
  }

  @Test
  void scalesNumbersByTheUnitOfTheHeadingOrTheCell() throws Exception {
    probe.source(
        """
        key: [name]
        columns:
          name: {label: [单位], type: text, required: true}
          turnover: {label: [营业收入], type: decimal, units: {元: 1, 万元: 10000, 亿元: 100000000}}
          share: {label: [占比], type: percentage, max: 1, units: {"%": 0.01}}
          heads: {label: [人数], type: integer, units: {人: 1, 万人: 10000}, unit: 人}
        """);

    var mapped = probe.csv("单位,营业收入（万元）,占比(%),人数\n甲,12.5,30,1.2万人\n乙,3 亿元,30%,5\n丙,7元,0,1.5\n");
    assertThat(mapped.values(0))
        .contains(entry("turnover", "125000"), entry("share", "0.3"), entry("heads", "12000"));
    assertThat(mapped.values(1))
        .contains(entry("turnover", "300000000"), entry("share", "0.3"), entry("heads", "5"));
    assertThat(mapped.faults(2)).containsExactly("not_whole@D");

    assertThat(probe.csv("单位,营业收入\n甲,12.5\n").faults(0)).containsExactly("no_unit@B");
    assertThatThrownBy(() -> probe.csv("单位,营业收入（美元）,人数\n甲,12.5,1\n"))
        .hasMessageContaining("营业收入（美元）");
  }

  @Test
  void readsDatesInDeclaredFormsWithMonthsByNameAndPeriodsThatStandForADay() throws Exception {
    probe.source(
        """
        key: [name]
        columns:
          name: {label: [Name], type: text, required: true}
          on: {label: [On], type: date, formats: [d MMM yyyy, yyyy-MM-dd, "yyyy-MM-dd'T'HH:mm"], earliest: 1850-01-01}
          fin: {label: [Bis], type: date, formats: ["d. MMM yyyy"], language: de, future: true}
          end: {label: [End], type: date, formats: ["yyyy'Q'q", yyyy/M, yyyy], stands_for: last_day, future: true}
          drop: {label: [At], type: date, formats: ["yyyy-MM-dd HH:mm:ss"], time_of_day: drop}
        """);

    var mapped =
        probe.csv(
            """
            Name,On,Bis,End,At
            A,5 Mar 1871,3. März 2027,2024Q3,2024-02-29 17:05:09
            B,30 February 2024,,2025,
            C,2024-01-31T08:30,,2024/2,
            D,1849-12-31,1. Janvier 2027,,2024-02-30 00:00:00
            E,2026-11-03,,,2024-01-01 25:00:00
            """);

    assertThat(mapped.values(0))
        .containsExactly(
            entry("name", "A"),
            entry("on", "1871-03-05"),
            entry("fin", "2027-03-03"),
            entry("end", "2024-09-30"),
            entry("drop", "2024-02-29"));
    assertThat(mapped.faults(1)).containsExactly("no_such_date@B");
    assertThat(mapped.values(1)).containsEntry("end", "2025-12-31");
    assertThat(mapped.faults(2)).containsExactly("time_of_day@B");
    assertThat(mapped.values(2)).containsEntry("end", "2024-02-29");
    assertThat(mapped.faults(3))
        .containsExactly("date_out_of_range@B", "not_a_date@C", "no_such_date@E");
    assertThat(mapped.faults(4)).containsExactly("future_date@B", "no_such_date@E");
  }

  @Test
  void readsPeriods() throws Exception {
    probe.source(
        """
        key: [period]
        columns:
          period: {label: [期间], type: period, formats: ["yyyy年M月", "yyyy年第q季度", "yyyy年q季度", "yyyy年h半年", "yyyy年", yyyy-MM], required: true}
          name: {label: [数], type: text}
        """);

    var mapped =
        probe.csv(
            "期间,数\n2025年3月,1\n2025年第三季度,1\n2025年2季度,1\n2025年下半年,1\n2024 年,1\n2025-13,1\n2026年12月,1\n");

    assertThat(List.of(0, 1, 2, 3, 4))
        .extracting(n -> mapped.values(n).get("period"))
        .containsExactly("2025-03", "2025-Q3", "2025-Q2", "2025-H2", "2024");
    assertThat(mapped.faults(5)).containsExactly("no_such_date@A");
    assertThat(mapped.faults(6)).containsExactly("future_date@A");
  }

  @Test
  void readsListsAndLookUpsAndSaysWhichItemIsWrong() throws Exception {
    probe.file(
        "lookups/nace.csv",
        "value,en,de\n35.11,Production of electricity,Elektrizität\n86.10,Hospitals,Krankenhäuser\n");
    probe.file("lookups/states.yml", "de: [DE, Germany]\nfr: [FR]\n");
    probe.source(
        """
        key: [name]
        columns:
          name: {label: [Name], type: text, required: true}
          nace: {label: [NACE], type: choice, lookup: nace}
          states: {label: [States], type: list, separators: [",", "\\n"], items: {type: choice, lookup: states}}
          sites: {label: [Sites], type: list, separators: [";"], items: {type: integer, min: 1}}
        """);

    var mapped =
        probe.csv(
            """
            Name,NACE,States,Sites
            A,krankenhäuser,"Germany， FR",3; 4;
            B,35.11,"de
            fr",1;;2
            C,99,"de,DE",1;x
            """);

    assertThat(mapped.values(0))
        .containsExactly(
            entry("name", "A"),
            entry("nace", "86.10"),
            entry("states", "de\nfr"),
            entry("sites", "3\n4"));
    assertThat(mapped.values(1)).contains(entry("nace", "35.11"), entry("states", "de\nfr"));
    assertThat(mapped.faults(1)).containsExactly("empty_item@D");
    assertThat(mapped.faults(2))
        .containsExactly("unknown_choice@B", "repeated_item@C", "not_a_number@D");
    assertThat(mapped.rows().get(2).faults().get(0).fault().message())
        .contains("Production of electricity, Hospitals");
  }

  @Test
  void takesEmptyWordsForEmptyAndShowsADefaultAsOne() throws Exception {
    probe.source(
        """
        empty_words: [–, n/a]
        key: [name]
        columns:
          name: {label: [Name], type: text, required: true}
          staff: {label: [Staff], type: integer, above: 0, below: 10, empty_words: [unknown]}
          active: {label: [Active], type: boolean, words: {true: [yes], false: [no]}, default: "true"}
        """);

    var mapped = probe.csv("Name,Staff,Active\nA,–,N/A\nB,Unknown,no\n–,10,yes\nD,0,maybe\n");

    assertThat(mapped.values(0)).containsExactly(entry("name", "A"), entry("active", "true"));
    assertThat(mapped.raw(0)).containsExactly(entry("active", "N/A"));
    assertThat(mapped.values(1)).containsExactly(entry("name", "B"), entry("active", "false"));
    assertThat(mapped.faults(2)).containsExactly("required@A", "out_of_range@B");
    assertThat(mapped.faults(3)).containsExactly("out_of_range@B", "unknown_boolean@C");
    assertThat(mapped.rows().get(3).faults().get(0).fault().message()).contains("> 0", "< 10");
  }

  @Test
  void takesANumberThatStandsForNoneByItsValueHoweverItIsWritten() throws Exception {
    probe.source(
        """
        empty_words: ["-999"]
        key: [name]
        columns:
          name: {label: [Name], type: text, required: true}
          staff: {label: [Staff], type: decimal, min: 0}
        """);

    var mapped = probe.csv("Name,Staff\nA,-999\nB,-999.0\nC,-999.5\n-999,0\n-999.0,1\n");

    assertThat(mapped.values(0)).containsExactly(entry("name", "A"));
    assertThat(mapped.values(1)).containsExactly(entry("name", "B"));
    assertThat(mapped.faults(2)).containsExactly("out_of_range@B");
    assertThat(mapped.rows().get(2).faults().get(0).fault().message())
        .contains("-999.5", "≥ 0")
        .doesNotContain("…");
    assertThat(mapped.faults(3)).containsExactly("required@A");
    assertThat(mapped.values(4)).contains(entry("name", "-999.0"));
  }

  @Test
  void makesARowOfEachGroupOfColumnsThatRepeat() throws Exception {
    probe.source(
        """
        header: {rows: 2}
        unpivot: {year: "20[0-9]{2}"}
        key: [name, year]
        columns:
          name: {label: [单位名称], type: text, required: true}
          year: {type: integer, min: 2020}
          turnover: {label: ["{year}年营业收入", "{year}/营业收入"], type: decimal, units: {万元: 10000}, unit: 万元}
          staff: {label: ["{year}年职工", "{year}/职工"], type: integer}
        """);

    var mapped = probe.csv("单位名称,2023,,2024,\n,营业收入（万元）,职工,营业收入,职工\n甲,1,5,,6\n乙,,,,\n丙,x,,2,3\n");

    assertThat(mapped.rows()).hasSize(5);
    assertThat(mapped.values(0))
        .containsExactly(
            entry("name", "甲"),
            entry("year", "2023"),
            entry("turnover", "10000"),
            entry("staff", "5"));
    assertThat(mapped.values(1))
        .containsExactly(entry("name", "甲"), entry("year", "2024"), entry("staff", "6"));
    assertThat(mapped.faults(2)).containsExactly("nothing_reported@-");
    assertThat(mapped.faults(3)).containsExactly("not_a_number@B");
    assertThat(mapped.rows().get(4).key()).isEqualTo("丙|2024");
    assertThatThrownBy(() -> probe.csv("单位名称,2019年职工,2024年职工\n甲,1,2\n"))
        .hasMessageContaining("column B")
        .hasMessageContaining("2019");
  }

  @Test
  void takesConstantsFromTheNameOfTheFileTheCoverAndAboveTheHeadings() throws Exception {
    probe.source(
        """
        format: {kind: xlsx}
        sheets: {read: ["*月"], skip: [说明, 封面]}
        key: [name, month]
        columns:
          name: {label: [单位名称], type: text, required: true}
          staff: {label: [人数], type: integer}
          month: {from: {sheet_name: "([0-9]+)月"}, type: integer, min: 1, max: 12}
          year: {from: {file_name: "pro(.)e"}, type: code}
          period: {from: {cell: B2, sheet: 封面}, type: period, formats: ["yyyy年"], required: true}
          reporter: {from: {beside: [填报单位]}, type: text}
        """);
    var sheets = new LinkedHashMap<String, List<List<String>>>();
    sheets.put("封面", List.of(List.of("统计报表"), List.of("年度", "2025年")));
    sheets.put("说明", List.of(List.of("怎样填写")));
    sheets.put("1月", table("填报单位：经信局"));
    sheets.put("2月", table("填报单位"));

    var mapped = probe.xlsx(sheets);

    assertThat(mapped.values(0))
        .containsExactly(
            entry("name", "甲"),
            entry("staff", "3"),
            entry("month", "1"),
            entry("year", "b"),
            entry("period", "2025"),
            entry("reporter", "经信局"));
    assertThat(mapped.rows().get(1).key()).isEqualTo("甲|2");
    assertThat(mapped.values(1)).doesNotContainKey("reporter");

    sheets.put("三月份", table("填报单位"));
    assertThatThrownBy(() -> probe.xlsx(sheets))
        .hasMessageContaining("sheet \"三月份\"")
        .hasMessageContaining("not known");
    sheets.remove("三月份");
    sheets.put("封面", List.of(List.of("统计报表")));
    assertThatThrownBy(() -> probe.xlsx(sheets)).hasMessageContaining("the cell B2");
    sheets.put("封面", List.of(List.of(""), List.of("", "2031年")));
    assertThatThrownBy(() -> probe.xlsx(sheets)).hasMessageContaining("cell B2");
  }

  private static List<List<String>> table(String title) {
    return List.of(List.of(title), List.of("单位名称", "人数"), List.of("甲", "3"));
  }

  @Test
  void rejectsRowsThatBreakARuleAndNamesTheirCells() throws Exception {
    probe.source(
        """
        key: [name]
        columns:
          name: {label: [Name], type: text, required: true}
          status: {label: [Status], type: choice, choices: {open: [open], closed: [closed]}}
          opened: {label: [Opened], type: date}
          closed: {label: [Closed], type: date}
          total: {label: [Total], type: integer}
          part: {label: [Part], type: integer}
          states: {label: [States], type: list, separators: [";"], items: {type: code}}
        rules:
          - {id: in-order, must: 'closed >= opened && days(opened, closed) < 100.0', message: closed within 100 days}
          - {id: has-date, when: 'status == "closed"', must: filled(closed), message: closed needs a date}
          - {id: part-of-total, must: part <= total, message: part exceeds total}
          - {id: not-here-alone, must: 'size(states) > 1.0 || !("DE" in states)', message: another state}
        """);

    var mapped =
        probe.csv(
            """
            Name,Status,Opened,Closed,Total,Part,States
            A,closed,2025-01-01,2025-02-01,5,5,DE;FR
            B,closed,2025-01-01,,5,6,FR
            C,open,2025-03-01,2025-02-01,,6,DE
            D,closed,2025-01-01,2025-06-01,1,,
            """);

    assertThat(mapped.faults(0)).isEmpty();
    assertThat(mapped.faults(1))
        .containsExactly(
            "rule:has-date@B", "rule:has-date@D", "rule:part-of-total@E", "rule:part-of-total@F");
    assertThat(mapped.faults(2))
        .containsExactly("rule:in-order@C", "rule:in-order@D", "rule:not-here-alone@G");
    assertThat(mapped.rows().get(1).faults().get(0).fault().message())
        .isEqualTo("closed needs a date");
    assertThat(mapped.faults(3)).containsExactly("rule:in-order@C", "rule:in-order@D");
  }

  @Test
  void rejectsCellsOfPersonsWithoutKeepingTheirText() throws Exception {
    probe.source(
        """
        ignore: [Remark]
        key: [code]
        columns:
          code: {label: [Code], type: code, required: true}
          name: {label: [Note], type: text}
          staff: {label: [Staff], type: integer}
          kind: {label: [Kind], type: choice, choices: {a: [A]}}
        """);

    var mapped =
        probe.csv(
            """
            Code,Note,Staff,Kind,Remark
            1,联系人张三11010519491231002X,5,A,
            2,,13912345678,A,
            3,"call 139-1234-5678",5,A,
            4,139 1234 5678,5,13912345678,san.zhang@example.org
            91350100M000100Y43,wang@qq.com,5,A,info@example.org
            """);

    assertThat(mapped.faults(0)).containsExactly("personal_data@B");
    assertThat(mapped.rows().get(0).faults().get(0).text()).isNull();
    assertThat(mapped.faults(1)).isEmpty();
    assertThat(mapped.faults(3))
        .containsExactly("personal_data@B", "personal_data@D", "personal_data@E");
    assertThat(mapped.faults(4)).containsExactly("personal_data@B");
    assertThat(mapped.rows())
        .allSatisfy(row -> assertThat(row.faults()).allMatch(f -> f.text() == null));
  }

  @Test
  void refusesHeadingsOfPersonsUnlessTheyAreDeclaredAndProtected() throws Exception {
    probe.source("unknown_columns: ignore\n" + two());
    assertThatThrownBy(() -> probe.csv("Name,Staff,身份证号码\nA,1,\n"))
        .isInstanceOf(Unusable.class)
        .hasMessageContaining("column C: the heading \"身份证号码\" is one of persons' data");

    probe.source(
        two()
            + """
              id_card: {label: [身份证号码], type: code, personal: {protect: drop}}
              phone: {label: [手机号], type: code, pattern: "[0-9]{11}", personal: {protect: hash}}
            """);
    var mapped = probe.csv("Name,Staff,身份证号码,手机号\nA,1,11010519491231002X,13912345678\nB,2,,139\n");
    assertThat(mapped.values(0)).containsOnlyKeys("name", "staff", "phone");
    assertThat(mapped.values(0).get("phone")).matches("sha256:[0-9a-f]{64}");
    assertThat(mapped.raw(0)).isEmpty();
    assertThat(mapped.faults(1)).containsExactly("pattern@D");
    var fault = mapped.rows().get(1).faults().get(0);
    assertThat(fault.text()).isNull();
    assertThat(fault.fault().message()).doesNotContain("139");
  }

  private static String two() {
    return """
        key: [name]
        columns:
          name: {label: [Name], type: text, required: true}
          staff: {label: [Staff], type: integer}
        """;
  }
}
