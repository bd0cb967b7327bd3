@tunnel-setup
Feature: Agreeing on a tunnel
  Client and server must agree on algorithms before either proves who it is.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client shows error <code>
    And the diagnosis of the administrator is "<cause>" at stage "<stage>"
    And everything is as the scenario expects

    Examples:
      | scenario                     | code  | stage        | cause                  |
      | ikev2-no-common-ike-proposal | 13868 | tunnel-setup | no-common-ike-proposal |
      | ikev2-not-served             | 13868 | tunnel-setup | ikev2-not-served       |

  Scenario: The refusal comes at once
    When the scenario "ikev2-no-common-ike-proposal" is played
    Then the attempt took less than 5 seconds of lab time
    And the log of "laptop" has event 4653 with FailureCode "13868"
    And the candidates from the client are
      | no-common-ike-proposal |
      | ikev2-not-served       |
