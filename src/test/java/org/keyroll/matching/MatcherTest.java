package org.keyroll.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.definition.DefinitionReader;
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

  /** Many organisations of a town have alike postcodes and nothing else in common. */
  @Test
  void linksNothingWhereNothingIsDouble(@TempDir Path folder) throws Exception {
    var people = Path.of("src/test/resources/matching/jobs/people");
    try (var files = Files.walk(people)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = folder.resolve("people").resolve(people.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy);
      }
    }
    Files.writeString(
        folder.resolve("people/matching.yml"),
        """
        registries: [rows]
        name: surname
        rules:
          - {id: similar, by: similarity}
        similarity:
          fields:
            surname: {as: organisation}
            first_name: {as: text}
            city: {as: name}
            email: {as: code}
            dob: {as: text}
        """);
    var similarity =
        Objects.requireNonNull(DefinitionReader.read(folder, "people").matching().similarity());
    var random = new Random(4);
    var towns = IntStream.range(0, 60).mapToObj(i -> word(random, 3)).toList();
    var population = new Population(similarity, 1500);
    for (int i = 0; i < 1500; i++) {
      var town = towns.get((int) (60 * Math.pow(random.nextDouble(), 2.2)));
      population.add(
          1,
          Arrays.asList(
              word(random, 2) + " foods " + List.of("ltd", "plc", "gmbh", "inc", "llc").get(i % 5),
              1 + random.nextInt(300) + " " + word(random, 2) + " road",
              town,
              town.substring(0, 2)
                  + (1 + random.nextInt(29))
                  + random.nextInt(10)
                  + (char) ('a' + random.nextInt(26))
                  + (char) ('a' + random.nextInt(26)),
              random.nextInt(5) < 2
                  ? word(random, 4) + List.of(".co.uk", ".com", ".eu").get(random.nextInt(3))
                  : null));
    }
    population.complete();
    var trained = Matcher.train(similarity, population, new Names(List.of()), (rule, keys) -> {});

    assertThat(trained.outcome().pairs()).isEmpty();
    assertThat(trained.matcher().model().prior()).isLessThan(1e-9);
  }

  private static String word(Random random, int syllables) {
    var syllable =
        "ba ko mi tu ren sal vor del hin gar pol wex lun fi dro chu yam qui zet nor".split(" ", -1);
    var word = new StringBuilder();
    for (int i = 0; i < syllables; i++) {
      word.append(syllable[random.nextInt(syllable.length)]);
    }
    return word.toString();
  }
}
