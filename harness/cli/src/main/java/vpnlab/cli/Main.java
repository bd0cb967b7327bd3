package vpnlab.cli;

/** Where the launcher comes in. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Vpnlab.commandLine().execute(arguments));
  }
}
