@own-labs
Feature: Labs that you break yourself
  No Java and no scenario folder are needed: start from a lab, lay a patch in YAML over it, and dial. A patch is merged
  into the lab (RFC 7396): a key that is there is changed, one that is not is added, null removes.

  Scenario: A certificate that expired an hour ago
    Given the lab "always-on"
    And it is broken like this:
      """yaml
      certificates:
        rras: { notBefore: -30d, notAfter: -1h }
      """
    When "laptop" dials "corp-ikev2"
    Then the client shows error 13801
    And the diagnosis from the client is "server-certificate-expired" at stage "server-certificate"
    And a finding cites "notAfter"

  Scenario: Behind NAT and with a wrong password
    Given the lab "always-on"
    And it is changed like this:
      """yaml
      network:
        hosts:
          laptop:
            interfaces: { internet: null, home: 192.168.1.20 }
      """
    And it is broken like this:
      """yaml
      clients:
        laptop:
          profiles:
            corp-ikev2: { password: not-this-one }
      """
    When "laptop" dials "corp-ikev2"
    Then the client shows error 691
    And the diagnosis of the administrator is "wrong-password" at stage "authentication"
    And the capture at "rras" has a packet to UDP port 4500

  Scenario: Requests arrive, answers do not
    Given the lab "always-on"
    And it is broken like this:
      """yaml
      network:
        routers:
          edge:
            firewall:
              nothing-out: { action: drop, source: 203.0.113.10 }
      """
    When "laptop" dials "corp-ikev2"
    Then the client shows error 809
    And the capture at "rras" has a packet from UDP port 500
    And the diagnosis of the administrator is "udp-500-blocked-perimeter" at stage "tunnel-setup"
    And a finding cites "the answer left the server"

  Scenario: A user who is not a scenario's user
    Given the lab "always-on"
    And it is changed like this:
      """yaml
      directory:
        users:
          carol: { password: Carol-likes-tunnels-7, groups: [VPN Users] }
      clients:
        desktop:
          profiles:
            carols: { server: vpn.corp.example, authentication: eap-mschapv2, user: carol, password: Carol-likes-tunnels-7 }
      """
    When "desktop" dials "carols"
    Then the client is connected
    And nothing is found to be wrong

  Scenario: A scenario of the catalogue, with one more thing broken
    Given the lab of the scenario "ikev2-server-certificate-expired"
    And it is broken like this:
      """yaml
      dns: { records: { vpn.corp.example: null } }
      """
    When "laptop" dials "corp-ikev2"
    Then the client shows error 868
    And the diagnosis from the client is "name-not-resolvable" at stage "dns"
