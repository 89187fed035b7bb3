package org.keyroll.publication;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Departments.Department;
import org.keyroll.definition.Phrases;
import org.keyroll.publication.Manifest.FileLine;

/**
 * The page that a folder opens with: what the revision is, its files, and how to check them. It has
 * no scripts and asks no other host for anything.
 */
final class IndexPage {
  static final String NAME = "index.html";

  private static final String AUTHORITY = "authority/";
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--line:#767676;--faint:#f3f4f6;--link:#0b57a4}
      body{margin:0 auto;max-width:72rem;padding:1.5rem;font:1rem/1.5 system-ui,sans-serif}
      a{color:var(--link)}a:focus-visible{outline:3px solid;outline-offset:2px}
      table{border-collapse:collapse;width:100%;margin:1rem 0}
      caption{text-align:left;font-weight:600;padding:.25rem 0}
      th,td{border:1px solid var(--line);padding:.35rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
      thead th{background:var(--faint)}td.n,th.n{text-align:right;white-space:nowrap}
      tbody th{overflow-wrap:normal}
      code{font-size:.8rem;word-break:break-all}.mark{font-weight:600}dt{font-weight:600}dd{margin:0 0 .5rem}
      @media (prefers-color-scheme:dark){:root{--line:#8f959e;--faint:#24282e;--link:#8ab8ff}}
      @media (max-width:40rem){.hash{display:none}tbody th{overflow-wrap:anywhere}}
      @media print{body{max-width:none;padding:0}}
      """;

  private final Definitions definitions;
  private final Phrases words;
  private final long revision;
  private final LocalDate asOf;
  private final long units;
  private final Map<String, String> titles;

  /**
   * @param units on the list
   * @param titles what each file is called, by path
   */
  IndexPage(
      Definitions definitions,
      long revision,
      LocalDate asOf,
      long units,
      Map<String, String> titles) {
    this.definitions = definitions;
    this.words = new Phrases("org.keyroll.publication.index", definitions.programme());
    this.revision = revision;
    this.asOf = asOf;
    this.units = units;
    this.titles = titles;
  }

  /** Writes the page of the whole and returns how many files are told of. */
  long ofRevision(OutputStream out, List<FileLine> all) throws IOException {
    var files = all.stream().filter(f -> f.path().startsWith(AUTHORITY)).toList();
    var page = begin(definitions.programme().authority().title());
    fact(page, "units", Long.toString(units));
    fact(page, "policy", definitions.policyVersion());
    page.append("</dl>\n");
    files(page, "", files);
    page.append("<table>\n<caption>").append(text(words.say("departments")));
    page.append("</caption>\n<thead><tr>");
    heading(page, "department", "");
    heading(page, "listed", " class=\"n\"");
    heading(page, "files", " class=\"n\"");
    page.append("</tr></thead>\n<tbody>\n");
    for (var department : definitions.departments().departments()) {
      var within = RevisionFolder.DEPARTMENTS + department.id() + "/";
      var mine = all.stream().filter(f -> f.path().startsWith(within)).toList();
      page.append("<tr><th scope=\"row\">");
      link(page, within + NAME, department.title());
      page.append("</th>");
      number(page, listed(mine, within));
      number(page, mine.size());
      page.append("</tr>\n");
    }
    page.append("</tbody>\n</table>\n");
    check(page, List.of(Manifest.NAME, Manifest.NAME + RevisionFolder.SIGNATURE), "check");
    return end(page, out, all.size());
  }

  /**
   * Writes the page of a department and returns how many files are told of.
   *
   * @param within path of its folder
   */
  long ofDepartment(OutputStream out, Department department, String within, List<FileLine> files)
      throws IOException {
    var page = begin(department.title());
    fact(page, "listed", Long.toString(listed(files, within)));
    page.append("</dl>\n");
    files(page, within, files);
    check(
        page,
        List.of(Seal.NAME, Seal.NAME + RevisionFolder.SIGNATURE, Seal.Proof.NAME),
        "checkPart");
    return end(page, out, files.size());
  }

  private static long listed(List<FileLine> files, String within) {
    return files.stream()
        .filter(f -> f.path().equals(within + "list.csv"))
        .mapToLong(FileLine::rows)
        .sum();
  }

  private StringBuilder begin(String audience) {
    var programme = definitions.programme();
    var title = words.say("title", programme.title(), revision);
    var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"");
    page.append(text(programme.language())).append("\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<title>").append(text(title + " · " + audience)).append("</title>\n<style>\n");
    page.append(STYLE).append("</style>\n</head>\n<body>\n<main>\n<h1>").append(text(title));
    page.append("</h1>\n");
    var marking = definitions.publication().classification();
    if (!marking.isEmpty()) {
      page.append("<p class=\"mark\">").append(text(marking)).append("</p>\n");
    }
    page.append("<dl>\n");
    fact(page, "for", audience);
    fact(page, "asOf", asOf.toString());
    return page;
  }

  private void fact(StringBuilder page, String key, String value) {
    page.append("<dt>").append(text(words.say(key))).append("</dt><dd>");
    page.append(text(value)).append("</dd>\n");
  }

  private void files(StringBuilder page, String within, List<FileLine> files) {
    page.append("<table>\n<caption>").append(text(words.say("files")));
    page.append("</caption>\n<thead><tr>");
    heading(page, "what", "");
    heading(page, "file", "");
    heading(page, "rows", " class=\"n\"");
    heading(page, "size", " class=\"n\"");
    heading(page, "hash", " class=\"hash\"");
    page.append("</tr></thead>\n<tbody>\n");
    for (var file : files) {
      var path = file.path().substring(within.length());
      page.append("<tr><td>").append(text(titles.getOrDefault(file.path(), path)));
      page.append("</td><th scope=\"row\">");
      link(page, path, path.substring(path.lastIndexOf('/') + 1));
      page.append("</th>");
      number(page, file.rows());
      number(page, file.size());
      page.append("<td class=\"hash\"><code>").append(file.sha256()).append("</code></td></tr>\n");
    }
    page.append("</tbody>\n</table>\n");
  }

  private void check(StringBuilder page, List<String> seals, String how) {
    page.append("<h2>").append(text(words.say("checking"))).append("</h2>\n<p>");
    page.append(text(words.say(how))).append("</p>\n<ul>\n");
    for (var seal : seals) {
      page.append("<li>");
      link(page, seal, seal);
      page.append("</li>\n");
    }
    page.append("</ul>\n");
  }

  private void heading(StringBuilder page, String key, String attributes) {
    page.append("<th scope=\"col\"").append(attributes).append('>');
    page.append(text(words.say(key))).append("</th>");
  }

  private static void number(StringBuilder page, long value) {
    page.append("<td class=\"n\">").append(value).append("</td>");
  }

  private static void link(StringBuilder page, String path, String shown) {
    page.append("<a href=\"").append(address(path)).append("\">").append(text(shown));
    page.append("</a>");
  }

  private static long end(StringBuilder page, OutputStream out, int files) throws IOException {
    page.append("</main>\n</body>\n</html>\n");
    out.write(page.toString().getBytes(StandardCharsets.UTF_8));
    return files;
  }

  /** A path as a relative address: all but letters, digits and a few marks as %XX. */
  private static String address(String path) {
    var address = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          b >= 'a' && b <= 'z'
              || b >= 'A' && b <= 'Z'
              || b >= '0' && b <= '9'
              || "-_.~/".indexOf(b) >= 0;
      if (plain) {
        address.append((char) b);
      } else {
        address.append(String.format(java.util.Locale.ROOT, "%%%02X", b));
      }
    }
    return address.toString();
  }

  private static String text(String plain) {
    return plain
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
