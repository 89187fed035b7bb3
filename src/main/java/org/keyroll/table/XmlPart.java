package org.keyroll.table;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.Closeable;
import java.io.IOException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The XML of one part, read forward. A document type declaration is refused: no workbook needs one,
 * and entities are how XML bombs and XXE are built.
 */
final class XmlPart implements Closeable {

  /** Characters in one cell at most; a spreadsheet program stops at 32,767. */
  static final int MAX_TEXT = 1 << 20;

  private static final int MAX_DEPTH = 100;

  private final String name;
  private final GuardedStream in;
  private final XMLStreamReader xml;
  private final XmlNames names = new XmlNames();
  private int depth;

  XmlPart(String name, GuardedStream in) throws UnreadableFile {
    this.name = name;
    this.in = in;
    // A factory of its own: a shared one keeps every name it ever saw.
    var factory = new InputFactoryImpl();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      xml = factory.createXMLStreamReader(in);
    } catch (XMLStreamException e) {
      throw ZipPackage.damaged("its part " + name + " is no XML: " + TableReader.firstLine(e));
    }
  }

  /** Moves to the next start or end of an element; false at the end of the document. */
  boolean next() throws UnreadableFile, XMLStreamException {
    while (xml.hasNext()) {
      int event = advance();
      if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT) {
        return true;
      }
    }
    return false;
  }

  /** Moves on; true where that leads to characters, false where to a start or end, or nothing. */
  boolean advancesToText() throws UnreadableFile, XMLStreamException {
    while (xml.hasNext()) {
      switch (advance()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          return true;
        }
        case XMLStreamConstants.START_ELEMENT, XMLStreamConstants.END_ELEMENT -> {
          return false;
        }
        default -> {}
      }
    }
    return false;
  }

  /** The characters that {@link #advancesToText} has found, or some of them. */
  String characters() {
    return xml.getText();
  }

  private int advance() throws UnreadableFile, XMLStreamException {
    int event = xml.next();
    in.progressed();
    if (event == XMLStreamConstants.START_ELEMENT) {
      names.take(xml);
      if (++depth > MAX_DEPTH) {
        throw ZipPackage.damaged("its part " + name + " is nested too deeply");
      }
    } else if (event == XMLStreamConstants.END_ELEMENT) {
      depth--;
    } else if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw ZipPackage.damaged("its part " + name + " declares or uses XML entities");
    }
    return event;
  }

  boolean isStart() {
    return xml.isStartElement();
  }

  boolean starts(String element) {
    return xml.isStartElement() && xml.getLocalName().equals(element);
  }

  boolean ends(String element) {
    return xml.isEndElement() && xml.getLocalName().equals(element);
  }

  String element() {
    return xml.getLocalName();
  }

  int attributes() {
    return xml.getAttributeCount();
  }

  String attributeName(int index) {
    return xml.getAttributeLocalName(index);
  }

  String attributeNamespace(int index) {
    return xml.getAttributeNamespace(index);
  }

  String attribute(int index) {
    return xml.getAttributeValue(index);
  }

  /** An attribute of the present start tag by its local name, whatever its namespace. */
  @Nullable String attribute(String local) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals(local)) {
        return xml.getAttributeValue(i);
      }
    }
    return null;
  }

  /** From the start of an element to its end, passing over all in it. */
  void skip() throws UnreadableFile, XMLStreamException {
    int outside = depth - 1;
    while (depth > outside) {
      advance();
    }
  }

  /** The text of the element just started, up to its end; elements in it are passed over. */
  String text() throws UnreadableFile, XMLStreamException {
    int outside = depth - 1;
    String first = "";
    StringBuilder more = null;
    while (true) {
      int event = advance();
      if (event == XMLStreamConstants.CHARACTERS
          || event == XMLStreamConstants.CDATA
          || event == XMLStreamConstants.SPACE) {
        if (first.isEmpty()) {
          first = xml.getText();
          refuseLong(first);
        } else {
          more = more == null ? new StringBuilder(first) : more;
          more.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
          refuseLong(more);
        }
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        skip();
      } else if (event == XMLStreamConstants.END_ELEMENT && depth == outside) {
        return more == null ? first : more.toString();
      }
    }
  }

  /**
   * The text of a string item (si or is) just started, up to its end: its runs joined, without the
   * phonetic guides, and with _x000A_ escapes resolved.
   */
  String richText() throws UnreadableFile, XMLStreamException {
    int outside = depth - 1;
    String first = "";
    StringBuilder more = null;
    while (depth > outside) {
      advance();
      if (starts("t")) {
        var run = text();
        if (first.isEmpty()) {
          first = run;
        } else {
          more = more == null ? new StringBuilder(first) : more;
          more.append(run);
          refuseLong(more);
        }
      } else if (starts("rPh")) {
        skip();
      }
    }
    return Escapes.resolve(more == null ? first : more.toString());
  }

  private static void refuseLong(CharSequence text) throws UnreadableFile {
    if (text.length() > MAX_TEXT) {
      throw ZipPackage.tooLarge("one cell holds over a million characters");
    }
  }

  /** Checks what is left of the part, once all that is wanted of it has been read. */
  void finish() throws IOException, UnreadableFile {
    in.finish();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
