package org.keyroll.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Invented Chinese organisations under their registered names, with look-alikes of them, and the
 * short names that people write instead. The same on every machine.
 */
public final class ShortNames {
  private static final String[] PLACES = {
    "沈阳", "上海", "北京", "澜川", "青岚", "武汉", "重庆", "苏州", "广东", "云桥", "辽宁", "西安"
  };
  private static final Map<String, String> ONE = Map.of("上海", "沪", "北京", "京", "广东", "粤", "重庆", "渝");
  private static final String FIRST = "云恒泽华盛瑞远宏启明锦澜岚嘉鼎卓翰博凌骏铭泰昊晟沐钧";
  private static final String SECOND = "帆泽川晖安达峰原润和信业通兴辰野航越霖桥坤岭舟屿";
  private static final List<List<String>> TRADES =
      List.of(
          List.of("重型", "机械", "制造"),
          List.of("石油", "化工"),
          List.of("电子", "科技"),
          List.of("汽车", "零部件"),
          List.of("航空", "工业"),
          List.of("建设", "工程"),
          List.of("信息", "技术"),
          List.of("环保", "设备"),
          List.of("医药"),
          List.of("物流"),
          List.of("新材料", "科技"),
          List.of("船舶", "重工"),
          List.of("商贸"),
          List.of("精密", "仪器"),
          List.of("电力", "设计"),
          List.of("农业", "发展"),
          List.of("通信", "设备", "制造"),
          List.of("食品"));
  private static final String[] FORMS = {"有限公司", "股份有限公司", "集团有限公司", "有限责任公司"};
  private static final String SIMPLE = "云华远启锦岚鼎凌骏铭达业兴车电机术环医药设备农发贸汉广东庆宁";
  private static final String FULL = "雲華遠啟錦嵐鼎凌駿銘達業興車電機術環醫藥設備農發貿漢廣東慶寧";

  private final Random random = new Random(20261102);
  private final Set<String> cores = new LinkedHashSet<>();
  private final Set<String> names = new LinkedHashSet<>();

  /**
   * Registered name by code, and what is written by number of the row, with the code that is meant.
   */
  public record Set500(Map<String, String> registered, List<Written> written) {}

  /**
   * A short name.
   *
   * @param code of the organisation that is meant; empty for one that is not registered
   */
  public record Written(String name, String style, String code) {}

  private record Parts(String place, String core, List<String> trades, String form) {
    String registered(boolean bracketed) {
      var trade = String.join("", trades);
      return bracketed
          ? core + trade + "（" + place + "）" + form
          : place + "市" + core + trade + form;
    }
  }

  /** 500 pairs, look-alikes of four in ten, and 60 names of nobody registered. */
  public static Set500 make() {
    return new ShortNames().set();
  }

  private Set500 set() {
    var registered = new LinkedHashMap<String, String>();
    var written = new ArrayList<Written>();
    for (int n = 0; n < 500; n++) {
      var parts = fresh();
      boolean bracketed = n % 7 == 3;
      var code = put(registered, parts.registered(bracketed));
      if (n % 5 < 2) {
        lookAlike(registered, parts, n);
      }
      written.add(written(parts, n, code));
    }
    for (int n = 0; n < 40; n++) {
      var parts = fresh();
      written.add(new Written(parts.core() + String.join("", parts.trades()), "nobody", ""));
    }
    for (int n = 0; n < 20; n++) {
      var nothing =
          switch (n % 4) {
            case 0 -> PLACES[n % PLACES.length] + "市有限公司";
            case 1 -> "科技有限公司";
            case 2 -> "集团";
            default -> PLACES[n % 3];
          };
      written.add(new Written(nothing, "nothing", ""));
    }
    return new Set500(registered, written);
  }

  private Parts fresh() {
    while (true) {
      var core = "" + of(FIRST) + of(SECOND);
      if (cores.add(core)) {
        return new Parts(any(PLACES), core, TRADES.get(random.nextInt(TRADES.size())), any(FORMS));
      }
    }
  }

  private char of(String characters) {
    return characters.charAt(random.nextInt(characters.length()));
  }

  private String any(String[] from) {
    return from[random.nextInt(from.length)];
  }

  private String put(Map<String, String> registered, String name) {
    if (!names.add(name)) {
      return "";
    }
    var code = SampleCodes.code(name, "enterprise", "310000", false);
    registered.put(code, name);
    return code;
  }

  private void lookAlike(Map<String, String> registered, Parts parts, int n) {
    var name =
        switch (n / 5 % 5) {
          case 0 ->
              new Parts(other(parts.place()), parts.core(), parts.trades(), parts.form())
                  .registered(false);
          case 1 ->
              new Parts(parts.place(), parts.core(), otherTrade(parts.trades()), parts.form())
                  .registered(false);
          case 2 -> parts.registered(n % 7 == 3) + other(parts.place()) + "分公司";
          case 3 ->
              new Parts(
                      parts.place(),
                      parts.core().charAt(0) + "" + parts.core().charAt(0),
                      parts.trades(),
                      parts.form())
                  .registered(false);
          default ->
              parts.core().charAt(1)
                  + ""
                  + parts.core().charAt(0)
                  + String.join("", parts.trades())
                  + parts.form();
        };
    put(registered, name);
  }

  private String other(String place) {
    while (true) {
      var other = any(PLACES);
      if (!other.equals(place)) {
        return other;
      }
    }
  }

  private List<String> otherTrade(List<String> trades) {
    while (true) {
      var other = TRADES.get(random.nextInt(TRADES.size()));
      if (other.get(0).charAt(0) != trades.get(0).charAt(0)) {
        return other;
      }
    }
  }

