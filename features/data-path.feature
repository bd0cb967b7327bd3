@data-path
Feature: Connected, and nothing goes through
  No RAS error says that the tunnel is up and useless. The user says so: a ping, a name or a page without an answer.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client is connected
    And the diagnosis of the administrator is "<cause>" at stage "data-path"
    And everything is as the scenario expects

    Examples:
      | scenario                 | cause           |
      | ikev2-esp-in-udp-blocked | esp-blocked     |
      | ikev2-esp-blocked        | esp-blocked     |
      | ikev2-no-return-route    | no-return-route |

  Scenario: What works when all is well
    Given the lab "always-on"
    When "laptop" dials "corp-ikev2"
    And "laptop" pings "10.0.0.5" 10 times
    Then every ping is answered
    When "laptop" looks up "files.corp.example"
    Then the answer is "10.0.0.5"
    When "laptop" opens "http://files.corp.example/"
    Then the answer is "200 OK"
    And the capture at "laptop" has inner packets
    And the capture at "rras" has inner packets
    And nothing is found to be wrong

  Scenario: Names of the intranet are unknown outside the tunnel
    Given the lab "always-on"
    When "laptop" dials "corp-ikev2"
    And "laptop" hangs up
    And "laptop" looks up "files.corp.example"
    Then there is no answer
    When "laptop" pings "10.0.0.5"
    Then no ping is answered

  Scenario: A name that the intranet's name server lacks
    Given the lab "always-on"
    And it is broken like this:
      """yaml
      intranetDns: { records: { files.corp.example: null } }
      """
    When "laptop" dials "corp-ikev2"
    And "laptop" opens "http://files.corp.example/"
    Then there is no answer
    And the error is "cannot resolve files.corp.example: no such name"
