/** EAP-TLS and PEAP: the certificate of NPS, and what both sides let run inside. */
package vpnlab.diagnosis.rule.eap;
