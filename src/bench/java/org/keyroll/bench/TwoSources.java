package org.keyroll.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A register of invented organisations and as many reports on them, each of a row's own making:
 * what stands in it follows from its number and the night alone. Of the reports 65 % give the code;
 * the others say by name, address and telephone whom they mean, in the ways in which people do, and
 * 5 % speak of an organisation that is not registered. In the second night 1 % of the rows of
 * either file have changed.
 */
final class TwoSources {
  private static final long SEED = 0x6D61746368L;
  private static final int GIVES_CODE = 65;
  private static final int NOT_REGISTERED = 95;

  private static final String[] TOWNS = {"青岚市", "澜川市", "临沧江市", "北屿市", "南浦市", "东桥市", "西渡市", "云泽市"};
  private static final String FIRST = "滨学港站科长建解春江湖山云文平华东西南北新人民光明和兴安泰福";
  private static final String SECOND = "河府口前技江设放晖滨畔阴溪化安侨风苑湖京华才族荣珠谐隆宁山州";
  private static final String[] ROADS = {"路", "街", "大道", "巷"};
  private static final String[][] FORMS = {
    {"股份有限公司", "有限公司"},
    {"有限责任公司", "有限公司"},
    {"集团有限公司", "集团"},
    {"有限公司", "有限责任公司"},
    {"公司", "有限公司"}
  };
  private static final String SIMPLE = "铁鼓电机联邦语览谱测恒惊务远丰华长设备医药软环海洋学仪贸筑装讯纺织传";
  private static final String FULL = "鐵鼓電機聯邦語覽譜測恆驚務遠豐華長設備醫藥軟環海洋學儀貿築裝訊紡織傳";

  private final long rows;
  private final boolean second;

  TwoSources(long rows, boolean second) {
    this.rows = rows;
    this.second = second;
  }

  /** Writes the register, unless it is there. */
  Path register(Path file) throws IOException {
    return write(
        file,
        "统一社会信用代码,单位名称,地址,邮编,电话",
        n ->
            new @Nullable String[] {
              Registry.code(n), name(n), address(n), postcode(n), telephone(n)
            });
  }

  /** Writes the reports, unless they are there. */
  Path reports(Path file) throws IOException {
    return write(file, "报告编号,统一社会信用代码,单位名称,地址,邮编,电话", this::report);
  }

  /** Key of a report. */
  static String key(long n) {
    return String.format(Locale.ROOT, "BG%09d", n);
  }

  /** The registered organisation that a report is about; -1 for none. */
  long unit(long n) {
    var random = random(n, 20);
    return random.nextInt(100) >= NOT_REGISTERED ? -1 : random.nextLong(rows);
  }

  /** Whether a report says whom it means by the code. */
  boolean givesCode(long n) {
    return unit(n) >= 0 && random(n, 21).nextInt(NOT_REGISTERED) < GIVES_CODE;
  }

  private @Nullable String[] report(long n) {
    long unit = unit(n);
    long of = unit < 0 ? rows * 2 + n : unit;
    // A report that has changed was written anew by somebody else.
    var random = random(n, second && random(n, 22).nextInt(100) == 0 ? 24 : 23);
    return new @Nullable String[] {
      key(n),
      givesCode(n) ? Registry.code(of) : null,
      written(random, name(of)),
      whereabouts(random, address(of)),
      random.nextInt(4) == 0 ? null : slip(random, postcode(of), 20),
      number(random, telephone(of))
    };
  }

  private String name(long n) {
    return Registry.name(changed(n, 10) ? n + rows * 5 : n);
  }

  private String address(long n) {
    var random = random(n, changed(n, 11) ? 2 : 1);
    return TOWNS[(int) (n % TOWNS.length)]
        + FIRST.charAt(random.nextInt(FIRST.length()))
        + SECOND.charAt(random.nextInt(SECOND.length()))
        + ROADS[random.nextInt(ROADS.length)]
        + (1 + random.nextInt(999))
        + "号";
  }

  private static String postcode(long n) {
    return String.format(
        Locale.ROOT, "%d%04d", 81 + n % TOWNS.length, random(n, 3).nextInt(40) * 25);
  }

