@reachability
Feature: Reaching the server
  A packet that is lost leaves no message behind: the client knows that nothing came back, the
  administrator knows how far it got.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client shows error <code>
    And the diagnosis of the administrator is "<cause>" at stage "<stage>"
    And everything is as the scenario expects

    Examples:
      | scenario                               | code | stage        | cause                            |
      | ikev2-vpn-service-stopped              | 809  | reachability | vpn-service-stopped              |
      | ikev2-rras-default-gateway-inside      | 809  | reachability | rras-default-gateway-inside      |
      | ikev2-server-unreachable               | 809  | reachability | server-unreachable               |
      | ikev2-udp-500-blocked-client-firewall  | 809  | tunnel-setup | udp-500-blocked-client-firewall  |
      | ikev2-udp-500-blocked-perimeter        | 809  | tunnel-setup | udp-500-blocked-perimeter        |
      | ikev2-udp-500-blocked-server-firewall  | 809  | tunnel-setup | udp-500-blocked-server-firewall  |
      | ikev2-udp-500-rejected                 | 809  | tunnel-setup | udp-500-rejected                 |
      | ikev2-udp-4500-blocked-client-firewall | 809  | tunnel-setup | udp-4500-blocked-client-firewall |
      | ikev2-udp-4500-blocked-perimeter       | 809  | tunnel-setup | udp-4500-blocked-perimeter       |
      | ikev2-udp-4500-blocked-server-firewall | 809  | tunnel-setup | udp-4500-blocked-server-firewall |
      | ikev2-ip-fragments-dropped             | 809  | tunnel-setup | ip-fragments-dropped             |

  Scenario: The server never sees what the edge drops
    When the scenario "ikev2-udp-500-blocked-perimeter" is played
    Then the capture at "laptop" has a packet to UDP port 500
    And the capture at "rras" has no packet to UDP port 500
    And the candidates from the client are
      | server-unreachable               |
      | vpn-service-stopped              |
      | rras-default-gateway-inside      |
      | udp-500-blocked-perimeter        |
      | udp-500-blocked-server-firewall  |

  Scenario: The server's own firewall says what it dropped
    When the scenario "ikev2-udp-500-blocked-server-firewall" is played
    Then the capture at "rras" has a packet to UDP port 500
    And the log of "rras" has event 5152 with DestPort "500"
    And a finding cites "5152"

  Scenario: IKE fragmentation heals a network that drops IP fragments
    When the scenario "ikev2-ip-fragments-dropped" is played
    Then the client shows error 809
    And after healing "ike-fragmentation-off":
    Then the client is connected
    And nothing is found to be wrong
