@authorization
Feature: What the user may do
  The user is who she says, and still not let in.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client shows error <code>
    And the diagnosis of the administrator is "<cause>" at stage "<stage>"
    And everything is as the scenario expects

    Examples:
      | scenario                     | code | stage         | cause                  |
      | ikev2-no-dial-in-permission  | 649  | authorization | no-dial-in-permission  |
      | ikev2-nps-policy-denies      | 812  | authorization | nps-policy-denies      |
      | ikev2-nps-no-matching-policy | 812  | authorization | nps-no-matching-policy |

  Scenario: NPS logs which policy denied
    When the scenario "ikev2-nps-policy-denies" is played
    Then the log of "nps" has event 6273 with NetworkPolicyName "vpn-users"
