@authentication
Feature: Proving who the user is
  NPS knows why it said no. To the client it says less: some codes speak for themselves, 691 and 812 do not.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client shows error <code>
    And the diagnosis of the administrator is "<cause>" at stage "<stage>"
    And everything is as the scenario expects

    Examples:
      | scenario                     | code | stage          | cause                  |
      | ikev2-wrong-password         | 691  | authentication | wrong-password         |
      | ikev2-unknown-user           | 691  | authentication | unknown-user           |
      | ikev2-unknown-domain         | 691  | authentication | unknown-domain         |
      | ikev2-account-locked         | 691  | authentication | account-locked         |
      | ikev2-account-expired        | 691  | authentication | account-expired        |
      | ikev2-account-disabled       | 647  | authentication | account-disabled       |
      | ikev2-password-expired       | 648  | authentication | password-expired       |
      | ikev2-outside-logon-hours    | 646  | authentication | outside-logon-hours    |
      | ikev2-eap-method-not-allowed | 812  | authentication | eap-method-not-allowed |

  Scenario: NPS logs the reason that the client is not told
    When the scenario "ikev2-wrong-password" is played
    Then the log of "nps" has event 6273 with ReasonCode "16"
    And the candidates from the client are
      | wrong-password              |
      | unknown-user                |
      | account-locked              |
      | account-expired             |
      | auth-provider-misconfigured |
      | server-not-domain-joined    |
      | ras-ias-group-missing       |
      | ras-ias-group-wrong-kind    |
      | access-check-read-missing   |
      | server-not-registered-in-ad |
      | ad-membership-cached        |
      | nt4-pre2000-access-missing  |
      | nt4-dc-restart-pending      |
      | directory-unreachable       |
      | computer-account-broken     |
    And a finding cites "6273"
