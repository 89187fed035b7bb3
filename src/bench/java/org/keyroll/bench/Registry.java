package org.keyroll.bench;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.keyroll.unit.CreditCode;

/**
 * A registry of any size with the everyday faults of real ones, in ten columns: full-width and
 * spaced codes, dates in four forms, two words for one thing, stray white space. About 1 % of the
 * rows cannot be accepted, for nine reasons; 0.2 % come twice. A row follows from its number and
 * the night alone. In the second night 1 % of the units have changed, 0.05 % have gone and 0.05 %
 * are new.
 */
final class Registry {
  static final String[] HEADINGS = {
    "统一社会信用代码", "单位名称", "曾用名", "单位性质", "行业", "行政区划代码", "地址", "主管部门", "成立日期", "从业人数"
  };

  private static final int CODE = 0;
  private static final int NAME = 1;
  private static final int FORMER_NAME = 2;
  private static final int NATURE = 3;
  private static final int INDUSTRY = 4;
  private static final int REGION = 5;
  private static final int ADDRESS = 6;
  private static final int SUPERVISOR = 7;
  private static final int ESTABLISHED = 8;
  private static final int STAFF = 9;

  private static final long SEED = 0x6B6579726F6C6CL;

  private static final String[] CITIES = {"青岚市", "澜川市", "云泽省", "临沧江市", "北屿市", "南浦市", "东桥市", "西渡市"};
  private static final String[] ROADS = {
    "滨河路", "解放大道", "科技一路", "长江西路", "建设街", "学府路", "港口大道", "站前街"
  };
  private static final String BRANDS =
      "海洋铁鼓京雷油气北辰岚信计算沧澜电视核能机控联邦生物外语物流展览工大光谱帆影测量泽恒惊防务星河远景天成瑞丰鼎盛华宇中正安康永利春晖秋实明德长青金石";
  private static final String[] TRADES = {
    "机械制造", "电子技术", "通信设备", "生物医药", "精密仪器", "软件", "新能源", "物流", "环保工程", "材料科技", "海洋工程", "光学仪器", "商贸",
    "建筑安装", "信息咨询", "食品", "纺织", "测绘", "传媒", "教育科技"
  };
  private static final String[] FORMS = {"有限公司", "有限责任公司", "股份有限公司", "集团有限公司", "公司"};

  // By weight in thousandths; two spellings of each.
  private static final String[][] NATURES = {
    {"机关", "国家机关"}, {"事业单位", "事业单位"}, {"企业", "企业单位"}, {"社会团体", "团体"}, {"其他", "其他社会组织"}
  };
  private static final int[] NATURE_SHARES = {10, 60, 850, 50, 30};
  private static final String[][] INDUSTRIES = {
    {"国防科技工业", "军工"},
    {"科学研究", "科研"},
    {"电子信息", "电子信息"},
    {"能源", "能源"},
    {"金融", "金融"},
    {"交通运输", "交通"},
    {"教育", "教育"},
    {"卫生", "医疗卫生"},
    {"新闻出版", "媒体"},
    {"批发零售", "商贸"},
    {"其他", "其他"}
  };
  private static final int[] INDUSTRY_SHARES = {8, 25, 90, 40, 40, 70, 50, 50, 20, 350, 257};
  private static final String[][] SUPERVISORS = {
    {"工业和信息化局", "工信局"},
    {"科学技术局", "科技局"},
    {"教育局", "教育局"},
    {"能源局", "能源局"},
    {"地方金融监督管理局", "金融监管局"},
    {"交通运输局", "交通局"},
    {"卫生健康委员会", "卫健委"},
    {"商务局", "商务局"}
  };
  private static final int[] SUPERVISOR_SHARES = {400, 100, 80, 60, 60, 100, 60, 140};
  private static final String[] DATE_FORMS = {"uuuu-MM-dd", "uuuu年M月d日", "uuuuMMdd", "uuuu/M/d"};
  private static final DateTimeFormatter[] DATES = new DateTimeFormatter[DATE_FORMS.length];

