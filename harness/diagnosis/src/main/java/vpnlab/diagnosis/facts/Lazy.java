package vpnlab.diagnosis.facts;

import java.util.function.Supplier;

/** A value that is worked out when it is first asked for. For one thread. */
final class Lazy<T> implements Supplier<T> {
  private Supplier<T> source;
  private T value;

  Lazy(Supplier<T> source) {
    this.source = source;
  }

  @Override
  public T get() {
    if (source != null) {
      value = source.get();
      source = null;
    }
    return value;
  }
}
