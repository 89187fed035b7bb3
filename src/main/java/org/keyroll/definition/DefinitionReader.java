package org.keyroll.definition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.DefinitionErrors.Fault;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the definitions of a programme strictly; what it returns was checked through and through.
 */
public final class DefinitionReader {
  private static final String CASES = "cases.yml";
  private static final String POLICY = "policy.yml";
  private static final List<String> FILES =
      List.of(
          "programme.yml",
          "matching.yml",
          POLICY,
          "departments.yml",
          "publication.yml",
          "followup.yml",
          "letters.yml",
          CASES);
  private static final List<String> FILES_READ = FILES.subList(0, FILES.size() - 1);
  private static final JsonMapper FORMS =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final int BYTES = 1 << 20;
  private static final int LOOKUP_BYTES = 16 << 20;

  private final Path folder;
  private final @Nullable Path policy;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, Document> documents = new TreeMap<>();
  private final TreeSet<String> sourceIds = new TreeSet<>();

  /**
   * @param policy read instead of the policy in the folder; null for none
   */
  private DefinitionReader(Path folder, @Nullable Path policy) {
    this.folder = folder;
    this.policy = policy;
  }

  private Path place(String name) {
    return policy != null && name.equals(POLICY) ? policy : folder.resolve(name);
  }

  /**
   * Reads one programme.
   *
   * @param jobs the folder of programmes
   * @param programme its id, or null for the only one
   * @throws DefinitionErrors with every fault of every file
   */
  public static Definitions read(Path jobs, @Nullable String programme) throws DefinitionErrors {
    var id = chosen(jobs, programme);
    return new DefinitionReader(jobs.resolve(id), null).read(id);
  }

  /**
   * As {@link #read}, with another file in the place of {@code policy.yml}; golden cases are those
   * of the policy that it stands for and are left out.
   */
  public static Definitions withPolicy(Path jobs, @Nullable String programme, Path policy)
      throws DefinitionErrors {
    var id = chosen(jobs, programme);
    return new DefinitionReader(jobs.resolve(id), policy).read(id);
  }

  private static String chosen(Path jobs, @Nullable String programme) throws DefinitionErrors {
    var known = programmes(jobs);
    if (programme == null && known.size() != 1) {
      throw error(
          jobs,
          known.isEmpty()
              ? "there is no programme in this folder: none of its folders holds a programme.yml"
              : "there are several programmes; choose one with --programme: "
                  + String.join(", ", known));
    }
    var id = programme == null ? known.get(0) : programme;
    if (!known.contains(id)) {
      throw error(jobs, "there is no programme \"" + id + "\"" + Words.instead(id, known));
    }
    return id;
  }

  /** As {@link #read}, with remarks on what may not be meant. */
  public static Remarked remarks(Path jobs, @Nullable String programme) throws DefinitionErrors {
    var id = chosen(jobs, programme);
    var reader = new DefinitionReader(jobs.resolve(id), null);
    var definitions = reader.read(id);
    var check = new Check(reader.documents, reader.sourceIds, reader.others(id), new ArrayList<>());
    definitions.sources().values().forEach(check::take);
    return new Remarked(
        definitions,
        inOrder(new PolicyLint(check, reader.root(POLICY), definitions.policy()).remarks()));
  }

  /** Definitions that are in order, and what may not be meant in them. */
  public record Remarked(Definitions definitions, List<Fault> remarks) {}

  private static List<Fault> inOrder(List<Fault> all) {
    return all.stream()
        .distinct()
        .sorted(Comparator.comparing(Fault::file).thenComparingInt(Fault::line))
        .toList();
  }

