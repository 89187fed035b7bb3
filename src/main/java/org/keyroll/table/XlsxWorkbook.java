package org.keyroll.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * What the parts around the sheets say.
 *
 * @param sheets the worksheets in order, without charts and macro sheets
 * @param sharedStrings name of the part, null where there is none
 * @param styles name of the part, null where there is none
 */
record XlsxWorkbook(
    List<Sheet> sheets, boolean from1904, @Nullable String sharedStrings, @Nullable String styles) {

  record Sheet(String name, String part, boolean visible) {}

  private record Relation(String type, String target) {}

  static XlsxWorkbook of(XlsxPackage zip) throws IOException, XMLStreamException, UnreadableFile {
    var main = "xl/workbook.xml";
    for (var relation : relations(zip, "").values()) {
      if (relation.type.equals("officeDocument")) {
        main = relation.target;
      }
    }
    var relations = relations(zip, main);
    var sheets = new ArrayList<Sheet>();
    boolean from1904 = false;
    try (var xml = zip.xml(main)) {
      while (xml.next()) {
        if (xml.starts("workbookPr")) {
          from1904 = isTrue(xml.attribute("date1904"));
        } else if (xml.starts("sheet")) {
          sheet(xml, relations).ifPresent(sheets::add);
        }
      }
      xml.finish();
    }
    return new XlsxWorkbook(
        List.copyOf(sheets),
        from1904,
        target(relations, "sharedStrings"),
        target(relations, "styles"));
  }

  private static Optional<Sheet> sheet(XmlPart xml, Map<String, Relation> relations)
      throws UnreadableFile {
    var name = xml.attribute("name");
    var id = xml.attribute("id");
    var relation = relations.get(id == null ? "" : id);
    if (name == null || relation == null) {
      throw XlsxPackage.damaged("its sheet " + name + " leads nowhere");
    }
    var state = xml.attribute("state");
    return relation.type.equals("worksheet")
        ? Optional.of(new Sheet(name, relation.target, state == null || state.equals("visible")))
        : Optional.empty();
  }

  private static @Nullable String target(Map<String, Relation> relations, String type) {
    for (var relation : relations.values()) {
      if (relation.type.equals(type)) {
        return relation.target;
      }
    }
    return null;
  }

  /** The relations of a part by id; of the package for the empty name. Types by their last word. */
  private static Map<String, Relation> relations(XlsxPackage zip, String part)
      throws IOException, XMLStreamException, UnreadableFile {
    var folder = part.substring(0, part.lastIndexOf('/') + 1);
    var rels = folder + "_rels/" + part.substring(folder.length()) + ".rels";
    var relations = new HashMap<String, Relation>();
    if (!zip.has(rels)) {
      return relations;
    }
    try (var xml = zip.xml(rels)) {
      while (xml.next()) {
        if (xml.starts("Relationship")) {
          var id = xml.attribute("Id");
          var type = xml.attribute("Type");
          var target = xml.attribute("Target");
          if (id == null || type == null || target == null) {
            throw XlsxPackage.damaged("its part " + rels + " is incomplete");
          }
          relations.put(
              id, new Relation(type.substring(type.lastIndexOf('/') + 1), resolve(folder, target)));
        }
      }
      xml.finish();
    }
    return relations;
  }

  private static String resolve(String folder, String target) {
    if (target.startsWith("/")) {
      return target.substring(1);
    }
    var base = folder;
    var rest = target;
    while (rest.startsWith("../") || rest.startsWith("./")) {
      if (rest.startsWith("../") && !base.isEmpty()) {
        base = base.substring(0, base.lastIndexOf('/', base.length() - 2) + 1);
      }
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return base + rest;
  }

  static boolean isTrue(@Nullable String value) {
    return value != null && (value.equals("1") || value.equals("true") || value.equals("on"));
  }
}
