package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Undecidable;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.intake.HeldDeliveries;
import org.keyroll.people.NotAllowed;
import org.keyroll.run.AlreadyRunning;
import org.keyroll.run.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What a program is told instead of what it asked for. */
@RestControllerAdvice(annotations = Api.class)
class ApiFaults {
  private static final Logger LOG = LoggerFactory.getLogger(ApiFaults.class);

  private final Problems problems;

  ApiFaults(Problems problems) {
    this.problems = problems;
  }

  @ExceptionHandler
  ResponseEntity<Problem> refused(Refusal e, HttpServletRequest request) {
    return say(request, e.status(), e.sentences(), e.now());
  }

  @ExceptionHandler
  ResponseEntity<Problem> unauthenticated(Unauthenticated e, HttpServletRequest request) {
    return say(request, HttpStatus.UNAUTHORIZED, message(e), null);
  }

  @ExceptionHandler(NotFound.class)
  ResponseEntity<Problem> notFound(HttpServletRequest request) {
    return say(request, HttpStatus.NOT_FOUND, List.of(), null);
  }

  @ExceptionHandler
  ResponseEntity<Problem> notAllowed(NotAllowed e, HttpServletRequest request) {
    return say(request, HttpStatus.FORBIDDEN, message(e), null);
  }

  @ExceptionHandler
  ResponseEntity<Problem> undecidable(Undecidable e, HttpServletRequest request) {
    return say(request, HttpStatus.CONFLICT, e.problems(), null);
  }

  @ExceptionHandler({HeldDeliveries.Undecidable.class, AlreadyRunning.class, Refused.class})
  ResponseEntity<Problem> conflict(Exception e, HttpServletRequest request) {
    return say(request, HttpStatus.CONFLICT, message(e), null);
  }

  @ExceptionHandler
  ResponseEntity<Problem> undefined(DefinitionErrors e, HttpServletRequest request) {
    var faults = e.faults().stream().map(Object::toString).toList();
    return say(request, HttpStatus.SERVICE_UNAVAILABLE, faults, null);
  }

  @ExceptionHandler
  ResponseEntity<Problem> tooLarge(MaxUploadSizeExceededException e, HttpServletRequest request) {
    return say(request, HttpStatus.CONTENT_TOO_LARGE, List.of(), null);
  }

  @ExceptionHandler
  ResponseEntity<Problem> noSuchValue(
      MethodArgumentTypeMismatchException e, HttpServletRequest request) {
    return say(
        request,
        HttpStatus.BAD_REQUEST,
        List.of("%s cannot be \"%s\".".formatted(e.getName(), e.getValue())),
        null);
  }

  @ExceptionHandler
  ResponseEntity<Problem> unreadable(
      HttpMessageNotReadableException e, HttpServletRequest request) {
    return say(request, HttpStatus.BAD_REQUEST, List.of(why(e.getMostSpecificCause())), null);
  }

  /** In words of the body; what Jackson says names our classes. */
  private static String why(Throwable cause) {
    if (cause instanceof UnrecognizedPropertyException unknown) {
      return "The body has an unknown field %s; there are %s."
          .formatted(
              unknown.getPropertyName(),
              unknown.getKnownPropertyIds().stream()
                  .map(String::valueOf)
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
    if (cause instanceof StreamReadException broken) {
      var where = broken.getLocation();
      return "The body is not valid JSON, at line %d, column %d."
          .formatted(where.getLineNr(), where.getColumnNr());
    }
    if (cause instanceof DatabindException misfit && !misfit.getPath().isEmpty()) {
      return "The value of %s in the body is not what this takes; see /api/v1/openapi.json."
          .formatted(
              misfit.getPath().stream()
                  .map(
                      step ->
                          step.getPropertyName() == null
                              ? "[%d]".formatted(step.getIndex())
                              : step.getPropertyName())
                  .collect(Collectors.joining(".")));
    }
    return cause instanceof JacksonException
        ? "The body is not what this takes; see /api/v1/openapi.json."
        : "The body is missing or cannot be read.";
  }

  @ExceptionHandler(Exception.class)
  ResponseEntity<Problem> unforeseen(Exception e, HttpServletRequest request) {
    if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      var status = HttpStatus.valueOf(known.getStatusCode().value());
      var detail = known.getBody().getDetail();
      return say(request, status, detail == null ? List.of() : List.of(detail), null);
    }
    LOG.error("{} {} failed", request.getMethod(), request.getServletPath(), e);
    return say(request, HttpStatus.INTERNAL_SERVER_ERROR, List.of(), null);
  }

  private static List<String> message(Exception e) {
    return List.of(String.valueOf(e.getMessage()));
  }

  private ResponseEntity<Problem> say(
      HttpServletRequest request, HttpStatus status, List<String> sentences, @Nullable Object now) {
    var answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (status == HttpStatus.UNAUTHORIZED) {
      answer.header(
          HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"keyroll\"", "Basic realm=\"keyroll\"");
    }
    return answer.body(problems.of(request, request.getRequestURI(), status, sentences, now));
  }
}