  static {
    for (int i = 0; i < DATES.length; i++) {
      DATES[i] = DateTimeFormatter.ofPattern(DATE_FORMS[i], Locale.ROOT);
    }
  }

  private final long rows;
  private final boolean second;

  /**
   * @param rows of the first night, before those that come twice
   */
  Registry(long rows, boolean second) {
    this.rows = rows;
    this.second = second;
  }

  /** Receives rows; a cell is a String, a Number, a LocalDate, or null where nothing stands. */
  @FunctionalInterface
  interface Each {
    void row(@Nullable Object[] cells) throws java.io.IOException;
  }

  void each(Each each) throws java.io.IOException {
    for (long i = 0; i < rows; i++) {
      if (second && gone(i)) {
        continue;
      }
      each.row(row(i));
      again(i, each);
    }
    for (long i = rows; second && i < rows + rows / 2000; i++) {
      each.row(row(i));
    }
  }

  /** One row in 500 comes again some rows further down; one of 40 of those says something else. */
  private void again(long i, Each each) throws java.io.IOException {
    var random = random(i, 2);
    if (i < 10 || random.nextInt(500) > 0 || second && gone(i - 7)) {
      return;
    }
    var row = row(i - 7);
    if (random.nextInt(40) == 0) {
      row[STAFF] = 7;
    }
    each.row(row);
  }

  private static boolean gone(long i) {
    return random(i, 3).nextInt(2000) == 0;
  }

  private static SplittableRandom random(long i, int purpose) {
    return new SplittableRandom(SEED + i * 0x9E3779B97F4A7C15L + purpose * 0xD1B54A32D192ED03L);
  }

  /** The code of a unit, as it is registered. */
  static String code(long i) {
    var random = random(i, 4);
    var code = new StringBuilder(18);
    code.append(random.nextInt(10) == 0 ? "12" : "91").append(region(random));
    // Prime to 10^8, so that no two units share a number.
    long number = i * 61_803_399L % 100_000_000L;
    for (long unit = 10_000_000L; unit > 0; unit /= 10) {
      code.append((char) ('0' + number / unit % 10));
    }
    code.append(SampleCodes.organisationCheck(code.substring(8)));
    return code.append(CreditCode.checkCharacter(code)).toString();
  }

  /** The name of a unit in the first night. */
  static String name(long i) {
    return name(random(i, 5));
  }

  private static String name(SplittableRandom random) {
    var name = new StringBuilder(24).append(pick(random, CITIES));
    for (int n = 0; n < 4; n++) {
      name.append(BRANDS.charAt(random.nextInt(BRANDS.length())));
    }
    return name.append(pick(random, TRADES)).append(pick(random, FORMS)).toString();
  }

  private @Nullable Object[] row(long i) {
    var random = random(i, 0);
    @Nullable Object[] cells = new @Nullable Object[HEADINGS.length];
    cells[CODE] = code(i);
    cells[NAME] = name(i);
    cells[FORMER_NAME] = random.nextInt(30) == 0 ? name(random) : null;
    cells[NATURE] = weighted(random, NATURES, NATURE_SHARES);
    cells[INDUSTRY] = weighted(random, INDUSTRIES, INDUSTRY_SHARES);
    cells[REGION] = region(random);
    cells[ADDRESS] = address(random);
    cells[SUPERVISOR] = weighted(random, SUPERVISORS, SUPERVISOR_SHARES);
    var established = LocalDate.of(1980, 1, 1).plusDays(random.nextInt(16_000));
    int form = random.nextInt(10);
    cells[ESTABLISHED] = form < 4 ? DATES[form].format(established) : established;
    cells[STAFF] = staff(random);
    if (second && random(i, 6).nextInt(100) == 0) {
      change(random(i, 7), cells);
    }
    untidy(random, cells);
    if (random(i, 8).nextInt(100) == 0) {
      spoil(random(i, 9), cells);
    }
    return cells;
  }

