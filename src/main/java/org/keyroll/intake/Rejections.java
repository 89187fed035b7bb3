package org.keyroll.intake;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.database.BulkLoad;
import org.keyroll.intake.ParsedRow.CellFault;

/**
 * The rejected rows of one delivery on their way to the database. They wait on disk, for a file may
 * consist of nothing else.
 */
final class Rejections implements AutoCloseable {
  private static final List<String> COLUMNS =
      List.of(
          "delivery_id",
          "ordinal",
          "fault",
          "sheet",
          "row_no",
          "column_no",
          "field",
          "heading",
          "rule",
          "text",
          "message");

  private final Path file;
  private final DataOutputStream out;
  private long rows;
  private long lines;

  Rejections() throws IOException {
    file = Files.createTempFile("keyroll", ".rejections");
    out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
  }

  long rows() {
    return rows;
  }

  void add(long ordinal, String sheet, int rowNumber, List<CellFault> faults) throws IOException {
    rows++;
    int n = 0;
    for (var fault : faults) {
      out.writeLong(ordinal);
      out.writeInt(n++);
      write(sheet);
      out.writeInt(rowNumber);
      out.writeInt(fault.column() == null ? -1 : fault.column());
      write(fault.field());
      write(fault.heading());
      write(fault.fault().rule());
      write(fault.text());
      write(fault.fault().message());
      lines++;
    }
  }

  void load(Connection connection, long delivery) throws Exception {
    out.close();
    if (lines == 0) {
      return;
    }
    try (var in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      BulkLoad.into(
          connection,
          "rejection",
          COLUMNS,
          to -> {
            for (long i = 0; i < lines; i++) {
              to.add(delivery).add(in.readLong()).add(in.readInt()).add(read(in)).add(in.readInt());
              int column = in.readInt();
              to.add(column < 0 ? null : Integer.toString(column));
              to.add(cut(read(in), 64)).add(cut(read(in), 191)).add(read(in));
              to.add(cut(read(in), 10_000)).add(read(in));
              to.end();
            }
          });
    }
  }

  /** Texts of any length: {@code writeUTF} ends at 64 kB. */
  private void write(@Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    var bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static @Nullable String read(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0
        ? null
        : new String(in.readNBytes(length), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static @Nullable String cut(@Nullable String text, int length) {
    return text == null || text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(file);
  }
}
