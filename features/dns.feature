@dns
Feature: Finding the server
  Before any VPN packet is sent, a name becomes an address. What goes wrong here never reaches the server.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client shows error <code>
    And the diagnosis of the administrator is "<cause>" at stage "<stage>"
    And everything is as the scenario expects

    Examples:
      | scenario                             | code | stage | cause                          |
      | ikev2-name-not-resolvable            | 868  | dns   | name-not-resolvable            |
      | ikev2-name-server-down               | 868  | dns   | name-not-resolvable            |
      | ikev2-name-resolves-to-wrong-address | 809  | dns   | name-resolves-to-wrong-address |

  Scenario: Nothing reaches the server when its name does not resolve
    When the scenario "ikev2-name-not-resolvable" is played
    Then the log of "laptop" has event 3008 with QueryStatus "9003"
    And the capture at "rras" has no packet to UDP port 500
    And the attempt took less than 10 seconds of lab time