  private String telephone(long n) {
    return String.format(
        Locale.ROOT,
        "08%02d-%08d",
        71 + n % TOWNS.length,
        (n * 61_803_399L + (changed(n, 12) ? 17 : 0)) % 100_000_000L);
  }

  /** One unit in 300 for each of the three things that may change. */
  private boolean changed(long n, int what) {
    return second && random(n, what).nextInt(300) == 0;
  }

  /** A name as people write it. */
  private static String written(SplittableRandom random, String name) {
    int town = name.indexOf('市') > 0 ? name.indexOf('市') : name.indexOf('省');
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> {
        return name.substring(town + 1);
      }
      case 4, 5 -> {
        return name.substring(town + 1) + "（" + name.substring(0, town) + "）";
      }
      case 6, 7, 8 -> {
        for (var form : FORMS) {
          if (name.endsWith(form[0])) {
            return name.substring(0, name.length() - form[0].length()) + form[1];
          }
        }
        return name;
      }
      case 9, 10, 11 -> {
        int at = town + 1 + random.nextInt(5);
        return name.substring(0, at)
            + SECOND.charAt(random.nextInt(SECOND.length()))
            + name.substring(at + 1);
      }
      case 12, 13 -> {
        int at = town + 1 + random.nextInt(4);
        return name.substring(0, at)
            + name.charAt(at + 1)
            + name.charAt(at)
            + name.substring(at + 2);
      }
      case 14 -> {
        var full = new StringBuilder(name);
        for (int i = 0; i < full.length(); i++) {
          int at = SIMPLE.indexOf(full.charAt(i));
          full.setCharAt(i, at < 0 ? full.charAt(i) : FULL.charAt(at));
        }
        return full.toString();
      }
      case 15 -> {
        return " " + name.substring(0, town + 1) + " " + name.substring(town + 1);
      }
      default -> {
        return name;
      }
    }
  }

  private static @Nullable String whereabouts(SplittableRandom random, String address) {
    int town = address.indexOf('市') + 1;
    return switch (random.nextInt(10)) {
      case 0 -> null;
      case 1, 2 -> address.substring(town);
      case 3 -> address + (1 + random.nextInt(30)) + "层";
      case 4 -> address.replace("号", "-" + (1 + random.nextInt(9)) + "号");
      case 5 -> slip(random, address, 1);
      default -> address;
    };
  }

  private static @Nullable String number(SplittableRandom random, String telephone) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> null;
      case 3 -> String.format(Locale.ROOT, "13%09d", random.nextInt(1_000_000_000));
      case 4 -> telephone.substring(5);
      case 5 -> slip(random, telephone, 1);
      default -> telephone.replace("-", random.nextBoolean() ? "" : "-");
    };
  }

  /** One time in so many with a wrong digit. */
  private static String slip(SplittableRandom random, String text, int times) {
    if (random.nextInt(times) > 0) {
      return text;
    }
    int at = text.length() - 2 - random.nextInt(3);
    char digit = (char) ('0' + random.nextInt(10));
    return text.substring(0, at) + digit + text.substring(at + 1);
  }

  private static SplittableRandom random(long n, int purpose) {
    return new SplittableRandom(SEED + n * 0x9E3779B97F4A7C15L + purpose * 0xD1B54A32D192ED03L);
  }

  @FunctionalInterface
  private interface Row {
    @Nullable String[] of(long n);
  }

  private Path write(Path file, String heading, Row row) throws IOException {
    return RegistryFiles.once(
        file,
        to -> {
          try (var out = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
            out.write(heading);
            out.write("\r\n");
            for (long n = 0; n < rows; n++) {
              line(out, row.of(n));
            }
          }
        });
  }

  private static void line(BufferedWriter out, @Nullable String[] cells) throws IOException {
    for (int c = 0; c < cells.length; c++) {
      out.write(c == 0 ? "" : ",");
      var cell = cells[c];
      out.write(cell == null ? "" : cell);
    }
    out.write("\r\n");
  }
}
