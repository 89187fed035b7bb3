package org.keyroll.table;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads damaged copies of files, in a JVM of its own: {@code Corruptions FOLDER FIRST COUNT
 * [KEPT]}. Each is damaged by the seed of its number, so that one alone can be looked at again;
 * those with a fault are kept in the folder KEPT. Ends with 1 and says why where one hangs, runs
 * out of memory, ends in anything but a refusal, or is read as something else though its checksums
 * are right.
 */
final class Corruptions {

  private static final int SECONDS = 30;
  private static final int LARGEST = 60_000;

  private final List<Path> samples;
  private final Map<Path, Map<String, Canonical.Sum>> whole = new LinkedHashMap<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();

  private Corruptions(List<Path> samples) {
    this.samples = samples;
  }

  public static void main(String[] args) throws Exception {
    var samples = new ArrayList<Path>();
    try (var files = Files.walk(Path.of(args[0]))) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (Files.size(file) < LARGEST) {
          samples.add(file);
        }
      }
    }
    int first = Integer.parseInt(args[1]);
    var kept = args.length > 3 ? Files.createDirectories(Path.of(args[3])) : null;
    var faults = new Corruptions(samples).run(first, Integer.parseInt(args[2]), kept);
    faults.forEach(System.out::println);
    System.exit(faults.isEmpty() ? 0 : 1);
  }

  private List<String> run(int first, int count, @Nullable Path kept) throws Exception {
    var faults = new ArrayList<String>();
    var reader = Executors.newSingleThreadExecutor();
    var copy = Files.createTempFile("corruption", ".dat");
    try {
      for (int seed = first; seed < first + count; seed++) {
        var random = new Random(seed);
        var sample = samples.get(random.nextInt(samples.size()));
        var bytes = Files.readAllBytes(sample);
        boolean inside = bytes.length > 4 && bytes[0] == 'P' && random.nextInt(3) > 0;
        Files.write(copy, inside ? damageInside(bytes, random) : damage(bytes, random));
        var running = reader.submit(() -> read(copy));
        String fault;
        try {
          fault = judge(sample, inside, running.get(SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
          fault = "hangs";
        } catch (ExecutionException e) {
          var thrown = Objects.requireNonNull(e.getCause());
          fault = thrown + " at " + Arrays.asList(thrown.getStackTrace());
        }
        if (fault != null) {
          faults.add(seed + " " + sample.getFileName() + ": " + fault);
          if (kept != null) {
            Files.copy(copy, kept.resolve(seed + "-" + sample.getFileName()));
          }
          if (fault.equals("hangs")) {
            break;
          }
        }
      }
    } finally {
      reader.shutdownNow();
      Files.delete(copy);
    }
    System.out.println(outcomes);
    return faults;
  }

  /** The sums of what was read, or the refusal. */
  private static Object read(Path file) {
    try {
      return Canonical.of(file, ReadOptions.detect());
    } catch (UnreadableFile e) {
      return e;
    }
  }

  private @Nullable String judge(Path sample, boolean inside, Object outcome) throws IOException {
    if (outcome instanceof UnreadableFile refusal) {
      outcomes.merge(refusal.reason().name(), 1, Integer::sum);
      var message = String.valueOf(refusal.getMessage());
      return message.endsWith(".") && !message.contains("\n") ? null : "says " + message;
    }
    boolean same = outcome.equals(whole.computeIfAbsent(sample, Corruptions::sums));
    outcomes.merge(same ? "read, the same" : "read", 1, Integer::sum);
    boolean checked = !inside && Files.readAllBytes(sample)[0] == 'P';
    return same || !checked ? null : "is read as something else, though its checksums are right";
  }

  private static Map<String, Canonical.Sum> sums(Path sample) {
    try {
      return Canonical.of(sample, ReadOptions.detect());
    } catch (UnreadableFile e) {
      return Map.of();
    }
  }

  /** Bytes changed, cut off, left out, doubled or made of what programs count with. */
  private static byte[] damage(byte[] bytes, Random random) {
    var damaged = bytes.clone();
    int length = damaged.length;
    if (length == 0) {
      return damaged;
    }
    int at = random.nextInt(length);
    int size = Math.min(length - at, 1 + random.nextInt(16));
    switch (random.nextInt(7)) {
      case 0 -> damaged = Arrays.copyOf(damaged, at);
      case 1 -> damaged = without(damaged, at, size);
      case 2 -> damaged = twice(damaged, at, size);
      case 3 -> Arrays.fill(damaged, at, at + size, (byte) (random.nextBoolean() ? 0xFF : 0));
      default -> {
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
          int place = random.nextInt(length);
          damaged[place] =
              (byte)
                  (random.nextBoolean()
                      ? damaged[place] ^ 1 << random.nextInt(8)
                      : random.nextInt(256));
        }
      }
    }
    return damaged;
  }

  private static byte[] without(byte[] bytes, int at, int size) {
    var out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.write(bytes, at + size, bytes.length - at - size);
    return out.toByteArray();
  }

  private static byte[] twice(byte[] bytes, int at, int size) {
    var out = new ByteArrayOutputStream();
    out.write(bytes, 0, at + size);
    out.write(bytes, at, bytes.length - at);
    return out.toByteArray();
  }

  /** Damages one part of a zip and packs all again, so that no checksum tells. */
  private static byte[] damageInside(byte[] zip, Random random) throws IOException {
    var parts = new LinkedHashMap<String, byte[]>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        parts.put(entry.getName(), in.readAllBytes());
      }
    } catch (IOException e) {
      return damage(zip, random);
    }
    var names = List.copyOf(parts.keySet());
    if (names.isEmpty()) {
      return damage(zip, random);
    }
    var chosen = names.get(random.nextInt(names.size()));
    var out = new ByteArrayOutputStream();
    try (var packed = new ZipOutputStream(out)) {
      for (var part : parts.entrySet()) {
        packed.putNextEntry(new ZipEntry(part.getKey()));
        packed.write(
            part.getKey().equals(chosen) ? damage(part.getValue(), random) : part.getValue());
      }
    }
    return out.toByteArray();
  }
}