  private static void change(SplittableRandom random, @Nullable Object[] cells) {
    switch (random.nextInt(10)) {
      case 0, 1 -> {
        cells[FORMER_NAME] = cells[NAME];
        cells[NAME] = name(random);
      }
      case 2 -> cells[SUPERVISOR] = weighted(random, SUPERVISORS, SUPERVISOR_SHARES);
      case 3 -> cells[INDUSTRY] = weighted(random, INDUSTRIES, INDUSTRY_SHARES);
      case 4, 5, 6 -> cells[ADDRESS] = address(random);
      default -> cells[STAFF] = staff(random);
    }
  }

  /** What reading puts right. */
  private static void untidy(SplittableRandom random, @Nullable Object[] cells) {
    switch (random.nextInt(50)) {
      case 0 -> cells[CODE] = wide(String.valueOf(cells[CODE]));
      case 1 -> {
        var code = String.valueOf(cells[CODE]);
        cells[CODE] = code.substring(0, 8) + " " + code.substring(8, 16) + " " + code.substring(16);
      }
      case 2 -> cells[CODE] = cells[CODE] + " ";
      case 3 -> cells[NAME] = "　" + cells[NAME];
      case 4 -> cells[NAME] = cells[NAME] + "   ";
      case 5 -> cells[STAFF] = wide(String.valueOf(cells[STAFF]));
      case 6 -> cells[STAFF] = null;
      case 7 -> cells[STAFF] = String.valueOf(cells[STAFF]);
      case 8 -> cells[REGION] = Integer.valueOf(String.valueOf(cells[REGION]));
      case 9 -> cells[ADDRESS] = null;
      case 10 -> cells[ESTABLISHED] = null;
      default -> {}
    }
  }

  /** What makes a row unacceptable. */
  private static void spoil(SplittableRandom random, @Nullable Object[] cells) {
    switch (random.nextInt(9)) {
      case 0, 1 -> {
        var code = String.valueOf(cells[CODE]).strip();
        cells[CODE] = code.substring(0, code.length() - 1) + (code.endsWith("3") ? "4" : "3");
      }
      case 2 -> cells[CODE] = 9.1330100123E17;
      case 3 -> cells[NAME] = null;
      case 4 -> cells[NATURE] = "待核";
      case 5 -> cells[REGION] = "99" + random.nextInt(1000);
      case 6 -> cells[ESTABLISHED] = "2025-02-29";
      case 7 -> cells[ESTABLISHED] = LocalDate.of(2031, 1, 1).plusDays(random.nextInt(300));
      default -> cells[STAFF] = random.nextBoolean() ? "若干" : -3;
    }
  }

  private static String region(SplittableRandom random) {
    return "88"
        + (char) ('0' + random.nextInt(5))
        + (char) ('1' + random.nextInt(8))
        + "0"
        + (char) ('1' + random.nextInt(6));
  }

  private static String address(SplittableRandom random) {
    var address = pick(random, CITIES) + pick(random, ROADS) + (1 + random.nextInt(999)) + "号";
    return switch (random.nextInt(20)) {
      case 0 -> address + "，" + (1 + random.nextInt(30)) + "层";
      case 1 -> address + ", " + (1 + random.nextInt(9)) + "\"A\"";
      case 2 -> address + "（A" + random.nextInt(9) + "座）";
      default -> address;
    };
  }

  /** Few are large. */
  private static int staff(SplittableRandom random) {
    double share = random.nextDouble();
    return (int) (3 + 20_000 * share * share * share * share * share * share);
  }

  private static String weighted(SplittableRandom random, String[][] words, int[] shares) {
    int left = random.nextInt(1000);
    int at = 0;
    while (left >= shares[at]) {
      left -= shares[at++];
    }
    return words[at][random.nextInt(4) == 0 ? 1 : 0];
  }

  private static String pick(SplittableRandom random, String[] words) {
    return words[random.nextInt(words.length)];
  }

  private static String wide(String text) {
    var wide = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      wide.append((char) (c > ' ' && c < 0x7F ? c + 0xFEE0 : c));
    }
    return wide.toString();
  }
}
