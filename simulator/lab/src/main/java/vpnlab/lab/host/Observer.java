package vpnlab.lab.host;

import java.net.InetAddress;

/** Watches a lab for people: transcripts and key tables. Diagnosis never sees what it hears. */
public interface Observer {
  /** A protocol message, decoded and in the clear, leaves {@code host}. */
  void message(String host, InetAddress to, String text);

  /** Something else worth a line. */
  void note(String host, String text);

  /** Keys of an IKE SA, as a line of Wireshark's ikev2_decryption_table. */
  void keys(String decryptionTableLine);

  /** Keys of an ESP SA, as a line of Wireshark's table esp_sa; both ends tell the same. */
  void espKeys(String espSaLine);
}
