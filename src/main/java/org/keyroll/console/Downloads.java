package org.keyroll.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Scope;
import org.keyroll.definition.Source;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Templates;
import org.keyroll.people.Person;
import org.keyroll.publication.Answers;
import org.keyroll.publication.Manifest;
import org.keyroll.publication.PublishedFolders;
import org.keyroll.table.AnnotatedWorkbook;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Hands files out, and writes down who has taken which. */
@Component
class Downloads {
  private static final Map<String, String> TYPES =
      Map.of(
          "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          "csv", "text/csv;charset=UTF-8",
          "json", "application/json",
          "pdf", "application/pdf",
          "zip", "application/zip");

  private final PublishedFolders folders;
  private final Answers answers;
  private final Trail trail;
  private final TransactionTemplate transaction;

  Downloads(
      PublishedFolders folders, Answers answers, Trail trail, TransactionTemplate transaction) {
    this.folders = folders;
    this.answers = answers;
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
    var extension = name.substring(name.lastIndexOf('.') + 1);
    response.setContentType(TYPES.getOrDefault(extension, "application/octet-stream"));
    response.setContentLengthLong(Files.size(file));
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString());
    Files.copy(file, response.getOutputStream());
  }
}
