package org.keyroll.table;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.keyroll.table.SheetColumn.Format;

/** Reads 1,000,000 rows of 10 columns, with this room and with the bare libraries beside it. */
final class TableBench {

  private static final int ROWS = 1_000_000;

  private TableBench() {}

  public static void main(String[] args) throws Exception {
    var folder = Files.createDirectories(Path.of(args.length > 0 ? args[0] : "target/bench"));
    var xlsx = folder.resolve("registry.xlsx");
    var csv = folder.resolve("registry.csv");
    time("write xlsx", () -> write(xlsx, true));
    time("write csv", () -> write(csv, false));
    for (int round = 0; round < 3; round++) {
      time("read xlsx, keyroll", () -> keyroll(xlsx));
      time("read xlsx, fastexcel-reader", () -> fastexcel(xlsx));
      time("read csv, keyroll", () -> keyroll(csv));
      time("read csv, fastcsv", () -> fastcsv(csv));
    }
  }

  private static void time(String what, Callable<Long> work) throws Exception {
    long start = System.nanoTime();
    long rows = work.call();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-28s %,10d rows %6.2f s %,12.0f rows/s%n",
        what,
        rows,
        seconds,
        rows / seconds);
  }

  private static long write(Path file, boolean xlsx) throws IOException {
    if (Files.exists(file)) {
      return 0;
    }
    var columns =
        IntStream.range(0, 10)
            .mapToObj(
                i ->
                    new SheetColumn(
                        "Column " + i,
                        16,
                        i < 6 ? Format.TEXT : i < 8 ? Format.DATE : Format.DECIMAL))
            .toList();
    Iterable<List<Object>> rows =
        () -> IntStream.range(0, ROWS).mapToObj(TableBench::row).iterator();
    var sheet = new SheetContent("registry", "Registry", List.of(), columns, rows);
    try (var out = Files.newOutputStream(file)) {
      return xlsx
          ? TableWriter.xlsx(
              out, new WorkbookInfo("Registry", "Bench", Instant.EPOCH), List.of(sheet))
          : TableWriter.csv(out, sheet);
    }
  }

  private static List<Object> row(int i) {
    return List.of(
        "91350100M%08d".formatted(i),
        "福州示范科技有限公司 " + i,
        "福建省福州市鼓楼区五四路 " + i % 500 + " 号",
        "C3" + i % 100,
        "manufacturing",
        "存续",
        LocalDate.of(1990, 1, 1).plusDays(i % 12_000),
        LocalDate.of(2026, 1, 1).plusDays(i % 300),
        i * 0.25,
        i % 977);
  }

  private static long keyroll(Path file) throws UnreadableFile {
    var counter =
        new RowSink() {
          private long rows;

          @Override
          public void sheet(String name) {}

          @Override
          public boolean row(Row row) {
            rows++;
            return true;
          }
        };
    TableReader.read(file, ReadOptions.detect(), counter);
    return counter.rows;
  }

  private static long fastexcel(Path file) throws IOException {
    try (var workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, false));
        var rows = workbook.getFirstSheet().openStream()) {
      return rows.mapToLong(row -> 1).sum();
    }
  }

  private static long fastcsv(Path file) throws IOException {
    try (var reader = CsvReader.builder().ofCsvRecord(file);
        var records = reader.stream()) {
      return records.mapToLong(record -> 1).sum();
    }
  }
}
