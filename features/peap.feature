@peap
Feature: PEAP
  The user's proof travels inside a TLS tunnel to NPS. So there are two more certificates to go wrong, and two layers of
  methods on which client and NPS can disagree. To the client most of that is 812; NPS knows which it was.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client shows error <code>
    And the diagnosis of the administrator is "<cause>" at stage "authentication"
    And everything is as the scenario expects

    Examples: The certificate of NPS
      | scenario                                       | code | cause                               |
      | ikev2-peap-nps-certificate-missing             | 812  | nps-certificate-missing             |
      | ikev2-peap-nps-certificate-expired             | 858  | nps-certificate-expired             |
      | ikev2-peap-nps-certificate-untrusted-root      | 864  | nps-certificate-untrusted-root      |
      | ikev2-peap-nps-certificate-root-not-in-profile | 864  | nps-certificate-root-not-in-profile |
      | ikev2-peap-nps-certificate-name-mismatch       | 801  | nps-certificate-name-mismatch       |

    Examples: Methods that do not meet
      | scenario                                   | code | cause                          |
      | ikev2-peap-client-not-peap                 | 812  | client-not-peap                |
      | ikev2-peap-nps-not-peap                    | 812  | nps-not-peap                   |
      | ikev2-peap-inner-password-for-certificate  | 812  | peap-inner-method-mismatch     |
      | ikev2-peap-inner-certificate-for-password  | 812  | peap-inner-method-mismatch     |
      | ikev2-peap-cryptobinding-not-offered       | 824  | peap-cryptobinding-not-offered |
      | ikev2-peap-cryptobinding-not-sent          | 812  | peap-cryptobinding-not-sent    |
      | ikev2-peap-wrong-password                  | 691  | wrong-password                 |

  Scenario: NPS's log tells an inner method from an outer one
    When the scenario "ikev2-peap-inner-password-for-certificate" is played
    Then the log of "nps" has event 6273 with AuthenticationType "PEAP"
    And the log of "nps" has event 6273 with ReasonCode "22"
    And a finding cites "EAPType = Microsoft: Smart Card or other certificate"

  Scenario: NPS's log tells an outer method from an inner one
    When the scenario "ikev2-peap-nps-not-peap" is played
    Then the log of "nps" has event 6273 with AuthenticationType "EAP"

  Scenario: The profile's own list of roots decides, although Windows finds no fault
    When the scenario "ikev2-peap-nps-certificate-root-not-in-profile" is played
    Then the log of "laptop" has event 11 with ErrorStatus "0x0"
    And a finding cites "TrustedRootCA"

  Scenario: Without server validation the client takes any certificate of NPS
    Given the lab of the scenario "ikev2-peap-nps-certificate-untrusted-root"
    And it is changed like this:
      """yaml
      clients: { laptop: { profiles: { corp-peap: { serverValidation: { enabled: false } } } } }
      """
    When "laptop" dials "corp-peap"
    Then the client is connected

  Scenario: A fast reconnect
    Given the lab "always-on"
    When "laptop" dials "corp-peap"
    Then the client is connected
    When "laptop" hangs up
    And "laptop" dials "corp-peap"
    Then the client is connected
    And nothing is found to be wrong
