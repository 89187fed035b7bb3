package org.keyroll.table;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** The parts of an Office Open XML package that one part refers to, by id. */
record Relations(Map<String, Relations.Target> byId) {

  /** A sheet may have a hyperlink in every cell, but none of those is looked up here. */
  private static final int MOST = 100_000;

  /**
   * @param type the last word of the relation's type, the same in transitional and strict files
   */
  record Target(String type, String part) {}

  /** The relations of a part; of the package for the empty name. */
  static Relations of(ZipPackage zip, String part)
      throws IOException, XMLStreamException, UnreadableFile {
    var folder = part.substring(0, part.lastIndexOf('/') + 1);
    var rels = folder + "_rels/" + part.substring(folder.length()) + ".rels";
    var byId = new HashMap<String, Target>();
    if (!zip.has(rels)) {
      return new Relations(byId);
    }
    try (var xml = zip.xml(rels)) {
      while (xml.next()) {
        if (xml.starts("Relationship")) {
          var id = xml.attribute("Id");
          var type = xml.attribute("Type");
          var target = xml.attribute("Target");
          if (id == null || type == null || target == null) {
            throw ZipPackage.damaged("its part " + rels + " is incomplete");
          }
          if (byId.size() == MOST) {
            throw ZipPackage.tooLarge("its part " + rels + " has over 100,000 entries");
          }
          byId.put(
              id, new Target(type.substring(type.lastIndexOf('/') + 1), resolve(folder, target)));
        }
      }
      xml.finish();
    }
    return new Relations(byId);
  }

  /** The part of the first relation of a type; null where there is none. */
  @Nullable String part(String type) {
    for (var target : byId.values()) {
      if (target.type.equals(type)) {
        return target.part;
      }
    }
    return null;
  }

  private static String resolve(String folder, String target) {
    var path = new ArrayDeque<String>();
    var whole = target.replace('\\', '/');
    for (var step : (whole.startsWith("/") ? whole : folder + whole).split("/", -1)) {
      if (step.equals("..")) {
        path.pollLast();
      } else if (!step.isEmpty() && !step.equals(".")) {
        path.add(step);
      }
    }
    return String.join("/", path);
  }
}
