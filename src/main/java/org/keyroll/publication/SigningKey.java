package org.keyroll.publication;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The key of a home that its revisions are signed with: Ed25519 (RFC 8032), made when it is first
 * needed, in a file that only the owner can read.
 */
@Component
class SigningKey {
  private static final String PRIVATE = "PRIVATE KEY";

  private final Path home;
  private final Path file;
  private @Nullable Pair pair;

  private record Pair(PrivateKey key, PublicKeyFile published) {}

  SigningKey(@Value("${keyroll.home}") Path home) {
    this.home = home;
    this.file = home.resolve("signing-key.pem");
  }

  /** The signature of bytes: 64 bytes, always the same for the same bytes and key. */
  byte[] sign(byte[] bytes) throws IOException {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(pair().key());
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IOException("%s is not a key that can sign: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** What others check signatures with. */
  PublicKeyFile published() throws IOException {
    return pair().published();
  }

  private synchronized Pair pair() throws IOException {
    if (pair == null) {
      if (!Files.exists(file)) {
        make();
      }
      pair = read();
    }
    return pair;
  }

  private Pair read() throws IOException {
    var pem = Files.readString(file, StandardCharsets.US_ASCII);
    try {
      var key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(PublicKeyFile.block(pem, PRIVATE)));
      return new Pair(key, PublicKeyFile.parse(pem));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          "%s does not hold an Ed25519 key pair (%s); put the file back from a backup, or move it away and a new one is made"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private void make() throws IOException {
    java.security.KeyPair made;
    try {
      made = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java since 15 has Ed25519", e);
    }
    var pem =
        PublicKeyFile.pem(PRIVATE, made.getPrivate().getEncoded())
            + PublicKeyFile.pem(PublicKeyFile.PUBLIC, made.getPublic().getEncoded());
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var draft = Files.createTempFile(home, ".signing-key", "", owner);
    try {
      Files.writeString(draft, pem, StandardCharsets.US_ASCII);
      RevisionFolder.force(draft);
      // Two programmes may publish at once: the first name stays, where a move would replace it.
      Files.createLink(file, draft);
      RevisionFolder.force(home);
    } catch (FileAlreadyExistsException e) {
      return; // the other's key is read
    } finally {
      Files.delete(draft);
    }
  }
}
