package org.keyroll.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keyroll.unit.Names;

class MatcherTest {

  @Test
  void findsTheDuplicatesOfFebrlWithoutEverSeeingALabel() throws Exception {
    var sample = Sample.febrl();
    var quality = sample.quality(sample.clusters(sample.train()));

    assertThat(quality.f1()).isGreaterThanOrEqualTo(0.995);
  }

  @Test
  void findsMostOfWhatBelongsTogetherInSparseRecordsAndNothingElse() throws Exception {
    var sample = Sample.people();
    var quality = sample.quality(sample.clusters(sample.train()));

    assertThat(quality.precision()).isGreaterThanOrEqualTo(0.99);
    assertThat(quality.recall()).isGreaterThanOrEqualTo(0.93);
  }

  @Test
  void saysTheSameEveryTimeOnAnyNumberOfThreads() throws Exception {
    var sample = Sample.people();
    var one = sample.train();
    var two = sample.train();

    assertThat(two.matcher().model()).isEqualTo(one.matcher().model());
    assertThat(two.outcome()).isEqualTo(one.outcome());
  }

  @Test
  void aKeptModelFindsInOtherCompanyWhatItFoundBefore() throws Exception {
    var sample = Sample.people();
    var trained = sample.train();
    var pair = trained.outcome().pairs().get(0);
    var few = new Population(sample.similarity, 2);
    for (int record : List.of(pair.a(), pair.b())) {
      few.add(
          1,
          few.names().stream()
              .map(
                  n ->
                      sample.rows.get(record).getOrDefault(n, "").isEmpty()
                          ? null
                          : sample.rows.get(record).get(n))
              .toList());
    }
    few.complete();
    var later =
        Matcher.with(sample.similarity, few, new Names(List.of()), trained.matcher().model());

    assertThat(later.weight().of(0, 1)).isEqualTo(pair.weight());
  }

  @Test
  void evidenceAddsUpToTheWeightOfThePair() throws Exception {
    var sample = Sample.people();
    var trained = sample.train();
    for (var pair : trained.outcome().pairs().subList(0, 200)) {
      var evidence = trained.matcher().evidence(pair.a(), pair.b());
      assertThat(evidence.weight()).isCloseTo(pair.weight(), within(1e-9));
      assertThat(evidence.probability()).isCloseTo(pair.probability(), within(1e-9));
    }
  }

  @Test
  void agreementSpeaksForAndDisagreementAgainst() throws Exception {
    var model = Sample.febrl().train().matcher().model();
    for (var field : model.fields()) {
      assertThat(field.weight(0)).as(field.name()).isPositive();
      assertThat(field.weight(field.levels().size() - 1)).as(field.name()).isNegative();
      assertThat(field.m().stream().mapToDouble(m -> m).sum()).isCloseTo(1, within(1e-6));
      assertThat(field.u().stream().mapToDouble(u -> u).sum()).isCloseTo(1, within(1e-6));
    }
    assertThat(model.prior()).isCloseTo(6538 / (5000 * 4999 / 2.0), within(2e-5));
  }
}
