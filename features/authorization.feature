@authorization
Feature: What the user may do
  The user is who she says, and still not let in.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client shows error <code>
    And the diagnosis of the administrator is "<cause>" at stage "<stage>"
    And everything is as the scenario expects

    Examples:
      | scenario                        | code | stage         | cause                      |
      | ikev2-no-dial-in-permission     | 649  | authorization | no-dial-in-permission      |
      | ikev2-nps-policy-denies         | 812  | authorization | nps-policy-denies          |
      | ikev2-nps-no-matching-policy    | 812  | authorization | nps-no-matching-policy     |
      | ikev2-nps-condition-port-type   | 812  | authorization | nps-no-matching-policy     |
      | ikev2-nps-condition-tunnel-type | 812  | authorization | nps-no-matching-policy     |
      | ikev2-nps-condition-hours       | 812  | authorization | nps-no-matching-policy     |
      | ikev2-nps-no-request-policy     | 812  | authorization | nps-no-request-policy      |
      | ikev2-nps-caller-id             | 812  | authorization | caller-id-mismatch         |
      | ikev2-nps-policy-hours          | 812  | authorization | outside-policy-hours       |
      | ikev2-nps-policy-called-station | 812  | authorization | called-station-not-allowed |
      | ikev2-nps-policy-port-type      | 812  | authorization | port-type-not-allowed      |

  Scenario: NPS logs which policy denied
    When the scenario "ikev2-nps-policy-denies" is played
    Then the log of "nps" has event 6273 with NetworkPolicyName "vpn-users"

  Scenario: An account that allows access is let in by a policy that denies it
    Given the lab "always-on"
    And it is broken like this:
      """yaml
      nps: { policies: { vpn-users: { access: deny } } }
      directory: { users: { alice: { dialIn: allow } } }
      """
    When "laptop" dials "corp-ikev2"
    Then the client is connected
    And nothing is found to be wrong

  Scenario: A policy may leave dial-in permissions out of account
    Given the lab "always-on"
    And it is broken like this:
      """yaml
      nps: { policies: { vpn-users: { ignoreDialIn: true } } }
      directory: { users: { alice: { dialIn: deny, callerId: 192.0.2.44 } } }
      """
    When "laptop" dials "corp-ikev2"
    Then the client is connected
    And nothing is found to be wrong

  Scenario: The first policy that matches decides
    Given the lab "always-on"
    And it is broken like this:
      """yaml
      nps:
        policies:
          nobody-at-any-time: { order: 0, times: [mon-sun 00:00-24:00], access: deny, methods: [eap-mschapv2] }
      """
    When "laptop" dials "corp-ikev2"
    Then the log of "nps" has event 6273 with NetworkPolicyName "nobody-at-any-time"
