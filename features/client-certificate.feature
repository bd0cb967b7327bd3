@client-certificate
Feature: The client's certificate
  The client proves itself by a certificate, to RRAS (in IKE) or to NPS (in EAP-TLS).

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client shows error <code>
    And the diagnosis of the administrator is "<cause>" at stage "<stage>"
    And everything is as the scenario expects

    Examples:
      | scenario                                          | code  | stage          | cause                               |
      | ikev2-client-machine-certificate-missing          | 13806 | authentication | client-machine-certificate-missing  |
      | ikev2-client-certificate-expired                  | 13801 | authentication | client-certificate-expired          |
      | ikev2-client-certificate-untrusted-issuer         | 13801 | authentication | client-certificate-untrusted-issuer |
      | ikev2-eap-tls-client-certificate-expired          | 854   | authentication | client-certificate-expired          |
      | ikev2-eap-tls-client-certificate-eku-missing      | 853   | authentication | client-certificate-eku-missing      |
      | ikev2-eap-tls-client-certificate-untrusted-issuer | 853   | authentication | client-certificate-untrusted-issuer |
      | ikev2-eap-tls-client-certificate-revoked          | 855   | authentication | client-certificate-revoked          |
      | ikev2-eap-tls-crl-unreachable                     | 812   | authentication | nps-crl-unreachable                 |
      | ikev2-eap-tls-crl-expired                         | 812   | authentication | nps-crl-expired                     |
