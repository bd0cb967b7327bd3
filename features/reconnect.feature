@reconnect @slow
Feature: VPN Reconnect
  A client changes its network while it is connected.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client shows error <code>
    And the diagnosis of the administrator is "<cause>" at stage "data-path"
    And everything is as the scenario expects

    Examples:
      | scenario                               | code | cause                  |
      | ikev2-reconnect-outage-too-long        | 829  | mobike-outage-exceeded |
      | ikev2-reconnect-client-gives-up        | 829  | mobike-outage-exceeded |
      | ikev2-reconnect-mobike-off-at-server   | 829  | mobike-off-at-server   |
      | ikev2-reconnect-mobike-off-at-client   | 829  | mobike-off-at-client   |
      | ikev2-reconnect-new-network-blocks-ike | 829  | new-network-blocks-ike |

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client is connected
    And nothing is found to be wrong
    And everything is as the scenario expects

    Examples:
      | scenario                   |
      | healthy-ikev2-reconnect    |
      | healthy-ikev2-short-outage |

  Scenario: The train is in a tunnel, in a lab of one's own
    Given the lab "always-on"
    When "laptop" dials "corp-ikev2"
    And "laptop" moves to "home" as "192.168.1.20" after 8 seconds, pinging "10.0.0.5"
    Then the client is connected
    And the outage alone explains the lost pings
    And nothing is found to be wrong

  Scenario: Too long a tunnel
    Given the lab "always-on"
    And it is broken like this:
      """yaml
      rras: { networkOutageTime: 120s }
      clients: { laptop: { profiles: { corp-ikev2: { networkOutageTime: 170s } } } }
      """
    When "laptop" dials "corp-ikev2"
    And "laptop" moves to "home" as "192.168.1.20" after 155 seconds
    Then the client shows error 829
    And the diagnosis of the administrator is "mobike-outage-exceeded" at stage "data-path"
