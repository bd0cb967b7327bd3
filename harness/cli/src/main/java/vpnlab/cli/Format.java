package vpnlab.cli;

/** How results are printed. */
enum Format {
  TABLE,
  JSON
}
