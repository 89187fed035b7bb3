package org.keyroll.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LegalFormsTest {
  private static Set<String> texts(String... sets) {
    return LegalForms.of(List.of(sets)).stream()
        .map(LegalForms.Form::text)
        .collect(Collectors.toSet());
  }

  @Test
  void knowsTheFormsOfChinaTheUnionAndTheUnitedStates() {
    assertThat(texts("cn")).contains("股份有限公司", "有限责任公司");
    assertThat(texts("us")).contains("LLC", "Inc.");
    assertThat(texts("eu"))
        .contains("GmbH", "GmbH & Co. KG", "S.A.", "S.p.A.", "S.r.l.", "B.V.", "N.V.", "AB", "Oy")
        .contains("A/S", "ApS", "Sp. z o.o.", "s.r.o.", "d.o.o.", "Kft.", "Zrt.", "SE", "Α.Ε.")
        .contains("ЕООД", "UAB", "OÜ", "SIA", "Ltd")
        .doesNotContain("LLC");
  }

  @Test
  void hasASetForEveryMemberStateThatIsPartOfTheUnions() {
    assertThat(LegalForms.sets()).containsAll(LegalForms.MEMBER_STATES);
    assertThat(texts("eu")).containsAll(texts(LegalForms.MEMBER_STATES.toArray(String[]::new)));
  }

  @Test
  void saysWhichFormAVariantIsOf() {
    assertThat(LegalForms.of(List.of("de")))
        .contains(
            new LegalForms.Form(
                "de", "GmbH", "Gesellschaft mit beschränkter Haftung", LegalForms.Place.END));
  }

  @Test
  void neverListsAFormTwiceOrWithoutWords() {
    for (var set : LegalForms.sets()) {
      var forms = LegalForms.of(List.of(set));
      assertThat(forms)
          .allSatisfy(f -> assertThat(f.text()).isNotBlank().isEqualTo(f.text().strip()));
      assertThat(new HashSet<>(forms)).hasSameSizeAs(forms);
    }
  }

  @Test
  void refusesASetThatThereIsNot() {
    assertThatThrownBy(() -> LegalForms.of(List.of("atlantis")))
        .hasMessageContaining("atlantis")
        .hasMessageContaining("cn, ");
  }
}
