package org.keyroll.unit;

import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a Chinese organisation's name, as the rules of registration order them: place, name
 * proper (字号), trade, legal form; then, of a branch, what it is a branch of and where. Places and
 * trades come from {@code places-cn.txt} and {@code trades-cn.txt}, legal forms from {@code
 * legal-forms.tsv}.
 *
 * @param places wherever they stand, without 省, 市 and the like
 * @param core the name proper; empty where place and trade are all there is
 * @param trades in order
 * @param branch of a branch, what follows the name of the whole; else empty
 * @param bare all but branch and legal form, as it stands
 */
record ChineseName(
    Set<String> places, String core, List<String> trades, String branch, String bare) {
  private static final int LONGEST_PLACE = 5;
  private static final List<String> DIVISIONS =
      List.of("自治区", "自治州", "自治县", "特别行政区", "开发区", "高新区", "省", "市", "区", "县", "州", "盟", "旗", "镇");
  private static final String DIVISION_ENDS = "区州县省市盟旗镇";
  private static final List<String> BRANCHES =
      List.of(
          "分公司", "分厂", "分行", "支行", "营业部", "营业厅", "办事处", "分院", "分部", "分店", "分社", "分所", "分局", "支公司",
          "分理处", "代表处", "项目部");
  private static final List<String> FORMS = forms();
  private static final String FORM_ENDS =
      FORMS.stream().map(f -> f.substring(f.length() - 1)).distinct().collect(joining());
  private static final Map<String, String> SHORT_PLACES = new HashMap<>();
  private static final Lexicon PLACES = new Lexicon(knownPlaces());
  private static final Lexicon TRADES = new Lexicon(words("trades-cn.txt"));
  // Names are held against many others. Two threads may fill a place; each finds a whole name
  // there.
  private static final @Nullable Taken[] TAKEN = new Taken[1 << 14];

  private record Taken(String name, ChineseName parts) {}

  /** Words that are looked for at every place of a text: most are ruled out by one character. */
  private static final class Lexicon {
    private final Set<String> words;
    // By the first character of a word a bit for each length that there is.
    private final int[] lengths = new int[Character.MAX_VALUE + 1];
    private final int longest;

    Lexicon(Collection<String> words) {
      this.words = Set.copyOf(words);
      this.words.forEach(w -> lengths[w.charAt(0)] |= 1 << w.length());
      this.longest = this.words.stream().mapToInt(String::length).max().orElse(0);
    }

    /** How long the longest word is, in characters; fewer than 32. */
    int longest() {
      return longest;
    }

    /** Whether a stretch of a text is one of the words. */
    boolean holds(String text, int from, int to) {
      return to > from
          && to - from <= longest
          && (lengths[text.charAt(from)] >>> to - from & 1) == 1
          && words.contains(text.substring(from, to));
    }
  }

  private static List<String> words(String resource) {
    try (var in = ChineseName.class.getResourceAsStream(resource);
        var lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Arrays.stream(line.strip().split(" +", -1)))
          .filter(word -> !word.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> knownPlaces() {
    var places = new HashSet<String>();
    for (var word : words("places-cn.txt")) {
      int equals = word.indexOf('=');
      places.add(equals < 0 ? word : word.substring(0, equals));
      if (equals > 0) {
        SHORT_PLACES.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return places;
  }

  private static List<String> forms() {
    var forms = new LinkedHashSet<String>();
    LegalForms.of(List.of("cn")).forEach(f -> forms.add(Names.comparable(f.text())));
    forms.add("集团");
    return forms.stream()
        .filter(f -> !f.isEmpty() && Character.isIdeographic(f.codePointAt(0)))
        .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(f -> f))
        .toList();
  }

  /**
   * Takes a name apart.
   *
   * @param name in comparable form, without spaces
   */
  static ChineseName of(String name) {
    int hash = name.hashCode();
    int place = (hash ^ hash >>> 16) & TAKEN.length - 1;
    var taken = TAKEN[place];
    if (taken == null || !taken.name().equals(name)) {
      taken = new Taken(name, takeApart(name));
      TAKEN[place] = taken;
    }
    return taken.parts();
  }

  private static ChineseName takeApart(String name) {
    var rest = name;
    var branch = "";
    for (var word : BRANCHES) {
      if (rest.endsWith(word) && rest.length() > word.length()) {
        int whole = endOfWhole(rest, rest.length() - word.length());
        branch = rest.substring(whole);
        rest = rest.substring(0, whole);
        break;
      }
    }
    var bare = withoutForms(rest);
    var places = new LinkedHashSet<String>();
    rest = withoutPlaces(bare, places);
    var trades = new ArrayList<String>();
    int end = rest.length();
    // From the end, the longest trade first; a place in brackets may stand between.
    while (end > 0) {
      int taken = 0;
      for (int n = Math.min(TRADES.longest(), end); n >= 2 && taken == 0; n--) {
        if (TRADES.holds(rest, end - n, end)) {
          trades.add(0, rest.substring(end - n, end));
          taken = n;
        } else if (end - n > 0 && PLACES.holds(rest, end - n, end)) {
          places.add(rest.substring(end - n, end));
          taken = n;
        }
      }
      if (taken == 0) {
        break;
      }
      end -= taken;
    }
    return new ChineseName(
        Set.copyOf(places), rest.substring(0, end), List.copyOf(trades), branch, bare);
  }

  /** Where the name of the whole ends and the place of its branch begins. */
  private static int endOfWhole(String name, int before) {
    int end = -1;
    for (var form : FORMS) {
      int at = name.lastIndexOf(form, before - 1);
      if (at >= 0 && at + form.length() <= before) {
        end = Math.max(end, at + form.length());
      }
    }
    if (end > 0) {
      return end;
    }
    for (int n = Math.min(LONGEST_PLACE, before - 2); n >= 2; n--) {
      if (isPlace(name, before - n, before)) {
        return before - n;
      }
    }
    return before;
  }

  private static String withoutForms(String name) {
    var rest = name;
    boolean any = true;
    while (any && !rest.isEmpty() && FORM_ENDS.indexOf(rest.charAt(rest.length() - 1)) >= 0) {
      any = false;
      for (var form : FORMS) {
        if (rest.endsWith(form)) {
          rest = rest.substring(0, rest.length() - form.length());
          any = true;
          break;
        }
      }
    }
    return rest;
  }

  private static String withoutPlaces(String name, Set<String> places) {
    int at = 0;
    while (true) {
      int taken = 0;
      for (int n = Math.min(LONGEST_PLACE + 3, name.length() - at); n >= 2 && taken == 0; n--) {
        if (isPlace(name, at, at + n)) {
          places.add(bare(name.substring(at, at + n)));
          taken = n;
        }
      }
      if (taken == 0) {
        return name.substring(at);
      }
      at += taken;
    }
  }

  /** A known place, or two to four characters and what kind of place they are. */
  private static boolean isPlace(String text, int from, int to) {
    if (PLACES.holds(text, from, to)) {
      return true;
    }
    if (DIVISION_ENDS.indexOf(text.charAt(to - 1)) < 0) {
      return false;
    }
    for (var division : DIVISIONS) {
      int end = to - division.length();
      if (end >= from && text.startsWith(division, end)) {
        return PLACES.holds(text, from, end)
            || end - from >= 2
                && end - from <= 3
                && !holdsDivision(text.substring(from, end))
                && !beginsWithPlace(text, from, end);
      }
    }
    return false;
  }

  private static boolean holdsDivision(String name) {
    for (var division : DIVISIONS) {
      if (name.contains(division)) {
        return true;
      }
    }
    return false;
  }

  private static boolean beginsWithPlace(String text, int from, int to) {
    for (int end = from + 1; end <= to; end++) {
      if (PLACES.holds(text, from, end)) {
        return true;
      }
    }
    return false;
  }

  private static String bare(String place) {
    for (var division : DIVISIONS) {
      if (place.endsWith(division) && place.length() - division.length() >= 2) {
        return place.substring(0, place.length() - division.length());
      }
    }
    return place;
  }

  /** Nothing but places, legal forms and at most one word for a trade: it could be anybody. */
  boolean saysNothing() {
    return core.isEmpty() && (trades.isEmpty() || places.isEmpty() && trades.size() == 1);
  }

  /** Name proper and trades: what stays without place and legal form. */
  String body() {
    return core + String.join("", trades);
  }

  /** Whether both name places and none of them is the same. */
  boolean isElsewhere(ChineseName other) {
    return !places.isEmpty()
        && !other.places.isEmpty()
        && places.stream().noneMatch(other.places::contains);
  }

  /**
   * Whether a text is a short form of this name: every character comes from it, in its order, the
   * name proper is whole, and words of the trade are whole or shortened to their first character,
   * as in 北方重工 for 北方重型工业集团有限公司. A branch is not its parent.
   */
  boolean isShortened(ChineseName brief) {
    if (!brief.branch.equals(branch) && !sameBranch(brief.branch)) {
      return false;
    }
    var text = brief.bare;
    if (text.length() < 2) {
      return false;
    }
    if (derives(text, 0)) {
      return true;
    }
    // A place may come first, whole, without the word for what it is, or as one character.
    for (var place : places) {
      if (derivesBehind(place, text)) {
        return true;
      }
    }
    // Or last, as in brackets.
    for (var place : places) {
      if (text.endsWith(place) && derives(text.substring(0, text.length() - place.length()), 0)) {
        return true;
      }
    }
    return false;
  }

  private boolean sameBranch(String other) {
    return !branch.isEmpty() && !other.isEmpty() && bareBranch(branch).equals(bareBranch(other));
  }

  private static String bareBranch(String branch) {
    for (var word : BRANCHES) {
      if (branch.endsWith(word)) {
        return bare(branch.substring(0, branch.length() - word.length())) + word;
      }
    }
    return branch;
  }

  /**
   * Pairs of characters of which each short form holds one: where the name proper and the trades
   * that stand for it meet.
   */
  Set<String> marks() {
    var marks = new TreeSet<String>();
    if (core.length() >= 2) {
      marks.add(core.substring(0, 2));
      return marks;
    }
    for (int i = 0; i < trades.size(); i++) {
      var first = trades.get(i).substring(0, 1);
      if (core.length() == 1) {
        marks.add(core + first);
      }
      for (var before : core.isEmpty() ? trades.subList(0, i) : List.<String>of()) {
        marks.add(before.charAt(0) + first);
        marks.add(before.charAt(before.length() - 1) + first);
      }
    }
    return marks;
  }

  private boolean derivesBehind(String place, String text) {
    int end = place.length();
    if (text.startsWith(place)
        && (derives(text, end)
            || DIVISIONS.stream()
                .anyMatch(d -> text.startsWith(d, end) && derives(text, end + d.length())))) {
      return true;
    }
    return derives(text, 1)
        && (text.charAt(0) == place.charAt(0)
            || text.startsWith(SHORT_PLACES.getOrDefault(place, place)));
  }

  private boolean derives(String text, int from) {
    if (!text.startsWith(core, from)) {
      return false;
    }
    int at = from + core.length();
    // Without a name proper, the trades must tell the organisation: at least two of them.
    int least = core.length() >= 2 ? 0 : core.length() == 1 ? 1 : 2;
    return trades(text, at, 0, least) && (from > 0 || core.length() + at - from > 0 || least > 0);
  }

  /** Whether the rest of a text comes from the trades from one on, at least so many of them. */
  private boolean trades(String text, int at, int trade, int least) {
    if (at == text.length()) {
      return least <= 0;
    }
    if (trade == trades.size()) {
      return false;
    }
    var word = trades.get(trade);
    return text.startsWith(word, at) && trades(text, at + word.length(), trade + 1, least - 1)
        || text.charAt(at) == word.charAt(0) && trades(text, at + 1, trade + 1, least - 1)
        || trades(text, at, trade + 1, least);
  }
}
