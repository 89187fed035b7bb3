package org.keyroll.table;

import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Counts the names of elements and attributes in one part, since a parser keeps each it has seen: a
 * file could fill the memory with them.
 */
final class XmlNames {

  private static final int MOST = 20_000;
  private static final int SLOTS = 1024;

  /** Names seen of late, so that nearly all need no look into the set. */
  private final @Nullable String[] recent = new @Nullable String[SLOTS];

  private final Set<String> all = new HashSet<>();

  /** Takes in the names of a start tag. */
  void take(XMLStreamReader xml) throws UnreadableFile {
    take(xml.getLocalName());
    for (int i = xml.getAttributeCount() - 1; i >= 0; i--) {
      take(xml.getAttributeLocalName(i));
    }
    for (int i = xml.getNamespaceCount() - 1; i >= 0; i--) {
      var prefix = xml.getNamespacePrefix(i);
      take(prefix == null ? "" : prefix);
    }
  }

  private void take(String name) throws UnreadableFile {
    int slot = name.hashCode() & (SLOTS - 1);
    // The parser gives the same object for the same name.
    if (isSame(recent[slot], name)) {
      return;
    }
    recent[slot] = name;
    if (all.add(name) && all.size() > MOST) {
      throw ZipPackage.tooLarge("one of its parts has over 20,000 names of elements");
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(@Nullable String a, String b) {
    return a == b;
  }
}
