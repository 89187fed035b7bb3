package org.keyroll.identity;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Run;
import org.keyroll.definition.Similarity.Blocking;
import org.keyroll.matching.Keys;
import org.keyroll.matching.PairList;
import org.keyroll.matching.SortedKeys;
import org.keyroll.unit.Names;

/**
 * Records as they were compared, with their blocking keys, so that a night finds whom to compare
 * new ones with and need not read the others again. They are packed and lie in large parts, of
 * which it reads those that it needs, within the transaction of a connection: a segment for the
 * night on which all was compared, and a small one for each later night. Records of all segments
 * are numbered through; those that are no longer in force stay until all is compared again.
 */
final class KeptRecords {
  private static final int RECORDS_A_PART = 4096;
  private static final int KEYS_A_PART = 8192;

  /** So many times its limit, a block has grown too far to compare a new record with all of it. */
  private static final long LIMITS = 10;

  private final Connection connection;
  private final int programme;
  private final List<Segment> segments;

  /**
   * Records that were kept together.
   *
   * @param before records in the segments before it
   */
  private record Segment(int number, int before, int records) {}

  /** A record as it was compared; {@code forms} as {@code Population.shown} gives them. */
  record Kept(long record, int source, long keyHash, List<@Nullable String> forms) {}

  /** Takes records that were asked for. */
  @FunctionalInterface
  interface Taker {
    void take(int number, Kept record) throws SQLException;
  }

  private KeptRecords(Connection connection, int programme, List<Segment> segments) {
    this.connection = connection;
    this.programme = programme;
    this.segments = segments;
  }

