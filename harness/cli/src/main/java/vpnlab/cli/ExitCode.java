package vpnlab.cli;

/** What a command's exit says. */
final class ExitCode {
  /** Everything is as expected. */
  static final int AS_EXPECTED = 0;

  /** An expectation was missed, or {@code diagnose} found a fault. */
  static final int MISSED = 1;

  /** The command line or a file is wrong. */
  static final int USAGE = 2;

  /** The environment is in the way: a port, a program, a fault that did not take. */
  static final int ENVIRONMENT = 3;

  /** Nothing was executed. */
  static final int NOTHING_EXECUTED = 4;

  private ExitCode() {}
}
