package org.keyroll.publication;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.keyroll.adjustment.Entry;
import org.keyroll.definition.Phrases;
import org.keyroll.definition.Run;
import org.keyroll.intake.Freshness;
import org.keyroll.intake.RejectedRows.RejectedCell;
import org.keyroll.publication.Manifest.FileLine;
import org.keyroll.publication.Tables.Change;
import org.keyroll.table.SheetContent;
import org.keyroll.table.TableWriter;
import org.keyroll.table.WorkbookInfo;

/**
 * The files of a revision for the authority or one department: each table as a workbook and as csv,
 * its rows counted again when they are written.
 *
 * @param path folder within the revision
 * @param audience id of the department
 * @param title what the department is called
 * @param titles takes what each file is called, by path
 */
record AudienceFiles(
    RevisionFolder folder,
    Tables tables,
    Run run,
    long revision,
    String path,
    String audience,
    String title,
    Map<String, String> titles) {

  /** The same for another audience. */
  AudienceFiles of(String path, String audience, String title) {
    return new AudienceFiles(folder, tables, run, revision, path, audience, title, titles);
  }

  void list(List<Entry> list) {
    var table = tables.list(title, list);
    both("list", table, list.size());
    var head =
        new ListJson.Head(
            run.definitions().programme().id(),
            revision,
            run.asOf().toString(),
            audience,
            list.size());
    add("list.json", table.title(), list.size(), out -> ListJson.write(out, head, list));
  }

  void changes(List<Change> changes) {
    both("changes", tables.changes(title, changes), changes.size());
  }

  void changes(int days, List<Change> changes) {
    both("changes-%d-days".formatted(days), tables.changes(title, days, changes), changes.size());
  }

  void rejections(List<RejectedCell> cells) {
    both("rejected-rows", tables.rejections(title, cells), cells.size());
  }

  void freshness(List<Freshness.OfSource> sources) {
    var table = run.definitions().publication().freshness();
    if (table != null) {
      both("sources", tables.freshness(table, title, sources), sources.size());
    }
  }

  void report(String of, List<SheetContent> sheets) {
    long rows = sheets.stream().mapToLong(s -> ((List<?>) s.rows()).size()).sum();
    add("assignment-report.xlsx", of, rows, out -> TableWriter.xlsx(out, info(of), sheets));
  }

  /** The report of a run, which tells of the other files and is written after them. */
  List<FileLine> runReport(String of, Phrases words, List<SheetContent> sheets) throws IOException {
    var info = info(of);
    var programme = run.definitions().programme();
    var about =
        new PdfPages.About(
            programme.language(),
            "%s　%s".formatted(programme.title(), of),
            info.creator(),
            info.created());
    var workbook = path + "/run-report.xlsx";
    var pdf = path + "/run-report.pdf";
    titles.put(workbook, of);
    titles.put(pdf, of);
    return List.of(
        folder.write(pdf, audience, out -> TablePdf.write(out, about, sheets, words)),
        folder.write(workbook, audience, out -> TableWriter.xlsx(out, info, sheets)));
  }

  private void both(String name, SheetContent table, long rows) {
    var info = info(table.title());
    add(name + ".xlsx", table.title(), rows, out -> TableWriter.xlsx(out, info, List.of(table)));
    add(name + ".csv", table.title(), rows, out -> TableWriter.csv(out, table));
  }

  private WorkbookInfo info(String title) {
    return new WorkbookInfo(
        title,
        run.definitions().programme().authority().title(),
        run.asOf().atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  /** Names a file, which must come out with as many rows as there are. */
  void add(String name, String called, long rows, RevisionFolder.Content content) {
    var at = path + "/" + name;
    titles.put(at, called);
    folder.add(
        at,
        audience,
        out -> {
          long written = content.write(out);
          if (written != rows) {
            throw new IOException(
                "%s holds %d rows instead of %d; nothing was published"
                    .formatted(at, written, rows));
          }
          return written;
        });
  }
}
