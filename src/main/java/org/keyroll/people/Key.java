package org.keyroll.people;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secret by which a person is known, {@code name:} and 160 random bits in 32 letters and
 * digits. Only its hash is kept.
 */
record Key(String name, String secret) {
  /** OWASP's figure for PBKDF2 with HMAC-SHA-512. */
  private static final int ITERATIONS = 210_000;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;
  private static final int SECRET_LENGTH = 32;

  /** Without letters that are read as digits. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz023456789";

  static Key make(String name, SecureRandom random) {
    return new Key(name, secret(random, SECRET_LENGTH));
  }

  /** So many random letters and digits, of five bits each. */
  static String secret(SecureRandom random, int length) {
    var secret = new StringBuilder(length);
    random.ints(length, 0, ALPHABET.length()).forEach(n -> secret.append(ALPHABET.charAt(n)));
    return secret.toString();
  }

  /** Whether a secret is that of a key and not a password that somebody made up. */
  boolean isMade() {
    return secret.length() == SECRET_LENGTH
        && secret.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
  }

  /** Null where the text cannot be a key. */
  static @Nullable Key parse(String text) {
    var stripped = text.strip();
    int colon = stripped.indexOf(':');
    return colon < 1 ? null : new Key(stripped.substring(0, colon), stripped.substring(colon + 1));
  }

  String text() {
    return name + ":" + secret;
  }

  /** Never shows the secret. */
  @Override
  public String toString() {
    return name + ":…";
  }

  /** What is kept of a key. */
  static final class Hash {
    /** Stands in for the hash of a person that is not there, so that asking takes as long. */
    static final Hash NOBODY = new Hash(ITERATIONS, new byte[SALT_BYTES], new byte[HASH_BITS / 8]);

    final int iterations;
    final byte[] salt;
    final byte[] hash;

    Hash(int iterations, byte[] salt, byte[] hash) {
      this.iterations = iterations;
      this.salt = salt;
      this.hash = hash;
    }

    boolean fits(Key key) {
      return MessageDigest.isEqual(hash, hashed(key.secret(), salt, iterations));
    }

    static Hash read(java.sql.ResultSet row) throws java.sql.SQLException {
      return new Hash(row.getInt("iterations"), row.getBytes("salt"), row.getBytes("hash"));
    }
  }

  Hash hash(SecureRandom random) {
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new Hash(ITERATIONS, salt, hashed(secret, salt, ITERATIONS));
  }

  private static byte[] hashed(String secret, byte[] salt, int iterations) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
          .generateSecret(new PBEKeySpec(secret.toCharArray(), salt, iterations, HASH_BITS))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has PBKDF2 with HMAC-SHA-512", e);
    }
  }
}
