@directory
Feature: The directory behind the servers
  Whoever decides about a user must be let in by the directory first, and must reach it. The user sees a wrong
  password, or silence; the servers' logs and the objects of the directory know better.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client shows error <code>
    And the diagnosis of the administrator is "<cause>" at stage "authentication"
    And everything is as the scenario expects

    Examples:
      | scenario                                       | code | cause                       |
      | ikev2-ras-ias-group-missing                    | 691  | ras-ias-group-missing       |
      | ikev2-ras-ias-group-wrong-kind                 | 691  | ras-ias-group-wrong-kind    |
      | ikev2-ras-ias-group-wrong-scope                | 691  | ras-ias-group-wrong-kind    |
      | ikev2-access-check-no-read                     | 691  | access-check-read-missing   |
      | ikev2-server-not-in-group                      | 691  | server-not-registered-in-ad |
      | ikev2-membership-not-effective                 | 691  | ad-membership-cached        |
      | ikev2-windows-auth-membership-not-effective    | 691  | ad-membership-cached        |
      | ikev2-server-not-domain-joined                 | 691  | server-not-domain-joined    |
      | ikev2-auth-provider-radius-without-servers     | 691  | auth-provider-misconfigured |
      | ikev2-auth-provider-windows-accounts-elsewhere | 691  | auth-provider-misconfigured |
      | ikev2-nt4-everyone-not-in-pre2000-group        | 691  | nt4-pre2000-access-missing  |
      | ikev2-nt4-dc-not-restarted                     | 691  | nt4-dc-restart-pending      |
      | ikev2-rras-eap-off                             | 812  | rras-auth-method-mismatch   |
      | ikev2-eap-tls-rras-eap-off                     | 812  | rras-auth-method-mismatch   |
      | ikev2-computer-account-broken                  | 812  | computer-account-broken     |
      | ikev2-directory-host-down                      | 812  | directory-unreachable       |
      | ikev2-directory-service-stopped                | 812  | directory-unreachable       |
      | ikev2-directory-port-blocked                   | 812  | directory-unreachable       |

  Scenario: The directory tells when a member was added
    When the scenario "ikev2-membership-not-effective" is played
    Then the log of "dc" has event 4732 with TargetUserName "RAS and IAS Servers"
    And the log of "nps" has event 6273 with ReasonCode "2"
    And a finding cites "4732"

  Scenario: NPS leaves a request unanswered when no domain controller answers
    When the scenario "ikev2-directory-port-blocked" is played
    Then the log of "nps" has event 4402 with Domain "corp.example"
    And the log of "nps" has event 6274 with ReasonCode "5"
    And the log of "rras" has event 20271 with ErrorCode "0x3A2"

  Scenario: RRAS refuses EAP before NPS hears of it
    When the scenario "ikev2-rras-eap-off" is played
    Then the log of "rras" has event 20276
    And the log of "nps" has no event 6273

  Scenario: A group membership becomes effective with the restart of the computer
    Given the lab "always-on"
    And it is broken like this:
      """yaml
      directory:
        groups:
          RAS and IAS Servers: { members: [rras], membersAddedAfterStart: [nps] }
      """
    When "laptop" dials "corp-ikev2"
    Then the client shows error 691
    And the diagnosis of the administrator is "ad-membership-cached" at stage "authentication"
    When "laptop" dials "corp-ikev2"
    Then the client shows error 691
    When "nps" is restarted
    And "laptop" dials "corp-ikev2"
    Then the client is connected
    And nothing is found to be wrong
    And the log of "nps" has event 7036 with State "stopped"
    And the log of "nps" has event 4400
