package org.keyroll.publication;

import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree over the files of a revision: whoever holds a file, its path through the tree and
 * the root can show that the file belongs to the revision, without any other file.
 *
 * <p>Hashes, order and proofs are those of RFC 9162, section 2.1, with SHA-256.
 */
final class MerkleTree {
  private final List<byte[]> leaves;

  /**
   * @param entries what each leaf stands for, in order
   */
  MerkleTree(List<byte[]> entries) {
    leaves = entries.stream().map(MerkleTree::leaf).toList();
  }

  /** The hash that stands for all entries. */
  byte[] root() {
    return leaves.isEmpty() ? RevisionFolder.sha256().digest() : root(leaves);
  }

  /** What has to be hashed with an entry to come to the root, from the leaf upwards. */
  List<byte[]> proof(int entry) {
    var path = new ArrayList<byte[]>();
    prove(entry, leaves, path);
    return path;
  }

  private static void prove(int entry, List<byte[]> of, List<byte[]> path) {
    if (of.size() == 1) {
      return;
    }
    int left = split(of.size());
    if (entry < left) {
      prove(entry, of.subList(0, left), path);
      path.add(root(of.subList(left, of.size())));
    } else {
      prove(entry - left, of.subList(left, of.size()), path);
      path.add(root(of.subList(0, left)));
    }
  }

  /** The root that an entry leads to, among so many, by its proof; see RFC 9162, 2.1.3.2. */
  static byte[] rootBy(byte[] entry, long index, long size, List<byte[]> proof) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("there is no entry %d of %d".formatted(index, size));
    }
    long at = index;
    long last = size - 1;
    var hash = leaf(entry);
    for (var sibling : proof) {
      if (last == 0) {
        throw new IllegalArgumentException("the proof is too long");
      }
      if ((at & 1) == 1 || at == last) {
        hash = node(sibling, hash);
        while ((at & 1) == 0 && at != 0) {
          at >>= 1;
          last >>= 1;
        }
      } else {
        hash = node(hash, sibling);
      }
      at >>= 1;
      last >>= 1;
    }
    if (last != 0) {
      throw new IllegalArgumentException("the proof is too short");
    }
    return hash;
  }

  private static byte[] root(List<byte[]> of) {
    if (of.size() == 1) {
      return of.get(0);
    }
    int left = split(of.size());
    return node(root(of.subList(0, left)), root(of.subList(left, of.size())));
  }

  /** The largest power of two below a number. */
  private static int split(int size) {
    return Integer.highestOneBit(size - 1);
  }

  private static byte[] leaf(byte[] entry) {
    var digest = RevisionFolder.sha256();
    digest.update((byte) 0);
    return digest.digest(entry);
  }

  private static byte[] node(byte[] left, byte[] right) {
    var digest = RevisionFolder.sha256();
    digest.update((byte) 1);
    digest.update(left);
    return digest.digest(right);
  }
}
