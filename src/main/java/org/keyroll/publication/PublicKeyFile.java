package org.keyroll.publication;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** A public Ed25519 key as a PEM file (RFC 7468), as other programs read it too. */
record PublicKeyFile(PublicKey key) {
  static final String PUBLIC = "PUBLIC KEY";

  static PublicKeyFile read(Path file) throws IOException {
    try {
      return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          "%s is not a public Ed25519 key in PEM form: %s".formatted(file, e.getMessage()), e);
    }
  }

  static PublicKeyFile parse(String pem) throws GeneralSecurityException {
    return new PublicKeyFile(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(block(pem, PUBLIC))));
  }

  boolean signed(byte[] bytes, byte[] signature) {
    try {
      var check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(bytes);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // it is not even a signature
    }
  }

  String pem() {
    return pem(PUBLIC, key.getEncoded());
  }

  static String pem(String label, byte[] content) {
    var base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label);
  }

  /** The content of a block of a PEM file. */
  static byte[] block(String pem, String label) {
    var begin = "-----BEGIN " + label + "-----";
    int start = pem.indexOf(begin);
    int end = pem.indexOf("-----END " + label + "-----");
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("it has no " + begin);
    }
    return Base64.getMimeDecoder().decode(pem.substring(start + begin.length(), end));
  }
}
