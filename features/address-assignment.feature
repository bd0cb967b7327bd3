@address-assignment
Feature: An address in the tunnel
  All is proved and granted, and the last step fails.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client shows error <code>
    And the diagnosis of the administrator is "<cause>" at stage "<stage>"
    And everything is as the scenario expects

    Examples:
      | scenario                     | code | stage              | cause                  |
      | ikev2-address-pool-exhausted | 840  | address-assignment | address-pool-exhausted |
      | ikev2-address-pool-empty     | 840  | address-assignment | address-pool-empty     |
      | ikev2-framed-address-in-use  | 840  | address-assignment | framed-address-in-use  |

  Scenario: Bob's lease is the last one
    Given the lab "always-on"
    And it is broken like this:
      """yaml
      rras:
        pool: { range: 10.8.0.10-10.8.0.10 }
      """
    And "desktop" has connected with "corp-ikev2"
    When "laptop" dials "corp-ikev2"
    Then the client shows error 840
    And the diagnosis of the administrator is "address-pool-exhausted" at stage "address-assignment"

  Scenario: An address that comes back can be had again
    Given the lab "always-on"
    And it is changed like this:
      """yaml
      rras:
        pool: { range: 10.8.0.10-10.8.0.10 }
      """
    And "desktop" has connected with "corp-ikev2"
    When "desktop" hangs up
    And "laptop" dials "corp-ikev2"
    Then the client is connected
    And its address is in "10.8.0.10"

  Scenario Outline: RRAS leases its addresses
    When the scenario "<scenario>" is played
    Then the client is connected
    And its address is in "10.0.0.101"
    And the log of "dhcp" has event 10
    And the log of "rras" has event 20088
    And nothing is found to be wrong
    And everything is as the scenario expects

    Examples:
      | scenario                          |
      | healthy-ikev2-addresses-from-dhcp |
