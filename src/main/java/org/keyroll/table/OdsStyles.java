package org.keyroll.table;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * What styles of an ods say of values: whether a sheet is shown, whether a time is a duration, and
 * how many digits a number has.
 */
final class OdsStyles {

  /** A spreadsheet program stops at 65,536 cell styles. */
  private static final int MOST = 1 << 17;

  private static final int DEEPEST = 100;
  private static final int MOST_DIGITS = 15;

  private final Set<String> hiddenSheets = new HashSet<>();
  private final Set<String> durations = new HashSet<>();
  private final Map<String, Integer> digits = new HashMap<>();
  private final Map<String, String> formats = new HashMap<>();
  private final Map<String, String> parents = new HashMap<>();

  /** Takes the styles in from the present start tag, if it is a style, up to its end. */
  void take(XmlPart xml) throws UnreadableFile, XMLStreamException {
    var name = xml.attribute("name");
    if (name == null) {
      return;
    }
    if (xml.starts("time-style")) {
      if ("false".equals(xml.attribute("truncate-on-overflow"))) {
        durations.add(name);
      }
    } else if (xml.starts("number-style")) {
      number(xml, name);
    } else if (xml.starts("style")) {
      switch (String.valueOf(xml.attribute("family"))) {
        case "table" -> table(xml, name);
        case "table-cell" -> {
          put(formats, name, xml.attribute("data-style-name"));
          put(parents, name, xml.attribute("parent-style-name"));
        }
        default -> {}
      }
    }
    if (hiddenSheets.size() + durations.size() + digits.size() > MOST) {
      throw tooMany();
    }
  }

  /** A format that shows nothing but digits, and so many of them at least. */
  private void number(XmlPart xml, String name) throws UnreadableFile, XMLStreamException {
    int shown = 0;
    boolean others = false;
    while (xml.next() && !xml.ends("number-style")) {
      if (xml.starts("number")) {
        others |= "true".equals(xml.attribute("grouping"));
        var decimals = xml.attribute("decimal-places");
        others |= decimals != null && !decimals.equals("0");
        var least = xml.attribute("min-integer-digits");
        shown = least == null ? 0 : Integer.parseInt(least);
      } else if (xml.isStart()) {
        others = true;
      }
    }
    if (!others && shown > 1) {
      digits.put(name, Math.min(shown, MOST_DIGITS));
    }
  }

  private void table(XmlPart xml, String name) throws UnreadableFile, XMLStreamException {
    while (xml.next() && !xml.ends("style")) {
      if (xml.starts("table-properties") && "false".equals(xml.attribute("display"))) {
        hiddenSheets.add(name);
      }
    }
  }

  private static void put(Map<String, String> map, String name, @Nullable String value)
      throws UnreadableFile {
    if (value != null) {
      map.put(name, value);
    }
    if (map.size() > MOST) {
      throw tooMany();
    }
  }

  private static UnreadableFile tooMany() {
    return ZipPackage.tooLarge("it has over 131,072 styles");
  }

  boolean isHiddenSheet(@Nullable String style) {
    return style != null && hiddenSheets.contains(style);
  }

  /** Whether a time in a cell of this style may be longer than a day, as [h]:mm in an xlsx. */
  boolean isDuration(@Nullable String style) {
    var format = format(style);
    return format != null && durations.contains(format);
  }

  /** Whether any style shows more digits than there are. */
  boolean padsNumbers() {
    return !digits.isEmpty();
  }

  /** The digits that a number in a cell of this style shows at least; 0: those there are. */
  int digits(@Nullable String style) {
    var format = format(style);
    return format == null ? 0 : digits.getOrDefault(format, 0);
  }

  private @Nullable String format(@Nullable String style) {
    var at = style;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      var format = formats.get(at);
      if (format != null) {
        return format;
      }
      at = parents.get(at);
    }
    return null;
  }
}
