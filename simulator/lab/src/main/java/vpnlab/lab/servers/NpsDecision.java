package vpnlab.lab.servers;

/**
 * What NPS has found out and decided about a request so far. Texts are empty where there is nothing
 * to say yet.
 *
 * @param className joins the records of one conversation
 * @param requestPolicy the connection request policy
 * @param networkPolicy the network policy
 * @param eapType the EAP method, by its Windows name
 * @param account {@code DOMAIN\\user}
 * @param reasonCode 0 when nothing stands against the request
 */
record NpsDecision(
    String className,
    String requestPolicy,
    String networkPolicy,
    AuthenticationType type,
    String eapType,
    String account,
    int reasonCode,
    String reason) {
  NpsDecision by(String request, String network) {
    return new NpsDecision(className, request, network, type, eapType, account, reasonCode, reason);
  }

  NpsDecision with(AuthenticationType found, String method) {
    return new NpsDecision(
        className, requestPolicy, networkPolicy, found, method, account, reasonCode, reason);
  }

  NpsDecision because(int code, String text) {
    return new NpsDecision(
        className, requestPolicy, networkPolicy, type, eapType, account, code, text);
  }
}
