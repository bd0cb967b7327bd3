package vpnlab.features;

import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.TestCaseFinished;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the scenarios that really ran. Cucumber makes the plugin, so the count is static. */
public final class ExecutionCount implements ConcurrentEventListener {
  private static final AtomicInteger EXECUTED = new AtomicInteger();

  @Override
  public void setEventPublisher(EventPublisher publisher) {
    publisher.registerHandlerFor(
        TestCaseFinished.class,
        event -> {
          if (event.getResult().getStatus() != Status.SKIPPED) {
            EXECUTED.incrementAndGet();
          }
        });
  }

  static int total() {
    return EXECUTED.get();
  }
}
