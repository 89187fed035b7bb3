package org.keyroll.table;

import javax.xml.stream.XMLStreamException;
import org.keyroll.table.UnreadableFile.Reason;

/**
 * The text of one cell of an ods: characters as they stand, which is how LibreOffice takes them,
 * though OpenDocument 1.3, 6.1.2, has white space collapsed; and what is written as an element.
 */
final class OdsText {

  private final StringBuilder text = new StringBuilder();
  private int paragraphs;

  void clear() {
    text.setLength(0);
    paragraphs = 0;
  }

  /** Whether there is no paragraph, not even an empty one. */
  boolean isAbsent() {
    return paragraphs == 0;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** Adds the paragraph just started, up to its end, on a line of its own. */
  void paragraph(XmlPart xml) throws UnreadableFile, XMLStreamException {
    if (paragraphs++ > 0) {
      text.append('\n');
    }
    int open = 1;
    while (open > 0) {
      if (xml.advancesToText()) {
        text.append(xml.characters());
      } else if (xml.isStart()) {
        switch (xml.element()) {
          case "s" -> add(" ".repeat(count(xml)), xml);
          case "tab" -> add("\t", xml);
          case "line-break" -> add("\n", xml);
          case "annotation", "ruby-text", "note", "frame" -> xml.skip();
          default -> open++;
        }
      } else {
        open--;
      }
      if (text.length() > XmlPart.MAX_TEXT) {
        throw tooLong();
      }
    }
  }

  private static int count(XmlPart xml) throws UnreadableFile {
    var count = xml.attribute("c");
    long spaces = count == null ? 1 : Long.parseLong(count);
    if (spaces > XmlPart.MAX_TEXT) {
      throw tooLong();
    }
    return (int) Math.max(0, spaces);
  }

  private static UnreadableFile tooLong() {
    return new UnreadableFile(
        Reason.TOO_LARGE,
        "The workbook is too large to be read safely (one cell holds over a million characters); shorten it.");
  }

  private void add(String characters, XmlPart xml) throws UnreadableFile, XMLStreamException {
    text.append(characters);
    xml.skip();
  }
}