  /** The ids of the programmes found, which are the names of their folders, in order. */
  public static List<String> programmes(Path jobs) throws DefinitionErrors {
    try (var entries = Files.list(jobs)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve("programme.yml")))
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      throw error(jobs, "there is no such folder; name the folder of programmes with --jobs");
    } catch (NotDirectoryException e) {
      throw error(jobs, "this is a file; name the folder of programmes with --jobs");
    } catch (IOException e) {
      throw error(jobs, unreadable(e));
    }
  }

  private Definitions read(String id) throws DefinitionErrors {
    for (var file : FILES) {
      boolean optional = file.equals(CASES) || DefaultFiles.NAMES.contains(file);
      if (!optional
          || Files.exists(folder.resolve(file)) && !(file.equals(CASES) && policy != null)) {
        load(file, file.substring(0, file.indexOf('.')));
      }
    }
    strangers(folder, "", FILES);
    for (var file : sourceFiles()) {
      sourceIds.add(file.substring(0, file.lastIndexOf('.')));
      load("sources/" + file, "source");
    }
    loadLookups();
    var defaults = new DefaultFiles(documents);
    for (var file : DefaultFiles.NAMES) {
      if (Files.notExists(folder.resolve(file))) {
        documents.put(file, defaults.of(file, folder.resolve(file)));
      }
    }
    var sources = check(id);
    if (!faults.isEmpty()) {
      throw new DefinitionErrors(inOrder(faults));
    }
    var versions = new TreeMap<String, String>();
    documents.forEach((name, document) -> versions.put(name, document.version()));
    var forms = new TreeMap<String, String>();
    documents.forEach((name, document) -> forms.put(name, document.form()));
    return new Definitions(
        Records.programme(root("programme.yml")),
        sources,
        Records.matching(root("matching.yml")),
        Records.policy(root(POLICY)),
        Records.departments(root("departments.yml")),
        Records.publication(root("publication.yml")),
        Records.followup(root("followup.yml")),
        Records.letters(root("letters.yml")),
        documents.containsKey(CASES) ? CasesCheck.read(root(CASES)) : Cases.NONE,
        Collections.unmodifiableMap(versions),
        Collections.unmodifiableMap(forms));
  }

  /**
   * Definitions with the rules of another time: programme, policy and departments are those of the
   * forms, all else is as it is.
   *
   * @param forms canonical forms of {@link Definitions#RULES}, as they were kept
   * @return empty where the forms are of a kind that is no longer read
   */
  public static Optional<Definitions> withRules(Definitions now, Map<String, String> forms) {
    var documents = new TreeMap<String, Document>();
    var faults = new ArrayList<Fault>();
    for (var name : Definitions.RULES) {
      var form = forms.get(name);
      if (form == null) {
        return Optional.empty();
      }
      var document = new Document(name, FORMS.readTree(form), Map.of());
      Schemas.check(document, name.substring(0, name.indexOf('.')), faults);
      documents.put(name, document);
    }
    if (!faults.isEmpty()) {
      return Optional.empty();
    }
    var versions = new TreeMap<>(now.versions());
    documents.forEach((name, document) -> versions.put(name, document.version()));
    var all = new TreeMap<>(now.forms());
    all.putAll(forms);
    return Optional.of(
        new Definitions(
            Records.programme(root(documents, "programme.yml")),
            now.sources(),
            now.matching(),
            Records.policy(root(documents, "policy.yml")),
            Records.departments(root(documents, "departments.yml")),
            now.publication(),
            now.followup(),
            now.letters(),
            now.cases(),
            Collections.unmodifiableMap(versions),
            Collections.unmodifiableMap(all)));
  }

  /**
   * Definitions as they were when they were read, without golden cases.
   *
   * @param forms all of {@link Definitions#forms}, as they were kept
   * @return empty where the forms are of a kind that is no longer read
   */
  public static Optional<Definitions> kept(Map<String, String> forms) {
    var documents = new TreeMap<String, Document>();
    var faults = new ArrayList<Fault>();
    forms.forEach(
        (name, form) -> {
          var document = new Document(name, FORMS.readTree(form), Map.of());
          if (name.startsWith("sources/")) {
            Schemas.check(document, "source", faults);
          } else if (!name.startsWith("lookups/") && !DefaultFiles.NAMES.contains(name)) {
            Schemas.check(document, name.substring(0, name.indexOf('.')), faults);
          }
          documents.put(name, document);
        });
    if (!faults.isEmpty() || !documents.keySet().containsAll(FILES_READ)) {
      return Optional.empty();
    }
    // What stands for a file that was left out need not be what somebody could write.
    var defaults = new DefaultFiles(documents);
    for (var name : DefaultFiles.NAMES) {
      var document = documents.get(name);
      if (document != null
          && !document.version().equals(defaults.of(name, Path.of(name)).version())) {
        Schemas.check(document, name.substring(0, name.indexOf('.')), faults);
      }
    }
    if (!faults.isEmpty()) {
      return Optional.empty();
    }
    var lookups = new Check(documents, Set.of(), List.of(), faults).lookups();
    var sources = new TreeMap<String, Source>();
    var versions = new TreeMap<String, String>();
    documents.forEach(
        (name, document) -> {
          versions.put(name, document.version());
          if (name.startsWith("sources/")) {
            var source = Records.source(document.root(), lookups);
            sources.put(source.id(), source);
          }
        });
    return Optional.of(
        new Definitions(
            Records.programme(root(documents, "programme.yml")),
            Collections.unmodifiableMap(sources),
            Records.matching(root(documents, "matching.yml")),
            Records.policy(root(documents, POLICY)),
            Records.departments(root(documents, "departments.yml")),
            Records.publication(root(documents, "publication.yml")),
            Records.followup(root(documents, "followup.yml")),
            Records.letters(root(documents, "letters.yml")),
            Cases.NONE,
            Collections.unmodifiableMap(versions),
            Map.copyOf(forms)));
  }

  private Value root(String name) {
    return root(documents, name);
  }

  private static Value root(Map<String, Document> documents, String name) {
    var document = documents.get(name);
    if (document == null) {
      throw new IllegalStateException(name + " was not read, and nobody said so");
    }
    return document.root();
  }

  private Map<String, Source> check(String id) {
    var check = new Check(documents, sourceIds, others(id), faults);
    var patterns = new HashMap<String, String>();
    documents.forEach(
        (name, document) -> {
          if (name.startsWith("sources/")) {
            var file = name.substring("sources/".length(), name.lastIndexOf('.'));
            var source = new SourceCheck(check, document.root());
            source.run(file, patterns);
            if (source.readable() && file.equals(document.root().text("id"))) {
              var read = Records.source(document.root(), check.lookups());
              check.take(read);
              source.rules(read);
            }
          }
        });
    documents.forEach(
        (name, document) -> {
          var read =
              name.startsWith("sources/") ? check.sources().get(document.root().text("id")) : null;
          if (read != null) {
            new SourceCheck(check, document.root()).corrects(read);
          }
        });
    var list = new ListCheck(check);
    documents.forEach(
        (name, document) -> {
          var root = document.root();
          switch (name) {
            case "programme.yml" -> list.programme(root, id);
            case "matching.yml" -> new MatchingCheck(check, root).run();
            case POLICY -> new PolicyCheck(check, root).run();
            case "departments.yml" -> list.departments(root);
            case "publication.yml" -> list.publication(root);
            case "followup.yml" -> list.followup(root);
            case "letters.yml" -> list.letters(root);
            case CASES -> new CasesCheck(check, root).run();
            default -> {}
          }
        });
    return Collections.unmodifiableMap(check.sources());
  }

  /** The folder may be missing: a programme needs no look-ups. */
  private void loadLookups() {
    var lookups = folder.resolve("lookups");
    if (!Files.isDirectory(lookups)) {
      return;
    }
    try (var entries = Files.list(lookups)) {
      for (var file : entries.map(entry -> entry.getFileName().toString()).sorted().toList()) {
        var name = "lookups/" + file;
        if (file.matches("[a-z][a-z0-9-]{0,63}\\.csv")) {
          text(name, lookups.resolve(file), LOOKUP_BYTES)
              .flatMap(text -> Lookups.csv(shown(lookups.resolve(file)), text, faults))
              .ifPresent(document -> documents.put(name, document));
        } else if (file.matches("[a-z][a-z0-9-]{0,63}\\.yml")) {
          load(name, "lookup");
        } else if (!file.startsWith(".")) {
          fault(
              name,
              0,
              "the name of a look-up is lower-case letters, digits and hyphens, and ends in .csv or .yml");
        }
      }
    } catch (IOException e) {
      fault("lookups", 0, unreadable(e));
    }
  }

  private List<String> others(String id) {
    var jobs = folder.getParent();
    try {
      return programmes(jobs == null ? Path.of("") : jobs).stream()
          .filter(other -> !other.equals(id))
          .toList();
    } catch (DefinitionErrors e) {
      faults.addAll(e.faults());
      return List.of();
    }
  }

  private List<String> sourceFiles() {
    var sources = folder.resolve("sources");
    try (var entries = Files.list(sources)) {
      var names =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(n -> n.endsWith(".yml") && !n.startsWith("."))
              .sorted()
              .toList();
      strangers(sources, "sources/", names);
      if (names.isEmpty()) {
        fault("sources", 0, "there is no source in this folder: no file ends in .yml");
      }
      return names;
    } catch (NoSuchFileException e) {
      fault("sources", 0, "there is no such folder; it holds a file for each source");
    } catch (IOException e) {
      fault("sources", 0, unreadable(e));
    }
    return List.of();
  }

  /** A misnamed definition would otherwise be passed over in silence. */
  private void strangers(Path in, String prefix, List<String> known) {
    try (var entries = Files.list(in)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("[^.].*\\.(ya?ml|json)") && !known.contains(name))
          .forEach(
              name ->
                  fault(
                      prefix + name,
                      0,
                      "this is not the name of a definition"
                          + (prefix.isEmpty()
                              ? Words.instead(name, known)
                              : "; it must end in .yml")));
    } catch (IOException e) {
      fault(prefix, 0, unreadable(e));
    }
  }

  private void load(String name, String schema) {
    var path = place(name);
    text(name, path, BYTES)
        .flatMap(text -> Yaml.read(shown(path), text, faults))
        .filter(document -> Schemas.check(document, schema, faults))
        .ifPresent(document -> documents.put(name, document));
  }

  private Optional<String> text(String name, Path path, int most) {
    try {
      if (Files.isDirectory(path)) {
        fault(name, 0, "this is a folder; a file is needed");
        return Optional.empty();
      }
      if (Files.size(path) > most) {
        fault(name, 0, "the file is larger than " + (most >> 20) + " MiB; definitions are small");
        return Optional.empty();
      }
      var bytes = ByteBuffer.wrap(Files.readAllBytes(path));
      var characters = CharBuffer.allocate(bytes.limit());
      var result = StandardCharsets.UTF_8.newDecoder().decode(bytes, characters, true);
      var text = characters.flip().toString();
      if (result.isError()) {
        var line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        fault(name, line, "the text is not UTF-8; save the file as UTF-8");
        return Optional.empty();
      }
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (NoSuchFileException e) {
      fault(name, 0, "the file is missing; every programme has one");
    } catch (IOException e) {
      fault(name, 0, unreadable(e));
    }
    return Optional.empty();
  }

  private void fault(String name, int line, String message) {
    faults.add(new Fault(shown(place(name)), line, message));
  }

  private static String unreadable(IOException e) {
    return e instanceof AccessDeniedException
        ? "cannot be read: permission denied"
        : "cannot be read: " + e.getMessage();
  }

  private static String shown(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static DefinitionErrors error(Path path, String message) {
    return new DefinitionErrors(List.of(new Fault(shown(path), 0, message)));
  }
}
