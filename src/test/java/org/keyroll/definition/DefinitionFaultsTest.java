package org.keyroll.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One fault at a time: file, what to replace, by what, line, words of the sentence. */
class DefinitionFaultsTest {

  @ParameterizedTest(name = "{0}:{3} {4}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          sources/incidents | label: [编号 | lable: [编号 | 23 | unknown key "lable"; did you mean "label"?
          sources/incidents | kind: report | kind: registy | 4 | "kind" must be one of registry, report; found "registy"; did you mean "registry"?
          sources/incidents | title: | # title: | 1 | missing key "title"
          sources/incidents | title: 危害国家安全案事件台账 | title: | 3 | "title" must be a text; found nothing
          sources/incidents | title: 危害国家安全案事件台账 | title: 2021 | 3 | "title" must be a text; found the number 2021; put it in quotes
          sources/incidents | title: 危害国家安全案事件台账 | title: true | 3 | found the value true; put it in quotes
          sources/incidents | label: [类别] | label: 类别 | 28 | "label" must be a list; found "类别"; write [类别]
          sources/incidents | id: incidents | id: Incidents | 2 | "id" must be lower-case letters, digits and hyphens
          sources/incidents | id: incidents | id: accidents | 2 | a source has the id of its file: incidents
          sources/incidents | sender: state-security | sender: state-secrity | 5 | there is no department "state-secrity"; did you mean "state-security"?
          sources/incidents | kind: report | kind: report\\nkind: report | 5 | the key "kind" stands twice; first on line 4
          sources/incidents | [case_number] | [case_no] | 13 | there is no column "case_no"
          sources/incidents | "AJ[0-9]{4}-[0-9]{3}" | "AJ[0-9" | 23 | "pattern" is not a regular expression
          sources/incidents | scheme: uscc | scheme: isbn | 24 | "scheme" must be uscc, uscc/organisation, cn-organisation, cn-registration, lei, duns, euid, code, or registration and vat with a country, such as registration/FI; found "isbn"
          sources/incidents | scheme: uscc | scheme: registration | 24 | the scheme registration needs a country: registration/FI, or the key "country" with the column that has it
          sources/incidents | scheme: uscc | scheme: registration, country: land | 24 | there is no column "land"
          sources/incidents | scheme: uscc | scheme: uscc, country: name | 24 | "country" goes with the schemes registration and vat only, named without a country
          sources/incidents | , scheme: uscc | | 24 | missing key "scheme"
          sources/incidents | max_length: 100 | max_length: 0 | 25 | "max_length" must be at least 1; found the number 0
          sources/incidents | max_length: 100 | max_length: 1.5 | 25 | "max_length" must be a whole number
          sources/incidents | max_length: 100 | min: 1 | 25 | "min" does not go with type text; remove it
          sources/incidents | yyyy-MM-dd | yyyy-MM-bb | 26 | "yyyy-MM-bb" is not a date pattern such as yyyy-MM-dd
          sources/incidents | yyyy-MM-dd | yyyy-MM | 26 | must hold year, month and day
          sources/incidents | [事件] | [案件] | 33 | the word "案件" already belongs to case
          sources/incidents | false: [否] | false: [是] | 35 | the word "是" already belongs to true
          sources/incidents | false: [否] | no: [否] | 35 | unknown key "no"
          sources/incidents | label: [类别] | label: [单位名称] | 28 | the label "单位名称" already belongs to column name
          sources/incidents | ignore: [序号 | ignore: [类别 | 12 | the label "类别" already belongs to column class
          sources/inspections | "inspections*.xlsx" | "incidents*.xlsx" | 7 | source incidents takes files named "incidents*.xlsx" already
          sources/incidents | "incidents*.xlsx" | "incidents[.xlsx" | 7 | is not a pattern of file names
          sources/incidents | {kind: xlsx} | {kind: xlsx, encoding: UTF-8} | 8 | "encoding" does not go with kind xlsx
          sources/incidents | occurred_on: | occurredOn: | 26 | the key "occurredOn" must be lower-case letters, digits and underscores
          sources/incidents | header: {rows: 1} | header: {rows: 1 | 10 | not valid YAML
          sources/incidents | header: | \\theader: | 9 | not valid YAML
          sources/incidents | title: | title: !!binary | 3 | the tag tag:yaml.org,2002:binary is not known here
          sources/incidents | [注, 说明 | [注, 注 | 10 | holds the same value twice
          sources/enterprise-registry | GB18030 | GB18031 | 8 | the encoding "GB18031" is not known
          sources/enterprise-registry | min: 0, max: 1} | min: 2, max: 1} | 47 | "min" must not be above "max"
          sources/enterprise-registry | required: true, max_length | required: yes, max_length | 25 | "required" must be true or false; found "yes"
          sources/incidents | shrinks_at_most: 0.3 | shrinks_at_most: 30 | 17 | "shrinks_at_most" must be at most 1; found the number 30
          sources/incidents | age_at_most: P3M | age_at_most: 3M | 21 | "age_at_most" must be a period such as P3Y, P6M or P30D; found "3M"
          sources/incidents | age_at_most: P3M | filled: {credit_kode: 0.5} | 21 | there is no column "credit_kode"; did you mean "credit_code"?
          sources/incidents | age_at_most: P3M | totals: [{from: {beside: [合计]}, sums: name}] | 21 | "name" is no number that can be summed
          sources/incidents | age_at_most: P3M | totals: [{from: {beside: [合计]}}, {from: {cell: B1}}] | 21 | this total is declared twice; keep one of them
          sources/incidents | age_at_most: P3M | totals: [{from: {cell: B1, beside: [合计]}}] | 21 | "from" needs exactly one of the keys
          sources/incidents | ([0-9]{4}-[0-9]{2})"} | [0-9]{4}-[0-9]{2}"} | 14 | "file_name" must hold one pair of round brackets
          sources/incidents | type: period} | type: period, formats: [yyyy-MM-dd]} | 14 | is a day; a period ends at the month
          programme | id: counter-espionage | id: counter-spionage | 3 | a programme has the id of its folder: counter-espionage
          programme | Asia/Shanghai | Asia/Shanghay | 6 | there is no time zone "Asia/Shanghay"; did you mean "Asia/Shanghai"?
          programme | {id: second, | {id: first, | 20 | "first" stands twice; first on line 19
          programme | entering: 0.35 | entering: 35 | 27 | "entering" must be at most 1; found the number 35
          programme | entering: 0.35 | entering: .inf | 27 | .inf is not a number that can be used here
          programme | founding: automatic | founding: always | 26 | "founding" must be one of automatic, held; found "always"
          matching | [industry-registry, e | [incidents, e | 5 | "incidents" is a report
          matching | name: name | name: nam | 7 | source enterprise-registry has no field "nam"; did you mean "name"?
          matching | field: credit_code, scheme | field: capital, scheme | 10 | "capital" of enterprise-registry is no identifier of scheme uscc
          matching | by: identifier, field: credit_code | by: identifier | 17 | missing key "field"
          matching | by: name} | by: name, field: credit_code} | 18 | "field" does not go with by name
          matching | former_name: former_name | legal_forms: [] | 13 | the key "legal_forms" stands twice
          matching | equals: merged | equals: mergd | 24 | enterprise-registry.status is never "mergd"; did you mean "merged"?
          matching | successor: successor_code | successor: successor | 24 | source enterprise-registry has no field "successor"
          matching | on: status_date | on: status | 24 | "status" of enterprise-registry is no date
          policy | legal_basis: order-2021-1 | legal_basis: order-2021-2 | 6 | there is no legal basis "order-2021-2"; did you mean "order-2021-1"?
          policy | industry-registry.nature | industry-registry.natur | 9 | source industry-registry has no field "natur"; did you mean "nature"?
          policy | industry-registry.nature | industy-registry.nature | 9 | there is no source "industy-registry"; did you mean "industry-registry"?
          policy | industry-registry.nature | industry-registry | 9 | source.field
          policy | {type: text, title: 涉密等级 | {type: number, title: 涉密等级 | 13 | secrecy-levels.level is of type choice and cannot give a number
          policy | source: incidents, on: occurred_on, within: P3Y | source: incidents, on: class, within: P3Y | 21 | "class" of incidents is no date
          policy | within: P3Y | within: 3 years | 21 | "within" must be a period such as P3Y, P6M or P30D
          policy | ["true"] | [true] | 25 | must be a text; found the value true; put it in quotes
          policy | class: [case] | class: [cases] | 25 | incidents.class is never "cases"; did you mean "case"?
          policy | weight: 0.15 | weight: 0.16 | 28 | the weights of these siblings add up to 1.01
          policy | weight: 0.40 | weight: 0.41 | 50 | the weights of these siblings add up to 1.01
          policy | fact: nature | fact: natur | 32 | there is no fact "natur"; did you mean "nature"?
          policy | organ: 1.0, | | 33 | "lookup" has no score for "organ"
          policy | organ: 1.0, | organ: 1.0, organs: 1.0, | 33 | the fact nature is never "organs"; did you mean "organ"?
          policy | organ: 1.0, | organ: high, | 33 | "organ" must be a number
          policy | range: {from: 0, to: 0.5} | range: {from: 0.5, to: 0.5} | 51 | "from" and "to" of a range must differ
          policy | range: {from: 0, to: 0.5} | lookup: {a: 1} | 51 | "lookup" needs a fact of type text for "a"
          policy | range: {from: 0, to: 0.5} | steps: [] | 51 | "steps" must not be empty
          policy | range: {from: 0, to: 0.5} | steps: [{round: 1, cap: {min: 0}}] | 51 | a step does one thing; make a step each of cap, round
          policy | range: {from: 0, to: 0.5} | steps: [{normalise: rank, onto: [0, 1]}] | 51 | "onto" does not go with rank; remove it
          policy | range: {from: 0, to: 0.5} | steps: [{normalise: min-max, within: foreign_share}] | 51 | the fact foreign_share is a number; a text is needed
          policy | range: {from: 0, to: 0.5} | steps: [{normalise: distance}] | 51 | "distance" needs the key reference
          policy | range: {from: 0, to: 0.5} | steps: [{normalise: minmax}] | 51 | did you mean "min-max"?
          policy | range: {from: 0, to: 0.5} | steps: [{fill: average}] | 51 | "fill" must be mean, median, min, max or a number
          policy | range: {from: 0, to: 0.5} | steps: [{statistic: average}] | 51 | "statistic" must be min, max, mean, median, total, count, deviation or a quantile
          policy | range: {from: 0, to: 0.5} | steps: [{statistic: mean, deviation: sample}] | 51 | "deviation" goes with "statistic: deviation" only
          policy | range: {from: 0, to: 0.5} | steps: [{statistic: {quantile: 0.5, type: 10}}] | 51 | "type" must be at most 9
          policy | range: {from: 0, to: 0.5} | range: {from: 0, to: 0.5, within: industry} | 51 | "within" goes with a goalpost that is a quantile
          policy | range: {from: 0, to: 0.5} | steps: [{winsorise: {lower: 0.1, moments: sample}}] | 51 | winsorise by skewness and kurtosis, by lowest and highest, or by lower and upper
          policy | range: {from: 0, to: 0.5} | coverage: 0.5 | 51 | "coverage" goes with further criteria only
          policy | missing: reweight} | missing: ignore} | 51 | "missing" must be fail, reweight, zero or a number
          policy | {type: text, title: 行业, from: [industry-registry.industry]} | {type: number, title: 行业, expression: "foreign_share / overseas_sites"} | 10 | this may divide by zero
          policy | {type: text, title: 行业, from: [industry-registry.industry]} | {type: number, title: 行业, expression: "foreign_shares + 1.0"} | 10 | did you mean "foreign_share"?
          policy | {type: text, title: 行业, from: [industry-registry.industry]} | {type: number, title: 行业, expression: "industry + 1.0"} | 10 | needs itself
          policy | {type: text, title: 行业, from: [industry-registry.industry]} | {type: number, title: 行业, listed: {programme: other}} | 10 | there is no programme "other"
          policy | {type: text, title: 行业, from: [industry-registry.industry]} | {type: number, title: 行业, constant: much} | 10 | "much" is no number
          policy | {type: text, title: 行业, from: [industry-registry.industry]} | {type: text, title: 行业, sum: {source: incidents, on: occurred_on, field: class}} | 10 | a sum is of type number
          policy | {type: text, title: 行业, from: [industry-registry.industry]} | {type: text, title: 行业, table: {by: [nature], rows: [{when: {nature: organs}, value: a}]}} | 10 | the fact nature is never "organs"
          policy | fact: foreign_share, | | 51 | needs exactly one of the keys fact, criteria
          policy | {from: 2, score: 0.85} | {from: 1, score: 0.85} | 60 | bands must ascend
          policy | - id: incidents | - id: delegations | 56 | "delegations" stands twice; first on line 54
          policy | secrecy == "top_secret" | secresy == "top_secret" | 65 | there is no fact "secresy"; did you mean "secrecy"? at column 1
          policy | responsible_cases >= 1.0 | responsible_cases == 1 | 66 | write whole numbers with a decimal point
          policy | tier: second | tier: fourth | 66 | there is no tier "fourth"; there are first, second, third
          policy | leave: 0.66 | leave: 0.76 | 70 | "leave" must not be above "enter"
          policy | enter: 0.56 | enter: 0.72 | 71 | "enter" of tier second must be below that of tier first
          policy | third: {enter | fourth: {enter | 72 | there is no tier "fourth"
          policy | third: {enter: 0.45, leave: 0.40} | | 69 | no thresholds and no trigger lead into the tier "third"
          policy | delegations: {type | in: {type | 17 | conditions keep the word for themselves
          departments | {id: commerce, | {id: trade, | 17 | industry-registry.supervisor can be "commerce", and there is no such department
          departments | by: supervisor | by: region | 17 | industry-registry.region must be of type choice
          departments | to: [commerce] | to: [comerce] | 19 | there is no department "comerce"; did you mean "commerce"?
          departments | , to: [commerce] | | 19 | needs either the key by, or the keys when and to
          departments | 'foreign_share >= 0.25' | 'foreign_share >=' | 19 | the condition ends too early
          departments | otherwise: [state-security] | otherwise: [] | 20 | "otherwise" must not be empty
          publication | value: unit | value: units | 12 | did you mean "unit"?
          publication | fact: industry | fact: industri | 17 | there is no fact "industri"; did you mean "industry"?
          publication | {value: unit, heading | {value: unit, fact: region, heading | 12 | exactly one of the keys value, fact
          publication | sheet: 名录 | sheet: 名/录 | 10 | "sheet" must be 1 to 31 characters
          publication | add: 列入 | added: 列入 | 39 | the key "added" must be one of add, drop, tier, department, details, suspend, resume, keep
          publication | width: 10 | width: wide | 12 | "width" must be a whole number; found "wide"
          followup | opened_by: [add | opened_by: [added | 4 | item 1 of "opened_by" must be one of add, drop
          followup | source: inspections | source: inspection | 7 | there is no source "inspection"; did you mean "inspections"?
          followup | result: [rectify] | result: [rectified] | 8 | inspections.result is never "rectified"; did you mean "rectify"?
          followup | result: [rectify] | results: [rectify] | 8 | source inspections has no field "results"; did you mean "result"?
          followup | opened_on: inspected_on | opened_on: findings | 9 | "findings" of inspections is no date
          followup | opened_on: inspected_on | due: P1M | 5 | needs the key opened_on
          followup | due: P1M | opened_on: inspected_on | 4 | "opened_on" goes with "source" only
          followup | every: P1Y | due: P1Y | 21 | needs the key opened_on
          followup | done_on: inspected_on | due: P1Y | 21 | needs the key done_on
          followup | done_on: inspected_on | done_on: findings | 21 | "findings" of inspections is no date
          followup | every: P1Y | every: P1Y, due_on: due_on | 21 | "due_on" does not go with "every"
          followup | every: P1Y, tiers: [first, second] | every: P1Y, tiers: [first, secnd] | 21 | there is no tier "secnd"; did you mean "second"?
          """)
  void isNamedWithFileLineAndWhatWouldBeRight(
      String file, String old, String by, int line, String words, @TempDir Path jobs)
      throws IOException {
    var programme = jobs.resolve("counter-espionage");
    DefinitionReaderTest.copy(programme);
    var path = programme.resolve(file + ".yml");
    var text = by == null ? "" : by.replace("`", "").replace("\\n", "\n").replace("\\t", "\t");
    DefinitionReaderTest.replace(path, old, text);

    var errors =
        catchThrowableOfType(DefinitionErrors.class, () -> DefinitionReader.read(jobs, null));

    assertThat(errors).as("faults").isNotNull();
    assertThat(errors.faults())
        .anySatisfy(
            fault -> {
              assertThat(fault.file()).isEqualTo(path.toString());
              assertThat(fault.line()).isEqualTo(line);
              assertThat(fault.message()).contains(words);
            });
  }
}
