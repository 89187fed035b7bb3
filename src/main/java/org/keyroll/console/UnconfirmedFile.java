package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that its sender is asked about, kept so that they need not choose it again. A session
 * keeps one at most, and it is gone with the session.
 */
final class UnconfirmedFile implements HttpSessionBindingListener {
  private static final Logger LOG = LoggerFactory.getLogger(UnconfirmedFile.class);
  private static final String KEPT = "keyroll.unconfirmed";

  private final String id = UUID.randomUUID().toString();
  private final Path file;
  private final String programme;
  private final String source;
  private final String fileName;

  private UnconfirmedFile(Path file, String programme, String source, String fileName) {
    this.file = file;
    this.programme = programme;
    this.source = source;
    this.fileName = fileName;
  }

  /** Keeps a file in the place of one that was kept before. */
  static UnconfirmedFile keep(
      HttpServletRequest request, String programme, String source, String fileName, InputStream in)
      throws IOException {
    var file = Files.createTempFile("keyroll", ".unconfirmed");
    var kept = new UnconfirmedFile(file, programme, source, fileName);
    try {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    request.getSession().setAttribute(KEPT, kept);
    return kept;
  }

  /** The file that a person is asked about; empty once another one has been sent. */
  static Optional<UnconfirmedFile> find(HttpServletRequest request, String programme, String id) {
    return request.getSession().getAttribute(KEPT) instanceof UnconfirmedFile kept
            && kept.id.equals(id)
            && kept.programme.equals(programme)
        ? Optional.of(kept)
        : Optional.empty();
  }

  static void forget(HttpServletRequest request) {
    request.getSession().removeAttribute(KEPT);
  }

  String id() {
    return id;
  }

  String source() {
    return source;
  }

  String fileName() {
    return fileName;
  }

  InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  @Override
  public void valueUnbound(HttpSessionBindingEvent event) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted", file, e);
    }
  }
}
