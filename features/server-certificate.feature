@server-certificate
Feature: The server's certificate
  More than a dozen faults end in error 13801. Only the certificate, the stores and the clock tell them apart.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client shows error <code>
    And the diagnosis of the administrator is "<cause>" at stage "<stage>"
    And everything is as the scenario expects

    Examples:
      | scenario                                       | code  | stage              | cause                               |
      | ikev2-server-certificate-expired               | 13801 | server-certificate | server-certificate-expired          |
      | ikev2-server-certificate-not-yet-valid         | 13801 | server-certificate | server-certificate-not-yet-valid    |
      | ikev2-client-clock-ahead                       | 13801 | server-certificate | client-clock-wrong                  |
      | ikev2-client-clock-behind                      | 13801 | server-certificate | client-clock-wrong                  |
      | ikev2-server-certificate-eku-missing           | 13801 | server-certificate | server-certificate-eku-missing      |
      | ikev2-server-certificate-ike-intermediate-only | 13801 | server-certificate | server-certificate-eku-missing      |
      | ikev2-server-certificate-untrusted-root        | 13801 | server-certificate | server-certificate-untrusted-root   |
      | ikev2-root-missing-on-client                   | 13801 | server-certificate | server-certificate-untrusted-root   |
      | ikev2-root-in-user-store-only                  | 13801 | server-certificate | server-root-in-user-store-only      |
      | ikev2-server-certificate-chain-incomplete      | 13801 | server-certificate | server-certificate-chain-incomplete |
      | ikev2-server-certificate-name-mismatch         | 13801 | server-certificate | server-certificate-name-mismatch    |
      | ikev2-server-dialed-by-address                 | 13801 | server-certificate | server-dialed-by-address            |
      | ikev2-server-certificate-internal-name         | 13801 | server-certificate | server-certificate-internal-name    |
      | ikev2-server-certificate-ambiguous             | 13801 | server-certificate | server-certificate-ambiguous        |
      | ikev2-server-certificate-several-server-auth   | 13801 | server-certificate | server-certificate-ambiguous        |
      | ikev2-server-certificate-missing               | 13806 | server-certificate | server-certificate-missing          |
      | ikev2-server-certificate-key-usage             | 13806 | server-certificate | server-certificate-key-usage        |

  Scenario: An expired certificate is cited with its date
    When the scenario "ikev2-server-certificate-expired" is played
    Then a finding cites "notAfter"
    And the log of "laptop" has event 20227 with ErrorCode "13801"
    And the log of "nps" has no event 6273

  Scenario: Only the administrator sees that two certificates compete
    When the scenario "ikev2-server-certificate-ambiguous" is played
    Then the diagnosis from the client is "server-certificate-name-mismatch" at stage "server-certificate"
    And the diagnosis of the administrator is "server-certificate-ambiguous" at stage "server-certificate"
