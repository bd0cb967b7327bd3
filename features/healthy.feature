@healthy
Feature: Healthy labs
  An engine that sees faults everywhere is as useless as one that sees none: when all is well, it must stay silent.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client is connected
    And its address is in "10.8.0.*"
    And nothing is found to be wrong
    And everything is as the scenario expects

    Examples:
      | scenario                          |
      | healthy-ikev2-eap-mschapv2        |
      | healthy-ikev2-eap-tls             |
      | healthy-ikev2-peap-eap-mschapv2   |
      | healthy-ikev2-peap-eap-tls        |
      | healthy-ikev2-machine-certificate |
      | healthy-ikev2-behind-nat          |
      | healthy-ikev2-server-behind-nat   |
      | healthy-ikev2-ecdsa               |
      | healthy-ikev2-lossy-network       |
      | healthy-ikev2-ike-fragmentation   |
      | healthy-ikev2-ping-blocked        |
      | healthy-ikev2-clock-a-little-off  |
      | healthy-ikev2-two-clients         |

  Scenario: The logs of a good connection
    Given the lab "always-on"
    When "laptop" dials "corp-ikev2"
    Then the client is connected
    And the log of "laptop" has event 20225
    And the log of "rras" has event 20274
    And the log of "nps" has event 6272
    And the log of "laptop" has no event 20227
    And the attempt took less than 5 seconds of lab time

  Scenario: No IP fragment where IKE fragments its own messages
    When the scenario "healthy-ikev2-ike-fragmentation" is played
    Then the client is connected
    And the capture at "rras" has no IP fragment
