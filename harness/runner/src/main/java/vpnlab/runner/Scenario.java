package vpnlab.runner;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.SpecNode;

/**
 * A lab, what is broken in it, who tries to connect, and what must be diagnosed.
 *
 * @param file where it was read
 * @param area the folder of its kin, e.g. {@code server-certificate}
 * @param title by language ({@code en} always)
 * @param lab name of the healthy lab
 * @param labDocument the healthy lab, already changed by what the scenario calls {@code given}: a
 *     merge patch that breaks nothing, e.g. a client that sits behind NAT
 * @param faults merge patches (RFC 7396) on the healthy lab, by name
 * @param before clients that connect first and stay
 * @param moves changes of network once connected, in order; probes come behind them
 * @param probes what the user tries once connected, in order
 * @param limit how much lab time the attempt may take
 * @param heals once these faults are healed, this is to be seen; in order
 * @param rows ids of the failure modes that it covers
 * @param ownSeed the seed that the file asks for
 */
public record Scenario(
    Path file,
    String area,
    String name,
    Map<String, String> title,
    String summary,
    String lab,
    SpecNode.Mapping labDocument,
    Map<String, SpecNode.Mapping> faults,
    List<Attempt> before,
    Attempt attempt,
    List<Move> moves,
    List<Probe> probes,
    Duration limit,
    Expectation expect,
    List<Healing> heals,
    List<String> rows,
    Optional<Source> source,
    String notes,
    OptionalLong ownSeed) {

  /** Some faults are healed, all others stay; then this is expected. */
  public record Healing(List<String> heal, Expectation expect) {
    public Healing {
      heal = List.copyOf(heal);
    }
  }

  /** The document whose account of the failure the scenario follows. */
  public record Source(String document, String section) {}

  public Scenario {
    title = Collections.unmodifiableMap(new LinkedHashMap<>(title));
    faults = Collections.unmodifiableMap(new LinkedHashMap<>(faults));
    before = List.copyOf(before);
    moves = List.copyOf(moves);
    probes = List.copyOf(probes);
    heals = List.copyOf(heals);
    rows = List.copyOf(rows);
  }

  /** The same with another attempt. */
  Scenario attempting(Attempt other) {
    return with(labDocument, other);
  }

  /** The same on another lab. */
  Scenario onLab(SpecNode.Mapping document) {
    return with(document, attempt);
  }

  private Scenario with(SpecNode.Mapping document, Attempt other) {
    return new Scenario(
        file, area, name, title, summary, lab, document, faults, before, other, moves, probes,
        limit, expect, heals, rows, source, notes, ownSeed);
  }

  /** The seed of a run that names none: the file's, or one that the name alone decides. */
  public long seed() {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return ownSeed.orElse(crc.getValue());
  }

  /** The lab with all its faults except the healed ones. */
  public LabSpec labWithout(Set<String> healed) {
    return LabSpec.of(patched(labDocument, faults, healed));
  }

  static SpecNode.Mapping patched(
      SpecNode.Mapping lab, Map<String, SpecNode.Mapping> faults, Collection<String> healed) {
    SpecNode document = lab;
    for (Map.Entry<String, SpecNode.Mapping> fault : faults.entrySet()) {
      if (!healed.contains(fault.getKey())) {
        document = document.patchedBy(fault.getValue());
      }
    }
    return (SpecNode.Mapping) document;
  }

  /** Whether nothing is wrong and the engine must stay silent. */
  public boolean healthy() {
    return expect.healthy();
  }

  public String title(String language) {
    return title.getOrDefault(language, title.getOrDefault("en", name));
  }
}
