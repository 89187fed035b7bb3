package org.keyroll.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.definition.DefinitionReader;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Source;
import org.keyroll.table.TableReader;

/** A template, filled in with its own examples, is taken by the source that it was made from. */
class TemplatesTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 11, 9);

  @TempDir Path folder;

  static Stream<List<String>> sources() throws DefinitionErrors {
    var all = new ArrayList<List<String>>();
    for (var programme : DefinitionReader.programmes(Path.of("jobs"))) {
      read(programme).sources().keySet().forEach(id -> all.add(List.of(programme, id)));
    }
    return all.stream();
  }

  private static Definitions read(String programme) throws DefinitionErrors {
    return DefinitionReader.read(Path.of("jobs"), programme);
  }

  private static byte[] template(Definitions definitions, Source source) throws Exception {
    var bytes = new ByteArrayOutputStream();
    Templates.write(definitions, source, bytes);
    return bytes.toByteArray();
  }

  private static List<ParsedRow> rows(Definitions definitions, Source source, Path file)
      throws Exception {
    var rows = new ArrayList<ParsedRow>();
    var marked = Marked.of(file, definitions.programme());
    assertThat(marked.source(definitions)).isEqualTo(source);
    var mapping =
        new SheetMapping(
            definitions,
            source,
            new ExampleValues(definitions, source).fileName(),
            marked,
            AS_OF,
            rows::add);
    TableReader.read(file, mapping.options(), mapping);
    mapping.finish();
    return rows;
  }

  @ParameterizedTest
  @MethodSource("sources")
  void takesItsOwnExamplesAndNothingElse(List<String> which) throws Exception {
    var definitions = read(which.get(0));
    var source = definitions.source(which.get(1));
    var bytes = template(definitions, source);
    assertThat(template(definitions, source)).isEqualTo(bytes);
    var empty = Files.write(folder.resolve("empty.xlsx"), bytes);
    assertThat(rows(definitions, source, empty)).isEmpty();
    offersTheWordsOfChoicesAndKeepsCodesTexts(source, empty);

    var filled = folder.resolve("filled.xlsx");
    try (var in = Files.newInputStream(empty);
        Workbook workbook = WorkbookFactory.create(in);
        var out = Files.newOutputStream(filled)) {
      assertThat(copy(workbook.getSheetAt(1), workbook.getSheetAt(0), source.header().rows()))
          .isEqualTo(2);
      workbook.write(out);
    }
    var rows = rows(definitions, source, filled);
    assertThat(rows).hasSize(2).allSatisfy(row -> assertThat(row.faults()).isEmpty());
    assertThat(rows.stream().map(ParsedRow::key).distinct()).hasSize(2);
  }

  @Test
  void makesUpWhatAnySourceWants() throws Exception {
    var probe = new Probe(folder);
    var sources =
        List.of(
            """
            format: {kind: xlsx}
            header: {rows: 2}
            unpivot: {year: "20[0-9]{2}"}
            key: [credit_code, year]
            columns:
              credit_code: {label: [统一社会信用代码], type: identifier, scheme: uscc, required: true}
              year: {type: integer}
              turnover: {label: ["{year}/营业收入"], type: decimal, above: 10, below: 20, units: {元: 1, 万元: 10000}, unit: 元}
              share: {label: ["{year}/占比"], type: percentage, min: 0.2, max: 0.4}
            """,
            """
            format: {kind: xlsx}
            sheets: {read: ["Area *"], skip: [Cover]}
            covers: {from: {beside: [Period], sheet: Cover}, type: period}
            gates:
              totals:
                - {from: {cell: C4, sheet: Cover}}
                - {from: {cell: B2}, sums: staff}
            key: [euid]
            columns:
              area: {from: {sheet_name: "Area ([A-Z]{2})"}, type: code, required: true}
              office: {from: {beside: [Office]}, type: text, required: true}
              day: {from: {file_name: "([0-9]{4}-[0-9]{2}-[0-9]{2})"}, type: date, required: true}
              name: {label: [Name], type: text, required: true, max_length: 40}
              euid: {label: [EUID], type: identifier, scheme: euid, required: true}
              country: {label: [Country], type: choice, choices: {de: [Germany], fi: [Finland]}}
              number: {label: [Number], type: identifier, scheme: registration, country: country}
              dutch: {label: [Dutch], type: identifier, scheme: vat/NL}
              code: {label: [Code], type: code, pattern: "[A-Z]{3}-[0-9]{4}"}
              staff: {label: [Staff], type: integer, min: 5}
              weight: {label: [Weight], type: decimal, units: {kg: 1, t: 1000}}
              until: {label: [Until], type: date, latest: 2020-12-31}
              states: {label: [States], type: list, separators: [";"], items: {type: code, pattern: "[A-Z]{2}"}}
              contact: {label: [Contact name], type: text, required: true, personal: {protect: drop}}
            rules:
              - {id: few, must: staff < 100, message: too many}
            """);
    for (var yaml : sources) {
      var source = probe.source(yaml).source();
      var bytes = new ByteArrayOutputStream();
      var name = Templates.writeFilled(probe.definitions(), source, bytes);
      var file = Files.write(folder.resolve(name), bytes.toByteArray());
      var filled = probe.map(file).rows();
      assertThat(filled).isNotEmpty().allSatisfy(row -> assertThat(row.faults()).isEmpty());
      var filledFields = Payload.read(filled.get(0).payload()).keySet();
      assertThat(source.columns().keySet()).isSubsetOf(withContact(filledFields));
    }
  }

  private static Set<String> withContact(Set<String> fields) {
    var all = new TreeSet<>(fields);
    all.add("contact");
    return all;
  }

  /** Copies the rows below the headings, which begin two rows further down among the examples. */
  private static int copy(Sheet from, Sheet to, int headings) {
    int copied = 0;
    for (int r = headings + 2; r <= from.getLastRowNum(); r++, copied++) {
      var row = to.createRow(headings + copied);
      for (var cell : from.getRow(r)) {
        var copy = row.createCell(cell.getColumnIndex());
        copy.setCellStyle(cell.getCellStyle());
        if (cell.getCellType() == CellType.NUMERIC) {
          copy.setCellValue(cell.getNumericCellValue());
          assertThat(DateUtil.isCellDateFormatted(copy))
              .isEqualTo(DateUtil.isCellDateFormatted(cell));
        } else if (cell.getCellType() == CellType.STRING) {
          copy.setCellValue(cell.getStringCellValue());
        }
      }
    }
    return copied;
  }

  private static void offersTheWordsOfChoicesAndKeepsCodesTexts(Source source, Path file)
      throws Exception {
    try (var workbook = WorkbookFactory.create(file.toFile(), null, true)) {
      var sheet = workbook.getSheetAt(0);
      var columns = new TemplateLayout(source).columns();
      long choices = 0;
      for (int c = 0; c < columns.size(); c++) {
        var type = columns.get(c).column().type();
        if (type == Source.Type.CHOICE || type == Source.Type.BOOLEAN) {
          choices++;
        }
        if (type == Source.Type.CODE || type == Source.Type.IDENTIFIER) {
          assertThat(sheet.getColumnStyle(c).getDataFormatString()).isEqualTo("@");
        }
      }
      long lists =
          sheet.getDataValidations().stream()
              .filter(v -> v.getValidationConstraint().getFormula1().contains("$"))
              .count();
      assertThat(lists).isEqualTo(choices);
      assertThat(sheet.getCellComments()).hasSize(columns.size());
      assertThat(workbook.isSheetHidden(workbook.getNumberOfSheets() - 1)).isTrue();
    }
  }
}
