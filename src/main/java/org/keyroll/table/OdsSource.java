package org.keyroll.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Reads ods, whose sheets follow one another in one part, streaming. */
final class OdsSource implements RowSource {

  private static final String CONTENT = "content.xml";
  private static final String STYLES = "styles.xml";
  private static final String MANIFEST = "META-INF/manifest.xml";

  private final ZipPackage zip;
  private final XmlPart xml;
  private final OdsStyles styles;
  private final ReadOptions options;
  private final List<String> passed = new ArrayList<>();
  private boolean from1904;
  private boolean found;
  private boolean hidden;
  private @Nullable OdsSheet sheet;

  private OdsSource(ZipPackage zip, ReadOptions options)
      throws IOException, XMLStreamException, UnreadableFile {
    this.zip = zip;
    this.options = options;
    readManifest();
    styles = new OdsStyles();
    if (zip.has(STYLES)) {
      try (var common = zip.xml(STYLES)) {
        while (common.next()) {
          if (common.isStart()) {
            styles.take(common);
          }
        }
        common.finish();
      }
    }
    xml = zip.xml(CONTENT);
    readToSheets();
  }

  static OdsSource open(Path file, ReadOptions options)
      throws IOException, XMLStreamException, UnreadableFile {
    var zip = ZipPackage.open(file);
    try {
      return new OdsSource(zip, options);
    } catch (IOException | XMLStreamException | UnreadableFile | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /** Refuses what is encrypted or has lost its styles. */
  private void readManifest() throws IOException, XMLStreamException, UnreadableFile {
    if (!zip.has(MANIFEST)) {
      return;
    }
    try (var manifest = zip.xml(MANIFEST)) {
      while (manifest.next()) {
        if (manifest.starts("encryption-data")) {
          throw Signature.encrypted(null);
        }
        if (manifest.starts("file-entry")
            && STYLES.equals(manifest.attribute("full-path"))
            && !zip.has(STYLES)) {
          throw ZipPackage.damaged("its part " + STYLES + " is missing");
        }
      }
      manifest.finish();
    }
  }

  /** Reads the styles up to the first sheet. */
  private void readToSheets() throws XMLStreamException, UnreadableFile {
    boolean body = false;
    while (xml.next()) {
      if (xml.starts("body")) {
        body = true;
      } else if (body && xml.isStart()) {
        if (xml.starts("spreadsheet")) {
          return;
        }
        throw Signature.unsupported("an OpenDocument " + xml.element() + " document");
      } else if (xml.isStart()) {
        styles.take(xml);
      }
    }
    throw ZipPackage.damaged("it holds no sheets");
  }

  @Override
  public @Nullable String nextSheet() throws IOException, XMLStreamException, UnreadableFile {
    if (sheet != null) {
      sheet.skipRest();
      sheet = null;
    }
    while (!(found && options.sheet() != null) && xml.next() && !xml.ends("spreadsheet")) {
      if (xml.starts("table")) {
        var name = xml.attribute("name");
        if (name == null) {
          throw ZipPackage.damaged("a sheet has no name");
        }
        if (isWanted(name)) {
          found = true;
          hidden = styles.isHiddenSheet(xml.attribute("style-name"));
          var builder = new RowBuilder(name, options);
          sheet = new OdsSheet(xml, styles, new SerialDates(from1904), builder);
          return name;
        }
        passed.add(name);
        xml.skip();
      } else if (xml.starts("null-date")) {
        from1904 = "1904-01-01".equals(xml.attribute("date-value"));
      } else if (xml.isStart() && !xml.starts("calculation-settings")) {
        // Tracked changes and links hold tables of their own, which are no sheets.
        xml.skip();
      }
    }
    if (options.sheet() != null && !found) {
      throw Sheets.missing(options.sheet(), passed);
    }
    xml.finish();
    return null;
  }

  /** Whether a table is a sheet that may be read; what links bring along is kept in tables, too. */
  private boolean isWanted(String name) {
    var wanted = options.sheet();
    return wanted == null ? !name.matches("'.+'#.*") : Sheets.isNamed(name, wanted);
  }

  @Override
  public boolean isHidden() {
    return hidden && options.sheet() == null;
  }

  @Override
  public List<Area> merged() {
    return sheet == null ? List.of() : sheet.merged();
  }

  @Override
  public @Nullable Row nextRow() throws IOException, XMLStreamException, UnreadableFile {
    return sheet == null ? null : sheet.next();
  }

  @Override
  public void close() throws IOException {
    try (zip) {
      xml.close();
    }
  }
}
