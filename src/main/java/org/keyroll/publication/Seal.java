package org.keyroll.publication;

import java.util.HexFormat;
import java.util.List;
import org.keyroll.publication.Manifest.FileLine;

/**
 * What is signed of a revision for those who receive a part of it: {@code revision.json}.
 *
 * @param manifest SHA-256 of its {@code manifest.json}
 * @param root of the {@link MerkleTree} over its files, in hexadecimal
 * @param files how many they are
 */
record Seal(String programme, long revision, String asOf, String manifest, String root, int files) {
  static final String NAME = "revision.json";

  /**
   * How the files of one audience belong to the revision: {@code proof.json}.
   *
   * @param audience department it is for
   */
  record Proof(String audience, List<ProofLine> files) {
    static final String NAME = "proof.json";
  }

  /**
   * A file and its way to the root.
   *
   * @param index its place among all files of the revision
   * @param path hashes in hexadecimal, from the leaf upwards
   */
  record ProofLine(FileLine file, int index, List<String> path) {}

  static Seal of(Manifest manifest, String sha256) {
    return new Seal(
        manifest.programme(),
        manifest.revision(),
        manifest.asOf(),
        sha256,
        String.valueOf(manifest.root()),
        manifest.files().size());
  }

  static String root(List<FileLine> files) {
    return HexFormat.of().formatHex(tree(files).root());
  }

  static MerkleTree tree(List<FileLine> files) {
    return new MerkleTree(files.stream().map(FileLine::leaf).toList());
  }

  /** The proofs of the files under a folder. */
  static Proof proof(String audience, String folder, List<FileLine> all, MerkleTree tree) {
    var lines = new java.util.ArrayList<ProofLine>();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).path().startsWith(folder + "/")) {
        lines.add(
            new ProofLine(
                all.get(i), i, tree.proof(i).stream().map(HexFormat.of()::formatHex).toList()));
      }
    }
    return new Proof(audience, lines);
  }
}
