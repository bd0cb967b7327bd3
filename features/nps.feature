@nps
Feature: RRAS and NPS
  RADIUS never says why it is silent. The client sees one and the same error 812; the servers' logs know.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client shows error <code>
    And the diagnosis of the administrator is "<cause>" at stage "<stage>"
    And everything is as the scenario expects

    Examples:
      | scenario                            | code | stage          | cause                         |
      | ikev2-nps-down                      | 812  | authentication | nps-down                      |
      | ikev2-nps-radius-client-unknown     | 812  | authentication | nps-radius-client-unknown     |
      | ikev2-radius-shared-secret-mismatch | 812  | authentication | radius-shared-secret-mismatch |
      | ikev2-radius-port-blocked           | 812  | authentication | radius-port-blocked           |
      | ikev2-radius-port-mismatch          | 812  | authentication | radius-port-mismatch          |

  Scenario: RRAS notices that RADIUS is silent
    When the scenario "ikev2-nps-down" is played
    Then the log of "rras" has event 20271 with ErrorCode "0x3A2"
    And the log of "nps" has no event 6273
    And the attempt took more than 5 seconds of lab time

  Scenario: NPS names the stranger
    When the scenario "ikev2-nps-radius-client-unknown" is played
    Then the log of "nps" has event 13 with ClientAddress "10.0.0.2"

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client is connected
    And the diagnosis of the administrator is "radius-accounting-blocked" at stage "connected"
    And everything is as the scenario expects

    Examples:
      | scenario                                 |
      | ikev2-radius-accounting-blocked          |
      | ikev2-radius-accounting-filtered-by-rras |

  Scenario: A log that nobody has configured
    When the scenario "ikev2-nps-logging-off" is played
    Then everything is as the scenario expects
    And the log of "nps" has event 6273 with LoggingResult "No accounting is configured."

  Scenario: NPS's own log, without a heading, when the Security log has nothing
    When the scenario "ikev2-nps-log-without-heading" is played
    Then everything is as the scenario expects
    And the log of "nps" has no event 6273

  Scenario: NPS writes why it has granted access
    Given the lab "always-on"
    When "laptop" dials "corp-ikev2"
    Then the log of "nps" has event 6272 with CallingStationID "198.51.100.20"
    And the log of "nps" has event 6278 with QuarantineState "Full Access"

  @slow
  Scenario: NPS locks an account by itself, for remote access alone, and frees it again
    Given the lab "always-on"
    And it is broken like this:
      """yaml
      nps: { accountLockout: { maxDenials: 3, resetTime: 1m } }
      clients:
        laptop:
          profiles: { mistyped: { server: vpn.corp.example, authentication: eap-mschapv2, user: alice, password: no } }
      """
    When "laptop" dials "mistyped"
    And "laptop" dials "mistyped"
    Then the client shows error 691
    And the diagnosis of the administrator is "wrong-password"
    And the log of "nps" has no event 6279
    When "laptop" dials "mistyped"
    Then the log of "nps" has event 6279 with SubjectDomainName "CORP"
    When "laptop" dials "corp-ikev2"
    Then the client shows error 691
    And the diagnosis of the administrator is "account-locked"
    And the log of "nps" has event 6273 with ReasonCode "64"
    When "desktop" dials "corp-ikev2"
    And "desktop" pings "10.0.0.5" 60 times
    And "laptop" dials "corp-ikev2"
    Then the client is connected
    And the log of "nps" has event 6280