  /** What is kept of a programme. */
  static KeptRecords of(Connection connection, Run run) throws SQLException {
    var segments = new ArrayList<Segment>();
    int before = 0;
    try (var statement =
        connection.prepareStatement(
            "SELECT segment, records FROM match_segment WHERE programme_id = ? ORDER BY segment")) {
      statement.setInt(1, run.scope().programmeId());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          segments.add(new Segment(rows.getInt(1), before, rows.getInt(2)));
          before += rows.getInt(2);
        }
      }
    }
    return new KeptRecords(connection, run.scope().programmeId(), segments);
  }

  /** How many records there are. */
  int size() {
    return segments.stream().mapToInt(Segment::records).sum();
  }

  /** How many records have been added since all was compared. */
  int added() {
    return segments.isEmpty() ? 0 : size() - segments.get(0).records();
  }

  /** Forgets all. */
  void clear() throws SQLException {
    for (var table : List.of("match_segment", "match_record", "match_block")) {
      try (var statement =
          connection.prepareStatement("DELETE FROM " + table + " WHERE programme_id = ?")) {
        statement.setInt(1, programme);
        statement.executeUpdate();
      }
    }
    segments.clear();
  }

  /** Keeps records; their keys follow, rule by rule. */
  SortedKeys.Taker add(Participants of) throws SQLException, IOException {
    int segment = segments.isEmpty() ? 0 : segments.get(segments.size() - 1).number() + 1;
    try (var statement =
        connection.prepareStatement(
            "INSERT INTO match_segment (programme_id, segment, records) VALUES (?, ?, ?)")) {
      statement.setInt(1, programme);
      statement.setInt(2, segment);
      statement.setInt(3, of.size());
      statement.executeUpdate();
    }
    try (var statement =
        connection.prepareStatement(
            "INSERT INTO match_record (programme_id, segment, part, data) VALUES (?, ?, ?, ?)")) {
      for (int part = 0; part * RECORDS_A_PART < of.size(); part++) {
        statement.setInt(1, programme);
        statement.setInt(2, segment);
        statement.setInt(3, part);
        statement.setBytes(4, packed(of, part * RECORDS_A_PART));
        statement.executeUpdate();
      }
    }
    segments.add(new Segment(segment, size(), of.size()));
    return (rule, keys) -> add(segment, rule, keys);
  }

  private static byte[] packed(Participants of, int from) throws IOException {
    var bytes = new ByteArrayOutputStream(RECORDS_A_PART * 64);
    var out = new DataOutputStream(bytes);
    var population = of.population();
    for (int i = from; i < Math.min(of.size(), from + RECORDS_A_PART); i++) {
      out.writeLong(of.record(i));
      out.writeInt(of.source(i));
      out.writeLong(of.keyHash(i));
      for (int f = 0; f < population.fields(); f++) {
        var form = population.shown(f, i);
        var text = form == null ? new byte[0] : form.getBytes(StandardCharsets.UTF_8);
        // Most are short: one byte tells the length then.
        if (text.length < 0xFF) {
          out.writeByte(text.length);
        } else {
          out.writeByte(0xFF);
          out.writeInt(text.length);
        }
        out.write(text);
      }
    }
    return bytes.toByteArray();
  }

  /** A key's records always stand in one part. */
  private void add(int segment, int rule, SortedKeys keys) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "INSERT INTO match_block (programme_id, rule, segment, part, first_key, data)"
                + " VALUES (?, ?, ?, ?, ?, ?)")) {
      int part = 0;
      for (int from = 0; from < keys.size(); ) {
        int to = from;
        while (to < keys.size() && to - from < KEYS_A_PART) {
          to = keys.end(to);
        }
        var packed = ByteBuffer.allocate((to - from) * (Long.BYTES + Integer.BYTES));
        for (int i = from; i < to; i++) {
          packed.putLong(keys.key(i)).putInt(keys.record(i));
        }
        statement.setInt(1, programme);
        statement.setInt(2, rule);
        statement.setInt(3, segment);
        statement.setInt(4, part++);
        statement.setLong(5, keys.key(from));
        statement.setBytes(6, packed.array());
        statement.executeUpdate();
        from = to;
      }
    }
  }

  /**
   * Finds whom to compare new records with, and keeps these as well.
   *
   * @return pairs of the place of a new record and the number of another one
   */
  PairList addAndPair(Participants fresh, Names names, List<Blocking> blocking) throws Exception {
    var earlier = List.copyOf(segments);
    int before = size();
    var taker = add(fresh);
    var pairs = new PairList();
    var maker = new Keys(fresh.population(), names);
    for (int rule = 0; rule < blocking.size(); rule++) {
      long most = LIMITS * blocking.get(rule).limit();
      var keys = SortedKeys.of(fresh.population(), maker, blocking.get(rule));
      var kept = new SortedKeys();
      var parts = new SortedKeys();
      var cut = meet(earlier, rule, keys, most, pairs);
      for (int i = 0; i < keys.size(); i++) {
        if (!cut.contains(keys.key(i))) {
          kept.add(keys.key(i), keys.record(i));
        } else {
          for (long finer : maker.finer(keys.key(i), keys.record(i))) {
            parts.add(finer, keys.record(i));
          }
        }
      }
      if (parts.size() > 0) {
        parts.sort();
        var tooLarge = meet(earlier, rule, parts, most, pairs);
        for (int i = 0; i < parts.size(); i++) {
          if (!tooLarge.contains(parts.key(i))) {
            kept.add(parts.key(i), parts.record(i));
          }
        }
        kept.sort();
      }
      among(kept, before, most, pairs);
      taker.take(rule, kept);
    }
    pairs.sortDistinct();
    return pairs;
  }

  /** Pairs of new records. */
  private static void among(SortedKeys keys, int before, long most, PairList pairs) {
    for (int from = 0; from < keys.size(); ) {
      int to = keys.end(from);
      for (int i = from; to - from <= most && i < to; i++) {
        for (int j = i + 1; j < to; j++) {
          pairs.add(keys.record(i), before + keys.record(j));
        }
      }
      from = to;
    }
  }

  /**
   * Pairs new records with those of earlier segments.
   *
   * @return keys of blocks beyond their limit
   */
  private Set<Long> meet(
      List<Segment> earlier, int rule, SortedKeys keys, long most, PairList pairs)
      throws SQLException {
    var cut = new HashSet<Long>();
    var firstKeys = firstKeys(rule);
    for (var segment : earlier) {
      var first = firstKeys.getOrDefault(segment.number(), List.of());
      // Where the keys of each part that is needed begin.
      var from = new LinkedHashMap<Integer, Integer>();
      int part = -1;
      for (int i = 0; i < keys.size(); i = keys.end(i)) {
        while (part + 1 < first.size() && first.get(part + 1) <= keys.key(i)) {
          part++;
        }
        if (part >= 0) {
          from.putIfAbsent(part, i);
        }
      }
      if (from.isEmpty()) {
        continue;
      }
      try (var statement =
          connection.prepareStatement(
              "SELECT part, data FROM match_block WHERE programme_id = ? AND rule = ?"
                  + " AND segment = ? AND part IN ("
                  + listed(from.keySet())
                  + ")")) {
        statement.setInt(1, programme);
        statement.setInt(2, rule);
        statement.setInt(3, segment.number());
        statement.setFetchSize(16);
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            int begin = java.util.Objects.requireNonNull(from.get(rows.getInt(1)));
            meet(ByteBuffer.wrap(rows.getBytes(2)), segment, keys, begin, most, pairs, cut);
          }
        }
      }
    }
    return cut;
  }

  private Map<Integer, List<Long>> firstKeys(int rule) throws SQLException {
    var first = new HashMap<Integer, List<Long>>();
    try (var statement =
        connection.prepareStatement(
            "SELECT segment, first_key FROM match_block WHERE programme_id = ? AND rule = ?"
                + " ORDER BY segment, part")) {
      statement.setInt(1, programme);
      statement.setInt(2, rule);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          first.computeIfAbsent(rows.getInt(1), s -> new ArrayList<>()).add(rows.getLong(2));
        }
      }
    }
    return first;
  }

  /** Goes through a part and the keys from a place on side by side; both are in order. */
  private static void meet(
      ByteBuffer part,
      Segment segment,
      SortedKeys keys,
      int begin,
      long most,
      PairList pairs,
      Set<Long> cut) {
    int entry = Long.BYTES + Integer.BYTES;
    int n = part.capacity() / entry;
    int at = 0;
    for (int i = begin; i < keys.size() && at < n; ) {
      long key = keys.key(i);
      int end = keys.end(i);
      while (at < n && part.getLong(at * entry) < key) {
        at++;
      }
      int to = at;
      while (to < n && part.getLong(to * entry) == key) {
        to++;
      }
      if (to > at && part.getInt(at * entry + Long.BYTES) == SortedKeys.CUT_UP) {
        cut.add(key);
      } else if (to - at <= most) {
        for (int j = at; j < to; j++) {
          int number = segment.before() + part.getInt(j * entry + Long.BYTES);
          for (int k = i; k < end; k++) {
            pairs.add(keys.record(k), number);
          }
        }
      }
      at = to;
      i = end;
    }
  }

  private static String listed(Iterable<Integer> numbers) {
    var list = new StringBuilder();
    for (int number : numbers) {
      list.append(list.length() == 0 ? "" : ",").append(number);
    }
    return list.toString();
  }

  /** Reads records by number. */
  void read(BitSet wanted, int fields, Taker taker) throws SQLException {
    for (var segment : segments) {
      var parts = new ArrayList<Integer>();
      for (int part = 0; part * RECORDS_A_PART < segment.records(); part++) {
        int from = segment.before() + part * RECORDS_A_PART;
        int next = wanted.nextSetBit(from);
        if (next >= 0
            && next < Math.min(from + RECORDS_A_PART, segment.before() + segment.records())) {
          parts.add(part);
        }
      }
      if (parts.isEmpty()) {
        continue;
      }
      try (var statement =
          connection.prepareStatement(
              "SELECT part, data FROM match_record WHERE programme_id = ? AND segment = ?"
                  + " AND part IN ("
                  + listed(parts)
                  + ")")) {
        statement.setInt(1, programme);
        statement.setInt(2, segment.number());
        statement.setFetchSize(8);
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            int number = segment.before() + rows.getInt(1) * RECORDS_A_PART;
            unpack(rows.getBytes(2), number, wanted, fields, taker);
          }
        }
      }
    }
  }

  private static void unpack(byte[] bytes, int first, BitSet wanted, int fields, Taker taker)
      throws SQLException {
    var part = ByteBuffer.wrap(bytes);
    for (int number = first; part.hasRemaining(); number++) {
      long record = part.getLong();
      int source = part.getInt();
      long keyHash = part.getLong();
      boolean asked = wanted.get(number);
      List<@Nullable String> forms = new ArrayList<>();
      for (int f = 0; f < fields; f++) {
        int length = part.get() & 0xFF;
        length = length == 0xFF ? part.getInt() : length;
        if (asked) {
          forms.add(
              length == 0
                  ? null
                  : new String(bytes, part.position(), length, StandardCharsets.UTF_8));
        }
        part.position(part.position() + length);
      }
      if (asked) {
        taker.take(number, new Kept(record, source, keyHash, forms));
      }
    }
  }
}
