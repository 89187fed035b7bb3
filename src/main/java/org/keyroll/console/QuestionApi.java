package org.keyroll.console;

import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Undecidable;
import org.keyroll.definition.Scope;
import org.keyroll.followup.Question;
import org.keyroll.followup.Questions;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** What departments ask about their units, and what they are answered. */
@Api(tag = "questions")
class QuestionApi {
  private final Questions questions;
  private final Times times;
  private final Tags tags;

  QuestionApi(Questions questions, Times times, Tags tags) {
    this.questions = questions;
    this.times = times;
    this.tags = tags;
  }

  /** What is asked about a unit, which is named by its id. */
  record AskBody(@Nullable String unit, @Nullable String asked) {}

  /** What is answered. */
  record ReplyBody(@Nullable String answer) {}

  @Door({Right.READ, Right.TAKE})
  @Says("Lists the questions there have been, oldest first; to a department its own.")
  @GetMapping("/api/v1/programmes/{programme}/questions")
  Items<Question> questions(
      Scope scope, Person me, @RequestParam(defaultValue = "true") boolean answered) {
    return new Items<>(
        questions.all(scope, Own.department(me)).stream()
            .filter(q -> answered || q.open())
            .toList(),
        null);
  }

  @Door({Right.READ, Right.TAKE})
  @Says("Gives one question, with its tag.")
  @GetMapping("/api/v1/programmes/{programme}/questions/{question}")
  ResponseEntity<Question> question(Scope scope, Person me, @PathVariable String question) {
    return tags.tagged(find(scope, me, question));
  }

  @Door(Right.TAKE)
  @Says(value = "Asks about a unit that is assigned to one's department.", with = 201, or = 404)
  @PostMapping("/api/v1/programmes/{programme}/questions")
  ResponseEntity<Question> ask(Scope scope, Person me, @RequestBody AskBody body)
      throws NotAllowed {
    var asked = ListPages.given(body.asked());
    if (body.unit() == null || asked == null) {
      throw new Refusal(HttpStatus.BAD_REQUEST, "A question takes unit and asked.");
    }
    try {
      return ResponseEntity.status(HttpStatus.CREATED)
          .body(
              questions.ask(me, scope, UnitApi.id(body.unit()), times.businessDate(scope), asked));
    } catch (Questions.NotTheirs e) {
      throw new NotFound();
    } catch (Undecidable e) {
      throw new Refusal(HttpStatus.BAD_REQUEST, e.problems(), null);
    }
  }

  @Door(Right.ANSWER)
  @Says(
      value = "Answers a question.",
      or = {409, 412})
  @PostMapping("/api/v1/programmes/{programme}/questions/{question}/answer")
  Question answer(
      Scope scope,
      Person me,
      @PathVariable String question,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @RequestBody ReplyBody body)
      throws NotAllowed, Undecidable {
    var answer = ListPages.given(body.answer());
    if (answer == null) {
      throw new Refusal(HttpStatus.BAD_REQUEST, "Say what is answered.");
    }
    var found = find(scope, me, question);
    tags.match(seen, found, "%s is %s.".formatted(found.id(), found.open() ? "open" : "answered"));
    return questions.answer(me, scope, found.number(), times.businessDate(scope), answer);
  }

  private Question find(Scope scope, Person me, String text) {
    return questions
        .find(scope, Question.number(text), Own.department(me))
        .orElseThrow(NotFound::new);
  }
}
