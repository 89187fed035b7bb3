package org.keyroll.table;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * What styles of an ods say of values: whether a sheet is shown, and whether a time is a duration.
 */
final class OdsStyles {

  /** A spreadsheet program stops at 65,536 cell styles. */
  private static final int MOST = 1 << 17;

  private static final int DEEPEST = 100;

  private final Set<String> hiddenSheets = new HashSet<>();
  private final Set<String> durations = new HashSet<>();
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
    if (hiddenSheets.size() + durations.size() > MOST) {
      throw tooMany();
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
    var at = style;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      var format = formats.get(at);
      if (format != null) {
        return durations.contains(format);
      }
      at = parents.get(at);
    }
    return false;
  }
}