  private static Written written(Parts parts, int n, String code) {
    var trade = String.join("", parts.trades());
    var first = new StringBuilder();
    for (var word : parts.trades()) {
      first.append(word.charAt(0));
    }
    return switch (n % 10) {
      case 0 -> new Written(parts.core() + trade, "no place, no form", code);
      case 1 -> new Written(parts.place() + parts.core(), "place and name", code);
      case 2 -> new Written(parts.core() + first, "first characters of the trade", code);
      case 3 -> new Written(parts.core(), "name alone", code);
      case 4 ->
          new Written(
              ONE.getOrDefault(parts.place(), parts.place()) + parts.core() + trade,
              "place in one character",
              code);
      case 5 ->
          new Written(
              traditional(parts.place() + parts.core() + trade), "traditional characters", code);
      case 6 ->
          new Written(
              parts.core() + " " + parts.trades().get(0) + "公司", "first trade and 公司", code);
      case 7 ->
          new Written(parts.place() + parts.core() + first, "place and first characters", code);
      case 8 ->
          new Written(parts.core() + trade + "（" + parts.place() + "）", "place in brackets", code);
      default ->
          new Written(parts.core() + parts.trades().get(0) + "集团", "first trade and 集团", code);
    };
  }

  private static String traditional(String name) {
    var full = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      int at = SIMPLE.indexOf(name.charAt(i));
      full.append(at < 0 ? name.charAt(i) : FULL.charAt(at));
    }
    return full.toString();
  }

  /** Writes the register and the reports of short names as csv files. */
  public static void write(Set500 set, Path register, Path reports) throws java.io.IOException {
    var rows = new ArrayList<>(List.of("code,name,former name,status,successor,since"));
    set.registered().forEach((code, name) -> rows.add(code + "," + name + ",,active,,"));
    Files.write(register, rows);
    rows.clear();
    rows.add("number,name,code,findings,visited");
    for (int i = 0; i < set.written().size(); i++) {
      rows.add("w%d,%s,,1,2026-10-01".formatted(i, set.written().get(i).name()));
    }
    Files.write(reports, rows);
  }

  /** How the links of the written names turned out. */
  public record Found(int right, int wrong, int asked, int left) {
    public double precision() {
      return (double) right / (right + wrong);
    }
  }

  /**
   * By style of writing, and all together under "all".
   *
   * @param unitOfCode unit by code of the register
   * @param unitOfRow unit by number of the row; empty where it waits
   * @param asked numbers of rows that wait for a person
   */
  public static Map<String, Found> rate(
      Set500 set,
      Map<String, String> unitOfCode,
      Map<String, String> unitOfRow,
      Set<String> asked) {
    var rated = new LinkedHashMap<String, int[]>();
    for (int i = 0; i < set.written().size(); i++) {
      var written = set.written().get(i);
      var unit = unitOfRow.getOrDefault("w" + i, "");
      var meant = unitOfCode.getOrDefault(written.code(), "nobody");
      int how = unit.isEmpty() ? asked.contains("w" + i) ? 2 : 3 : unit.equals(meant) ? 0 : 1;
      rated.computeIfAbsent(written.style(), s -> new int[4])[how]++;
      rated.computeIfAbsent("all", s -> new int[4])[how]++;
    }
    var found = new LinkedHashMap<String, Found>();
    rated.forEach((style, n) -> found.put(style, new Found(n[0], n[1], n[2], n[3])));
    return found;
  }

  /** The table for people. */
  public static String table(Map<String, Found> found) {
    var lines = new StringBuilder();
    lines.append(
        String.format(
            Locale.ROOT,
            "%-32s %6s %6s %6s %6s%n",
            "written as",
            "right",
            "wrong",
            "asked",
            "left"));
    found.forEach(
        (style, f) ->
            lines.append(
                String.format(
                    Locale.ROOT,
                    "%-32s %6d %6d %6d %6d%n",
                    style,
                    f.right(),
                    f.wrong(),
                    f.asked(),
                    f.left())));
    return lines.toString();
  }

  /** Runs the command on the set and prints the table. */
  public static void main(String... args) throws Exception {
    var home = Path.of("target/bench/short-names").toAbsolutePath();
    NightBench.delete(home);
    Files.createDirectories(home);
    var set = make();
    var register = home.resolve("trade-register.csv");
    var reports = home.resolve("inspection.csv");
    write(set, register, reports);
    var command = new Command(Path.of("keyroll").toAbsolutePath(), home);
    String[] where = {
      "--jobs",
      "src/test/resources/identity/jobs",
      "--home",
      home.resolve("home").toString(),
      "--as-of",
      "2026-11-02"
    };
    command.run(
        "register", LinkQuality.with(where, "ingest", "trade-register", register.toString()));
    command.run("reports", LinkQuality.with(where, "ingest", "inspection", reports.toString()));
    command.run("resolve", LinkQuality.with(where, "resolve"));
    var links = home.resolve("links.csv");
    command.run("export", LinkQuality.with(where, "export", "links", "-o", links.toString()));
    var list = home.resolve("candidates.csv");
    command.run(
        "review",
        LinkQuality.with(where, "review", "list", "--format", "csv", "-o", list.toString()));
    var unitOfCode = new HashMap<String, String>();
    var unitOfRow = new HashMap<String, String>();
    for (var row : LinkQuality.named(links)) {
      ("inspection".equals(row.get("source")) ? unitOfRow : unitOfCode)
          .put(row.get("record_key"), row.get("unit_id"));
    }
    var asked = new LinkedHashSet<String>();
    for (var row : LinkQuality.named(list)) {
      asked.add(row.get("key_a"));
      asked.add(row.get("key_b"));
    }
    System.out.print(table(rate(set, unitOfCode, unitOfRow, asked)));
  }
}
