package org.keyroll.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Scope;
import org.keyroll.definition.Source;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Templates;
import org.keyroll.people.Person;
import org.keyroll.publication.Answers;
import org.keyroll.publication.Exports;
import org.keyroll.publication.Manifest;
import org.keyroll.publication.PublishedFolders;
import org.keyroll.publication.TableText;
import org.keyroll.table.AnnotatedWorkbook;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.ServletWebRequest;

/** Hands files out, and writes down who has taken which. */
@Component
class Downloads {
  static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private static final Map<String, String> TYPES =
      Map.of(
          "xlsx", XLSX,
          "csv", "text/csv;charset=UTF-8",
          "json", "application/json",
          "pdf", "application/pdf",
          "zip", "application/zip");

  private final PublishedFolders folders;
  private final Answers answers;
  private final Exports exports;
  private final Trail trail;
  private final TransactionTemplate transaction;

  Downloads(
      PublishedFolders folders,
      Answers answers,
      Exports exports,
      Trail trail,
      TransactionTemplate transaction) {
    this.folders = folders;
    this.answers = answers;
    this.exports = exports;
    this.trail = trail;
    this.transaction = transaction;
  }

  /** A file of a revision; its bytes never change, so its hash is its tag. */
  void published(
      Scope scope, Person who, long revision, Manifest.FileLine file, HttpServletResponse response)
      throws IOException {
    var programme = scope.programme().id();
    note(who, "revision %d of %s".formatted(revision, programme), file.path());
    response.setHeader(HttpHeaders.ETAG, '"' + file.sha256() + '"');
    send(
        folders.of(programme, revision).resolve(file.path()),
        "%s-%d-%s".formatted(programme, revision, file.path().replace('/', '-')),
        response);
  }

  /**
   * The same for a program: all of it, a part, or nothing where the program has it already.
   *
   * @throws NotFound when the file is not on the disk
   */
  ResponseEntity<Resource> published(
      Scope scope, Person who, long revision, Manifest.FileLine file, ServletWebRequest request) {
    var programme = scope.programme().id();
    var tag = '"' + file.sha256() + '"';
    if (request.checkNotModified(tag)) {
      return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build();
    }
    if (HttpMethod.GET.equals(request.getHttpMethod())) {
      note(who, "revision %d of %s".formatted(revision, programme), file.path());
    }
    var name = "%s-%d-%s".formatted(programme, revision, file.path().replace('/', '-'));
    var path = folders.of(programme, revision).resolve(file.path());
    if (!Files.isRegularFile(path)) {
      throw new NotFound();
    }
    return ResponseEntity.ok()
        .eTag(tag)
        .cacheControl(CacheControl.noCache().cachePrivate())
        .header(HttpHeaders.CONTENT_DISPOSITION, attachment(name))
        .contentType(MediaType.parseMediaType(type(name)))
        .body(new FileSystemResource(path));
  }

  /** The workbook that the sender of a source fills in. */
  void template(Scope scope, Person who, Source source, HttpServletResponse response)
      throws IOException {
    var file = Files.createTempFile("keyroll", ".template");
    try {
      try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
        Templates.write(scope.definitions(), source, out);
      }
      var name = source.id() + "-template.xlsx";
      note(who, "source " + source.id() + " of " + scope.programme().id(), name);
      send(file, name, response);
    } finally {
      Files.delete(file);
    }
  }

  /** What {@link #export} writes. */
  enum Form {
    CSV,
    JSON
  }

  /**
   * A table of what is known; it is made before the first byte is sent, so that it is whole.
   *
   * @param afterRun as it was known then; null: as it is now
   */
  void export(
      Scope scope,
      Person who,
      Exports.What what,
      Form form,
      LocalDate asOf,
      @Nullable Long afterRun,
      HttpServletResponse response)
      throws Exception {
    var file = Files.createTempFile("keyroll", ".export");
    try {
      try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
        TableText.Rows rows =
            (Consumer<List<@Nullable Object>> to) -> {
              if (afterRun == null) {
                exports.export(scope, what, asOf, to);
              } else {
                exports.asKnownAfter(scope, what, afterRun, to);
              }
            };
        switch (form) {
          case CSV -> TableText.csv(out, what.columns(), rows);
          case JSON -> TableText.json(out, what.columns(), rows);
        }
      }
      var name = what.id() + "." + form.name().toLowerCase(Locale.ROOT);
      note(who, "export of " + scope.programme().id(), name);
      send(file, name, response);
    } finally {
      Files.delete(file);
    }
  }

  /** The answer to a delivery; it is made before the first byte is sent, so that it is whole. */
  void answer(Scope scope, Person who, Delivery delivery, HttpServletResponse response)
      throws IOException {
    if (!scope.definitions().sources().containsKey(delivery.source())
        || delivery.state() == Delivery.State.RECEIVED
        || delivery.state() == Delivery.State.RELEASED) {
      throw new NotFound();
    }
    var file = Files.createTempFile("keyroll", ".answer");
    try {
      AnnotatedWorkbook.Form form;
      try (var out = Files.newOutputStream(file)) {
        form = answers.write(scope.definitions(), delivery, out);
      }
      var name = Answers.name(delivery) + "-answer" + form.extension();
      note(who, "delivery " + delivery.number(), name);
      send(file, name, response);
    } finally {
      Files.delete(file);
    }
  }

  private void note(Person who, String subject, String detail) {
    transaction.executeWithoutResult(
        status -> trail.append(who.name(), "download", subject, detail));
  }

  private static void send(Path file, String name, HttpServletResponse response)
      throws IOException {
    response.setContentType(type(name));
    response.setContentLengthLong(Files.size(file));
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, attachment(name));
    Files.copy(file, response.getOutputStream());
  }

  private static String type(String name) {
    return TYPES.getOrDefault(
        name.substring(name.lastIndexOf('.') + 1), MediaType.APPLICATION_OCTET_STREAM_VALUE);
  }

  private static String attachment(String name) {
    return ContentDisposition.attachment()
        .filename(name, StandardCharsets.UTF_8)
        .build()
        .toString();
  }
}
