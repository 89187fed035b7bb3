package org.keyroll.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Roots as the reference tests of Certificate Transparency (RFC 6962) give them. */
class MerkleTreeTest {
  private static final List<String> ENTRIES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");
  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void hasTheRootsOfTheReference() {
    for (int size = 0; size <= ENTRIES.size(); size++) {
      var entries = ENTRIES.subList(0, size).stream().map(HexFormat.of()::parseHex).toList();
      assertThat(HexFormat.of().formatHex(new MerkleTree(entries).root()))
          .isEqualTo(ROOTS.get(size));
    }
  }

  @Test
  void leadsFromEveryEntryToTheRootAndFromNothingElse() {
    for (int size = 1; size <= 70; size++) {
      var entries = new ArrayList<byte[]>();
      for (int i = 0; i < size; i++) {
        entries.add(("entry " + i).getBytes(StandardCharsets.UTF_8));
      }
      var tree = new MerkleTree(entries);
      for (int i = 0; i < size; i++) {
        var proof = tree.proof(i);
        assertThat(MerkleTree.rootBy(entries.get(i), i, size, proof)).isEqualTo(tree.root());
        var other = "entry x".getBytes(StandardCharsets.UTF_8);
        assertThat(MerkleTree.rootBy(other, i, size, proof)).isNotEqualTo(tree.root());
        if (size > 1) {
          var shorter = proof.subList(0, proof.size() - 1);
          int at = i;
          int of = size;
          assertThatThrownBy(() -> MerkleTree.rootBy(entries.get(at), at, of, shorter))
              .hasMessage("the proof is too short");
        }
      }
    }
  }
}
