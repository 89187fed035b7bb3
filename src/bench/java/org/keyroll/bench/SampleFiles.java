package org.keyroll.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.poi.ss.usermodel.DateUtil;
import org.keyroll.bench.SampleSheets.Column;
import org.keyroll.bench.SampleSheets.Layout;
import tools.jackson.databind.ObjectMapper;

/**
 * Writes {@code input-samples} and what must come of them, {@code
 * src/test/resources/samples/expected.json}. The same sources give the same bytes. From the root of
 * the repository:
 *
 * <pre>
 * ./mvnw -q -ntp test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp "target/test-classes:$(cat target/classpath)" org.keyroll.bench.SampleFiles .
 * </pre>
 */
public final class SampleFiles {
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 2);
  private static final LocalDate SECOND = LocalDate.of(2026, 11, 3);

  /**
   * How the industry registry calls units that the enterprise registry calls by their full name.
   */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "yunqiao", "青岚市云桥精密仪器",
          "jichang", "云泽青岚国际机场",
          "gangwu", "青岚市港务集团",
          "ditie", "青岚市轨道交通集团",
          "lanbank", "青岚市岚江商业银行",
          "youku", "青岚市港前战略油库");

  /** Units whose code has figures only, which is what a spreadsheet takes for a number. */
  private static final Set<String> FIGURES_ONLY = Set.of("zhiye", "lianbang", "e76");

  private static final String TOO_LONG_ADDRESS =
      "青岚市枫溪区双泉街88号热源厂办公楼三层（原枫溪供热站，2009年与城北、城南两座供热站合并后改为现址；2016年大门改向，"
          + "原长汀路12号门牌停用）。另设下列站点：望岳换热分站，望岳县稻香路6号；临港换热分站，临港新区港前路203号东侧院内；"
          + "云麓换热分站，云麓区学府路57号地下一层；客户服务大厅，云麓区织锦路19号一层；应急抢修队，枫溪区开物路140号。"
          + "文书请送办公楼三层综合科，节假日送值班室；各站点不单独接收文书，退回的文书以邮政回执为准，逾期不再补送，来访请先预约。";

  /** Case number, unit, date, class, responsible, closed on, how the date is typed. */
  private static final String INCIDENTS =
      """
      AJ2023-004|ditie|2023-05-16|case|true|2024-01-12|cell
      AJ2023-011|hangdao|2023-12-08|incident|false|2024-03-29|cell
      AJ2024-002|dianwang|2024-02-20|case|true|2024-11-30|uuuu年M月d日
      AJ2024-005|shengwu|2024-06-11|incident|false|2024-09-02|cell
      AJ2024-006|maoyi|2024-07-02|hazard|false|2024-07-30|uuuuMMdd
      AJ2024-009|lengyun|2024-11-03|case|true|2025-06-18|cell
      AJ2024-010|xueye|2024-11-03|case|true|2025-04-09|uuuu-MM-dd
      AJ2025-001|cehui|2025-01-15|incident|false|2025-03-21|cell
      AJ2025-003|haiyang|2025-03-22|case|true|2026-01-20|uuuu年M月d日
      AJ2025-004|wuliu|2025-04-18|case|true||cell
      AJ2025-006|e14|2025-06-30|case|true||uuuuMMdd
      AJ2025-008|e60|2025-08-09|incident|true|2025-10-10|cell
      AJ2025-010|yaojian|2025-09-27|incident|false|2025-12-01|uuuu-MM-dd
      AJ2025-013|lanuniv|2025-12-01|incident|false|2026-02-27|cell
      AJ2026-001|canglan|2026-01-19|case|false||cell
      AJ2026-002|lanuniv|2026-03-05|hazard|false|2026-04-15|uuuuMMdd
      AJ2026-003|e60|2026-04-22|hazard|false|2026-05-20|cell
      AJ2026-005|mianyang|2026-06-08|incident|false||uuuu年M月d日
      AJ2026-006|chuanbo|2025-02-28|incident|false||cell
      AJ2026-007|kuajing|2026-07-16|hazard|false||cell
      AJ2026-008|guangfu|2026-08-03|incident|false||cell
      """;

  private static final String NEW_INCIDENTS =
      """
      AJ2026-011|zulin|2026-10-28|case|true||cell
      AJ2026-012|fengdian|2026-10-30|case|true||uuuu年M月d日
      """;

  /** Document number, unit, inspected on, result, due on, reported on, re-checked on, findings. */
  private static final String INSPECTIONS =
      """
      JC2026-001|lingxiao|2026-02-11|passed||||0
      JC2026-002|jinglei|2026-02-26|rectify|2026-04-30|2026-04-22|2026-05-12|3
      JC2026-003|yunqiao|2026-03-10|rectify|2026-06-10|2026-06-05|2026-06-24|5
      JC2026-004|lanuniv|2026-03-18|rectify|2026-09-30|||4
      JC2026-005|gongda|2026-03-25|passed||||1
      JC2026-006|dianwang|2026-04-08|rectify|2026-10-31|||6
      JC2026-007|heneng|2026-04-21|passed||||0
      JC2026-008|lanxin|2026-05-13|rectify|2026-11-30|||2
      JC2026-009|qingsuan|2026-05-20|passed||||0
      JC2026-010|gangwu|2026-06-03|rectify|2026-08-31|2026-08-28|2026-09-16|3
      JC2026-011|jichang|2026-06-17|interview||||7
      JC2026-012|shengwu|2026-07-01|rectify|2026-12-15|||4
      JC2026-013|zhongxin|2026-07-15|passed||||1
      JC2026-014|dianshi|2026-07-29|rectify|2026-10-20|2026-10-19||2
      JC2026-015|fagai|2026-08-12|passed||||0
      JC2026-016|wuliu|2026-08-26|rectify|2026-11-02|||5
      JC2026-017|tiegu|2026-09-09|rectify|2026-11-03|||3
      JC2026-018|reli|2026-09-16|passed||||1
      JC2026-019|canglan|2026-09-23|rectify|2027-01-31|||6
      JC2026-020|e14|2026-10-14|interview||||4
      """;

  private final Path inbox;
  private final LocalDate night;
  private final Map<String, Map<String, String>> units = new LinkedHashMap<>();
  private final Map<String, List<SampleRow>> rows = new LinkedHashMap<>();
  private final List<Map<String, Object>> files = new ArrayList<>();

  private SampleFiles(Path root, LocalDate night) throws IOException {
    this.inbox = root.resolve("input-samples/counter-espionage/" + night);
    this.night = night;
    Files.createDirectories(inbox);
    lines(SampleOrganisations.OF_INDUSTRY).forEach(this::addOfIndustry);
    lines(SampleOrganisations.OF_REGISTRY_ONLY).forEach(this::addOfRegistryOnly);
    if (second()) {
      lines(SampleOrganisations.NEW_ON_SECOND_NIGHT).forEach(this::addOfIndustry);
      changeUnits();
    }
  }

  /** Writes both nights below the directory given, or the current one. */
  public static void main(String[] arguments) throws IOException {
    var root = Path.of(arguments.length == 0 ? "." : arguments[0]);
    var first = new SampleFiles(root, FIRST);
    first.writeAll();
    var before = SampleOracle.assess(FIRST, first.rows, Map.of());
    var second = new SampleFiles(root, SECOND);
    second.writeAll();
    // No report on foreign involvement arrives: the one of the night before stays in force.
    second.rows.put("foreign-involvement", first.rowsOf("foreign-involvement"));
    var after = SampleOracle.assess(SECOND, second.rows, before.listed());
    var expected = new LinkedHashMap<String, Object>();
    expected.put(
        "nights", List.of(first.report(before, Map.of()), second.report(after, before.listed())));
    var file = root.resolve("src/test/resources/samples/expected.json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(expected) + "\n");
  }

  private boolean second() {
    return night.equals(SECOND);
  }

  private List<SampleRow> rowsOf(String source) {
    return rows.getOrDefault(source, List.of());
  }

  // What the units are.

  private static List<String[]> lines(String block) {
    return block.lines().map(l -> l.split("\\|", -1)).toList();
  }

  private void addOfIndustry(String[] part) {
    var unit = new LinkedHashMap<String, String>();
    unit.put("in_industry", "yes");
    unit.put("in_enterprise", part[2].equals("enterprise") ? "yes" : "");
    unit.put("name", part[1]);
    unit.put("nature", part[2]);
    unit.put("industry", part[3]);
    unit.put("supervisor", part[5].equals("-") ? usualSupervisor(part[3]) : part[5]);
    unit.put("status", "存续");
    unit.put("kind", kind(part[0], part[1], part[7]));
    add(part[0], unit, part[4], part[6], part[7]);
  }

  private void addOfRegistryOnly(String[] part) {
    var unit = new LinkedHashMap<String, String>();
    unit.put("in_enterprise", "yes");
    unit.put("name", part[1]);
    unit.put("kind", part[2]);
    unit.put("nature", natureOf(part[2]));
    unit.put("status", part[3]);
    add(part[0], unit, part[4], part[5], part[6]);
  }

  private void add(
      String key, Map<String, String> unit, String region, String secrecy, String foreign) {
    unit.put("region", region);
    unit.put("secrecy", present(secrecy));
    var figures = foreign.equals("-") ? List.of("", "", "", "") : List.of(foreign.split("/", -1));
    unit.put("reports_foreign", foreign.equals("-") ? "" : "yes");
    unit.put("foreign_share", present(figures.get(0)));
    unit.put("overseas_sites", figures.get(1));
    unit.put("foreign_projects", figures.get(2));
    unit.put("delegations", figures.get(3));
    var nature = unit.getOrDefault("nature", "");
    unit.put("code", SampleCodes.code(key, nature, region, FIGURES_ONLY.contains(key)));
    var random = new Random(key.hashCode());
    boolean company = nature.equals("enterprise");
    var established =
        LocalDate.of((company ? 1994 : 1952) + random.nextInt(28), 1, 1)
            .plusDays(random.nextInt(360));
    unit.put("established", established.toString());
    unit.put("staff", String.valueOf(40 + random.nextInt(company ? 900 : 1600)));
    unit.put("capital", String.valueOf((2 + random.nextInt(60)) * (company ? 250 : 10)));
    unit.put("address", address(region, random));
    units.put(key, unit);
  }

  private static String present(String value) {
    return value.equals("-") ? "" : value;
  }

  private static String address(String region, Random random) {
    var streets = SampleOrganisations.STREETS.split(" ", -1);
    var place =
        lines(SampleOrganisations.DISTRICTS).stream()
            .filter(d -> d[0].equals(region))
            .findFirst()
            .orElseThrow();
    return place[1]
        + place[2]
        + streets[random.nextInt(streets.length)]
        + (1 + random.nextInt(288))
        + "号";
  }

  private static String usualSupervisor(String industry) {
    return switch (industry) {
      case "research" -> "science-technology";
      case "energy", "finance", "transport", "education", "health" -> industry;
      case "trade" -> "commerce";
      default -> "industry-informatization";
    };
  }

  private static String kind(String key, String name, String foreign) {
    if (name.endsWith("股份有限公司")) {
      return "股份有限公司";
    }
    if (foreign.startsWith("0.3") || foreign.startsWith("0.4") || foreign.startsWith("0.5")) {
      return "外商投资企业";
    }
    return pick(key, "有限责任公司", "有限责任公司", "国有企业", "企业");
  }

  private static String natureOf(String kind) {
    return switch (kind) {
      case "事业单位法人" -> "institution";
      case "社会团体法人" -> "group";
      case "其他", "农民专业合作社" -> "other";
      default -> "enterprise";
    };
  }

  /** Always the same one of several for one key. */
  private static String pick(String key, String... choices) {
    return choices[Math.floorMod(key.hashCode() / 7, choices.length)];
  }

  private Map<String, String> unit(String key) {
    return units.getOrDefault(key, Map.of());
  }

  private String of(String key, String fact) {
    return unit(key).getOrDefault(fact, "");
  }

  private void change(String key, String fact, String value) {
    units.computeIfPresent(
        key,
        (k, unit) -> {
          unit.put(fact, value);
          return unit;
        });
  }

  /** What happened between the two nights. */
  private void changeUnits() {
    // Turned from defence to trade: falls off the list.
    change("changgeng", "industry", "trade");
    change("changgeng", "supervisor", "commerce");
    // From energy to transport: below the threshold to enter, above the one to leave.
    change("youku", "industry", "transport");
    change("taixu", "supervisor", "science-technology");
    change("hangyun", "supervisor", "transport");
    change("lanxin", "former_name", of("lanxin", "name"));
    change("lanxin", "name", "澜川市岚信空天通信股份有限公司");
    // Absorbed by another listed unit; gone from every other report.
    change("hongtu", "status", "因合并注销");
    change("hongtu", "successor", of("tianwei", "code"));
    change("hongtu", "status_date", "2026-10-30");
    change("hongtu", "in_industry", "");
    change("hongtu", "secrecy", "");
    // Dissolved; the other reports do not know it yet.
    change("suoyuan", "status", "注销");
    change("suoyuan", "status_date", "2026-11-02");
    change("yunqiao", "secrecy", "top_secret");
    change("cailiao", "secrecy", "none");
  }

  // How the departments write it down.

  private void writeAll() throws IOException {
    var day = second() ? "2026-11-02" : "2026-11-01";
    excel("industry-registry", "industry-registry-" + day + ".xlsx", industryLayout(), industry());
    enterprise("enterprise-registry-" + day + ".csv");
    var month = second() ? "2026-11" : "2026-10";
    excel("secrecy-levels", "secrecy-levels-" + month + ".xls", secrecyLayout(), secrecy());
    if (!second()) {
      excel("foreign-involvement", "foreign-involvement-2026-10.xlsx", foreignLayout(), foreign());
    }
    excel("incidents", "incidents-" + month + ".xlsx", incidentLayout(), incidents());
    excel("inspections", "inspections-" + month + ".xlsx", inspectionLayout(), inspections());
    if (second()) {
      // The sender delivers the old file again, under a new name.
      Files.copy(
          inbox.resolveSibling(FIRST.toString()).resolve("inspections-2026-10.xlsx"),
          inbox.resolve("inspections-2026-11.xlsx"),
          StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.writeString(
          inbox.resolve("meeting-notice.txt"),
          """
          关于召开第四季度重点单位安全防范工作联席会议的通知

          各成员单位：
              定于2026年11月12日（星期四）上午9时30分，在青岚市行政中心3号楼第二会议室召开
          第四季度联席会议，请各单位分管负责同志参加，并于11月9日前将议题材料送联席会议办公室。

                                              青岚市联席会议办公室
                                                2026年10月30日
          """,
          StandardCharsets.UTF_8);
    }
  }

  private void excel(String source, String file, Layout layout, List<SampleRow> written) {
    var prose = source.equals("industry-registry") ? INSTRUCTIONS : List.<String>of();
    SampleSheets.excel(inbox.resolve(file), layout, written, prose, "综合科");
    remember(source, file, layout.sheet(), written);
  }

  private void remember(String source, String file, String sheet, List<SampleRow> written) {
    rows.put(source, written);
    var rejected = new ArrayList<Map<String, Object>>();
    var duplicates = new ArrayList<Integer>();
    for (var row : written) {
      row.reason()
          .ifPresent(
              reason -> {
                var entry = new LinkedHashMap<String, Object>();
                entry.put("sheet", sheet);
                entry.put("row", row.number());
                entry.put("field", row.field());
                entry.put("reason", reason);
                rejected.add(entry);
              });
      if (row.isDuplicate()) {
        duplicates.add(row.number());
      }
    }
    var entry = new LinkedHashMap<String, Object>();
    entry.put("file", file);
    entry.put("source", source);
    entry.put("sheet", sheet);
    if (second() && source.equals("inspections")) {
      entry.put("same_bytes_as", "inspections-2026-10.xlsx");
    }
    entry.put("read", written.size());
    entry.put("accepted", written.stream().filter(SampleRow::accepted).count());
    entry.put("rejected", rejected);
    entry.put("duplicates", duplicates);
    files.add(entry);
  }

  private static final List<String> INSTRUCTIONS =
      List.of(
          "填报说明",
          "一、本表由各行业主管部门汇总后报市工业和信息化局，数据有变动的于当日报送。",
          "二、统一社会信用代码为18位，请以文本格式填写，勿使用数字格式。",
          "三、单位名称应与登记证照一致；更名的，在“曾用名”栏填写更名前的名称。",
          "四、行业门类按所附目录填写；行业代码按《国民经济行业分类》填写门类字母及数字代码。",
          "五、主管部门填写规范简称。成立日期填写至日。从业人数为上年末数。",
          "六、联系电话：综合科（内线）8021。");

  private Layout industryLayout() {
    return new Layout(
        "名录",
        "青岚、澜川两市重点行业单位名录",
        List.of("填报单位：青岚市工业和信息化局", "填报日期：2026年11月" + (second() ? 2 : 1) + "日"),
        2,
        List.of(
            Column.of("number", "序号", 6),
            Column.of("credit_code", "统一社会信用代码", 22),
            Column.of("name", "单位名称", 34),
            Column.of("former_name", "曾用名", second() ? 30 : 14),
            Column.of("nature", "单位性质", 11),
            Column.of("industry", "行业/门类", 14),
            Column.of("industry_code", "行业/代码", 9),
            Column.of("region", "所在地/行政区划代码", 14),
            Column.of("address", "所在地/地址", 34),
            Column.of("supervisor", "主管部门", 18),
            Column.of("established", "成立日期", 15),
            Column.of("staff", "从业人数", 10),
            Column.of("remark", "备注", 14)),
        "staff",
        List.of("注：1. 本表数据截至填报日；2. 涉密单位的名称按对外公开名称填写；3. 从业人数不含劳务派遣人员。"),
        58);
  }

  private List<SampleRow> industry() {
    var list = new ArrayList<SampleRow>();
    units.forEach(
        (key, unit) -> {
          if (!of(key, "in_industry").isEmpty()) {
            list.add(industryRow(key));
          }
        });
    var mess = new SampleMess(list);
    mess.row("shifan").type("credit_code", wide(of("shifan", "code")));
    mess.row("biaozhun").type("name", of("biaozhun", "name") + "　");
    mess.row("guangpu").type("name", "  " + of("guangpu", "name") + " ");
    mess.row("fengdian").type("credit_code", spaced(of("fengdian", "code")));
    mess.row("yida").type("staff", "1,264").set("staff", "1264");
    mess.row("haoyu").type("established", serial(of("haoyu", "established")));
    mess.row("ditie").type("established", serial(of("ditie", "established")));
    mess.again("huanke", 30).type("name", of("huanke", "name") + " ").type("remark", "补报");
    mess.again("diqiu", 61);
    if (!second()) {
      double number = Double.parseDouble(of("zhiye", "code"));
      mess.row("zhiye").type("credit_code", number).rejected("credit_code", "number_as_code");
      mess.row("xianyi")
          .type("credit_code", SampleCodes.wrong(of("xianyi", "code")))
          .rejected("credit_code", "check_digit");
    }
    mess.row("muyun").type("industry", "新质生产力").rejected("industry", "unknown_choice");
    mess.row("diyizhong").type("established", "2023-02-30").rejected("established", "no_such_date");
    mess.row("shuiwu").type("name", SampleRow.ERROR).rejected("name", "error_cell");
    mess.row("reli").type("address", TOO_LONG_ADDRESS).rejected("address", "too_long");
    mess.contradicted("chaoshi", 7, "credit_code").type("supervisor", "工信局").type("staff", 615);
    return list;
  }

  private SampleRow industryRow(String key) {
    var row = new SampleRow(key);
    text(row, "credit_code", of(key, "code"));
    boolean renamed = !of(key, "former_name").isEmpty();
    text(row, "name", renamed ? of(key, "name") : OTHER_NAMES.getOrDefault(key, of(key, "name")));
    text(row, "former_name", of(key, "former_name"));
    var nature = of(key, "nature");
    row.set("nature", nature).type("nature", word(key, NATURES.getOrDefault(nature, "")));
    var industry = of(key, "industry");
    row.set("industry", industry)
        .type("industry", word(key, INDUSTRIES.getOrDefault(industry, "")));
    text(row, "industry_code", industryCode(key, industry));
    text(row, "region", of(key, "region"));
    text(row, "address", of(key, "address"));
    var supervisor = of(key, "supervisor");
    row.set("supervisor", supervisor)
        .type("supervisor", word(key, SUPERVISORS.getOrDefault(supervisor, "")));
    date(row, "established", of(key, "established"), DateStyle.of(key));
    row.set("staff", of(key, "staff")).type("staff", Integer.valueOf(of(key, "staff")));
    return row;
  }

  private static String industryCode(String key, String industry) {
    return switch (industry) {
      case "defence" -> pick(key, "C3744", "C3741", "C2669", "C3399");
      case "research" -> pick(key, "M7310", "M7320", "M7330");
      case "electronics" -> pick(key, "C3963", "C3973", "I6513", "C4014");
      case "energy" -> pick(key, "D4411", "D4420", "D4511");
      case "finance" -> pick(key, "J6621", "J6712", "J6931");
      case "transport" -> pick(key, "G5532", "G5631", "G5339");
      case "education" -> "P8341";
      case "health" -> pick(key, "Q8411", "Q8431");
      case "media" -> pick(key, "R8621", "R8720");
      case "trade" -> pick(key, "F5193", "F5124");
      default -> "S9221";
    };
  }

  private static final Map<String, String> NATURES =
      Map.of(
          "organ", "机关 国家机关", "institution", "事业单位", "enterprise", "企业 企业 企业单位", "group", "社会团体");

  private static final Map<String, String> INDUSTRIES =
      Map.ofEntries(
          Map.entry("defence", "国防科技工业 军工"),
          Map.entry("research", "科学研究 科学研究 科研"),
          Map.entry("electronics", "电子信息"),
          Map.entry("energy", "能源"),
          Map.entry("finance", "金融"),
          Map.entry("transport", "交通运输 交通运输 交通"),
          Map.entry("education", "教育"),
          Map.entry("health", "卫生 医疗卫生"),
          Map.entry("media", "新闻出版 媒体"),
          Map.entry("trade", "批发零售 商贸"),
          Map.entry("other", "其他"));

  private static final Map<String, String> SUPERVISORS =
      Map.of(
          "industry-informatization", "工业和信息化局 工信局",
          "science-technology", "科学技术局 科技局",
          "education", "教育局",
          "energy", "能源局",
          "finance", "金融监管局 地方金融监督管理局",
          "transport", "交通运输局 交通局",
          "health", "卫生健康委员会 卫健委",
          "commerce", "商务局");

  private static String word(String key, String words) {
    return pick(key, words.split(" ", -1));
  }

  private static final List<Column> ENTERPRISE_COLUMNS =
      List.of(
          Column.of("credit_code", "统一社会信用代码", 0),
          Column.of("name", "企业名称", 0),
          Column.of("former_name", "曾用名", 0),
          Column.of("nature", "主体类型", 0),
          Column.of("status", "登记状态", 0),
          Column.of("successor_code", "存续单位信用代码", 0),
          Column.of("status_date", "状态日期", 0),
          Column.of("established", "成立日期", 0),
          Column.of("capital", "注册资本（万元）", 0),
          Column.of("foreign_share", "外资占比", 0),
          Column.of("region", "登记机关行政区划", 0),
          Column.of("remark", "备注", 0));

  private void enterprise(String file) {
    change("e64", "successor", of("e65", "code"));
    change("e64", "status_date", "2025-12-18");
    for (var key : List.of("e18", "e19", "e20", "e46", "e63")) {
      change(key, "status_date", "2025-0" + (key.hashCode() % 9 + 1) + "-17");
    }
    var list = new ArrayList<SampleRow>();
    // The registry sorts by code.
    units.entrySet().stream()
        .filter(u -> !u.getValue().getOrDefault("in_enterprise", "").isEmpty())
        .sorted(java.util.Comparator.comparing(u -> u.getValue().getOrDefault("code", "")))
        .forEach(u -> list.add(enterpriseRow(u.getKey())));
    var mess = new SampleMess(list);
    mess.row("tiegu").type("name", of("tiegu", "name").replace('（', '(').replace('）', ')'));
    mess.row("juxin").type("name", wide(of("juxin", "name")));
    mess.row("xinzhou").type("credit_code", wide(of("xinzhou", "code")));
    mess.row("wuliu").type("name", "青岚市海岳国际\n物流有限公司");
    mess.row("heneng").type("name", of("heneng", "name") + "  ");
    mess.row("e02").type("remark", "经营场所:青岚市枫溪区芷兰街12号,一址多照");
    mess.row("e41").type("remark", "外方股东两家:\n一、海外控股甲;\n二、海外控股乙");
    mess.row("e43").type("remark", "俗称\"老水泥厂\",2011年改制");
    mess.row("e12").type("established", "2009年3月12日").set("established", "2009-03-12");
    mess.row("e26").type("established", "2014-08-05").set("established", "2014-08-05");
    mess.row("e12").type("credit_code", of("e12", "code").toLowerCase(Locale.ROOT));
    mess.again("e21", 19);
    mess.again("e05", 3).type("name", of("e05", "name") + "　");
    if (!second()) {
      mess.row("e33").type("name", "").rejected("name", "required");
    }
    mess.row("e47").type("status", "经营异常").rejected("status", "unknown_choice");
    mess.row("e69").type("established", "2027/1/15").rejected("established", "future_date");
    mess.row("e51").type("foreign_share", "130%").rejected("foreign_share", "out_of_range");
    mess.row("e28")
        .type("credit_code", SampleCodes.wrong(of("e28", "code")))
        .rejected("credit_code", "check_digit");
    mess.row("e76")
        .type(
            "credit_code",
            String.format(Locale.ROOT, "%.5fE+17", Long.parseLong(of("e76", "code")) / 1e17))
        .rejected("credit_code", "number_as_code");
    SampleSheets.csv(inbox.resolve(file), ENTERPRISE_COLUMNS, list);
    remember("enterprise-registry", file, "", list);
  }

  private SampleRow enterpriseRow(String key) {
    var row = new SampleRow(key);
    text(row, "credit_code", of(key, "code"));
    text(row, "name", of(key, "name"));
    text(row, "former_name", of(key, "former_name"));
    row.set("nature", of(key, "nature")).type("nature", of(key, "kind"));
    var status = of(key, "status");
    var merged = status.equals("因合并注销");
    var active = Set.of("存续", "在业", "开业").contains(status);
    row.set("status", active ? "active" : merged ? "merged" : "dissolved").type("status", status);
    text(row, "successor_code", of(key, "successor"));
    row.set("status_date", of(key, "status_date"))
        .type("status_date", slashed(of(key, "status_date")));
    row.set("established", of(key, "established"))
        .type("established", slashed(of(key, "established")));
    int capital = Integer.parseInt(of(key, "capital"));
    row.set("capital", String.valueOf(capital))
        .type(
            "capital",
            capital > 5000
                ? String.format(Locale.ROOT, "%,d.00", capital)
                : String.valueOf(capital));
    var share = of(key, "foreign_share");
    if (share.isEmpty() && of(key, "kind").equals("外商投资企业")) {
      share = pick(key, "0.35", "0.49", "0.3");
    }
    row.set("foreign_share", share)
        .type(
            "foreign_share",
            share.isEmpty() ? "" : pick(key, percent(share), percent(share), share));
    text(row, "region", of(key, "region"));
    return row;
  }

  private Layout secrecyLayout() {
    return new Layout(
        "涉密等级",
        "涉密单位等级情况报表",
        List.of("填报单位：青岚市国家保密局　　　报告期：2026年" + (second() ? 11 : 10) + "月"),
        1,
        List.of(
            Column.of("number", "序号", 6),
            Column.of("credit_code", "统一社会信用代码", 24),
            Column.of("name", "单位名称", 36),
            Column.of("level", "涉密等级", 11),
            Column.of("qualification", "保密资格", 11),
            Column.of("valid_until", "资格有效期至", 15),
            Column.of("posts", "涉密岗位数", 12),
            Column.of("remark", "备注", 16)),
        "posts",
        List.of("注：未取得保密资格的单位，“保密资格”栏填“无”。"),
        0);
  }

  private List<SampleRow> secrecy() {
    var list = new ArrayList<SampleRow>();
    units.forEach(
        (key, unit) -> {
          if (!of(key, "secrecy").isEmpty()) {
            list.add(secrecyRow(key));
          }
        });
    list.add(
        report("dalao", "青岚市沉舟打捞工程有限公司", 3)
            .set("level", "confidential")
            .type("level", "秘密")
            .type("qualification", "三级"));
    list.add(
        report("hengze", "澜川市恒泽商贸", 1)
            .set("level", "confidential")
            .type("level", "秘密级")
            .type("qualification", "无"));
    list.add(
        report("nobody", "", 6)
            .type("level", "秘密")
            .type("qualification", "三级")
            .type("remark", "单位待核实")
            .rejected("name", "required_any"));
    var mess = new SampleMess(list);
    mess.row("dalao").set("credit_code", DIVERS).type("credit_code", DIVERS);
    for (var key : List.of("haiyang", "tiegu", "jinglei", "youqi", "beichen", "lanxin", "jisuan")) {
      mess.row(key).set("credit_code", "").type("credit_code", "");
    }
    mess.named("jinglei", "澜川市惊雷防务电子");
    mess.named("youqi", "云泽省油气管网");
    mess.named("beichen", "澜川市北辰密码技术　");
    mess.named("tiegu", "青岚市铁鼓(集团)机械制造有限公司");
    mess.named("lanxin", "澜川市岚信通信设备股份有限公司");
    mess.row("gongda").type("credit_code", wide(of("gongda", "code")));
    mess.row("canglan").type("credit_code", wide(of("canglan", "code")));
    mess.row("dianshi").type("credit_code", spaced(of("dianshi", "code")));
    mess.row("heneng").type("credit_code", spaced(of("heneng", "code")));
    mess.row("jikong").type("name", "　" + of("jikong", "name"));
    mess.again("kongguan", 12);
    mess.row("lianbang")
        .type("credit_code", Double.parseDouble(of("lianbang", "code")))
        .rejected("credit_code", "number_as_code");
    mess.contradicted("shuidian", 5, "credit_code").type("level", "机密").type("posts", 14);
    return list;
  }

  private static final String DIVERS = SampleCodes.code("dalao", "enterprise", "880103", false);

  private SampleRow secrecyRow(String key) {
    var level = of(key, "secrecy");
    var random = new Random(key.hashCode());
    var row = report(key, of(key, "name"), 2 + random.nextInt(60));
    text(row, "credit_code", of(key, "code"));
    var words =
        switch (level) {
          case "top_secret" -> "绝密 绝密级";
          case "secret" -> "机密 机密 机密级";
          case "confidential" -> "秘密 秘密 秘密级";
          default -> "无 不涉密";
        };
    row.set("level", level).type("level", word(key, words));
    var qualification =
        switch (level) {
          case "top_secret" -> "一级";
          case "secret" -> "二级";
          case "confidential" -> "三级";
          default -> "无";
        };
    row.type("qualification", qualification);
    if (!qualification.equals("无")) {
      var until = LocalDate.of(2027, 1, 1).plusDays(random.nextInt(1400));
      date(row, "valid_until", until.toString(), DateStyle.of(key));
    }
    return row;
  }

  private static SampleRow report(String key, String name, int posts) {
    return text(new SampleRow(key), "name", name).type("posts", posts);
  }

  private static Layout foreignLayout() {
    return new Layout(
        "涉外情况",
        "重点行业单位涉外情况报表",
        List.of("填报单位：青岚市商务局", "报告期：2026年10月"),
        2,
        List.of(
            Column.of("number", "序号", 6),
            Column.of("credit_code", "统一社会信用代码", 23),
            Column.of("name", "单位名称", 36),
            Column.of("foreign_share", "涉外程度/外资占比", 12).as("0.0%"),
            Column.of("overseas_sites", "涉外程度/境外机构数", 13),
            Column.of("foreign_projects", "涉外程度/年度涉外项目数", 17),
            Column.of("delegations", "涉外程度/年度出访团组数", 17),
            Column.of("joint_laboratory", "中外联合实验室", 15),
            Column.of("remark", "备注", 12).hide()),
        "",
        List.of("注：项目数、团组数为2025年11月至2026年10月累计数。"),
        0);
  }

  private List<SampleRow> foreign() {
    var list = new ArrayList<SampleRow>();
    units.forEach(
        (key, unit) -> {
          if (!of(key, "reports_foreign").isEmpty()) {
            list.add(foreignRow(key));
          }
        });
    var mess = new SampleMess(list);
    mess.row("shengwu").set("credit_code", "").type("credit_code", "");
    mess.row("e16").set("credit_code", "").type("credit_code", "");
    mess.named("e16", "青岚市帆影测量技术");
    mess.row("waiyu").type("overseas_sites", -2).rejected("overseas_sites", "out_of_range");
    mess.row("wuliu")
        .type("joint_laboratory", "待核")
        .rejected("joint_laboratory", "unknown_boolean");
    mess.row("zhanlan")
        .type("foreign_projects", SampleRow.ERROR)
        .rejected("foreign_projects", "error_cell");
    mess.row("tielu").type("delegations", "若干").rejected("delegations", "not_a_number");
    mess.row("lanuniv").type("delegations", "３０");
    mess.row("gongda").type("name", of("gongda", "name") + "   ");
    mess.again("guangpu", 4).type("remark", "重复");
    return list;
  }

  private SampleRow foreignRow(String key) {
    var row = new SampleRow(key);
    text(row, "credit_code", of(key, "code"));
    text(row, "name", of(key, "name"));
    var share = of(key, "foreign_share");
    row.set("foreign_share", share);
    if (!share.isEmpty()) {
      boolean asText = pick(key, "number", "number", "text").equals("text");
      row.type("foreign_share", asText ? percent(share) : (Object) Double.valueOf(share));
    }
    for (var field : List.of("overseas_sites", "foreign_projects", "delegations")) {
      var value = of(key, field);
      boolean asText = pick(key + field, "number", "number", "number", "text").equals("text");
      row.set(field, value).type(field, asText ? value : (Object) Integer.valueOf(value));
    }
    boolean laboratory = Integer.parseInt(of(key, "foreign_projects")) > 14;
    return row.set("joint_laboratory", String.valueOf(laboratory))
        .type("joint_laboratory", laboratory ? pick(key, "是", "有") : pick(key, "否", "无"))
        .type("remark", "核对" + of(key, "region").substring(4));
  }

  private Layout incidentLayout() {
    return new Layout(
        "案事件台账",
        "危害国家安全案事件台账",
        List.of("填报单位：青岚市国家安全局　　　截至：2026年" + (second() ? "11月2日" : "10月31日")),
        1,
        List.of(
            Column.of("number", "序号", 6),
            Column.of("case_number", "编号", 14),
            Column.of("credit_code", "统一社会信用代码", 23),
            Column.of("name", "单位名称", 36),
            Column.of("occurred_on", "发生日期", 16),
            Column.of("class", "类别", 10),
            Column.of("responsible", "是否负有责任", 12),
            Column.of("closed_on", "办结日期", 14),
            Column.of("remark", "备注", 16)),
        "",
        List.of("注：本台账只登记单位情况，不登记个人情况。"),
        0);
  }

  private List<SampleRow> incidents() {
    var list = new ArrayList<SampleRow>();
    for (var part : lines(second() ? INCIDENTS + NEW_INCIDENTS : INCIDENTS)) {
      var row = new SampleRow(part[0]);
      text(row, "case_number", part[0]);
      text(row, "credit_code", of(part[1], "code"));
      text(row, "name", part[1].equals("mianyang") ? "澜川市旧渡棉纺厂" : of(part[1], "name"));
      date(row, "occurred_on", part[2], new DateStyle(part[6]));
      row.set("class", part[3])
          .type("class", part[3].equals("case") ? "案件" : part[3].equals("hazard") ? "隐患" : "事件");
      row.set("responsible", part[4]).type("responsible", part[4].equals("true") ? "是" : "否");
      date(row, "closed_on", part[5], DateStyle.CELL);
      list.add(row);
    }
    var mess = new SampleMess(list);
    mess.row("AJ2025-010").set("credit_code", "").type("credit_code", "");
    mess.row("AJ2025-001").type("name", of("cehui", "name") + "　");
    mess.row("AJ2026-006")
        .type("occurred_on", "2025-02-29")
        .rejected("occurred_on", "no_such_date");
    mess.row("AJ2026-007").type("case_number", "AJ-2026-7").rejected("case_number", "pattern");
    mess.row("AJ2026-008").type("class", "线索").rejected("class", "unknown_choice");
    mess.again("AJ2025-003", 5);
    return list;
  }

  private static Layout inspectionLayout() {
    return new Layout(
        "检查整改",
        "安全防范检查与整改情况报表",
        List.of("填报单位：青岚市国家安全局", "报告期：2026年10月"),
        2,
        List.of(
            Column.of("number", "序号", 6),
            Column.of("document_number", "检查文书号", 14),
            Column.of("credit_code", "统一社会信用代码", 23),
            Column.of("name", "单位名称", 36),
            Column.of("inspected_on", "检查/日期", 15),
            Column.of("result", "检查/结论", 12),
            Column.of("due_on", "整改/期限", 14),
            Column.of("reported_on", "整改/报告日期", 14),
            Column.of("rechecked_on", "整改/复查日期", 14),
            Column.of("findings", "问题数", 10),
            Column.of("remark", "备注", 14)),
        "findings",
        List.of("说明：整改期限届满未报送整改报告的，视为逾期。"),
        0);
  }

  private List<SampleRow> inspections() {
    var list = new ArrayList<SampleRow>();
    for (var part : lines(INSPECTIONS)) {
      var row = new SampleRow(part[0]);
      text(row, "document_number", part[0]);
      text(row, "credit_code", of(part[1], "code"));
      text(row, "name", part[1].equals("lanxin") ? "澜川市岚信通信设备股份有限公司" : of(part[1], "name"));
      date(row, "inspected_on", part[2], DateStyle.of(part[0]));
      var word =
          switch (part[3]) {
            case "passed" -> pick(part[0], "合格", "通过");
            case "rectify" -> "限期整改";
            default -> "约谈";
          };
      row.set("result", part[3]).type("result", word);
      date(row, "due_on", part[4], DateStyle.CELL);
      date(row, "reported_on", part[5], DateStyle.CELL);
      date(row, "rechecked_on", part[6], DateStyle.CELL);
      row.set("findings", part[7]).type("findings", Integer.valueOf(part[7]));
      list.add(row);
    }
    var mess = new SampleMess(list);
    mess.row("JC2026-013").type("result", "").rejected("result", "required");
    mess.row("JC2026-018").type("findings", -1).rejected("findings", "out_of_range");
    mess.row("JC2026-009").type("document_number", "ＪＣ2026-009");
    mess.again("JC2026-010", 6);
    return list;
  }

  // How single cells are typed.

  /** A date cell, or text of a pattern. */
  private record DateStyle(String pattern) {
    static final DateStyle CELL = new DateStyle("cell");

    static DateStyle of(String key) {
      return new DateStyle(
          pick(
              key + "date", "cell", "cell", "cell", "cell", "uuuu-MM-dd", "uuuu年M月d日", "uuuuMMdd"));
    }
  }

  private static SampleRow text(SampleRow row, String field, String value) {
    return row.set(field, value).type(field, value);
  }

  private static void date(SampleRow row, String field, String value, DateStyle style) {
    if (value.isEmpty()) {
      return;
    }
    var date = LocalDate.parse(value);
    row.set(field, value)
        .type(
            field,
            style.equals(DateStyle.CELL)
                ? date
                : DateTimeFormatter.ofPattern(style.pattern(), Locale.ROOT).format(date));
  }

  private static Double serial(String date) {
    return DateUtil.getExcelDate(LocalDate.parse(date));
  }

  private static String slashed(String date) {
    return date.isEmpty()
        ? ""
        : DateTimeFormatter.ofPattern("uuuu/M/d", Locale.ROOT).format(LocalDate.parse(date));
  }

  private static String percent(String share) {
    return new java.math.BigDecimal(share).movePointRight(2).stripTrailingZeros().toPlainString()
        + "%";
  }

  /** In full-width letters and digits. */
  private static String wide(String text) {
    var wide = new StringBuilder();
    text.chars().forEach(c -> wide.append((char) (c > ' ' && c < 0x7F ? c + 0xFEE0 : c)));
    return wide.toString();
  }

  private static String spaced(String code) {
    return code.substring(0, 8) + " " + code.substring(8, 16) + " " + code.substring(16);
  }

  // What must come of it.

  private Map<String, Object> report(
      SampleOracle.Outcome outcome, Map<String, SampleOracle.Listed> before) {
    var listed = new ArrayList<Map<String, Object>>();
    outcome
        .listed()
        .forEach(
            (code, unit) -> {
              var entry = new LinkedHashMap<String, Object>();
              entry.put("credit_code", code);
              entry.put("name", unit.name());
              entry.put("tier", unit.tier());
              entry.put("score", unit.score());
              entry.put("trigger", unit.trigger());
              entry.put("departments", unit.departments());
              listed.add(entry);
            });
    var report = new LinkedHashMap<String, Object>();
    report.put("as_of", night.toString());
    report.put("files", files);
    report.put("unlinked", outcome.unlinked());
    report.put("units", listed);
    if (second()) {
      report.put("changes", SampleOracle.changes(before, outcome.listed()));
    } else {
      report.put("unknown_files", List.of("meeting-notice.txt"));
    }
    return report;
  }
}
